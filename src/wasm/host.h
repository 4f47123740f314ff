// What the machine around this build offers: under node its programs and terminal, in a browser neither.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace farol::wasm {

// Runs a program of the machine until it ends and returns what it writes to standard output; see base/process.h.
// What it says on standard error is passed on only if `says_errors`.
[[nodiscard]] base::FileResult<std::string> run_program(const std::vector<std::string>& words, const std::string& input,
                                                        bool says_errors = true);
[[nodiscard]] bool is_terminal(int stream);
// In columns; 0 where there is no terminal.
[[nodiscard]] std::size_t terminal_width();
// A variable of the environment; empty where there is none.
[[nodiscard]] std::string variable(std::string_view name);

}  // namespace farol::wasm
