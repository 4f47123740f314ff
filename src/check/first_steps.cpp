#include <algorithm>
#include <map>
#include <tuple>

#include "check/checks.h"

namespace farol::check {
namespace {

bool is_small(const model::Model& model, const CheckedThings& things) {
  std::vector<Item> headcount;
  if (!model.policy.name.empty()) things.append(Thing{}, "headcount", headcount);
  return std::any_of(headcount.begin(), headcount.end(), [](const Item& item) {
    const auto* number = std::get_if<double>(&item);
    return number != nullptr && *number <= small_headcount;
  });
}

}  // namespace

std::vector<FirstStep> first_steps(const model::Model& model, const CheckFindings& findings, std::size_t& rest) {
  rest = 0;
  const CheckedThings things(model);
  std::vector<FirstStep> steps;
  if (!is_small(model, things)) return steps;
  for (const Finding& finding : findings.list) {
    const model::Check& check = model.checks[finding.check];
    if (check.first == 0 && check.severity != model::Check::Severity::error) continue;
    if (steps.empty() || steps.back().check != finding.check) steps.push_back({finding.check, {}});
    auto& about = steps.back().things;
    if (!finding.things.empty() && std::find(about.begin(), about.end(), finding.things.front()) == about.end())
      about.push_back(finding.things.front());
  }
  const auto urgency = [&](const FirstStep& step) {
    const model::Check& check = model.checks[step.check];
    return std::tuple(check.first == 0, check.first, std::string_view(check.id));
  };
  std::sort(steps.begin(), steps.end(),
            [&](const FirstStep& a, const FirstStep& b) { return urgency(a) < urgency(b); });
  if (steps.size() > first_steps_cap) {
    rest = steps.size() - first_steps_cap;
    steps.resize(first_steps_cap);
  }
  return steps;
}

}  // namespace farol::check
