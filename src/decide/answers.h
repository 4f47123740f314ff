// The one table of answers: what a policy decides of each feature, with what keeps it on the platform. Every output and
// every finding about what keeps a rule reads this table. The target fills it (`dingtalk::lower`), once for each
// compilation, but the type says nothing of a target.
//
// Roles whose decisions and enforcement are the same share one entry, as they share a `Table` of the decisions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/phrases.h"
#include "decide/decisions.h"
#include "model/terms.h"

namespace farol::decide {

// Why the platform does less, or something else, than the policy says.
enum class Shortfall : std::uint8_t {
  condition,     // the setting cannot tell the contexts apart that the policy names
  objects,       // the setting is one for all objects
  organisation,  // the setting is on or off for everybody; it is off
  implied,       // the platform gives it only together with something that the policy denies
  unnamed,       // people without a role cannot be named
  too_many,      // more members than the platform takes
  elsewhere,     // the data are not on the platform
  edition,       // the organisation's edition does not have the setting
  narrower,      // the setting lets through in fewer cases than the policy
  unsaid,        // the setting would also decide what the policy does not speak of, so it is not made
  undocumented,  // there is a request, but no documentation of it
  nothing,       // there is no setting
};
[[nodiscard]] std::string_view to_string(Shortfall shortfall);
[[nodiscard]] base::Phrase phrase_of(Shortfall shortfall);
// Returns true if what the platform does instead is stricter than the policy: an allow that falls short so is withheld.
[[nodiscard]] bool withholds(Shortfall shortfall);

// Says what keeps an answer, by which steps, and what is missing.
struct Enforcement {
  model::KeptBy kept_by = model::KeptBy::nobody;
  std::optional<Shortfall> shortfall;  // set if the platform does not do all of what the policy says
  std::vector<std::size_t> steps;      // positions in the target's list of steps, sorted

  bool operator==(const Enforcement&) const = default;
  bool operator<(const Enforcement& other) const {
    return std::tie(kept_by, shortfall, steps) < std::tie(other.kept_by, other.shortfall, other.steps);
  }
};

// One answer other than `none` for one feature: it holds for each of these roles, on each of these objects, in every
// context of `when`.
struct Answer {
  FeatureId feature;
  std::vector<RoleId> roles;      // sorted; `model.nobody()`, whoever holds no role, is last
  std::vector<ObjectId> objects;  // complete and sorted: tiers' own data, data classes, apps … one by one
  Effect effect = Effect::none;   // allow, deny, or conflict where the policy has one
  model::Condition when;
  std::vector<ControlId> controls;    // sorted
  std::vector<RuleId> rules;          // the deciding ones, sorted
  std::optional<base::Date> expires;  // the last day, if every deciding rule ends
  Enforcement enforcement;

  [[nodiscard]] bool is_always() const { return when.contexts.empty(); }
};

// Returns true if the policy allows it, and what has to be set keeps it from these roles nonetheless.
[[nodiscard]] inline bool is_withheld(const Answer& answer) {
  return answer.effect == Effect::allow && answer.enforcement.shortfall && withholds(*answer.enforcement.shortfall);
}

// People with several roles for whom the platform does not do what the policy says, since it adds up what is set for
// each role.
struct AddedUp {
  std::vector<RoleId> held;      // sorted
  std::vector<std::string> who;  // ids of those who are known to hold them, sorted; none if it is assumed
  bool gives = true;             // they get what the policy refuses them; else they are kept from what it allows
  std::vector<RuleId> rules;     // what the policy says of it, sorted
  std::vector<std::pair<FeatureId, std::vector<ObjectId>>> what;  // by feature

  bool operator==(const AddedUp&) const = default;
};

class Answers {
 public:
  Answers() = default;
  // `list` is ordered by feature; the answers of one role and feature are in canonical order.
  explicit Answers(std::vector<Answer> list, std::vector<AddedUp> added_up = {});

  // Sorted by the roles.
  [[nodiscard]] const std::vector<AddedUp>& added_up() const { return added_up_; }

  [[nodiscard]] const std::vector<Answer>& all() const { return list_; }
  // The answers for one feature, whatever the role.
  [[nodiscard]] std::span<const Answer> of(FeatureId feature) const;
  // The roles that have answers for one feature, in order, with the positions of these in `all()`, in canonical order.
  [[nodiscard]] std::span<const std::pair<RoleId, std::uint32_t>> by_role(FeatureId feature) const;
  // The answers for one role and feature, in canonical order: by first object, then by `when`.
  [[nodiscard]] std::vector<const Answer*> of(RoleId role, FeatureId feature) const;

  // Returns what keeps the answers for a role that are about some of these objects and rest on these rules alone: each
  // keeper once, in the order of the enumeration. The list is empty if there is no such answer.
  [[nodiscard]] std::vector<model::KeptBy> keepers(RoleId role, FeatureId feature, const std::vector<ObjectId>& objects,
                                                   const std::vector<RuleId>& rules) const;
  // Returns the objects on which a role is allowed a feature and does not get it, sorted: see `is_withheld`.
  [[nodiscard]] std::vector<ObjectId> withheld(RoleId role, FeatureId feature) const;
  // Returns what keeps the answers for a feature, whatever the role.
  [[nodiscard]] std::vector<model::KeptBy> keepers(FeatureId feature) const;

  // Calls `visit(RoleId, const Answer&)` for each role of each answer: by feature, then role, then in canonical order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const auto& [role, answer] : by_role_) visit(role, list_[answer]);
  }
  // How many answers there are if each role counts for itself.
  [[nodiscard]] std::size_t size() const { return by_role_.size(); }

 private:
  std::vector<Answer> list_;
  std::vector<std::pair<RoleId, std::uint32_t>> by_role_;  // by feature, then role; positions in `list_`
  std::vector<AddedUp> added_up_;
};

// Counts the segments that say something, in all tables. There are about as many answers.
[[nodiscard]] std::size_t count_segments(const Decisions& decisions);

// The answers of a table for a feature, in canonical order, without roles and enforcement.
[[nodiscard]] std::vector<Answer> answers_in(const Model& model, const Table& table, FeatureId feature);

// The objects that each cell of a table answers for, those that share a twin's answer included, in the order of the
// kind.
[[nodiscard]] std::vector<std::vector<ObjectId>> objects_by_cell(const Model& model, const Table& table,
                                                                 model::ActsOn kind);
// The last day of the rule that ends last; nullopt if one of them does not end.
[[nodiscard]] std::optional<base::Date> last_day(const Model& model, const std::vector<RuleId>& rules);

// Returns true if an allow names the feature, or somebody is denied it: outputs have rows for it. Other features are
// left to the platform.
[[nodiscard]] bool is_stated(const Model& model, const Decisions& decisions, FeatureId feature);

// Returns every role in order, and last `nobody`, which stands for whoever holds none.
[[nodiscard]] std::vector<RoleId> all_roles(const Model& model);

}  // namespace farol::decide
