// `test` blocks: every expectation must hold on every point of its product.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/decisions.h"
#include "analysis/places.h"

namespace farol::analysis {

// The first point, in canonical order, at which an expectation does not hold.
struct Counterexample {
  Place place;
  Effect effect = Effect::none;     // what the policy says there
  std::vector<ControlId> missing;   // the controls that were asked for and are not required there
  std::vector<RuleId> rules;        // the deciding ones
  bool exactly_would_hold = false;  // with `exactly` before each role it does
};

struct Result {
  std::optional<Counterexample> counterexample;
  std::vector<FeatureId> ungoverned;  // features that nothing governs: the platform's default holds there
  std::string too_large;              // not decided, and why
};

[[nodiscard]] Result check_expectation(const Model& model, const Decisions& decisions,
                                       const model::Expectation& expectation);

}  // namespace farol::analysis
