// The settings that a policy comes to, as an administrator knows them: area by area of the console.
#pragma once

#include <vector>

#include "base/phrases.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/permissions_document.h"

namespace farol::dingtalk {

// Steps that set the same on the same thing are one setting. What only people see to is none.
[[nodiscard]] std::vector<PermissionsDocument::Area> settings_of(const model::Model& model, const AdminConfig& config,
                                                                 base::Language language);

}  // namespace farol::dingtalk
