#include "diag/reading_order.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace farol::diag {
namespace {

// What is solved first has the lowest number.
int turn_of(const Diagnostic& finding) {
  if (finding.severity == Severity::note) return 5;
  if (!finding.check.empty()) return finding.severity == Severity::error ? 2 : 4;
  if (finding.severity == Severity::warning) return 3;
  return info(finding.code).number < "F3" ? 0 : 1;
}

}  // namespace

std::vector<Repeated> in_reading_order(std::vector<Diagnostic> sorted) {
  std::vector<Repeated> groups;
  std::map<std::tuple<Code, Severity, Text, Text>, std::size_t> known;
  for (Diagnostic& finding : sorted) {
    const bool can_repeat = finding.check.empty() && !finding.span.is_none() && finding.details.empty();
    if (can_repeat) {
      const auto [group, is_new] =
          known.try_emplace({finding.code, finding.severity, finding.message, finding.help}, groups.size());
      if (!is_new) {
        groups[group->second].others.push_back(finding.span);
        continue;
      }
    }
    groups.push_back({std::move(finding), {}});
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Repeated& a, const Repeated& b) { return turn_of(a.first) < turn_of(b.first); });
  return groups;
}

}  // namespace farol::diag
