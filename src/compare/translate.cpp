#include "compare/translate.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/ids.h"
#include "base/sorted.h"
#include "decide/overlay.h"
#include "model/contexts.h"

namespace farol::compare {
namespace {

using decide::Cell;
using decide::Decisions;
using decide::Effect;
using decide::Segment;
using decide::Table;
using decide::TableId;
using model::ActsOn;

// Data and tiers are one dimension: tiers are points of both.
bool same_dimension(ActsOn a, ActsOn b) {
  const auto tiered = [](ActsOn kind) { return kind == ActsOn::data || kind == ActsOn::tier; };
  return a == b || (tiered(a) && tiered(b));
}

// Joins the answers of two roles for somebody who holds both: what either gives, with the controls that both require.
Segment joined(const Segment& a, const Segment& b) {
  const auto rank = [](Effect effect) {
    switch (effect) {
      case Effect::allow: return 3;
      case Effect::conflict: return 2;
      case Effect::deny: return 1;
      case Effect::none: break;
    }
    return 0;
  };
  Segment result = rank(a.effect) >= rank(b.effect) ? a : b;
  if (a.effect != b.effect) return result;
  result.rules = base::united(a.rules, b.rules);
  result.controls.clear();
  std::set_intersection(a.controls.begin(), a.controls.end(), b.controls.begin(), b.controls.end(),
                        std::back_inserter(result.controls));
  return result;
}

class Translator {
 public:
  Translator(const Vocabulary& vocabulary, const Mapping& mapping, const Model& own, const Decisions& decisions)
      : model_(vocabulary.model),
        mapping_(mapping),
        own_(own),
        decisions_(decisions),
        tables_(decisions.tables.size()) {
    for (std::size_t i = 0; i < model_.objects.size(); ++i) {
      const ObjectId joint{i}, id = mapping.own_objects[i];
      if (model_[joint].kind != ActsOn::data || id.is_none()) continue;
      const auto& tiers = mapping.objects[own.object_of(own[id].tier).index()];
      if (std::find(tiers.begin(), tiers.end(), model_.object_of(model_[joint].tier)) == tiers.end())
        moved_.emplace_back(joint, tiers.empty() ? ObjectId::none() : tiers.front());
    }
    for (std::size_t i = 0; i < model_.contexts.size(); ++i) {
      const ContextId id = mapping.own_contexts[i];
      bool same = id.is_none() || own[id].values.size() == model_.contexts[i].values.size();
      for (std::uint32_t value = 0; same && !id.is_none() && value < model_.contexts[i].values.size(); ++value)
        same = mapping.own_values[i][value] == value;
      same_values_.push_back(same);
    }
    collect_ancestry();
    result_.decisions.as_of = decisions.as_of;
    result_.decisions.tables.emplace_back();
  }

  Translation run() {
    for (const model::FeatureId id : base::ids(model_.features)) result_.decisions.rows.push_back(row(id));
    result_.too_large.assign(too_large_.begin(), too_large_.end());
    return std::move(result_);
  }

 private:
  // Finds what each role that a side lacks came from: the nearest roles above it that the side has.
  void collect_ancestry() {
    origins_.resize(model_.roles.size());
    for (std::size_t r = 0; r < model_.roles.size(); ++r) {
      if (!mapping_.own_roles[r].is_none()) continue;
      std::set<RoleId> seen, found;
      std::vector<RoleId> open{RoleId{r}};
      while (!open.empty()) {
        const RoleId role = open.back();
        open.pop_back();
        for (const RoleId parent : model_[role].inherits) {
          if (!seen.insert(parent).second) continue;
          const RoleId own = mapping_.own_roles[parent.index()];
          if (own.is_none()) {
            open.push_back(parent);
          } else {
            found.insert(own);
          }
        }
      }
      if (found.empty()) found.insert(own_.nobody());
      origins_[r].assign(found.begin(), found.end());
    }
  }

  Decisions::Row row(FeatureId feature) {
    Decisions::Row result{TableId{0}, {}};
    const FeatureId id = mapping_.own_features[feature.index()];
    if (id.is_none() || !same_dimension(own_[id].acts_on, model_[feature].acts_on)) return result;
    feature_ = feature;
    const Decisions::Row& own_row = decisions_.rows[id.index()];
    result.everyone = table(own_row.everyone);
    for (const auto& [role, own_table] : own_row.tables)
      result.tables.emplace_back(mapping_.roles[role.index()], table(own_table));
    for (std::size_t r = 0; r < model_.roles.size(); ++r) {
      if (origins_[r].empty()) continue;
      const TableId origin = origin_table(id, origins_[r]);
      if (origin != result.everyone) result.tables.emplace_back(RoleId{r}, origin);
    }
    std::sort(result.tables.begin(), result.tables.end());
    return result;
  }

  TableId origin_table(FeatureId own, const std::vector<RoleId>& origins) {
    std::vector<TableId> tables;
    for (const RoleId origin : origins) tables.push_back(table(decisions_.table_id(origin, own)));
    base::sort_unique(tables);
    if (tables.size() == 1) return tables.front();
    const auto [entry, fresh] = joined_.try_emplace({model_[feature_].acts_on, tables});
    if (fresh) {
      Table merged = join_tables(tables);
      result_.decisions.tables.push_back(std::move(merged));
      entry->second = TableId{result_.decisions.tables.size() - 1};
    }
    return entry->second;
  }

