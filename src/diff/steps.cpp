#include "diff/steps.h"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace farol::diff {

std::vector<StepChange> compare(const std::vector<Step>& before, const std::vector<Step>& after) {
  std::unordered_map<std::string_view, const Step*> old_by_target;
  for (const Step& step : before) old_by_target.emplace(step.target, &step);

  std::vector<StepChange> changes;
  std::unordered_set<std::string_view> targets;
  for (const Step& step : after) {
    targets.insert(step.target);
    const auto old = old_by_target.find(step.target);
    if (old == old_by_target.end()) {
      changes.push_back({StepChange::Kind::added, step.id, step.keeper, step.title, step.value, {}});
    } else if (old->second->id != step.id) {
      changes.push_back({StepChange::Kind::altered, step.id, step.keeper, step.title, step.value, old->second->value});
    }
  }
  for (auto step = before.rbegin(); step != before.rend(); ++step) {
    if (targets.contains(step->target) || step->only_reads) continue;
    changes.push_back({StepChange::Kind::undone, step->id, step->keeper, step->title, step->undo, step->value});
  }
  return changes;
}

}  // namespace farol::diff
