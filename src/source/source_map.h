// Files and the places in them. A place is a range of bytes; lines and columns are made at the edge only.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace farol::source {

struct Source;
using SourceId = base::Id<Source>;

// Half open: bytes `begin` to `end` of one file. A default-made span is no place.
struct Span {
  SourceId source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool is_none() const { return source.is_none(); }
  auto operator<=>(const Span&) const = default;
};

// From the start of the one to the end of the other, both in one file.
[[nodiscard]] inline Span cover(Span first, Span last) { return {first.source, first.begin, last.end}; }

struct Position {
  std::uint32_t line = 1;    // from 1
  std::uint32_t column = 1;  // from 1, in code points
  std::uint32_t offset = 0;  // bytes from 0
};

// Returns the byte at which each line of a text starts; lines end in `\n`, `\r\n` or `\r`. An empty text has one line.
[[nodiscard]] std::vector<std::uint32_t> starts_of_lines(std::string_view text);

// Owns the text of every file that was read, for as long as spans or views of it are in use.
// Guarantees: views stay valid when files are added. The text of a library file is marked as such.
class SourceMap {
 public:
  SourceId add(std::string name, std::string text, bool library = false);

  [[nodiscard]] std::size_t size() const { return files_.size(); }
  // The name as a user would write it: relative to where they are, `/` between folders.
  [[nodiscard]] const std::string& name(SourceId id) const { return files_[id.index()].name; }
  [[nodiscard]] std::string_view text(SourceId id) const { return files_[id.index()].text; }
  [[nodiscard]] bool is_library(SourceId id) const { return files_[id.index()].library; }
  // The files that are not of a library, in the order in which they were added.
  [[nodiscard]] std::vector<SourceId> own() const;
  [[nodiscard]] std::string_view text(Span span) const {
    return text(span.source).substr(span.begin, span.end - span.begin);
  }

  [[nodiscard]] Position position(SourceId id, std::uint32_t offset) const;
  // A line without its end, `line` from 1; the lines of a file are those that `\n`, `\r\n` or `\r` end.
  [[nodiscard]] std::string_view line(SourceId id, std::uint32_t line) const;

 private:
  struct File {
    std::string name;
    std::string text;
    bool library = false;
    mutable std::vector<std::uint32_t> line_starts;  // made at the first question
    mutable Position last;                           // that was asked for
  };
  const std::vector<std::uint32_t>& line_starts(SourceId id) const;

  std::deque<File> files_;
};

}  // namespace farol::source
