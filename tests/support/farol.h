// The program, run in process: the command line that a user types, files in memory, a fixed day.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "driver/driver.h"

namespace farol::testing {

inline constexpr std::string_view today = "2026-11-24";

struct Outcome {
  int exit = 0;
  std::string out;
  std::string err;
  std::map<std::string, std::string> wrote;  // files that are new or changed, whole
};

struct Circumstances {
  std::string standard_input{};
  bool terminal = false;  // whether the output goes to one
  bool no_color = false;
  base::Language language = base::Language::en;  // of the locale
  // What is in git: for a name such as `main` (or `main...topic`, for where two branches parted) the files of a
  // revision.
  std::map<std::string, base::MemoryFileSystem> revisions{};
};

// One policy in one file, as `check` reads it on that day.
[[nodiscard]] driver::Compilation compile_text(const std::string& text);

// `arguments` without the name of the program. What the run wrote is in `files` afterwards.
[[nodiscard]] Outcome run_farol(base::MemoryFileSystem& files, const std::vector<std::string>& arguments,
                                const Circumstances& circumstances = {});

}  // namespace farol::testing