  Table join_tables(const std::vector<TableId>& ids) {
    Table result;
    for (const ObjectId object : model_.objects_of(model_[feature_].acts_on)) {
      Cell cell = cell_at(ids.front(), object);
      for (std::size_t i = 1; i < ids.size(); ++i) cell = join_cells(cell, cell_at(ids[i], object));
      cell.objects = {object};
      result.cells.push_back(std::move(cell));
    }
    return result;
  }

  [[nodiscard]] const Cell& cell_at(TableId id, ObjectId object) const {
    return decide::cell_of(model_, result_.decisions.tables[id.index()], object);
  }

  Cell join_cells(const Cell& a, const Cell& b) {
    Cell result;
    const auto add = [&](const Segment& x, const Segment& y, const std::vector<ContextId>& contexts,
                         base::BitSet where) {
      Segment segment = joined(x, y);
      segment.where = std::move(where);
      result.contexts = contexts;
      result.segments.push_back(std::move(segment));
    };
    if (decide::overlay(
            model_, a, b, [](const Segment&, const Segment&) { return true; }, add))
      return result;
    too_large_.insert(model_[feature_].name);
    return a;
  }

  TableId table(TableId own) {
    std::optional<TableId>& known = tables_[own.index()];
    if (known) return *known;
    const Table& from = decisions_.tables[own.index()];
    if (from.cells.empty()) return *(known = TableId{0});
    Table to;
    for (const Cell& cell : from.cells) to.cells.push_back(translated(cell));
    list_moved(to);
    result_.decisions.tables.push_back(std::move(to));
    return *(known = TableId{result_.decisions.tables.size() - 1});
  }

  Cell translated(const Cell& cell) {
    Cell result;
    for (const ObjectId object : cell.objects) {
      const auto& joint = mapping_.objects[object.index()];
      result.objects.insert(result.objects.end(), joint.begin(), joint.end());
    }
    base::sort_unique(result.objects);
    for (const ContextId context : cell.contexts) result.contexts.push_back(mapping_.contexts[context.index()]);
    std::vector<ContextId> sorted = result.contexts;
    base::sort_unique(sorted);
    const bool same = sorted == result.contexts &&
                      std::all_of(sorted.begin(), sorted.end(), [&](ContextId id) { return same_values_[id.index()]; });
    const std::vector<ContextId> order = std::move(result.contexts);
    result.contexts = std::move(sorted);
    if (!same && model::combinations(model_, result.contexts) > model::max_combinations) {
      too_large_.insert(model_[feature_].name);
      result.contexts.clear();
      result.segments = Decisions::no_cell().segments;
      return result;
    }
    for (const Segment& segment : cell.segments) {
      Segment mapped{segment.effect, {}, segment.rules, {}};
      for (const ControlId control : segment.controls) mapped.controls.push_back(mapping_.controls[control.index()]);
      base::sort_unique(mapped.controls);
      mapped.where = same ? segment.where : moved_values(cell, order, segment.where, result.contexts);
      if (mapped.where.any()) result.segments.push_back(std::move(mapped));
    }
    return result;
  }

  // Renumbers the combinations of a set for the vocabulary of both.
  base::BitSet moved_values(const Cell& cell, const std::vector<ContextId>& order, const base::BitSet& where,
                            const std::vector<ContextId>& contexts) const {
    const auto own_strides = model::strides(own_, cell.contexts);
    base::BitSet result{model::combinations(model_, contexts)};
    for (std::size_t combination = 0; combination < result.size(); ++combination) {
      std::size_t number = 0;
      for (const auto& [context, value] : model::values_at(model_, contexts, combination)) {
        const auto at = static_cast<std::size_t>(std::find(order.begin(), order.end(), context) - order.begin());
        number += own_strides[at] * mapping_.own_values[context.index()][value];
      }
      if (where.test(number)) result.set(combination);
    }
    return result;
  }

  // A data class whose tier differs between the sides keeps the answer of its own tier.
  void list_moved(Table& table) const {
    if (!same_dimension(model_[feature_].acts_on, ActsOn::data)) return;
    const auto cell_of = [&](ObjectId object) {
      return std::find_if(table.cells.begin(), table.cells.end(), [&](const Cell& cell) {
        return std::binary_search(cell.objects.begin(), cell.objects.end(), object);
      });
    };
    for (const auto& [object, tier] : moved_) {
      if (cell_of(object) != table.cells.end()) continue;
      auto cell = tier.is_none() ? table.cells.end() : cell_of(tier);
      if (cell == table.cells.end()) {
        cell = table.cells.insert(table.cells.end(), Decisions::no_cell());
      }
      cell->objects.insert(std::lower_bound(cell->objects.begin(), cell->objects.end(), object), object);
    }
  }

  const Model& model_;
  const Mapping& mapping_;
  const Model& own_;
  const Decisions& decisions_;
  std::vector<std::optional<TableId>> tables_;
  std::map<std::pair<ActsOn, std::vector<TableId>>, TableId> joined_;
  std::vector<std::pair<ObjectId, ObjectId>> moved_;  // the class, and its tier's own point
  std::vector<bool> same_values_;                     // by context
  std::vector<std::vector<RoleId>> origins_;          // by role; own ids; empty: the role is there
  std::set<std::string> too_large_;
  FeatureId feature_;
  Translation result_;
};

}  // namespace

Translation translate(const Vocabulary& vocabulary, const Mapping& mapping, const Model& own,
                      const Decisions& decisions) {
  return Translator{vocabulary, mapping, own, decisions}.run();
}

}  // namespace farol::compare
