// Other programs, called without a shell.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/file_system.h"

namespace farol::base {

// Runs a program, found by PATH, until it ends: `input` is its standard input, what it writes to standard output comes
// back. What it says on standard error goes where ours goes. An error says that it cannot be started or has failed.
[[nodiscard]] FileResult<std::string> run_program(const std::vector<std::string>& words, const std::string& input);

}  // namespace farol::base
