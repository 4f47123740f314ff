// Two texts side by side, as reviewers know it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace farol::testing {

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);  // without their `\n`
// Unified, three lines of context; empty for equal texts. What a terminal would not show is escaped.
[[nodiscard]] std::string unified_diff(std::string_view expected, std::string_view actual, std::string_view name);

}  // namespace farol::testing
