// The fewest true sentences: points that change alike, joined along roles, features, objects, conditions and days.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "diff/difference.h"

namespace farol::diff {

class Grouping {
 public:
  // Periods are numbered: the first begins today, the others on `days`, which are sorted.
  Grouping(const Model& model, const std::vector<base::Date>& days) : model_(model), days_(days) {}

  // Points that were not added before, in one period.
  void add(Change change, std::size_t period) { parts_.push_back({std::move(change), {period}}); }

  // Disjoint, and together what was added; the greatest risk first.
  [[nodiscard]] std::vector<Change> take();

 private:
  struct Part {
    Change change;
    std::vector<std::size_t> periods;  // sorted
  };
  enum class Dimension : std::uint8_t { when, objects, roles, features, periods };

  [[nodiscard]] std::vector<Part> joined(std::vector<Part> parts, const std::vector<Dimension>& order) const;
  void join(std::vector<Part>& parts, Dimension dimension) const;
  [[nodiscard]] std::vector<analysis::Box> united(const std::vector<analysis::Box>& a,
                                                  const std::vector<analysis::Box>& b) const;
  void give_days(std::vector<Part>& parts, std::vector<Change>& changes) const;

  const Model& model_;
  const std::vector<base::Date>& days_;
  std::vector<Part> parts_;
};

}  // namespace farol::diff
