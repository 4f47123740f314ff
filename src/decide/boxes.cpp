#include "decide/boxes.h"

#include <algorithm>
#include <map>

#include "model/contexts.h"

namespace farol::decide {
namespace {

// Splits by the first context, joins the values behind which the rest is equal, and goes on with the rest.
class Splitter {
 public:
  Splitter(const Model& model, const std::vector<ContextId>& contexts) : model_(model), contexts_(contexts) {}

  [[nodiscard]] std::vector<Box> split(std::size_t depth, const std::vector<bool>& bits) const {
    if (std::none_of(bits.begin(), bits.end(), [](bool bit) { return bit; })) return {};
    if (depth == contexts_.size()) return {Box{}};
    const std::size_t values = model_[contexts_[depth]].values.size();
    const auto stride = static_cast<std::ptrdiff_t>(bits.size() / values);
    // What is behind each value, each once, in the order in which it comes first.
    std::vector<std::pair<std::vector<bool>, std::vector<std::uint32_t>>> groups;
    std::map<std::vector<bool>, std::size_t> known;
    for (std::uint32_t value = 0; value < values; ++value) {
      const auto first = bits.begin() + stride * static_cast<std::ptrdiff_t>(value);
      if (stride == 1 && !*first) continue;  // by far the most values of a long list
      std::vector<bool> rest{first, first + stride};
      const auto [group, fresh] = known.try_emplace(rest, groups.size());
      if (fresh) groups.emplace_back(std::move(rest), std::vector<std::uint32_t>{});
      groups[group->second].second.push_back(value);
    }
    std::vector<Box> result;
    for (const auto& [rest, chosen] : groups) {
      for (Box& tail : split(depth + 1, rest)) {
        Box box;
        if (chosen.size() < values) box.emplace_back(contexts_[depth], chosen);
        box.insert(box.end(), std::make_move_iterator(tail.begin()), std::make_move_iterator(tail.end()));
        result.push_back(std::move(box));
      }
    }
    return result;
  }

 private:
  const Model& model_;
  const std::vector<ContextId>& contexts_;
};

}  // namespace

std::vector<Box> boxes_of(const Model& model, const std::vector<ContextId>& contexts, const base::BitSet& where) {
  std::vector<bool> bits(where.size());
  for (std::size_t i = 0; i < where.size(); ++i) bits[i] = where.test(i);
  return Splitter{model, contexts}.split(0, bits);
}

base::BitSet points_of(const Model& model, const std::vector<Box>& boxes, const std::vector<ContextId>& contexts) {
  base::BitSet result{model::combinations(model, contexts)};
  for (std::size_t combination = 0; combination < result.size(); ++combination) {
    const auto values = model::values_at(model, contexts, combination);
    const auto inside = [&](const Box& box) {
      return std::all_of(box.begin(), box.end(), [&](const auto& choice) {
        const auto at = std::lower_bound(values.begin(), values.end(), choice.first,
                                         [](const auto& value, ContextId id) { return value.first < id; });
        return std::binary_search(choice.second.begin(), choice.second.end(), at->second);
      });
    };
    if (std::any_of(boxes.begin(), boxes.end(), inside)) result.set(combination);
  }
  return result;
}

}  // namespace farol::decide
