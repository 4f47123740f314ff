// Why one role may or may not do one thing: the answers of the decided function, each with the statements behind it and
// those that it overrules.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/decisions.h"

namespace farol::decide {

struct Question {
  RoleId role;  // `model.nobody()`: whoever holds no role
  FeatureId feature;
  std::vector<ObjectId> objects;           // sorted; empty: all that the feature acts on
  std::optional<model::ConditionId> when;  // none: in every context
};

// A rule that speaks of the role, and how the role comes to be meant.
struct Voice {
  RuleId rule;
  // The role, what it inherits, …, up to the one that the rule names: a shortest way, the first by name. One entry: the
  // rule names the role itself. Empty: it says `everyone`, or is an `only` that leaves the role out.
  std::vector<RoleId> way;
  bool shuts_out = false;  // an `only` that does not name the role
};

// The statements that require a control of an allow.
struct ControlSource {
  ControlId control;
  std::vector<RuleId> rules;              // sorted
  std::vector<std::size_t> requirements;  // `require` statements: indices into `model.guardrails`, sorted
};

// All objects and contexts that have one answer for one reason.
struct ExplainedAnswer {
  Effect effect = Effect::none;
  std::vector<ObjectId> objects;        // sorted
  std::vector<Box> when;                // canonical, within what was asked about
  bool whenever = true;                 // nothing else is so, of what was asked about, on these objects
  bool withheld = false;                // of an allow: see `is_withheld` of the answers
  std::vector<ControlSource> controls;  // by control
  std::optional<base::Date> expires;    // the last day, if every deciding rule ends
  std::vector<Voice> deciding;          // of a refusal by `forbid` and `only`: all that refuse
  std::vector<Voice> overruled;         // apply somewhere here and say something else
  std::vector<Voice> agreeing;          // apply somewhere here and say the same in general
  std::vector<model::KeptBy> keepers;   // what keeps it; several where a part is kept by something else
};

struct Explanation {
  Question question;
  // Allows first, then refusals, then what no rule decides; within them by first object, then by `when`.
  std::vector<ExplainedAnswer> answers;
  std::vector<RuleId> not_in_force;  // would speak of this on another day, sorted
  // Where the role is not allowed something that is governed: other roles that are allowed something of it, those that
  // share most ancestors with the role first, then by name.
  std::vector<RoleId> others;
  diag::Text problem;  // set where the contexts were too many to look at; then there are no answers
};

// The policy has no conflict there. Linear in the rules of the role and feature times the objects of an answer.
[[nodiscard]] Explanation explain(const Model& model, const Decisions& decisions, const Answers& answers,
                                  Question question);

// Return true if a term of a statement is about the feature, the object, or the role.
[[nodiscard]] bool speaks_of(const Model& model, const model::Area& area, FeatureId feature);
[[nodiscard]] bool speaks_of(const Model& model, const model::Area& area, ObjectId object);
[[nodiscard]] bool speaks_of(const Model& model, const model::Area& area, RoleId role);

// The rules that speak of this to this role, on some of these objects, on other days than this one; sorted.
[[nodiscard]] std::vector<RuleId> not_in_force(const Model& model, base::Date day, RoleId role, FeatureId feature,
                                               const std::vector<ObjectId>& objects);

// A shortest way from a role up to one that it inherits, both included; ties go to the name. Linear in the roles.
[[nodiscard]] std::vector<RoleId> way_up(const Model& model, RoleId role, RoleId ancestor);

}  // namespace farol::decide
