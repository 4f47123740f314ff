// permissions.json: the decisions of a policy for programs, and for the administrators who apply them.
#pragma once

#include <string>
#include <string_view>

#include "check/checks.h"
#include "decide/decisions.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"

namespace farol::dingtalk {

// The version of the document's form: it grows only when a reader of the old form would misread the new one.
inline constexpr std::string_view permissions_schema = "farol-permissions-1";

// The bytes of the file: equal for equal policies and days, however the policies are written and laid out. Its first
// key, `read_me`, says how to read and apply it. `version` is that of the compiler, `config` what
// `lower` makes of the policy; `findings` are what its checks have found, and stand under `gaps`. The policy must be
// free of conflicts.
//
// The vocabulary is what the policy uses: of the library's features those that are stated, of its contexts and
// controls those that a rule or guardrail names.
[[nodiscard]] std::string permissions_json(const model::Model& model, const decide::Decisions& decisions,
                                           const AdminConfig& config, const check::CheckFindings& findings,
                                           std::string_view version);

}  // namespace farol::dingtalk
