// Decides what people with several roles may do (docs/language.md, "People"). Such a person is one more role that
// inherits theirs. Nobody wrote rules for that combination, so what a conflict is for a declared role is a deny for a
// person, and no person has what none of their roles has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "decide/answers.h"
#include "decide/decisions.h"
#include "decide/places.h"

namespace farol::decide {

struct Person {
  std::vector<RoleId> roles;              // those that count, see `counting`; sorted
  std::vector<Table> tables;              // what is decided for the role that inherits them all
  std::vector<std::uint32_t> by_feature;  // indices into `tables`

  [[nodiscard]] const Table& table(FeatureId feature) const { return tables[by_feature[feature.index()]]; }
};

// Reads a person off `decisions`: `decided_as` is a role that their model has more than the model of `roles`, or the
// person's only role, or `nobody()`. The two models differ in nothing but roles.
[[nodiscard]] Person person_of(const Decisions& decisions, RoleId decided_as, std::vector<RoleId> roles);

// Returns the roles that no other one of them inherits, sorted.
[[nodiscard]] std::vector<RoleId> counting(const Model& model, std::vector<RoleId> roles);

struct PersonSegment {
  enum class Cause : std::uint8_t {
    decided,         // as the joined role is
    roles_disagree,  // its deciding rules do, so it is a deny
    none_alone,      // an allow that none of the roles has alone, so it is a deny
  };
  Cause cause = Cause::decided;
  Segment answer;  // never a conflict; `rules` are those that decide for the joined role
};

struct PersonCell {
  std::vector<ContextId> contexts;      // sorted
  std::vector<PersonSegment> segments;  // disjoint, together everything
};
// Here and below, model and decisions are those of the policy, without the joined role.
[[nodiscard]] PersonCell person_cell(const Model& model, const Decisions& decisions, const Person& person,
                                     FeatureId feature, ObjectId object);

// The same as a cell of a table.
[[nodiscard]] Cell cell_of_person(const Model& model, const Decisions& decisions, const Person& person,
                                  FeatureId feature, ObjectId object);

// Roles that somebody holds at once.
struct Together {
  std::vector<RoleId> held;      // sorted; also those that another one of them inherits
  std::vector<std::string> who;  // the ids of those who are known to hold just these, sorted; none if it is assumed
  Person person;

  [[nodiscard]] bool is_assumed() const { return who.empty(); }
};

// What the person may do with one feature, in canonical order. The roles of an answer are those of the person's that
// are allowed something of it alone.
[[nodiscard]] std::vector<Answer> grants_of_person(const Model& model, const Decisions& decisions, const Person& person,
                                                   FeatureId feature);

// What a platform gives that adds up what each role has, and the policy refuses; nullopt if there is nothing.
struct Surplus {
  std::vector<RuleId> rules;  // that decide for all of them together; if none does, those that allow; sorted
};
// `given` are those of the held roles that the platform lets through on this object, each as the policy has it alone.
[[nodiscard]] std::optional<Surplus> find_surplus(const Model& model, const Decisions& decisions, const Cell& person,
                                                  const std::vector<RoleId>& given, FeatureId feature, ObjectId object);

// Places at which several roles together are denied something: because their rules disagree, because none has it alone,
// or although one of them has it alone.
struct Disagreement {
  enum class Kind : std::uint8_t { roles_disagree, none_alone, taken };
  Kind kind = Kind::roles_disagree;
  std::vector<RoleId> allowed;  // the roles that have it alone, sorted
  std::vector<RuleId> rules;    // that decide for all of them together, sorted; of `taken` none where no rule applies
  std::vector<Place> places;    // by feature; their role says nothing
};
// Sorted by kind, then by the roles and the rules.
[[nodiscard]] std::vector<Disagreement> find_disagreements(const Model& model, const Decisions& decisions,
                                                           const Person& person);

// A `separate` that a person violates, with what of its list they have.
struct Violation {
  std::size_t separation = 0;  // index into `model.separations`
  std::vector<RoleId> roles;
  std::vector<FeatureId> features;  // allowed in some case
};
[[nodiscard]] std::vector<Violation> find_violations(const Model& model, const Decisions& decisions,
                                                     const Person& person);

// What somebody gains or loses when their roles change.
struct PersonChange {
  enum class Kind : std::uint8_t { gains, loses, controls };
  Kind kind = Kind::gains;
  std::vector<Place> places;  // by feature
};
// At most one of each kind. A cell is passed over where the contexts of both answers together are over the bound of one
// cell (model/contexts.h).
[[nodiscard]] std::vector<PersonChange> compare_people(const Model& model, const Decisions& decisions,
                                                       const Person& before, const Person& after);

}  // namespace farol::decide
