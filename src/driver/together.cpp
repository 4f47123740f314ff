#include "driver/together.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include "base/ids.h"
#include "decide/explain.h"
#include "driver/people.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"

namespace farol::driver {
namespace {

using decide::FeatureId;
using decide::RoleId;
using Roles = std::vector<RoleId>;

// Pairs that are decided at most. Where a list of roles has an `except`, each is resolved by itself, which is slow.
constexpr std::size_t most_pairs = 400;
constexpr std::size_t most_pairs_one_by_one = 24;
// With more roles than this no pair is looked for: each would be held against each.
constexpr std::size_t most_roles = 10'000;

// The roles that each person is bound to, inherited ones too.
std::map<Roles, std::vector<std::string>> bound_together(const model::Model& model) {
  const dingtalk::Bindings bindings{model};
  std::map<std::string, Roles> by_person;
  for (const RoleId role : base::ids(model.roles)) {
    for (const std::string& person : bindings.ids("members." + model[role].name)) by_person[person].push_back(role);
  }
  std::map<Roles, std::vector<std::string>> together;
  for (const auto& [person, roles] : by_person) {
    if (roles.size() > 1) together[roles].push_back(person);
  }
  return together;
}

// Finds pairs for which the platform may do something else than the policy says of somebody who holds both: a rule that
// refuses something to the one and does not speak of the other, who is allowed it; an allow that the one has only
// exactly, or but for the other; or a restriction of the address book on one of them.
class PairFinder {
 public:
  explicit PairFinder(const Compilation& of)
      : model_(of.model), decisions_(of.decisions), bindings_(of.model), found_(of.model.roles.size()) {
    for (const model::Rule& rule : model_.rules) {
      if (refuses(rule) || is_for_some_exactly(rule)) apart_.push_back(&rule);
    }
  }

  // Returns how many pairs there may be, if there are too many roles to find those.
  [[nodiscard]] std::size_t count_unseen() const {
    const std::size_t roles = model_.roles.size();
    const bool may_be =
        !apart_.empty() || std::any_of(model_.features.begin(), model_.features.end(), restricts_contacts);
    return roles > most_roles && may_be ? roles * (roles - 1) / 2 : 0;
  }

  std::vector<Roles> find() {
    if (count_unseen() > 0) return {};
    for (const FeatureId feature : base::ids(model_.features)) {
      const model::KeptBy keeper = model_[feature].kept_by;
      const bool is_set = keeper == model::KeptBy::api || keeper == model::KeptBy::console;
      if (is_set && decide::is_stated(model_, decisions_, feature)) find(feature);
    }
    std::vector<Roles> pairs;
    if (!found_some_) return pairs;
    const auto finds = [&](RoleId one, RoleId other) {
      return !found_[one.index()].empty() && found_[one.index()][other.index()];
    };
    for (const RoleId one : base::ids(model_.roles)) {
      for (const RoleId other : base::ids(model_.roles)) {
        if (one < other && (finds(one, other) || finds(other, one)) && is_assumed(one, other))
          pairs.push_back({one, other});
      }
    }
    return pairs;
  }

 private:
  void find(FeatureId feature) {
    std::vector<RoleId> allowed;
    for (const auto& [table, roles] : decisions_.roles_by_table(model_, feature)) {
      if (decide::allows_something(decisions_.tables[table.index()]))
        std::copy_if(roles.begin(), roles.end(), std::back_inserter(allowed),
                     [&](RoleId role) { return role != model_.nobody(); });
    }
    if (allowed.empty()) return;
    for (const model::Rule* rule : apart_) {
      if (!decide::speaks_of(model_, rule->area, feature)) continue;
      for (const RoleId one : allowed) {
        if (!refuses(*rule)) {
          add(one, all());
        } else if (!decide::speaks_of(model_, rule->area, one)) {
          add(one, spoken_of(*rule));
        }
      }
    }
    if (!restricts_contacts(model_[feature])) return;
    for (const RoleId one : allowed) {
      std::vector<bool> others = all();
      for (const RoleId other : base::ids(model_.roles)) others[other.index()] = differ_about(feature, one, other);
      add(one, others);
    }
  }

