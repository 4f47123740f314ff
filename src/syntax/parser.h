// From the text of one file to its tree. The grammar in grammar/ is the definition of the language; the parser that
// ANTLR makes of it is the one that runs.
#pragma once

#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/ast.h"

namespace farol::syntax {

// What the front end refuses, so that no input can exhaust the stack or the memory.
struct Limits {
  std::size_t file_bytes = std::size_t{64} << 20;  // larger files are `unreadable-file`
  std::size_t depth = 200;                         // nested parentheses and braces
  std::size_t name_code_points = 200;
  std::size_t unreadable_statements = 100'000;  // of a file; what stands behind them is not read
};

// Reports F0xxx for the bytes (not UTF-8, NUL), F1xxx for the text, F2004 for look-alike scripts in one name; returns
// all statements that are whole. Never throws. A file that is not UTF-8 gives an empty tree.
[[nodiscard]] File parse(const source::SourceMap& sources, source::SourceId id, diag::Sink& sink,
                         const Limits& limits = {});

}  // namespace farol::syntax
