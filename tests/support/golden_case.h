// A golden case: what is typed, on which files, and what comes of it. One case is one text file, see docs/testing.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/farol.h"

namespace farol::testing {

// One command. Files stay for the commands after it; what its standard input and terminal are holds for this one.
struct GoldenStep {
  std::string written;  // the sections up to and including the command, byte for byte
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::string> unwritable;
  Circumstances circumstances;
  std::string command;
  Outcome expected;
};

struct GoldenCase {
  std::string description;
  bool writes_by_name = false;     // written files are listed without their content,
  std::vector<std::string> shown;  // except those with one of these names
  std::vector<GoldenStep> steps;

  // Returns true if the case has the content of a file that is written.
  [[nodiscard]] bool shows(std::string_view path) const;
};

// Throws std::invalid_argument with the line that cannot be read.
[[nodiscard]] GoldenCase parse_golden(std::string_view text);
// The case as text, its inputs as they were written.
[[nodiscard]] std::string print_golden(const GoldenCase& golden);

// The case with what really happens in the place of what was expected.
[[nodiscard]] GoldenCase run_golden(const GoldenCase& golden);
// Why an outcome must never become an expectation: a fault of the program itself.
[[nodiscard]] std::optional<std::string> find_fault(const GoldenCase& actual);

}  // namespace farol::testing
