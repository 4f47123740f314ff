#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/sorted.h"
#include "check/labels.h"
#include "check/lint.h"
#include "decide/boxes.h"
#include "decide/permissions.h"
#include "decide/places.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using decide::Cell;
using decide::Effect;
using decide::FeatureId;
using decide::ObjectId;
using decide::Place;
using decide::RoleId;
using decide::RuleId;
using decide::Table;
using decide::TableId;
using diag::Code;

using decide::is_allowed;
using decide::is_uncertain;

// Where a deny on a tier and an allow on a higher one hold in the same context.
struct Inversion {
  RuleId deny, allow;
  std::vector<ObjectId> tiers;  // the lower and the higher
  std::vector<decide::ContextId> contexts;
  base::BitSet where;
};

std::vector<Inversion> inversions_in(const Model& model, const Table& table) {
  std::vector<Inversion> found;
  std::vector<std::pair<ObjectId, const Cell*>> tiers;
  for (const Cell& cell : table.cells) {
    for (const ObjectId object : cell.objects) {
      if (model[object].kind == model::ActsOn::tier) tiers.emplace_back(object, &cell);
    }
  }
  std::sort(tiers.begin(), tiers.end());
  for (std::size_t low = 0; low < tiers.size(); ++low) {
    for (std::size_t high = low + 1; high < tiers.size(); ++high) {
      for (const auto& denied : tiers[low].second->segments) {
        if (denied.effect != Effect::deny) continue;
        for (const auto& allowed : tiers[high].second->segments) {
          if (allowed.effect != Effect::allow) continue;
          const auto contexts = base::united(tiers[low].second->contexts, tiers[high].second->contexts);
          if (model::combinations(model, contexts) > model::max_combinations) continue;
          auto where = model::widen(model, tiers[low].second->contexts, denied.where, contexts) &
                       model::widen(model, tiers[high].second->contexts, allowed.where, contexts);
          if (where.any())
            found.push_back({denied.rules.front(),
                             allowed.rules.front(),
                             {tiers[low].first, tiers[high].first},
                             contexts,
                             std::move(where)});
        }
      }
    }
  }
  return found;
}

// The roles that have each table of a feature.
std::vector<std::pair<TableId, std::vector<RoleId>>> roles_by_table(const Model& model, const Decisions::Row& row) {
  std::map<TableId, std::vector<RoleId>> roles;
  std::size_t next = 0;
  for (std::size_t r = 0; r <= model.roles.size(); ++r) {
    const bool own = next < row.tables.size() && row.tables[next].first == RoleId{r};
    const TableId table = own ? row.tables[next++].second : row.everyone;
    if (!is_uncertain(model, RoleId{r})) roles[table].push_back(RoleId{r});
  }
  return {roles.begin(), roles.end()};
}

void check_inversions(const Model& model, const Decisions& decisions, Findings& findings) {
  if (model.tiers.size() < 2) return;
  std::vector<std::vector<Inversion>> inversions;
  for (const Table& table : decisions.tables) inversions.push_back(inversions_in(model, table));
  struct Found {
    std::set<RuleId> allows;
    std::vector<Place> places;
  };
  std::map<RuleId, Found> found;  // by the rule that denies
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    const auto kind = model.features[f].acts_on;
    if (model.features[f].uncertain || (kind != model::ActsOn::tier && kind != model::ActsOn::data)) continue;
    const auto& row = decisions.rows[f];
    const auto inverted = [&](TableId table) { return !inversions[table.index()].empty(); };
    if (!inverted(row.everyone) &&
        std::none_of(row.tables.begin(), row.tables.end(), [&](const auto& entry) { return inverted(entry.second); }))
      continue;
    for (const auto& [table, roles] : roles_by_table(model, row)) {
      for (const Inversion& inversion : inversions[table.index()]) {
        Found& by_deny = found[inversion.deny];
        by_deny.allows.insert(inversion.allow);
        for (const RoleId role : roles)
          by_deny.places.push_back({role, FeatureId{f}, inversion.tiers, inversion.contexts, inversion.where});
      }
    }
  }
  for (const auto& [deny, by_deny] : found) {
    if (by_deny.places.empty()) continue;
    const Place& first = by_deny.places.front();
    auto diagnostic = diag::make(Code::tier_inversion, model[deny].spans.statement,
                                 message::inverted(model[first.feature].name, decide::name_of(model, first.role),
                                                   model[first.objects[0]].name, model[first.objects[1]].name));
    diagnostic.labels.push_back({model[deny].spans.statement, message::denied_on_lower()});
    check::label_rules(model, by_deny.allows, message::allowed_on_higher(), diagnostic);
    diagnostic.details = decide::lines_of(model, by_deny.places);
    findings.list.push_back(std::move(diagnostic));
  }
}

