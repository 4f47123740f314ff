#include "driver/together.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "base/ids.h"
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

// Roles by what they are told about one feature.
struct Told {
  std::vector<bool> allowed, denied;  // something, by role
};

Told told_about(const model::Model& model, const decide::Decisions& decisions, FeatureId feature) {
  Told told{std::vector<bool>(model.roles.size()), std::vector<bool>(model.roles.size())};
  for (const auto& [table, roles] : decisions.roles_by_table(model, feature)) {
    bool allowed = false;
    bool denied = false;
    for (const decide::Cell& cell : decisions.tables[table.index()].cells) {
      for (const decide::Segment& segment : cell.segments) {
        allowed = allowed || segment.effect == decide::Effect::allow;
        denied = denied || segment.effect == decide::Effect::deny;
      }
    }
    for (const RoleId role : roles) {
      if (role == model.nobody()) continue;
      told.allowed[role.index()] = allowed;
      told.denied[role.index()] = denied;
    }
  }
  return told;
}

// Finds pairs for which the platform may do something else than the policy says: one role has what a rule refuses the
// other, or a restriction on one holds for the other.
class PairFinder {
 public:
  explicit PairFinder(const Compilation& of) : model_(of.model), decisions_(of.decisions), bindings_(of.model) {}

  std::set<Roles> find() {
    for (const FeatureId feature : base::ids(model_.features)) {
      const model::KeptBy keeper = model_[feature].kept_by;
      const bool is_set = keeper == model::KeptBy::api || keeper == model::KeptBy::console;
      if (is_set && decide::is_stated(model_, decisions_, feature)) find(feature);
    }
    return std::move(pairs_);
  }

 private:
  void find(FeatureId feature) {
    const Told told = told_about(model_, decisions_, feature);
    const bool restricts = dingtalk::word_of(model_[feature], "request") == "contact_restriction";
    for (const RoleId one : base::ids(model_.roles)) {
      if (!told.allowed[one.index()]) continue;
      for (const RoleId other : base::ids(model_.roles)) {
        if (one == other) continue;
        const bool differ = told.denied[other.index()] || (restricts && differ_about(feature, one, other));
        if (differ && is_assumed(one, other)) pairs_.insert({std::min(one, other), std::max(one, other)});
      }
    }
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
  std::set<Roles> pairs_;
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
  for (const Roles& pair : PairFinder{before}.find()) {
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
