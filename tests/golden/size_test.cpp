// Golden cases stay short enough that somebody reads what changes in them.
#include <doctest/doctest.h>

#include <algorithm>

#include "support/findings.h"

namespace farol::testing {

TEST_CASE("no golden case has more than 600 lines") {
  constexpr std::ptrdiff_t most_lines = 600;
  for (const auto& [name, golden] : all_golden_cases()) {
    const std::string& path = name;
    const std::string text = print_golden(golden);
    CAPTURE(path);
    CHECK(std::count(text.begin(), text.end(), '\n') <= most_lines);
  }
}

}  // namespace farol::testing
