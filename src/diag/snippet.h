// Source lines as a terminal can show them: with line numbers, with marks below what a finding is about.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"

namespace farol::diag {

enum class Style { error, warning, note, frame, bold, removed, added };

// Paints text if colours are wanted, else leaves it plain.
class Painter {
 public:
  explicit Painter(bool color) : color_(color) {}
  [[nodiscard]] std::string operator()(Style style, std::string_view text) const;

 private:
  bool color_;
};

// A part of a line in which every character can be printed: tabs are spaces, controls and stray bytes U+FFFD.
struct PrintableLine {
  std::string text;
  std::size_t first_byte = 0;        // where in the line the part starts
  std::vector<std::size_t> columns;  // for each byte of the part and its end, the column in `text`
  bool cut = false;

  [[nodiscard]] std::size_t column(std::size_t byte) const;
};
// Returns the whole line, or what is around byte `focus` if the line is too long to be shown.
[[nodiscard]] PrintableLine printable_line(std::string_view line, std::size_t focus);
// Makes a message or title printable: new lines stay, other controls and stray bytes become U+FFFD.
[[nodiscard]] std::string printable_text(std::string_view text);

// A span to mark; `text` may be empty.
struct Mark {
  source::Span span;
  std::string text;
  bool main = false;
};

class SnippetWriter {
 public:
  // `gutter` is the width of the line numbers.
  SnippetWriter(const source::SourceMap& sources, const Painter& paint, std::size_t gutter, Style main_style)
      : sources_(sources), paint_(paint), gutter_(gutter), main_style_(main_style) {}

  // Writes the lines of `marks` and the marks below them. There is at least one mark, and all are of one file.
  void write_marks(std::string& out, const std::vector<Mark>& marks) const;
  // Writes `12 - old` or `12 + new`; a line that is too long is cut around byte `focus`.
  void write_change(std::string& out, std::size_t number, bool added, std::string_view line, std::size_t focus) const;
  // Writes `  |`, the edge before and after source lines.
  void write_edge(std::string& out) const;
  // Writes `  = text` and the like, with further lines of the text below its start.
  void write_note(std::string& out, std::string_view mark, std::string_view text) const;
  // ` --> clinic.farol:7:1`
  void write_place(std::string& out, std::string_view arrow, source::Span span) const;

 private:
  // What lies on one line of a mark: the bytes of the line from `begin` to `end`.
  struct LineMark {
    std::size_t line = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
    bool main = false;
  };

  [[nodiscard]] std::vector<LineMark> split(const std::vector<Mark>& marks) const;
  void write_line(std::string& out, source::SourceId id, std::size_t line, std::vector<LineMark> marks) const;
  void write_underline(std::string& out, const PrintableLine& shown, const std::vector<LineMark>& marks) const;
  [[nodiscard]] std::string numbered(std::size_t line) const;

  const source::SourceMap& sources_;
  const Painter& paint_;
  std::size_t gutter_;
  Style main_style_;
};

}  // namespace farol::diag
