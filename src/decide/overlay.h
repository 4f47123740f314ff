// Two cells laid over each other.
#pragma once

#include <functional>
#include <vector>

#include "decide/decisions.h"

namespace farol::decide {

// The same effect, and of an allow the same controls; whichever rules decide.
[[nodiscard]] inline bool same_answer(const Segment& a, const Segment& b) {
  return a.effect == b.effect && a.controls == b.controls;
}

// What both segments say at the same combinations, over the contexts of both cells.
using Overlap =
    std::function<void(const Segment& a, const Segment& b, const std::vector<ContextId>& contexts, base::BitSet where)>;
using WantedPair = std::function<bool(const Segment& a, const Segment& b)>;

// Visits the pairs that `wanted` picks and that have a combination in common. False, and nothing is visited, where the
// contexts of both have more combinations than the bound.
[[nodiscard]] bool overlay(const Model& model, const Cell& a, const Cell& b, const WantedPair& wanted,
                           const Overlap& visit);

}  // namespace farol::decide
