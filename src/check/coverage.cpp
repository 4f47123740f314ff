#include "check/coverage.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "decide/days.h"
#include "decide/scan.h"

namespace farol::check {
namespace {

// A set of combinations of some contexts, as one of fewer: those that some member agrees with.
base::BitSet project(const model::Model& model, const std::vector<model::ContextId>& from, const base::BitSet& where,
                     const std::vector<model::ContextId>& to) {
  if (from == to) return where;
  const auto wide = strides(model, from);
  const auto narrow = strides(model, to);
  base::BitSet result{combinations(model, to)};
  for (std::size_t combination = 0; combination < where.size(); ++combination) {
    if (!where.test(combination)) continue;
    std::size_t number = 0;
    for (std::size_t i = 0, next = 0; i < from.size() && next < to.size(); ++i) {
      if (from[i] != to[next]) continue;
      number += combination / wide[i] % model[from[i]].values.size() * narrow[next++];
    }
    result.set(number);
  }
  return result;
}

// Two sets have a point in common if they agree on the contexts that both name: the others are free.
bool meet(const model::Model& model, const std::vector<model::ContextId>& contexts, const base::BitSet& where,
          const model::Condition& when) {
  std::vector<model::ContextId> shared;
  std::set_intersection(contexts.begin(), contexts.end(), when.contexts.begin(), when.contexts.end(),
                        std::back_inserter(shared));
  return project(model, contexts, where, shared).intersects(project(model, when.contexts, when.where, shared));
}

// The rules of one table that an expectation asks about, for one feature of it.
void note_rules(const model::Model& model, const decide::Table& table, model::FeatureId feature,
                const std::vector<model::ObjectId>& objects, const model::Condition& when,
                std::set<model::RuleId>& rules) {
  for (const decide::Cell& cell : table.cells) {
    const auto here = decide::objects_of(model, table, cell, feature);
    const bool is_asked = std::any_of(here.begin(), here.end(), [&](model::ObjectId object) {
      return std::binary_search(objects.begin(), objects.end(), object);
    });
    if (!is_asked) continue;
    for (const decide::Segment& segment : cell.segments) {
      if (!segment.rules.empty() && meet(model, cell.contexts, segment.where, when))
        rules.insert(segment.rules.begin(), segment.rules.end());
    }
  }
}

}  // namespace

std::vector<std::size_t> count_expectations_by_rule(const model::Model& model, const decide::Decisions& decisions) {
  std::vector<std::size_t> counts(model.rules.size(), 0);
  decide::DecisionsByDay by_day{model, decisions};
  for (const model::Test& test : model.tests) {
    for (const model::Expectation& expectation : test.expectations) {
      const decide::Coverage asked = decide::coverage_of(model, expectation.area);
      const decide::Decisions& then = by_day.on(expectation.day.value_or(decisions.as_of));
      std::set<model::RuleId> rules;
      for (const auto& [feature, objects] : asked.features) {
        std::set<const decide::Table*> known;
        for (const model::RoleId role : asked.roles) {
          const decide::Table& table = then.table(role, feature);
          if (known.insert(&table).second)
            note_rules(model, table, feature, objects, model[expectation.area.when], rules);
        }
      }
      for (const model::RuleId rule : rules) ++counts[rule.index()];
    }
  }
  return counts;
}

}  // namespace farol::check
