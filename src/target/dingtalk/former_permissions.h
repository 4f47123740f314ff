// The former form of permissions.json, as far as something is read of it.
#pragma once

#include <variant>

#include "base/json_tree.h"
#include "base/phrases.h"
#include "target/dingtalk/permissions_file.h"

namespace farol::dingtalk {

[[nodiscard]] std::variant<PermissionsFile, NotPermissions> read_former_permissions(const base::JsonNode& root,
                                                                                    base::Language language);

}  // namespace farol::dingtalk
