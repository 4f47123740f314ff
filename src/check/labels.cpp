#include "check/labels.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace farol::check {

std::set<model::RuleId> rules_at(const model::Model& model, const decide::Decisions& decisions,
                                 const std::vector<decide::Place>& places) {
  // Many places can lie in one cell: its segments are gone through once.
  std::map<std::pair<const decide::Cell*, std::vector<model::ContextId>>, base::BitSet> asked;
  for (const decide::Place& place : places) {
    const decide::Cell* last = nullptr;
    for (const model::ObjectId object : place.objects) {
      const decide::Cell& cell = decisions.cell(model, place.role, place.feature, object);
      if (&cell == last) continue;
      last = &cell;
      const auto [entry, fresh] = asked.try_emplace({&cell, place.contexts}, place.where);
      if (!fresh) entry->second |= place.where;
    }
  }
  std::vector<bool> found(model.rules.size());
  for (const auto& [key, where] : asked) {
    const auto& [cell, contexts] = key;
    for (const decide::Segment& segment : cell->segments) {
      if (!widen(model, cell->contexts, segment.where, contexts).intersects(where)) continue;
      for (const model::RuleId rule : segment.rules) found[rule.index()] = true;
    }
  }
  std::set<model::RuleId> rules;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i]) rules.insert(rules.end(), model::RuleId{i});
  }
  return rules;
}

void label_rules(const model::Model& model, const std::set<model::RuleId>& rules, diag::Text text,
                 diag::Diagnostic& diagnostic) {
  std::size_t left = max_labels;
  for (const model::RuleId rule : rules) {
    if (left-- == 0) break;
    diagnostic.labels.push_back({model[rule].spans.statement, text});
  }
}

std::vector<std::string> references(const model::Model& model, const std::set<model::RuleId>& rules) {
  std::vector<std::string> names;
  for (const model::RuleId rule : rules) names.push_back(base::shown_name(model[rule].reference()));
  return names;
}

}  // namespace farol::check
