// Whoever holds just one role, none, or one of several combinations of roles: those for whom an export has answers.
#pragma once

#include <optional>
#include <vector>

#include "decide/people.h"
#include "model/model.h"

namespace farol::query {

struct Holder {
  std::vector<model::RoleId> roles;        // those that count, sorted; empty: whoever holds none
  const decide::Person* person = nullptr;  // of several roles
};

// Whoever holds no role, then each role alone, then the combinations.
[[nodiscard]] std::vector<Holder> holders_of(const model::Model& model, const std::vector<decide::Person>& people);

// Returns the table of a holder of at most one role, so that what is made of it can be made once.
[[nodiscard]] std::optional<decide::TableId> table_of(const model::Model& model, const decide::Decisions& decisions,
                                                      const Holder& holder, model::FeatureId feature);
// Returns true if no rule speaks of the holder and the feature: every answer is `none`.
[[nodiscard]] bool is_silent(const model::Model& model, const decide::Decisions& decisions, const Holder& holder,
                             model::FeatureId feature);
[[nodiscard]] decide::PersonCell cell_of(const model::Model& model, const decide::Decisions& decisions,
                                         const Holder& holder, model::FeatureId feature, model::ObjectId object);

}  // namespace farol::query
