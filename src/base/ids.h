// All ids of a table, to go through it by id.
#pragma once

#include <cstddef>
#include <iterator>
#include <vector>

#include "base/id.h"

namespace farol::base {

// The ids of all things in a table, in order, for `for (const RoleId role : base::ids(model.roles))`.
template <class Tag>
class IdRange {
 public:
  struct Iterator {
    using value_type = Id<Tag>;
    using difference_type = std::ptrdiff_t;
    using pointer = const Id<Tag>*;
    using reference = Id<Tag>;
    using iterator_category = std::input_iterator_tag;
    std::size_t index = 0;
    constexpr Id<Tag> operator*() const { return Id<Tag>{index}; }
    constexpr Iterator& operator++() {
      ++index;
      return *this;
    }
    constexpr Iterator operator++(int) { return {index++}; }
    bool operator==(const Iterator&) const = default;
  };
  constexpr explicit IdRange(std::size_t size) : size_(size) {}
  [[nodiscard]] constexpr Iterator begin() const { return {0}; }
  [[nodiscard]] constexpr Iterator end() const { return {size_}; }

 private:
  std::size_t size_;
};

template <class Tag>
[[nodiscard]] constexpr IdRange<Tag> ids(const std::vector<Tag>& table) {
  return IdRange<Tag>{table.size()};
}

}  // namespace farol::base
