// Finds the places of an area at which a policy gives certain answers, for guardrails, tests and several findings.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "decide/decisions.h"
#include "decide/places.h"

namespace farol::decide {

// The roles, features and objects that an area covers; its lists are united.
struct Coverage {
  std::vector<RoleId> roles;                                          // sorted; nobody last
  std::vector<std::pair<FeatureId, std::vector<ObjectId>>> features;  // sorted, with the objects of each that are in it
};
[[nodiscard]] Coverage coverage_of(const Model& model, const model::Area& area);
// One feature on everything that it acts on, for these roles.
[[nodiscard]] Coverage coverage_of(const Model& model, FeatureId feature, std::vector<RoleId> roles);

// Returns true if an earlier error may be about the role, so that no finding may rest on it.
[[nodiscard]] inline bool is_uncertain(const Model& model, RoleId role) {
  return role != model.nobody() && model[role].uncertain;
}
// Returns the coverage without uncertain roles and features.
[[nodiscard]] Coverage certain(const Model& model, Coverage coverage);
[[nodiscard]] bool is_certain(const Model& model, const Coverage& coverage);
// Returns every role that is certain, `nobody` last.
[[nodiscard]] std::vector<RoleId> certain_roles(const Model& model);

struct Scan {
  std::vector<Place> places;  // by feature, then role, then object
  diag::Text problem;         // set where contexts were too many to look at, and the scan stopped
  std::uint64_t work = 0;     // how many objects were looked up in cells, and roles in tables
};

// All places of the area with an answer that `wanted` picks, at most `limit` of them. Works by table, not by point:
// roles with the same rules are looked at once.
using Wanted = std::function<bool(const Segment&)>;
[[nodiscard]] Scan scan(const Model& model, const Decisions& decisions, const Coverage& coverage,
                        const model::Condition& when, const Wanted& wanted, std::size_t limit = SIZE_MAX);
[[nodiscard]] Scan scan(const Model& model, const Decisions& decisions, const model::Area& area, const Wanted& wanted,
                        std::size_t limit = SIZE_MAX);

}  // namespace farol::decide
