// A set of combinations of context values in a form that can be read: boxes, each a choice of values for some contexts.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "decide/decisions.h"
#include "model/terms.h"

namespace farol::decide {

// For each context that it restricts the values that it lets through, both sorted. An empty box lets everything
// through.
using Box = std::vector<std::pair<ContextId, std::vector<std::uint32_t>>>;

// Disjoint boxes that together are the set, in canonical form: equal sets give equal boxes, however they were written.
// The empty set has no box.
[[nodiscard]] std::vector<Box> boxes_of(const Model& model, const std::vector<ContextId>& contexts,
                                        const base::BitSet& where);

[[nodiscard]] inline std::vector<Box> boxes_of(const Model& model, const model::Condition& condition) {
  return boxes_of(model, condition.contexts, condition.where);
}

// Returns the combinations of these contexts that are in some box. `contexts` has every context that the boxes name.
[[nodiscard]] base::BitSet points_of(const Model& model, const std::vector<Box>& boxes,
                                     const std::vector<ContextId>& contexts);

}  // namespace farol::decide
