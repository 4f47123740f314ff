// What differs between the decisions of two policies with the same vocabulary, such as before and after a repair.
#pragma once

#include <string>
#include <vector>

#include "decide/decisions.h"
#include "decide/permissions.h"
#include "decide/places.h"

namespace farol::decide {

struct Change {
  Effect from = Effect::none, to = Effect::none;
  bool controls = false;  // an allow on both sides, with other controls
  Place place;
};

// Exact. Both models have the same roles, features, objects and contexts, in the same order.
[[nodiscard]] std::vector<Change> compare(const Model& model, const Decisions& before, const Model& after_model,
                                          const Decisions& after);

// The changes in one sentence for a repair, `places` of the finding it mends first: "denies meeting.record to executive
// on public, internal; nothing else changes".
[[nodiscard]] diag::Text in_words(const Model& model, const std::vector<Change>& changes);

}  // namespace farol::decide
