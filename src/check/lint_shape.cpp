#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/ids.h"
#include "base/sorted.h"
#include "check/labels.h"
#include "check/lint.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/overlay.h"
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

using decide::is_uncertain;

// A deny on a tier and an allow on a higher one that hold in the same contexts.
struct Inversion {
  RuleId deny, allow;
  std::vector<ObjectId> tiers;  // the lower and the higher
  std::vector<decide::ContextId> contexts;
  base::BitSet where;
};

struct Inversions {
  std::vector<Inversion> found;
  std::set<RuleId> unchecked;  // denies that could not be compared: both cells together have too many contexts
};

bool denies_something(const Cell& cell) {
  return std::any_of(cell.segments.begin(), cell.segments.end(),
                     [](const decide::Segment& segment) { return segment.effect == Effect::deny; });
}

void compare_tiers(const Model& model, std::pair<ObjectId, const Cell*> low, std::pair<ObjectId, const Cell*> high,
                   Inversions& inversions) {
  if (!denies_something(*low.second) || !allows_something(*high.second)) return;
  const auto is_inverted = [](const decide::Segment& on_low, const decide::Segment& on_high) {
    return on_low.effect == Effect::deny && is_allowed(on_high);
  };
  const auto add = [&](const decide::Segment& denied, const decide::Segment& allowed,
                       const std::vector<decide::ContextId>& contexts, base::BitSet where) {
    inversions.found.push_back(
        {denied.rules.front(), allowed.rules.front(), {low.first, high.first}, contexts, std::move(where)});
  };
  if (decide::overlay(model, *low.second, *high.second, is_inverted, add)) return;
  for (const decide::Segment& segment : low.second->segments) {
    if (segment.effect == Effect::deny) inversions.unchecked.insert(segment.rules.front());
  }
}

Inversions inversions_in(const Model& model, const Table& table) {
  if (std::none_of(table.cells.begin(), table.cells.end(), denies_something)) return {};
  std::vector<std::pair<ObjectId, const Cell*>> tiers;
  for (const Cell& cell : table.cells) {
    for (const ObjectId object : cell.objects) {
      if (model[object].kind == model::ActsOn::tier) tiers.emplace_back(object, &cell);
    }
  }
  std::sort(tiers.begin(), tiers.end());
  Inversions inversions;
  for (std::size_t low = 0; low < tiers.size(); ++low) {
    for (std::size_t high = low + 1; high < tiers.size(); ++high)
      compare_tiers(model, tiers[low], tiers[high], inversions);
  }
  return inversions;
}

struct InvertedDeny {
  std::set<RuleId> allows;
  std::vector<Place> places;
};

void report_inversion(const Model& model, RuleId deny, const InvertedDeny& inverted, Findings& findings) {
  const Place& first = inverted.places.front();
  auto diagnostic = diag::make(Code::tier_inversion, model[deny].spans.statement,
                               message::inverted(model[first.feature].name, decide::name_of(model, first.role),
                                                 model[first.objects[0]].name, model[first.objects[1]].name));
  diagnostic.labels.push_back({model[deny].spans.statement, message::denied_on_lower()});
  check::label_rules(model, inverted.allows, message::allowed_on_higher(), diagnostic);
  diagnostic.details = decide::lines_of(model, inverted.places);
  findings.list.push_back(std::move(diagnostic));
}

void report_unchecked(const Model& model, const std::set<RuleId>& denies, Findings& findings) {
  for (const RuleId deny : denies) {
    auto diagnostic = diag::make(Code::tier_inversion, model[deny].spans.statement,
                                 message::tiers_not_compared(model[deny].reference()));
    diagnostic.labels.push_back({model[deny].spans.statement, message::denied_on_lower()});
    diagnostic.details.push_back(message::tiers_too_many_combinations(model::max_combinations));
    findings.list.push_back(std::move(diagnostic));
  }
}

void check_inversions(const Model& model, const Decisions& decisions, Findings& findings) {
  if (model.tiers.size() < 2) return;
  std::vector<Inversions> inversions;
  for (const Table& table : decisions.tables) inversions.push_back(inversions_in(model, table));
  std::map<RuleId, InvertedDeny> found;
  std::set<RuleId> unchecked;
  for (const FeatureId feature : base::ids(model.features)) {
    const auto kind = model[feature].acts_on;
    if (model[feature].uncertain || (kind != model::ActsOn::tier && kind != model::ActsOn::data)) continue;
    bool some = false;
    decisions.for_each_table(feature, [&](TableId table) {
      const Inversions& here = inversions[table.index()];
      some = some || !here.found.empty() || !here.unchecked.empty();
    });
    if (!some) continue;
    for (const auto& [table, roles] : decisions.roles_by_table(model, feature)) {
      const Inversions& here = inversions[table.index()];
      unchecked.insert(here.unchecked.begin(), here.unchecked.end());
      for (const Inversion& inversion : here.found) {
        for (const RoleId role : roles) {
          if (is_uncertain(model, role)) continue;
          InvertedDeny& inverted = found[inversion.deny];
          inverted.allows.insert(inversion.allow);
          inverted.places.push_back({role, feature, inversion.tiers, inversion.contexts, inversion.where});
        }
      }
    }
  }
  for (const auto& [deny, inverted] : found) {
    report_inversion(model, deny, inverted, findings);
    unchecked.erase(deny);
  }
  report_unchecked(model, unchecked, findings);
}

