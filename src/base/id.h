// Strong ids: an index into a table of one kind of thing, so that a role can never be looked up among features.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace farol::base {

// `Tag` is the thing that is counted. A default-made id is `none()` and refers to nothing.
template <class Tag>
struct Id {
  static constexpr std::uint32_t none_value = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t value = none_value;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}

  static constexpr Id none() { return Id{}; }
  [[nodiscard]] constexpr bool is_none() const { return value == none_value; }
  [[nodiscard]] constexpr std::size_t index() const { return value; }
  auto operator<=>(const Id&) const = default;
};

}  // namespace farol::base

template <class Tag>
struct std::hash<farol::base::Id<Tag>> {
  std::size_t operator()(farol::base::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>{}(id.value); }
};
