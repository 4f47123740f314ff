#include "compare/steps.h"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "compare/later_words.h"

namespace farol::compare {
std::vector<StepChange> compare(const std::vector<Step>& before, const std::vector<Step>& after,
                                const std::vector<Rename>& renames) {
  std::vector<std::string> old_targets;
  for (const Step& step : before) old_targets.push_back(in_later_words(step.target, renames, Dots::part));
  std::unordered_map<std::string_view, std::size_t> old_by_target;
  for (std::size_t i = 0; i < before.size(); ++i) old_by_target.emplace(old_targets[i], i);

  std::vector<StepChange> changes;
  std::unordered_set<std::string_view> targets;
  for (const Step& step : after) {
    targets.insert(step.target);
    const auto found = old_by_target.find(step.target);
    if (found == old_by_target.end()) {
      changes.push_back({StepChange::Kind::added, step.id, step.keeper, step.title, step.value, {}});
      continue;
    }
    const Step& old = before[found->second];
    const bool renamed = old.target != step.target && old.title == step.title && old.value == step.value;
    if (old.id != step.id && !renamed)
      changes.push_back({StepChange::Kind::altered, step.id, step.keeper, step.title, step.value,
                         old.value == step.value ? old.title : old.value});
  }
  for (std::size_t i = before.size(); i-- > 0;) {
    if (targets.contains(old_targets[i]) || before[i].only_reads) continue;
    changes.push_back(
        {StepChange::Kind::undone, before[i].id, before[i].keeper, before[i].title, before[i].undo, before[i].value});
  }
  return changes;
}

}  // namespace farol::compare
