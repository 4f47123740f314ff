// The command line as a function: arguments in, text and an exit code out. `main` fills an Environment from the real
// world, tests fill one from memory, and nothing here asks for anything else.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "apply/transport.h"
#include "base/date.h"
#include "base/file_system.h"
#include "base/phrases.h"
#include "base/time_zone.h"
#include "base/write_ahead.h"
#include "git/revision.h"

namespace farol::cli {

struct Environment {
  static constexpr std::size_t default_width = 100;

  base::FileSystem& files;  // relative paths start where it says: at the current directory
  // Returns at most `limit` bytes and one more, which tells that the input is longer.
  std::function<std::string(std::size_t limit)> standard_input;
  std::istream* in = nullptr;  // standard input as a stream, for a conversation
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool no_color = false;              // NO_COLOR is set, see no-color.org
  std::size_t width = default_width;  // of the terminal, in columns
  base::Instant now;                  // today is another day in another time zone
  // Returns the next line that somebody types; nullopt at the end. Empty if nobody can be asked.
  std::function<std::optional<std::string>()> read_line = {};
  // Calls another program, see base/process.h; empty if there are none.
  std::function<base::FileResult<std::string>(const std::vector<std::string>& words, const std::string& input)>
      run_program = {};
  // Opens the files of a revision in git, see git/revision.h; empty if there are none.
  std::function<base::FileResult<git::OpenRevision>(const std::string& folder, const git::Revision& revision)>
      open_revision = {};
  // Describes a commit and what lies at a path in it, see git/revision.h; empty if there are none.
  std::function<base::FileResult<git::CommitInfo>(const std::string& folder, const git::Revision& revision,
                                                  const std::string& path)>
      describe_commit = {};
  // Reaches the platform, or says why it cannot; empty if there is no network.
  std::function<std::variant<std::unique_ptr<apply::Transport>, std::string>(const apply::Connection& connection)>
      connect = {};
  apply::Timing timing = {};
  base::WriteAhead* journals = nullptr;  // beside `connect`
  // Returns what the environment of the process has under a name; empty if it cannot be asked.
  std::function<std::optional<std::string>(const std::string& name)> variable = {};
  // Waits until something in one of the folders may have changed; returns the time, nullopt to end. Empty if nothing
  // can tell.
  std::function<std::optional<base::Instant>(const std::vector<std::string>& folders)> wait_for_change = {};
  // What is said and answered where no `--lang` is given. Documents are then in English, wherever they are made.
  base::Language language = base::Language::en;
  // The last thing that a run did not take apart itself, see `Context::keep`.
  std::shared_ptr<const void> kept = {};
};

// What the exit code says, the same for every verb.
enum class ExitCode : int {
  done = 0,            // and clean; warnings are allowed
  failed = 1,          // the answer is no: errors in a policy, a failing test, a stale file
  usage_error = 2,     // wrong usage, or an input or output that cannot be used
  unseen = 3,          // no answer: what should be compared could not be seen
  internal_error = 3,  // the same, by a fault of farol itself, which says so
};

// The language of a locale, such as zh_MO.UTF-8: what `LC_ALL`, `LC_MESSAGES` or `LANG` says. English for any that
// Farol does not speak.
[[nodiscard]] base::Language language_of_locale(std::string_view locale);

// Runs one command line: `arguments` without the name of the program. Returns the value of an ExitCode. Never throws: a
// fault of ours is a message and `internal_error`.
[[nodiscard]] int run(const std::vector<std::string>& arguments, Environment& environment);

// Returns what is said where the memory ends, and whether files were written before, which what comes after them does
// not undo. It is the environment that fails then, not farol: `usage_error`. Allocates nothing.
[[nodiscard]] std::string_view describe_no_memory();

// Returns the message about a fault of ours, for `main`, which can meet one that is no exception.
[[nodiscard]] std::string describe_fault(const std::string& what);

}  // namespace farol::cli
