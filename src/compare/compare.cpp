#include <algorithm>
#include <map>
#include <set>

#include "base/sorted.h"
#include "compare/causes.h"
#include "compare/difference.h"
#include "compare/grouping.h"
#include "compare/renames.h"
#include "compare/things.h"
#include "compare/translate.h"
#include "decide/overlay.h"
#include "decide/permissions.h"

namespace farol::compare {
namespace {

using decide::Cell;
using decide::Decisions;
using decide::Effect;
using decide::Segment;
using decide::Table;
using decide::TableId;
using model::ActsOn;

// Days from today on at which something may begin or end; more are not looked at, and the result says so.
constexpr std::size_t max_days = 60;

// For each object of a kind the cell that answers for it.
std::map<ObjectId, const Cell*> cells_by_object(const Model& model, const Table& table, ActsOn kind) {
  std::map<ObjectId, const Cell*> result;
  const auto by_cell = decide::objects_by_cell(model, table, kind);
  for (std::size_t i = 0; i < by_cell.size(); ++i) {
    for (const ObjectId object : by_cell[i]) result[object] = &table.cells[i];
  }
  return result;
}

// What differs between two tables, with one entry for all objects and contexts that differ alike.
struct TableDifference {
  std::vector<ObjectId> objects;
  std::vector<decide::Box> when;
  const Segment* before = nullptr;
  const Segment* after = nullptr;
};

class Comparison {
 public:
  Comparison(const Vocabulary& vocabulary, const Side& before, const Side& after, const Causes& causes,
             Grouping& grouping, std::set<std::string>& too_large)
      : vocabulary_(vocabulary),
        before_(before),
        after_(after),
        old_(translate(vocabulary, vocabulary.before, before.model, before.decisions)),
        now_(translate(vocabulary, vocabulary.after, after.model, after.decisions)),
        causes_(causes),
        grouping_(grouping),
        too_large_(too_large) {
    too_large_.insert(old_.too_large.begin(), old_.too_large.end());
    too_large_.insert(now_.too_large.begin(), now_.too_large.end());
    note_undecided(before);
    note_undecided(after);
  }

  // What is found holds in these periods.
  void run(FeatureId feature, const std::vector<std::size_t>& periods) {
    for (const auto& [tables, roles] : roles_by_tables(feature)) {
      for (const TableDifference& part : compare_tables(tables, feature)) add(periods, feature, roles, part);
    }
  }

 private:
  using TablePair = std::pair<TableId, TableId>;

  void note_undecided(const Side& side) {
    for (const decide::TooLarge& cell : side.decisions.too_large) too_large_.insert(side.model[cell.feature].name);
  }

  [[nodiscard]] std::map<TablePair, std::vector<RoleId>> roles_by_tables(FeatureId feature) const {
    const Decisions::Row& old = old_.decisions.rows[feature.index()];
    const Decisions::Row& now = now_.decisions.rows[feature.index()];
    std::map<TablePair, std::vector<RoleId>> result;
    auto x = old.tables.begin();
    auto y = now.tables.begin();
    for (const RoleId role : decide::all_roles(vocabulary_.model)) {
      const TableId a = x != old.tables.end() && x->first == role ? (x++)->second : old.everyone;
      const TableId b = y != now.tables.end() && y->first == role ? (y++)->second : now.everyone;
      if (a != TableId{0} || b != TableId{0}) result[{a, b}].push_back(role);
    }
    return result;
  }

  const std::vector<TableDifference>& compare_tables(const TablePair& tables, FeatureId feature) {
    const Model& model = vocabulary_.model;
    const ActsOn kind = model[feature].acts_on;
    const auto [entry, fresh] = known_.try_emplace({tables, kind});
    if (!fresh) return entry->second;
    const auto old = cells_by_object(model, old_.decisions.tables[tables.first.index()], kind);
    const auto now = cells_by_object(model, now_.decisions.tables[tables.second.index()], kind);
    std::map<std::pair<const Cell*, const Cell*>, std::vector<ObjectId>> pairs;
    for (const ObjectId object : model.objects_of(kind)) {
      const auto a = old.find(object), b = now.find(object);
      if (a == old.end() && b == now.end()) continue;
      pairs[{a == old.end() ? &Decisions::no_cell() : a->second, b == now.end() ? &Decisions::no_cell() : b->second}]
          .push_back(object);
    }
    for (const auto& [cells, objects] : pairs)
      compare_cells(*cells.first, *cells.second, objects, feature, entry->second);
    // The pointers of the map have no order that a reader knows.
    std::sort(entry->second.begin(), entry->second.end(), [](const TableDifference& a, const TableDifference& b) {
      return std::tie(a.objects, a.when) < std::tie(b.objects, b.when);
    });
    return entry->second;
  }

