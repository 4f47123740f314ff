// What steps.json says about a policy.
#pragma once

#include <string_view>

#include "base/phrases.h"
#include "decide/decisions.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/steps_document.h"

namespace farol::dingtalk {

// Fills the document: equal for equal policies, days and languages. `config` is what `lower` makes of the policy,
// `version` that of the compiler. Texts are in `language`.
[[nodiscard]] StepsDocument steps_of(const model::Model& model, const decide::Decisions& decisions,
                                     const AdminConfig& config, base::Language language, std::string_view version);

}  // namespace farol::dingtalk
