#include "compare/steps.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "compare/later_words.h"

namespace farol::compare {
namespace {

// The words of each line in their order of text, and so the lines: a list that is sorted by other names is the same.
std::vector<std::vector<std::string>> as_sets(const std::string& text) {
  std::vector<std::vector<std::string>> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(names_in(std::string_view(text).substr(at, end - at)));
    std::sort(lines.back().begin(), lines.back().end());
    at = end + 1;
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string with_later_titles(std::string text, const Titles& titles) {
  for (const auto& [was, is] : titles) {
    for (std::size_t at = 0; (at = text.find(was, at)) != std::string::npos; at += is.size())
      text.replace(at, was.size(), is);
  }
  return text;
}

// Whether an administrator has to do something. The id tells, which is made of what a step sets; where it differs, the
// words do: other names, or another version of the compiler, make another id of the same.
bool sets_another(const Step& old, const Step& now, const std::vector<Rename>& renames, const Titles& titles) {
  if (old.id == now.id) return false;
  const auto same = [&](const std::string& before, const std::string& after, Dots dots) {
    return as_sets(in_later_words(with_later_titles(before, titles), renames, dots)) == as_sets(after);
  };
  return !same(old.value, now.value, Dots::join) || !same(old.title, now.title, Dots::join) ||
         !same(old.content, now.content, Dots::part);
}

// What is replaced: the value, else those for whom it is, else what is sent, where ids alone differ.
std::string replaced(const Step& old, const Step& now) {
  if (old.value != now.value) return old.value;
  return old.title != now.title || old.content.empty() ? old.title : old.content;
}

}  // namespace

std::vector<StepChange> compare(const std::vector<Step>& before, const std::vector<Step>& after,
                                const std::vector<Rename>& renames, const Titles& titles) {
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
    if (!sets_another(old, step, renames, titles)) continue;
    const std::string was = replaced(old, step);
    const bool ids_only = was == old.content && !was.empty();
    changes.push_back(
        {StepChange::Kind::altered, step.id, step.keeper, step.title, ids_only ? step.content : step.value, was});
  }
  for (std::size_t i = before.size(); i-- > 0;) {
    if (targets.contains(old_targets[i]) || before[i].only_reads) continue;
    changes.push_back(
        {StepChange::Kind::undone, before[i].id, before[i].keeper, before[i].title, before[i].undo, before[i].value});
  }
  return changes;
}

}  // namespace farol::compare