  void compare_cells(const Cell& old, const Cell& now, const std::vector<ObjectId>& objects, FeatureId feature,
                     std::vector<TableDifference>& differences) {
    const Model& model = vocabulary_.model;
    const auto differ = [&](const Segment& before, const Segment& after) { return !same_answer(before, after); };
    const auto add = [&](const Segment& before, const Segment& after, const std::vector<ContextId>& contexts,
                         const base::BitSet& where) {
      differences.push_back({objects, decide::boxes_of(model, contexts, where), &before, &after});
    };
    if (!decide::overlay(model, old, now, differ, add)) too_large_.insert(model[feature].name);
  }

  [[nodiscard]] bool same_answer(const Segment& before, const Segment& after) const {
    return decide::same_answer(before, after) && expires(before_, before) == expires(after_, after);
  }

  // Where both are policies, what comes later is looked at on its day.
  [[nodiscard]] std::optional<base::Date> expires(const Side& side, const Segment& segment) const {
    if ((!before_.decided && !after_.decided) || segment.effect != Effect::allow) return std::nullopt;
    return decide::last_day(side.model, segment.rules);
  }

  [[nodiscard]] Answer answer(const Side& side, const Mapping& mapping, const Segment& segment,
                              FeatureId feature) const {
    const FeatureId own = mapping.own_features[feature.index()];
    return {segment.effect, segment.effect == Effect::none && !own.is_none() && side.model[own].governed,
            segment.controls, expires(side, segment)};
  }

  void add(const std::vector<std::size_t>& periods, FeatureId feature, const std::vector<RoleId>& roles,
           const TableDifference& part) {
    Change change;
    change.roles = roles;
    change.features = {feature};
    change.kind = vocabulary_.model[feature].acts_on;
    change.objects = part.objects;
    change.when = part.when;
    change.before = answer(before_, vocabulary_.before, *part.before, feature);
    change.after = answer(after_, vocabulary_.after, *part.after, feature);
    // A new role and a moved class may have reasons of their own, so each point is asked about.
    std::set<Cause> causes;
    for (const RoleId role : sample(roles)) {
      for (const ObjectId object : sample(part.objects)) {
        for (Cause& cause : causes_.at(
                 {role, feature, object, part.before, part.after, before_.decisions.as_of, after_.decisions.as_of}))
          causes.insert(std::move(cause));
      }
    }
    change.causes.assign(causes.begin(), causes.end());
    grouping_.add(std::move(change), periods);
  }

  // Roles and objects that share a cell share its rules; a few of them are enough to see what is behind it.
  template <class Id>
  static std::vector<Id> sample(const std::vector<Id>& ids) {
    constexpr std::size_t enough = 4;
    return {ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), enough))};
  }

  const Vocabulary& vocabulary_;
  const Side& before_;
  const Side& after_;
  Translation old_, now_;
  const Causes& causes_;
  Grouping& grouping_;
  std::set<std::string>& too_large_;
  std::map<std::pair<TablePair, ActsOn>, std::vector<TableDifference>> known_;
};

// The days from which on something is in force that was not, or the reverse.
std::vector<base::Date> later_days(const Side& before, const Side& after) {
  std::vector<base::Date> days;
  const base::Date today = after.decisions.as_of;
  if (before.decided || after.decided || before.decisions.as_of != today) return days;
  for (const Side* side : {&before, &after}) {
    for (const model::Rule& rule : side->model.rules) {
      if (rule.from && *rule.from > today) days.push_back(*rule.from);
      if (rule.until && *rule.until >= today) days.push_back({rule.until->days + 1});
    }
  }
  base::sort_unique(days);
  return days;
}

