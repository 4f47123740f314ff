// The tree of a file as bytes: how the build stores the embedded libraries, so that no run of the program parses them.
#pragma once

#include <string>
#include <string_view>

#include "syntax/ast.h"

namespace farol::syntax {

// The bytes hold the whole tree but for the id of its source. They are read by the same build of the program only:
// the format has no version.
[[nodiscard]] std::string store_tree(const File& file);

// The tree that `store_tree` was given, with all its places in `source`. The bytes must come from `store_tree`.
[[nodiscard]] File read_tree(std::string_view bytes, source::SourceId source);

}  // namespace farol::syntax
