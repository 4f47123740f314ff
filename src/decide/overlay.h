// Two cells laid over each other.
#pragma once

#include <functional>
#include <vector>

#include "decide/decisions.h"

namespace farol::decide {

// Returns true if the effect and the controls are equal, whichever rules decide.
[[nodiscard]] inline bool same_answer(const Segment& a, const Segment& b) {
  return a.effect == b.effect && a.controls == b.controls;
}

// Called for two segments that have the combinations `where` in common, over the contexts of both cells.
using Overlap =
    std::function<void(const Segment& a, const Segment& b, const std::vector<ContextId>& contexts, base::BitSet where)>;
using WantedPair = std::function<bool(const Segment& a, const Segment& b)>;

// Visits the pairs that `wanted` picks and that have a combination in common. Returns false, and visits nothing, if the
// contexts of both cells have more combinations than the bound.
[[nodiscard]] bool overlay(const Model& model, const Cell& a, const Cell& b, const WantedPair& wanted,
                           const Overlap& visit);

}  // namespace farol::decide
