#include "base/dependencies.h"

#include <algorithm>
#include <limits>

namespace farol::base {
namespace {

using Uses = std::vector<std::vector<std::uint32_t>>;
constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();

// Tarjan's algorithm with a stack of its own.
class Knots {
 public:
  explicit Knots(const Uses& uses) : uses_(uses), number_(uses.size(), unseen), low_(uses.size(), 0) {
    result_.knot.assign(uses.size(), unseen);
    result_.in_knot.assign(uses.size(), false);
    for (std::uint32_t thing = 0; thing < uses.size(); ++thing) {
      if (number_[thing] == unseen) visit(thing);
    }
  }
  [[nodiscard]] Dependencies take() { return std::move(result_); }

 private:
  struct Frame {
    std::uint32_t thing;
    std::size_t next = 0;
  };

  void enter(std::uint32_t thing) {
    number_[thing] = low_[thing] = counter_++;
    open_.push_back(thing);
    frames_.push_back({thing});
  }

  void visit(std::uint32_t start) {
    enter(start);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::uint32_t thing = frame.thing;
      if (frame.next < uses_[thing].size()) {
        const std::uint32_t used = uses_[thing][frame.next++];
        if (number_[used] == unseen)
          enter(used);
        else if (result_.knot[used] == unseen)
          low_[thing] = std::min(low_[thing], number_[used]);
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) low_[frames_.back().thing] = std::min(low_[frames_.back().thing], low_[thing]);
      if (low_[thing] == number_[thing]) close(thing);
    }
  }

  void close(std::uint32_t root) {
    const std::size_t first = result_.order.size();
    std::uint32_t thing = unseen;
    do {
      thing = open_.back();
      open_.pop_back();
      result_.knot[thing] = knots_;
      result_.order.push_back(thing);
    } while (thing != root);
    ++knots_;
    const bool uses_itself = std::find(uses_[root].begin(), uses_[root].end(), root) != uses_[root].end();
    if (result_.order.size() - first == 1 && !uses_itself) return;
    for (std::size_t i = first; i < result_.order.size(); ++i) result_.in_knot[result_.order[i]] = true;
    result_.cycles.push_back(shortest_circle(
        *std::min_element(result_.order.begin() + static_cast<std::ptrdiff_t>(first), result_.order.end())));
  }

  // From a thing of a closed knot back to itself.
  std::vector<std::uint32_t> shortest_circle(std::uint32_t start) {
    std::vector<std::uint32_t> reached{start};
    std::vector<std::size_t> from{0};
    std::vector<bool>& seen = seen_;
    seen.resize(uses_.size(), false);
    std::vector<std::uint32_t> circle;
    for (std::size_t i = 0; i < reached.size() && circle.empty(); ++i) {
      for (const std::uint32_t used : uses_[reached[i]]) {
        if (used == start) {
          for (std::size_t step = i; step != 0; step = from[step]) circle.push_back(reached[step]);
          circle.push_back(start);
          std::reverse(circle.begin(), circle.end());
          break;
        }
        if (result_.knot[used] != result_.knot[start] || seen[used]) continue;
        seen[used] = true;
        reached.push_back(used);
        from.push_back(i);
      }
    }
    for (const std::uint32_t thing : reached) seen[thing] = false;
    return circle;
  }

  const Uses& uses_;
  std::vector<std::uint32_t> number_, low_, open_;
  std::vector<Frame> frames_;
  std::vector<bool> seen_;
  std::uint32_t counter_ = 0;
  std::uint32_t knots_ = 0;
  Dependencies result_;
};

}  // namespace

Dependencies order_dependencies(const std::vector<std::vector<std::uint32_t>>& uses) { return Knots(uses).take(); }

}  // namespace farol::base
