// Things that are defined by other things of their kind: in which order to look at them, and where they go in circles.
#pragma once

#include <cstdint>
#include <vector>

namespace farol::base {

struct Dependencies {
  std::vector<std::uint32_t> order;  // everything, what a thing depends on before it
  std::vector<std::vector<std::uint32_t>>
      cycles;                       // for each knot of things one shortest circle, from its first thing on
  std::vector<bool> in_knot;        // depends on itself, directly or not
  std::vector<std::uint32_t> knot;  // things of one knot have the same number
};

// `uses[i]` is what thing i depends on. Linear, and without recursion: chains may be as long as the policy.
[[nodiscard]] Dependencies order_dependencies(const std::vector<std::vector<std::uint32_t>>& uses);

}  // namespace farol::base
