// A golden case: what is typed, on which files, and what comes of it. One case is one text file, see docs/testing.md.
#pragma once

#include <map>
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

// The files of a case as each of its commands finds them: those of the case, and what the commands before have written.
class GoldenFiles {
 public:
  // Adds what a step says of files. Throws std::invalid_argument if it names a revision that cannot be read.
  void prepare(const GoldenStep& step);
  // Runs the command of a step that was prepared; what it writes stays.
  Outcome run(const GoldenStep& step);
  // Leaves the files as the command does: it runs only where its expectation says that it writes.
  void pass(const GoldenStep& step);

  [[nodiscard]] const base::MemoryFileSystem& now() const { return files_; }
  // What the step is run in, with what is in git.
  [[nodiscard]] Circumstances circumstances(const GoldenStep& step) const;

 private:
  base::MemoryFileSystem files_;
  std::map<std::string, base::MemoryFileSystem> revisions_;
};

// The case with what really happens in the place of what was expected.
[[nodiscard]] GoldenCase run_golden(const GoldenCase& golden);
// Why an outcome must never become an expectation: a fault of the program itself.
[[nodiscard]] std::optional<std::string> find_fault(const GoldenCase& actual);

}  // namespace farol::testing