  void add(RoleId one, const std::vector<bool>& others) {
    std::vector<bool>& found = found_[one.index()];
    found.resize(others.size());
    found_some_ = true;
    for (std::size_t i = 0; i < others.size(); ++i) found[i] = found[i] || (others[i] && i != one.index());
  }

  [[nodiscard]] std::vector<bool> all() const { return std::vector<bool>(model_.roles.size(), true); }
  [[nodiscard]] std::vector<bool> spoken_of(const model::Rule& rule) const {
    std::vector<bool> roles;
    for (const RoleId role : base::ids(model_.roles)) roles.push_back(decide::speaks_of(model_, rule.area, role));
    return roles;
  }
  [[nodiscard]] static bool restricts_contacts(const model::Feature& feature) {
    return dingtalk::word_of(feature, "request") == "contact_restriction";
  }
  [[nodiscard]] static bool refuses(const model::Rule& rule) {
    return rule.verb == model::Verb::deny || rule.verb == model::Verb::forbid;
  }
  [[nodiscard]] bool is_for_some_exactly(const model::Rule& rule) const {
    return std::any_of(rule.area.subjects.begin(), rule.area.subjects.end(), [&](model::SubjectTermId id) {
      return model_[id].base == model::SubjectTerm::Base::exactly || !model_[id].except.empty();
    });
  }

  [[nodiscard]] bool differ_about(FeatureId feature, RoleId one, RoleId other) const {
    return decisions_.table_id(one, feature) != decisions_.table_id(other, feature);
  }

  [[nodiscard]] bool is_assumed(RoleId one, RoleId other) const {
    const auto is_bound = [&](RoleId role) { return bindings_.is_bound("members." + model_[role].name); };
    if ((is_bound(one) && is_bound(other)) || model_[one].uncertain || model_[other].uncertain) return false;
    return std::none_of(model_.separations.begin(), model_.separations.end(), [&](const auto& separation) {
      const auto held = std::count_if(separation.roles.begin(), separation.roles.end(), [&](RoleId each) {
        return model_.is_ancestor(each, one) || model_.is_ancestor(each, other);
      });
      return static_cast<std::size_t>(held) > separation.at_most;
    });
  }

  const model::Model& model_;
  const decide::Decisions& decisions_;
  const dingtalk::Bindings bindings_;
  std::vector<const model::Rule*> apart_;  // those that can tell people with several roles from their single roles
  std::vector<std::vector<bool>> found_;   // by the role that is allowed something, then by the other one; empty: none
  bool found_some_ = false;
};

}  // namespace

HeldTogether held_together(const Compilation& before) {
  HeldTogether result;
  std::vector<Roles> combinations;
  std::vector<std::vector<std::string>> people;
  for (auto& [roles, who] : bound_together(before.model)) {
    combinations.push_back(roles);
    people.push_back(who);
  }
  const std::size_t bound = combinations.size();
  const std::size_t most = before.model.roles_are_excepted ? most_pairs_one_by_one : most_pairs;
  PairFinder finder{before};
  result.not_looked_at = finder.count_unseen();
  for (const Roles& pair : finder.find()) {
    if (combinations.size() - bound == most) {
      ++result.not_looked_at;
      continue;
    }
    combinations.push_back(pair);
    people.emplace_back();
  }
  if (combinations.empty()) return result;
  auto decided = decide_people(before, combinations);
  if (std::holds_alternative<std::string>(decided)) {
    result.not_looked_at += combinations.size();
    return result;
  }
  auto& persons = std::get<std::vector<decide::Person>>(decided);
  for (std::size_t i = 0; i < combinations.size(); ++i)
    result.list.push_back({std::move(combinations[i]), std::move(people[i]), std::move(persons[i])});
  return result;
}

}  // namespace farol::driver
