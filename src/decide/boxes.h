// A set of combinations of context values in a form that can be read: boxes, each a choice of values for some contexts.
#pragma once

#include <algorithm>
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

// Brings what holds on `objects` in a condition `when` into canonical order: by objects, then by `when` as boxes, then
// by `less`. Boxes are made once for each, and only where the objects are the same.
template <class Each, class Less>
void sort_canonically(const Model& model, std::vector<Each>& list, Less less) {
  std::sort(list.begin(), list.end(), [](const Each& a, const Each& b) { return a.objects < b.objects; });
  for (auto first = list.begin(), end = first; first != list.end(); first = end) {
    end = std::find_if(first, list.end(), [&](const Each& each) { return each.objects != first->objects; });
    if (end - first == 1) continue;
    std::vector<std::pair<std::vector<Box>, Each>> keyed;
    for (auto each = first; each != end; ++each) {
      std::vector<Box> boxes = boxes_of(model, each->when);
      keyed.emplace_back(std::move(boxes), std::move(*each));
    }
    std::sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : less(a.second, b.second);
    });
    std::transform(keyed.begin(), keyed.end(), first, [](auto& each) { return std::move(each.second); });
  }
}

// Returns the combinations of these contexts that are in some box. `contexts` has every context that the boxes name.
[[nodiscard]] base::BitSet points_of(const Model& model, const std::vector<Box>& boxes,
                                     const std::vector<ContextId>& contexts);

}  // namespace farol::decide