// The answers of a table, without the rules that decide them: equal for two tables of one kind of feature if and only
// if all their answers are equal.
class AnswerKeys {
 public:
  AnswerKeys(const Model& model, const Decisions& decisions)
      : model_(model), decisions_(decisions), known_(decisions.tables.size()) {}

  std::size_t of(TableId id) {
    auto& known = known_[id.index()];
    if (!known) known = tables_.try_emplace(key_of(decisions_.tables[id.index()]), tables_.size()).first->second;
    return *known;
  }

 private:
  using Answer = std::map<std::pair<Effect, std::vector<decide::ControlId>>, std::vector<decide::Box>>;
  using Key = std::vector<std::pair<ObjectId, std::size_t>>;

  // Leaves out objects whose answer is that of their twin, and twins whose answer is `none`, so that equal tables have
  // equal keys whatever they list.
  Key key_of(const Table& table) {
    Key listed;
    for (const Cell& cell : table.cells) {
      const std::size_t answer = answer_of(cell);
      for (const ObjectId object : cell.objects) listed.emplace_back(object, answer);
    }
    std::sort(listed.begin(), listed.end());
    Key key;
    for (const auto& [object, answer] : listed) {
      const ObjectId twin = decide::twin_of(model_, object);
      const auto as = std::lower_bound(listed.begin(), listed.end(), std::pair{twin, std::size_t{0}});
      const bool is_listed = twin != object && as != listed.end() && as->first == twin;
      if (answer != (is_listed ? as->second : 0)) key.emplace_back(object, answer);
    }
    return key;
  }

  // One answer without controls, always: most cells have it.
  std::size_t answer_of(const Cell& cell) {
    const auto& only = cell.segments.front();
    if (cell.segments.size() > 1 || !cell.contexts.empty() || !only.controls.empty()) return number_of(cell);
    auto& known = plain_[static_cast<std::size_t>(only.effect)];
    if (!known) known = number_of(cell);
    return *known;
  }

  std::size_t number_of(const Cell& cell) {
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
  std::array<std::optional<std::size_t>, 4> plain_;  // by effect
  std::map<Key, std::size_t> tables_;
};

// Rows of roles, by what makes them differ from the row of those that no rule names.
class Rows {
 public:
  Rows(const Model& model, const Decisions& decisions) : rows_(model.roles.size()), may_(model.roles.size()) {
    AnswerKeys answers{model, decisions};
    std::vector<std::size_t> shadowed(model.roles.size());
    std::size_t everyone_may = 0;
    for (std::size_t f = 0; f < model.features.size(); ++f) {
      const auto& row = decisions.rows[f];
      const std::size_t others = answers.of(row.everyone);
      const bool others_may = allows_something(decisions.tables[row.everyone.index()]);
      if (others_may) ++everyone_may;
      for (const auto& [role, table] : row.tables) {
        if (role == model.nobody()) continue;
        const std::size_t answer = answers.of(table);
        if (answer != others) rows_[role.index()].emplace_back(f, answer);
        if (others_may) ++shadowed[role.index()];
        if (!may_[role.index()]) may_[role.index()] = allows_something(decisions.tables[table.index()]);
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

// Returns the roles of a group that are unrelated to some other one of it: neither inherits the other.
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

// Returns the first allow in the text that names a feature, which is governed.
const model::Rule* granting_rule(const Model& model, FeatureId feature) {
  const model::Rule* first = nullptr;
  for (const model::Rule& rule : model.rules) {
    if (rule.verb != model::Verb::allow || (first != nullptr && first->spans.statement < rule.spans.statement))
      continue;
    const bool names = std::any_of(rule.area.features.begin(), rule.area.features.end(),
                                   [&](auto term) { return contains(model, model[term], feature); });
    if (names) first = &rule;
  }
  return first;
}

// While rules disagree about a feature it is not known that nobody may do it.
bool may_allow_something(const Table& table) {
  return std::any_of(table.cells.begin(), table.cells.end(),
                     [](const Cell& cell) { return allows_something(cell) || !cell.clashes().empty(); });
}

// One note for all that one rule would have given.
void check_nobody_may(const Model& model, const Decisions& decisions, Findings& findings) {
  std::map<source::Span, std::pair<const model::Rule*, std::vector<std::string>>> by_rule;
  for (const FeatureId id : base::ids(model.features)) {
    const model::Feature& feature = model[id];
    if (!feature.governed || feature.uncertain) continue;
    if (decisions.any_table(id, [](const Table& table) { return may_allow_something(table); })) continue;
    const model::Rule* rule = granting_rule(model, id);
    auto& [first, names] = by_rule[rule == nullptr ? source::Span{} : rule->spans.statement];
    first = rule;
    names.push_back(feature.name);
  }
  for (auto& [span, entry] : by_rule) {
    auto& [rule, names] = entry;
    auto note = diag::make(
        Code::nobody_may, span,
        names.size() == 1 ? message::nobody_may_do_it(names.front()) : message::nobody_may_do_them(std::move(names)));
    if (rule != nullptr && !rule->is_live(decisions.as_of)) {
      const bool begins = rule->from && decisions.as_of < *rule->from;
      note.labels.push_back(
          {span, begins ? message::in_force_from(*rule->from) : message::in_force_until(*rule->until)});
    }
    findings.list.push_back(std::move(note));
  }
}

}  // namespace

void check_shape(const Model& model, const Decisions& decisions, Findings& findings) {
  check_inversions(model, decisions, findings);
  check_same(model, decisions, findings);
  check_nobody_may(model, decisions, findings);
}

}  // namespace farol::check