// The features about which a day says something else than the day of the decisions, as far as the rules of a side go.
void note_affected(const Side& side, const Mapping& mapping, base::Date day, std::vector<bool>& affected) {
  for (const model::Rule& rule : side.model.rules) {
    if (rule.is_live(day) == rule.is_live(side.decisions.as_of)) continue;
    for (const model::FeatureTermId term : rule.area.features) {
      for (const FeatureId feature : members(side.model, side.model[term]))
        affected[mapping.features[feature.index()].index()] = true;
    }
  }
}

// The decisions of a day, right for these features.
Decisions decide(const Side& side, const Mapping& mapping, base::Date day, const std::vector<bool>& wanted) {
  std::vector<RuleId> rules;
  for (std::size_t i = 0; i < side.model.rules.size(); ++i) {
    const auto& terms = side.model.rules[i].area.features;
    const bool names_one = std::any_of(terms.begin(), terms.end(), [&](model::FeatureTermId term) {
      const auto named = members(side.model, side.model[term]);
      return std::any_of(named.begin(), named.end(),
                         [&](FeatureId feature) { return wanted[mapping.features[feature.index()].index()]; });
    });
    if (names_one) rules.push_back(RuleId{i});
  }
  return decide::decide(side.model, day, rules);
}

void add_governed(const Side& before, const Side& after, Difference& difference) {
  const Vocabulary& vocabulary = difference.vocabulary;
  const auto governed = [](const Model& model, FeatureId id) { return !id.is_none() && model[id].governed; };
  for (std::size_t f = 0; f < vocabulary.model.features.size(); ++f) {
    const bool was = governed(before.model, vocabulary.before.own_features[f]);
    const bool is = governed(after.model, vocabulary.after.own_features[f]);
    if (was != is) difference.governed.push_back({FeatureId{f}, is});
  }
}

}  // namespace

Difference compare(const Side& before, const Side& after) {
  Difference difference;
  difference.vocabulary = recognise(before, after);
  const Vocabulary& vocabulary = difference.vocabulary;
  std::set<std::string> too_large;
  auto days = later_days(before, after);
  if (days.size() > max_days) {
    days.resize(max_days);
    difference.not_beyond = base::Date{days.back().days - 1};
    days.pop_back();
  }
  Grouping grouping{vocabulary.model, days};
  const std::size_t features = vocabulary.model.features.size();
  // What no rule that begins or ends is about is on every later day as it is today.
  std::vector<std::vector<bool>> affected(days.size(), std::vector<bool>(features));
  for (std::size_t i = 0; i < days.size(); ++i) {
    note_affected(before, vocabulary.before, days[i], affected[i]);
    note_affected(after, vocabulary.after, days[i], affected[i]);
  }
  const Causes causes{vocabulary, before, after};
  Comparison today{vocabulary, before, after, causes, grouping, too_large};
  for (std::size_t f = 0; f < features; ++f) {
    std::vector<std::size_t> periods{0};
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (!affected[i][f]) periods.push_back(i + 1);
    }
    today.run(FeatureId{f}, periods);
  }
  for (std::size_t i = 0; i < days.size(); ++i) {
    const Decisions old = decide(before, vocabulary.before, days[i], affected[i]);
    const Decisions now = decide(after, vocabulary.after, days[i], affected[i]);
    const Side old_side{before.model, old, false}, new_side{after.model, now, false};
    Comparison later{vocabulary, old_side, new_side, causes, grouping, too_large};
    for (std::size_t f = 0; f < features; ++f) {
      if (affected[i][f]) later.run(FeatureId{f}, {i + 1});
    }
  }
  difference.changes = grouping.take();
  difference.too_large.assign(too_large.begin(), too_large.end());
  add_governed(before, after, difference);
  add_things(before, after, difference);
  return difference;
}

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::widening: return "widening";
    case Direction::narrowing: return "narrowing";
    case Direction::mixed: return "mixed";
  }
  return "";
}

}  // namespace farol::compare
