// The function that a policy is: for every role (and whoever holds none), feature, object and context exactly one
// answer. See docs/language.md, "What a policy decides", for the meaning and docs/decisions/ for the algorithm.
//
// Nothing is multiplied out: cells with the same applicable rules share one table, and a table answers for groups of
// objects, each with a partition of just those contexts that its rules name.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/bit_set.h"
#include "base/date.h"
#include "base/rare.h"
#include "diag/text.h"
#include "model/contexts.h"
#include "model/model.h"

namespace farol::decide {

using model::ContextId;
using model::ControlId;
using model::FeatureId;
using model::Model;
using model::ObjectId;
using model::RoleId;
using model::RuleId;

struct Table;
using TableId = base::Id<Table>;

enum class Effect : std::uint8_t { none, allow, deny, conflict };

// A part of a cell's contexts with one answer.
struct Segment {
  Effect effect = Effect::none;
  std::vector<ControlId> controls;  // of an allow: all that it requires, sorted
  std::vector<RuleId> rules;        // the deciding ones; of a refusal every `forbid` and `only` that refuses; sorted
  base::BitSet where;               // over the contexts of the cell

  bool operator==(const Segment&) const = default;
};

// Two statements that decide differently at the same points.
struct Clash {
  RuleId allow, deny;
  base::BitSet where;
};

// An allow that decides somewhere here and is more special than a deny of this cell.
struct Piercing {
  RuleId allow, deny;
};

// Where statements of a cell are at odds, which is so in few.
struct Disputes {
  std::vector<Clash> clashes;
  std::vector<Piercing> piercings;
};

struct Cell {
  // Points that share the answer. A data class that no cell of the table lists has the answer of its tier's point, an
  // app (…) that none lists that of "any other".
  std::vector<ObjectId> objects;
  std::vector<ContextId> contexts;  // sorted; the last one's values change fastest in `where`
  std::vector<Segment> segments;    // disjoint, together everything, never two alike
  base::Rare<Disputes> disputes;

  [[nodiscard]] const std::vector<Clash>& clashes() const;
  [[nodiscard]] const std::vector<Piercing>& piercings() const;
  [[nodiscard]] const Segment& at(std::size_t combination) const;
};

struct Table {
  std::vector<Cell> cells;  // what none of them lists, and is no twin of what one lists, is `none`
};

[[nodiscard]] inline bool is_allowed(const Segment& segment) { return segment.effect == Effect::allow; }
// Return true if something is allowed: on the objects of the cell, or on any object; in some combination of contexts.
[[nodiscard]] bool allows_something(const Cell& cell);
[[nodiscard]] bool allows_something(const Table& table);

// A cell that is over a bound and was not decided, or a feature that was not, since a bound of all together is passed.
struct TooLarge {
  RoleId role;  // none: whatever the role
  FeatureId feature;
  RuleId rule;  // one of those that apply there; none where only a `require` does
  diag::Text what;
};

// Facts about each rule that follow from all cells together.
struct RuleFacts {
  std::vector<bool> decides;  // by rule: it decides (or, as a `forbid` or `only`, refuses) at some point
  std::vector<bool> needed;   // by rule: without it some point would have another effect or other controls
  // By term, those of one rule together, its subjects first, then features and objects: it decides somewhere. Set for
  // allows and denies, and in lists that have more than one term.
  std::vector<bool> terms;
  std::vector<std::uint32_t> first_term;  // by rule

  // Calls `visit(term)`, for each id of a term of an allow or deny that decides nowhere though the rule decides.
  template <class Visit>
  void for_each_idle_term(const Model& model, RuleId rule, Visit visit) const {
    std::size_t at = first_term[rule.index()];
    const auto look = [&](const auto& list) {
      for (const auto term : list) {
        if (list.size() > 1 && !terms[at]) visit(term);
        ++at;
      }
    };
    const model::Area& area = model[rule].area;
    look(area.subjects);
    look(area.features);
    look(area.objects);
  }
};

class Decisions {
 public:
  struct Row {
    TableId everyone;                                // of all roles that `tables` does not list
    std::vector<std::pair<RoleId, TableId>> tables;  // sorted by role; `nobody` last
  };

  // Calls `visit(TableId)` for each table of a feature: that of all other roles, then those that roles have for
  // themselves. A table that several roles have is visited several times.
  template <class Visit>
  void for_each_table(FeatureId feature, Visit visit) const {
    const Row& row = rows[feature.index()];
    visit(row.everyone);
    for (const auto& [role, table] : row.tables) visit(table);
  }
  // Returns true if `holds(const Table&)` is true for some table of a feature.
  template <class Holds>
  [[nodiscard]] bool any_table(FeatureId feature, Holds holds) const {
    const Row& row = rows[feature.index()];
    return holds(tables[row.everyone.index()]) ||
           std::any_of(row.tables.begin(), row.tables.end(),
                       [&](const auto& entry) { return holds(tables[entry.second.index()]); });
  }
  // The tables of a feature by id, each with the roles that have it, `nobody` last among them.
  [[nodiscard]] std::vector<std::pair<TableId, std::vector<RoleId>>> roles_by_table(const Model& model,
                                                                                    FeatureId feature) const;

  base::Date as_of;
  std::vector<Row> rows;  // by feature
  std::vector<Table> tables;
  RuleFacts facts;
  std::vector<TooLarge> too_large;
  std::uint64_t work = 0;  // comparisons that it took

  // Returns true if a bound of all features together is passed: there are no answers for whole features.
  [[nodiscard]] bool lacks_features() const {
    return std::any_of(too_large.begin(), too_large.end(), [](const TooLarge& each) { return each.role.is_none(); });
  }
  [[nodiscard]] static const Cell& no_cell();
  [[nodiscard]] const Table& table(RoleId role, FeatureId feature) const;
  [[nodiscard]] TableId table_id(RoleId role, FeatureId feature) const;
  // `no_cell()`, which says none everywhere, where no rule applies.
  [[nodiscard]] const Cell& cell(const Model& model, RoleId role, FeatureId feature, ObjectId object) const;
};

// The answer of one day. Linear in the rules of all cells; cells over the bounds of docs/decisions/ are in `too_large`.
[[nodiscard]] Decisions decide(const Model& model, base::Date as_of);
// The decisions of a policy that has only these rules.
[[nodiscard]] Decisions decide(const Model& model, base::Date as_of, const std::vector<RuleId>& rules);

// The cell of a table that answers for an object, its own or that of its twin; `no_cell()` where there is none.
[[nodiscard]] const Cell& cell_of(const Model& model, const Table& table, ObjectId object);

// The object whose answer an object that no rule of a cell names has: its tier's own point, or "any other one".
[[nodiscard]] ObjectId twin_of(const Model& model, ObjectId object);

}  // namespace farol::decide
