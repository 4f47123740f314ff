// The matrix as a table for spreadsheets.
#include <algorithm>
#include <array>
#include <string_view>

#include "matrix/matrix.h"

namespace farol::matrix {
namespace {

// What a spreadsheet would take for a formula at the start of a cell (OWASP, "CSV Injection"), full-width forms included.
bool starts_formula(std::string_view text) {
  constexpr std::array<std::string_view, 10> starts = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
  const std::string_view inked = text.substr(std::min(text.find_first_not_of(' '), text.size()));
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return inked.starts_with(start); });
}

void append(std::string& out, std::string_view text, bool last = false) {
  out += '"';
  if (starts_formula(text)) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += last ? "\"\n" : "\",";
}

std::string cell_text(const Matrix& matrix, const Cell& cell) {
  std::string text = cell.words;
  for (const Entry& entry : cell.entries) {
    if (!text.empty()) text += '\n';
    text += symbol(entry.mark);
    if (!entry.on.empty()) text += " " + entry.on;
    if (entry.note != 0) text += " [" + matrix.notes.items[entry.note - 1] + "]";
  }
  return text;
}

}  // namespace

std::string render_csv(const Matrix& matrix) {
  std::string out = "\xEF\xBB\xBF";
  if (matrix.tables.empty()) return out;
  const Table& first = matrix.tables.front();
  append(out, matrix.groups_are);
  append(out, first.lines_are);
  append(out, matrix.names_are);
  for (const Heading& column : first.columns) append(out, column.title);
  append(out, matrix.as_of, true);
  for (const Table& table : matrix.tables) {
    for (const Line& line : table.lines) {
      append(out, table.title);
      append(out, line.heading.title);
      append(out, line.heading.name.empty() ? line.heading.title : line.heading.name);
      for (const Cell& cell : line.cells) append(out, cell_text(matrix, cell));
      append(out, "", true);
    }
  }
  return out;
}

}  // namespace farol::matrix
