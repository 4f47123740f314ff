#include "diff/steps.h"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace farol::diff {
namespace {

bool is_part_of_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         byte == '_' || byte == '-';
}

// With today's names in the place of those that were.
std::string in_later_words(std::string text, const std::vector<Rename>& renames) {
  for (const Rename& rename : renames) {
    for (std::size_t at = text.find(rename.before); at != std::string::npos; at = text.find(rename.before, at + 1)) {
      const std::size_t end = at + rename.before.size();
      const bool whole =
          (at == 0 || !is_part_of_name(text[at - 1])) && (end == text.size() || !is_part_of_name(text[end]));
      if (whole) text.replace(at, rename.before.size(), rename.after);
    }
  }
  return text;
}

}  // namespace

std::vector<StepChange> compare(const std::vector<Step>& before, const std::vector<Step>& after,
                                const std::vector<Rename>& renames) {
  std::vector<std::string> old_targets;
  for (const Step& step : before) old_targets.push_back(in_later_words(step.target, renames));
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
      changes.push_back({StepChange::Kind::altered, step.id, step.keeper, step.title, step.value, old.value});
  }
  for (std::size_t i = before.size(); i-- > 0;) {
    if (targets.contains(old_targets[i]) || before[i].only_reads) continue;
    changes.push_back(
        {StepChange::Kind::undone, before[i].id, before[i].keeper, before[i].title, before[i].undo, before[i].value});
  }
  return changes;
}

}  // namespace farol::diff
