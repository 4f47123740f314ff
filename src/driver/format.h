// The files of a policy in their canonical layout.
#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "diag/sink.h"
#include "source/source_map.h"

namespace farol::driver {

struct FormattedFile {
  std::string path;
  std::string before, after;

  [[nodiscard]] bool changed() const { return before != after; }
};

struct Formatting {
  source::SourceMap sources;
  diag::Sink sink;  // what is wrong with the files; the statements that it is about stay as they are
  std::vector<FormattedFile> files;
  std::string problem;      // an input that cannot be read: nothing is to be written
  bool unreadable = false;  // an input is not UTF-8; it stays as it is
};

// Files, and the `.farol` files of folders; `-` is `standard_input`. What a file includes is not followed.
[[nodiscard]] Formatting format_files(const base::FileSystem& disk, const std::vector<std::string>& paths,
                                      const std::string& standard_input);
// As `diff -u`; empty where nothing changed.
[[nodiscard]] std::string diff_of(const FormattedFile& file);

}  // namespace farol::driver
