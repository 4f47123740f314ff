#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace farol::testing {

// The words of a command line; quotes of both kinds keep blanks together.
[[nodiscard]] std::vector<std::string> split_command(std::string_view line);

}  // namespace farol::testing