// What a table answers, without the rules that do it: equal for two tables of one kind of feature if and only if all
// their answers are equal.
class Answers {
 public:
  Answers(const Model& model, const Decisions& decisions)
      : model_(model), decisions_(decisions), known_(decisions.tables.size()) {}

  std::size_t of(TableId id) {
    auto& known = known_[id.index()];
    if (!known) known = tables_.try_emplace(key_of(decisions_.tables[id.index()]), tables_.size()).first->second;
    return *known;
  }

 private:
  using Answer = std::map<std::pair<Effect, std::vector<decide::ControlId>>, std::vector<decide::Box>>;
  using Key = std::vector<std::pair<ObjectId, std::size_t>>;

  // What is as with its twin, or `none` for a twin itself, is left out: so lists of different length can be equal.
  Key key_of(const Table& table) {
    std::map<ObjectId, std::size_t> listed;
    for (const Cell& cell : table.cells) {
      const std::size_t answer = answer_of(cell);
      for (const ObjectId object : cell.objects) listed[object] = answer;
    }
    Key key;
    for (const auto& [object, answer] : listed) {
      const ObjectId twin = decide::twin_of(model_, object);
      const auto as = listed.find(twin);
      if (answer != (twin == object || as == listed.end() ? 0 : as->second)) key.emplace_back(object, answer);
    }
    return key;
  }

  std::size_t answer_of(const Cell& cell) {
    std::map<std::pair<Effect, std::vector<decide::ControlId>>, base::BitSet> regions;
    for (const auto& segment : cell.segments) {
      if (segment.effect == Effect::none) continue;
      const auto [region, first] = regions.try_emplace({segment.effect, segment.controls}, segment.where);
      if (!first) region->second |= segment.where;
    }
    Answer answer;
    for (const auto& [is, where] : regions) answer[is] = decide::boxes_of(model_, cell.contexts, where);
    return answers_.try_emplace(std::move(answer), answers_.size()).first->second;
  }

  const Model& model_;
  const Decisions& decisions_;
  std::vector<std::optional<std::size_t>> known_;  // by table, which is for features of one kind or empty
  std::map<Answer, std::size_t> answers_{{Answer{}, 0}};
  std::map<Key, std::size_t> tables_;
};

bool allows(const Table& table) {
  return std::any_of(table.cells.begin(), table.cells.end(), [](const Cell& cell) {
    return std::any_of(cell.segments.begin(), cell.segments.end(), is_allowed);
  });
}

// Rows of roles, by what makes them differ from the row of those that no rule names.
class Rows {
 public:
  Rows(const Model& model, const Decisions& decisions) : rows_(model.roles.size()), may_(model.roles.size()) {
    Answers answers{model, decisions};
    std::vector<std::size_t> shadowed(model.roles.size());
    std::size_t everyone_may = 0;
    for (std::size_t f = 0; f < model.features.size(); ++f) {
      const auto& row = decisions.rows[f];
      const std::size_t others = answers.of(row.everyone);
      const bool others_may = allows(decisions.tables[row.everyone.index()]);
      if (others_may) ++everyone_may;
      for (const auto& [role, table] : row.tables) {
        if (role == model.nobody()) continue;
        const std::size_t answer = answers.of(table);
        if (answer != others) rows_[role.index()].emplace_back(f, answer);
        if (others_may) ++shadowed[role.index()];
        if (!may_[role.index()]) may_[role.index()] = allows(decisions.tables[table.index()]);
      }
    }
    for (std::size_t r = 0; r < may_.size(); ++r) may_[r] = may_[r] || shadowed[r] < everyone_may;
  }

