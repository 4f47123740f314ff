// The canonical layout of a file (docs/cli.md, "fmt"). Only blanks and line ends change, and commas between attributes
// go: what is written means what it meant, and every comment is kept, in its order.
#pragma once

#include <string>

#include "diag/sink.h"
#include "source/source_map.h"

namespace farol::syntax {

// Columns that a line has at most, where it can be broken.
inline constexpr std::size_t max_width = 120;

// Reports what `syntax::parse` reports. A statement about which it reports an error is left as it is, byte for byte;
// where nothing can be told apart, because a comment has no end or the file is no UTF-8, the whole text is.
[[nodiscard]] std::string format(const source::SourceMap& sources, source::SourceId id, diag::Sink& sink);

// The lines that differ, as `diff -u` shows them. Empty: none does.
[[nodiscard]] std::string unified_diff(const std::string& name, const std::string& before, const std::string& after);

}  // namespace farol::syntax
