// What one role may do with one feature, in as few answers as people need: permissions that differ in nothing but the
// rules behind them are one answer, and what an answer says "yes" to is not said "no" to as well.
#pragma once

#include <optional>
#include <vector>

#include "decide/permissions.h"
#include "document/document.h"

namespace farol::query {

using document::Mark;

struct Answer {
  Mark mark = Mark::none;
  std::vector<model::ObjectId> objects;    // complete and sorted
  std::vector<decide::Box> when;           // canonical; one empty box: always
  std::vector<model::ControlId> controls;  // sorted
  std::optional<base::Date> expires;
  std::vector<model::RuleId> rules;  // the deciding ones, sorted
};

// Together the answers are about every object that the feature acts on. Of an object that is allowed in some cases only
// these are given, since a governed feature is refused in the others; of one that is allowed in none, those in which a
// rule refuses it. Sorted by mark, then by first object.
[[nodiscard]] std::vector<Answer> answers_of(const model::Model& model, const decide::Decisions& decisions,
                                             model::RoleId role, model::FeatureId feature);

// Returns true if the role is allowed the feature on some object, in some context.
[[nodiscard]] bool allows(const decide::Decisions& decisions, model::RoleId role, model::FeatureId feature);

}  // namespace farol::query
