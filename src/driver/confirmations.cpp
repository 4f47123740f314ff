#include "driver/confirmations.h"

#include <map>
#include <set>

#include "target/dingtalk/admin_config.h"

namespace farol::driver {

std::variant<dingtalk::Ledger, std::string> read_ledger(const base::FileSystem& disk, const std::string& path,
                                                        const model::Model& model, bool must_exist) {
  dingtalk::Ledger ledger;
  ledger.period = model::review_period(model);
  if (!must_exist && !disk.exists(path)) return ledger;
  const auto problem = [&](const std::string& reason) { return "cannot read `" + path + "`: " + reason; };
  auto text = disk.read(path, base::max_csv_bytes);
  if (const auto* error = std::get_if<base::FileError>(&text)) return problem(error->reason);
  auto read = dingtalk::Confirmations::read(std::get<std::string>(text));
  if (const auto* wrong = std::get_if<std::string>(&read)) return problem(*wrong);
  ledger.confirmations = std::move(std::get<dingtalk::Confirmations>(read));
  ledger.original = {true, std::get<std::string>(std::move(text))};
  return ledger;
}

std::vector<dingtalk::SignedStep> signed_steps(const Compilation& compilation, const dingtalk::Ledger& ledger,
                                               base::Language language, bool withdrawn) {
  const base::Date as_of = compilation.decisions.as_of;
  const auto in = static_cast<std::size_t>(language);
  std::vector<dingtalk::SignedStep> steps;
  std::set<std::string> targets;
  for (const dingtalk::Step& step : compilation.config.steps) {
    targets.insert(step.target);
    steps.push_back({step.id, step.target, step.title[in], step.value[in], std::string(to_string(step.kind)),
                     ledger.status_of(step.id, step.target, as_of)});
  }
  if (!withdrawn) return steps;
  std::map<std::string, const dingtalk::Confirmation*> gone;
  for (const dingtalk::Confirmation& each : ledger.confirmations.list()) {
    if (targets.contains(each.target) || gone.contains(each.target)) continue;
    gone[each.target] = ledger.confirmations.status_of(each.step, each.target, as_of, ledger.period.length).last;
  }
  for (const auto& [target, last] : gone) {
    if (last == nullptr) continue;
    steps.push_back({last->step, target, last->title, last->value, {}, {dingtalk::Standing::withdrawn, last, {}}});
  }
  return steps;
}

}  // namespace farol::driver
