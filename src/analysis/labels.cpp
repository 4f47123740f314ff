#include "analysis/labels.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace farol::analysis {

std::set<RuleId> rules_at(const Model& model, const Decisions& decisions, const std::vector<Place>& places) {
  // Many places can lie in one cell: its segments are gone through once.
  std::map<std::pair<const Cell*, std::vector<ContextId>>, base::BitSet> asked;
  for (const Place& place : places) {
    const Cell* last = nullptr;
    for (const ObjectId object : place.objects) {
      const Cell& cell = decisions.cell(model, place.role, place.feature, object);
      if (&cell == last) continue;
      last = &cell;
      const auto [entry, fresh] = asked.try_emplace({&cell, place.contexts}, place.where);
      if (!fresh) entry->second |= place.where;
    }
  }
  std::vector<bool> found(model.rules.size());
  for (const auto& [key, where] : asked) {
    const auto& [cell, contexts] = key;
    for (const Segment& segment : cell->segments) {
      if (!widen(model, cell->contexts, segment.where, contexts).intersects(where)) continue;
      for (const RuleId rule : segment.rules) found[rule.index()] = true;
    }
  }
  std::set<RuleId> rules;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i]) rules.insert(rules.end(), RuleId{i});
  }
  return rules;
}

void label_rules(const Model& model, const std::set<RuleId>& rules, std::string_view text,
                 diag::Diagnostic& diagnostic) {
  std::size_t left = max_labels;
  for (const RuleId rule : rules) {
    if (left-- == 0) break;
    diagnostic.labels.push_back({model[rule].spans.statement, std::string{text}});
  }
}

std::string in_short(const std::vector<std::string>& names) {
  if (names.size() <= max_names) return fmt::format("{}", fmt::join(names, ", "));
  const std::vector<std::string> first(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(max_names));
  return fmt::format("{} and {} more", fmt::join(first, ", "), names.size() - max_names);
}

std::string in_short(const Model& model, const std::set<RuleId>& rules) {
  std::vector<std::string> names;
  for (const RuleId rule : rules) names.push_back(fmt::format("`{}`", model[rule].reference()));
  return in_short(names);
}

}  // namespace farol::analysis
