// The matrix as a table for spreadsheets.
#include "base/csv.h"
#include "query/matrix.h"

namespace farol::query {
namespace {

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
  base::CsvWriter csv;
  if (matrix.tables.empty()) return csv.take();
  const Table& first = matrix.tables.front();
  for (const std::string& head : {matrix.groups_are, first.lines_are, matrix.names_are}) csv.cell(head);
  for (const Heading& column : first.columns) csv.cell(column.title);
  csv.cell(matrix.as_of);
  csv.end_row();
  for (const Table& table : matrix.tables) {
    for (const Line& line : table.lines) {
      csv.cell(table.title);
      csv.cell(line.heading.title);
      csv.cell(line.heading.name.empty() ? line.heading.title : line.heading.name);
      for (const Cell& cell : line.cells) csv.cell(cell_text(matrix, cell));
      csv.cell("");
      csv.end_row();
    }
  }
  return csv.take();
}

}  // namespace farol::query
