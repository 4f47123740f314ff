// `test` blocks: every expectation must hold on every point of its product.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "decide/decisions.h"
#include "decide/places.h"
#include "decide/scan.h"

namespace farol::check {

// The first point, in canonical order, at which an expectation does not hold.
struct Counterexample {
  decide::Place place;
  decide::Effect effect = decide::Effect::none;  // what the policy says there
  std::vector<model::ControlId> missing;         // the controls that were asked for and are not required there
  std::vector<model::RuleId> rules;              // the deciding ones
  bool exactly_would_hold = false;               // with `exactly` before each role it does
};

struct Result {
  std::optional<Counterexample> counterexample;
  std::vector<model::FeatureId> ungoverned;  // see `left_to_platform`
  diag::Text too_large;                      // not decided, and why
};

// The features of which the policy leaves some point that is asked about to the platform: no allow names them, and at
// that point no rule refuses.
[[nodiscard]] std::vector<model::FeatureId> left_to_platform(const model::Model& model,
                                                             const decide::Decisions& decisions,
                                                             const decide::Coverage& coverage,
                                                             const model::Condition& when);

// `decisions` are those of the day that the expectation is about.
[[nodiscard]] Result check_expectation(const model::Model& model, const decide::Decisions& decisions,
                                       const model::Expectation& expectation);

}  // namespace farol::check
