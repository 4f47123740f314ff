// Combinations of context values, numbered: the values of the last context change fastest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/bit_set.h"
#include "model/ids.h"

namespace farol::model {

class Model;

// How many combinations one condition, or the rules of one cell, may have. Above it the answer is `too-large`.
inline constexpr std::size_t max_combinations = 4096;

// How many combinations of values the contexts have; where they are more than the bound, some number above it.
[[nodiscard]] std::size_t combinations(const Model& model, const std::vector<ContextId>& contexts);

// For each context, by how much the number of a combination grows with its value.
[[nodiscard]] std::vector<std::size_t> strides(const Model& model, const std::vector<ContextId>& contexts);

// The value of each context in a combination.
[[nodiscard]] std::vector<std::pair<ContextId, std::uint32_t>> values_at(const Model& model,
                                                                         const std::vector<ContextId>& contexts,
                                                                         std::size_t combination);

// A set over some contexts as the same set over more of them, both sorted. `to` is within the bound.
[[nodiscard]] base::BitSet widen(const Model& model, const std::vector<ContextId>& from, const base::BitSet& where,
                                 const std::vector<ContextId>& to);

}  // namespace farol::model