  // Groups of roles with equal rows, in each of which something is allowed.
  [[nodiscard]] std::map<std::vector<std::pair<std::size_t, std::size_t>>, std::vector<RoleId>> groups() const {
    std::map<std::vector<std::pair<std::size_t, std::size_t>>, std::vector<RoleId>> same;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (may_[r]) same[rows_[r]].push_back(RoleId{r});
    }
    return same;
  }

 private:
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> rows_;  // feature and answer
  std::vector<bool> may_;
};

// Those of a group that some other one of it neither inherits nor is inherited by.
std::vector<RoleId> unrelated(const Model& model, const std::vector<RoleId>& group) {
  std::vector<RoleId> result;
  for (const RoleId role : group) {
    const auto in_group = [&](RoleId other) { return std::binary_search(group.begin(), group.end(), other); };
    const auto& [ancestors, heirs] = std::tie(model[role].ancestors, model[role].heirs);
    // A role is among its own ancestors and heirs.
    const auto related = std::count_if(ancestors.begin(), ancestors.end(), in_group) +
                         std::count_if(heirs.begin(), heirs.end(), in_group) - 1;
    if (static_cast<std::size_t>(related) < group.size()) result.push_back(role);
  }
  return result;
}

void check_same(const Model& model, const Decisions& decisions, Findings& findings) {
  // A feature of which the answers are in doubt could tell them apart.
  if (std::any_of(model.features.begin(), model.features.end(), [](const auto& feature) { return feature.uncertain; }))
    return;
  for (auto [row, group] : Rows{model, decisions}.groups()) {
    std::erase_if(group, [&](RoleId role) { return model[role].library || model[role].uncertain; });
    const auto roles = unrelated(model, group);
    if (roles.empty()) continue;
    std::vector<std::string> names;
    for (const RoleId role : roles) names.push_back(model[role].name);
    auto diagnostic =
        diag::make(Code::same_permissions, model[roles.front()].span, message::may_do_the_same(std::move(names)));
    for (const RoleId role : roles) {
      if (diagnostic.labels.size() < check::max_labels)
        diagnostic.labels.push_back(
            {model[role].span, role == roles.front() ? message::this_role() : message::and_this_one()});
    }
    diagnostic.help = message::same_permissions_help();
    findings.list.push_back(std::move(diagnostic));
  }
}

// The first allow that names a feature.
source::Span granting_rule(const Model& model, FeatureId feature) {
  source::Span first;
  for (const model::Rule& rule : model.rules) {
    if (rule.verb != model::Verb::allow || (!first.is_none() && first < rule.spans.statement)) continue;
    const bool names = std::any_of(rule.area.features.begin(), rule.area.features.end(),
                                   [&](auto term) { return contains(model, model[term], feature); });
    if (names) first = rule.spans.statement;
  }
  return first;
}

void check_nobody_may(const Model& model, const Decisions& decisions, Findings& findings) {
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    const model::Feature& feature = model.features[f];
    if (!feature.governed || feature.uncertain) continue;
    const auto& row = decisions.rows[f];
    const bool somebody = allows(decisions.tables[row.everyone.index()]) ||
                          std::any_of(row.tables.begin(), row.tables.end(), [&](const auto& entry) {
                            return allows(decisions.tables[entry.second.index()]);
                          });
    if (somebody) continue;
    findings.list.push_back(
        diag::make(Code::nobody_may, granting_rule(model, FeatureId{f}), message::nobody_may_do_it(feature.name)));
  }
}

}  // namespace

void check_shape(const Model& model, const Decisions& decisions, Findings& findings) {
  check_inversions(model, decisions, findings);
  check_same(model, decisions, findings);
  check_nobody_may(model, decisions, findings);
}

}  // namespace farol::check
