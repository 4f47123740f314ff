#include <algorithm>
#include <tuple>

#include "check/checks.h"

namespace farol::check {

std::vector<FirstStep> first_steps(const model::Model& model, const CheckFindings& findings, std::size_t& rest) {
  rest = 0;
  std::vector<FirstStep> steps;
  const std::span<const Finding> all(findings.list);
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    const std::size_t id = all[begin].check;
    while (end < all.size() && all[end].check == id) ++end;
    const model::Check& check = model.checks[id];
    if (check.first == 0 && check.severity != model::Check::Severity::error) continue;
    FirstStep step{id, all.subspan(begin, end - begin), {}};
    for (const Finding& finding : step.findings) {
      if (!finding.things.empty() &&
          std::find(step.things.begin(), step.things.end(), finding.things.front()) == step.things.end())
        step.things.push_back(finding.things.front());
    }
    steps.push_back(std::move(step));
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
