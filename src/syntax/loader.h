// Follows what a policy is made of: files, folders, includes, libraries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/ast.h"
#include "syntax/parser.h"

namespace farol::syntax {

struct LoadOptions {
  std::vector<std::string> paths;  // files and folders; `-` is `standard_input`
  std::string root;                // no file outside it is read; empty: the folder of the first path
  std::string standard_input;
  Limits limits;
  // A condition that a question brings, as `explain --when` does, in the syntax of policies; empty: none.
  std::string when{};
};

// A library that `use` names, at the version that was asked for.
struct Library {
  std::string name;
  bool pack = false;
  std::string version;  // the one in force
  File file;
  std::vector<Statement> later{};  // what only later versions say
  Span pin{};                      // the version in force, as the policy writes it; no place if it writes none
};

struct Program {
  std::vector<File> files;  // in the order of their names, so that nothing depends on the order of the arguments
  std::vector<Library> libraries;
  std::optional<Condition> asked;  // `LoadOptions::when`
  bool unreadable = false;         // an input could not be read: exit code 2
  bool incomplete = false;         // a file that belongs to the policy is missing here, and what it declares with it
};

// How places in `LoadOptions::when` are named.
inline constexpr std::string_view when_name = "--when";

// Each file once, includes of includes too, cycles allowed. Reports `unreadable-file`, `outside-directory`,
// `unknown-name` and `unknown-version` of libraries, `unpinned-library`, and all that `parse` reports.
[[nodiscard]] Program load(const base::FileSystem& disk, const LoadOptions& options, source::SourceMap& sources,
                           diag::Sink& sink);

}  // namespace farol::syntax
