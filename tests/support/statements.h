#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace farol::testing {

// The statements of a policy that is laid out as ours are, each at the margin and its further lines not, in random
// order and spread over so many files. Documentation comments stay with what they document, `farol 1` is at each
// beginning.
[[nodiscard]] std::vector<std::string> shuffle_statements(std::string_view policy, std::uint32_t seed,
                                                          std::size_t files);

}  // namespace farol::testing
