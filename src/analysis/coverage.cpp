#include "analysis/coverage.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "analysis/scan.h"

namespace farol::analysis {
namespace {

// A set of combinations of some contexts, as one of fewer: those that some member agrees with.
base::BitSet project(const Model& model, const std::vector<ContextId>& from, const base::BitSet& where,
                     const std::vector<ContextId>& to) {
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
bool meet(const Model& model, const std::vector<ContextId>& contexts, const base::BitSet& where,
          const model::Condition& when) {
  std::vector<ContextId> shared;
  std::set_intersection(contexts.begin(), contexts.end(), when.contexts.begin(), when.contexts.end(),
                        std::back_inserter(shared));
  return project(model, contexts, where, shared).intersects(project(model, when.contexts, when.where, shared));
}

// The rules of one table that an expectation asks about, for one feature of it.
void note_rules(const Model& model, const Table& table, FeatureId feature, const std::vector<ObjectId>& objects,
                const model::Condition& when, std::set<RuleId>& rules) {
  for (const Cell& cell : table.cells) {
    const auto here = objects_of(model, table, cell, feature);
    const bool is_asked = std::any_of(here.begin(), here.end(), [&](ObjectId object) {
      return std::binary_search(objects.begin(), objects.end(), object);
    });
    if (!is_asked) continue;
    for (const Segment& segment : cell.segments) {
      if (!segment.rules.empty() && meet(model, cell.contexts, segment.where, when))
        rules.insert(segment.rules.begin(), segment.rules.end());
    }
  }
}

}  // namespace

std::vector<std::size_t> count_expectations_by_rule(const Model& model, const Decisions& decisions) {
  std::vector<std::size_t> counts(model.rules.size(), 0);
  for (const model::Test& test : model.tests) {
    for (const model::Expectation& expectation : test.expectations) {
      const Coverage asked = coverage_of(model, expectation.area);
      std::set<RuleId> rules;
      for (const auto& [feature, objects] : asked.features) {
        std::set<const Table*> known;
        for (const RoleId role : asked.roles) {
          const Table& table = decisions.table(role, feature);
          if (known.insert(&table).second)
            note_rules(model, table, feature, objects, model[expectation.area.when], rules);
        }
      }
      for (const RuleId rule : rules) ++counts[rule.index()];
    }
  }
  return counts;
}

}  // namespace farol::analysis
