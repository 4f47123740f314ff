// What permissions.json says about a policy.
#pragma once

#include <string>
#include <string_view>

#include "check/checks.h"
#include "decide/answers.h"
#include "decide/decisions.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/permissions_document.h"

namespace farol::dingtalk {

// Fills the document: equal for equal policies and days, however the policies are written and laid out. `answers` and
// `config` are what `lower` makes of the policy, `findings` what its checks have found, `version` that of the compiler.
// Texts are in `language`.
// The policy must be free of conflicts.
//
// The vocabulary is what the policy uses: of the library's features those that are stated, of its contexts and
// controls those that a rule or guardrail names.
[[nodiscard]] PermissionsDocument permissions_of(const model::Model& model, const decide::Decisions& decisions,
                                                 const decide::Answers& answers, const AdminConfig& config,
                                                 const check::CheckFindings& findings, base::Language language,
                                                 std::string_view version);

}  // namespace farol::dingtalk
