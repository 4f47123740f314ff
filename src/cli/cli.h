// The command line as a function: arguments in, text and an exit code out. `main` fills an Environment from the real
// world, tests fill one from memory, and nothing here asks for anything else.
#pragma once

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/file_system.h"
#include "git/revision.h"

namespace farol::cli {

struct Environment {
  static constexpr std::size_t default_width = 100;

  base::FileSystem& files;  // relative paths start where it says: at the current directory
  // Returns at most `limit` bytes and one more, which tells that the input is longer.
  std::function<std::string(std::size_t limit)> standard_input;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool no_color = false;              // NO_COLOR is set, see no-color.org
  std::size_t width = default_width;  // of the terminal, in columns
  base::Date today;
  // Calls another program, see base/process.h; empty if there are none.
  std::function<base::FileResult<std::string>(const std::vector<std::string>& words, const std::string& input)>
      run_program = {};
  // Opens the files of a revision in git, see git/revision.h; empty if there are none.
  std::function<base::FileResult<git::OpenRevision>(const std::string& folder, const git::Revision& revision)>
      open_revision = {};
};

// What the exit code says, the same for every verb.
enum class ExitCode : int {
  done = 0,            // and clean; warnings are allowed
  failed = 1,          // the answer is no: errors in a policy, a failing test, a stale file
  usage_error = 2,     // wrong usage, or an input or output that cannot be used
  unseen = 3,          // no answer: what should be compared could not be seen
  internal_error = 3,  // the same, by a fault of farol itself, which says so
};

// Runs one command line: `arguments` without the name of the program. Returns the value of an ExitCode. Never throws: a
// fault of ours is a message and `internal_error`.
[[nodiscard]] int run(const std::vector<std::string>& arguments, Environment& environment);

// Returns the message about a fault of ours, for `main`, which can meet one that is no exception.
[[nodiscard]] std::string describe_fault(const std::string& what);

}  // namespace farol::cli
