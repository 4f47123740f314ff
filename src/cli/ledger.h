// The confirmations that verbs read beside a policy, or where `--confirmations` says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "target/dingtalk/confirmations.h"

namespace farol::cli {

// The path, from where the process was started.
[[nodiscard]] std::string ledger_path(const Session& session, const std::vector<std::string>& policy_paths);

// Nothing: the file cannot be used, which has been said. A file that was named must be there.
[[nodiscard]] std::optional<dingtalk::Ledger> read_ledger(Session& session, const model::Model& model,
                                                          const std::vector<std::string>& policy_paths);

}  // namespace farol::cli
