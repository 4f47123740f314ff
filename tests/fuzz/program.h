// The program as a body asks it: nothing that it says may be no text, and nothing may be a fault of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "cli/cli.h"
#include "fuzz/body.h"
#include "support/command_line.h"
#include "support/farol.h"

namespace fuzz {

inline farol::testing::Outcome ask(farol::base::MemoryFileSystem& files, const std::vector<std::string>& words) {
  // What is said of a fault begins a line, which nothing of a policy does.
  static const std::string fault = [] {
    const std::string whole = farol::cli::describe_fault({});
    return "\n" + whole.substr(0, whole.find(':'));
  }();
  farol::testing::Outcome outcome = farol::testing::run_farol(files, words);
  require(outcome.exit >= 0 && outcome.exit <= 3, "an exit code that no page names");
  require(("\n" + outcome.err).find(fault) == std::string::npos, outcome.err.c_str());
  require(!farol::base::find_invalid_utf8(outcome.err), "what is said is not UTF-8");
  return outcome;
}
// Where the first byte says which of so many questions is asked: `a` is the first of them.
inline std::size_t read_question(const std::uint8_t* data, std::size_t questions) {
  return static_cast<std::uint8_t>(*data - 'a') % questions;
}

inline farol::testing::Outcome ask(farol::base::MemoryFileSystem& files, std::string_view line) {
  return ask(files, farol::testing::split_command(line));
}

}  // namespace fuzz
