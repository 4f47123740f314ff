#include "cli/ledger.h"

#include "driver/confirmations.h"

namespace farol::cli {

std::string ledger_path(const Session& session, const std::vector<std::string>& policy_paths) {
  if (const std::string* file = session.request().find(OptionId::confirmations)) return session.located(*file);
  const std::string& first = policy_paths.front();
  return driver::confirmations_beside(session.files(), first == "-" ? session.located(".") : first);
}

std::optional<dingtalk::Ledger> read_ledger(Session& session, const model::Model& model,
                                            const std::vector<std::string>& policy_paths) {
  const bool named = session.request().has(OptionId::confirmations);
  auto ledger = driver::read_ledger(session.files(), ledger_path(session, policy_paths), model, named);
  if (const auto* problem = std::get_if<std::string>(&ledger)) {
    session.refuse(*problem);
    return std::nullopt;
  }
  return std::move(std::get<dingtalk::Ledger>(ledger));
}

}  // namespace farol::cli
