// The matrix as a document: matrix.md.
#include <algorithm>
#include <string_view>

#include "query/matrix.h"

namespace farol::query {
namespace {

constexpr std::size_t most_columns = 9;  // eight roles, and what keeps it

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// What would begin a list or a heading at the start of an item.
bool begins_block(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const bool after_number = !before.empty() && before.find_first_not_of("0123456789") == std::string_view::npos;
  return at == 0 ? std::string_view{"#+-"}.find(text[at]) != std::string_view::npos
                 : after_number && (text[at] == '.' || text[at] == ')');
}

// Text that Markdown shows as it is, inside a table too.
std::string escape(std::string_view text) {
  constexpr std::string_view special = "\\`*[]<>|~&$";
  std::string escaped;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n' || c == '\r') {
      escaped += ' ';
      continue;
    }
    // Between letters an underscore emphasises nothing (CommonMark 6.2), and names can still be found with a search.
    const bool within_word =
        at > 0 && at + 1 < text.size() && is_letter_or_digit(text[at - 1]) && is_letter_or_digit(text[at + 1]);
    if (special.find(c) != std::string_view::npos || (c == '_' && !within_word) || begins_block(text, at))
      escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string heading_text(const Heading& heading) {
  return heading.name.empty() ? escape(heading.title) : escape(heading.title) + "<br>`" + heading.name + "`";
}

std::string cell_text(const Cell& cell) {
  std::string text = escape(cell.words);
  for (const Entry& entry : cell.entries) {
    if (!text.empty()) text += "<br>";
    text += escape(entry.text());
  }
  return text;
}

// The columns `first` to `last` of a table.
void append_part(std::string& out, const Table& table, std::size_t first, std::size_t last) {
  out += "\n| " + escape(table.lines_are) + " |";
  for (std::size_t i = first; i < last; ++i) out += " " + heading_text(table.columns[i]) + " |";
  out += "\n|---|";
  for (std::size_t i = first; i < last; ++i) out += "---|";
  out += '\n';
  for (const Line& line : table.lines) {
    out += "| " + heading_text(line.heading) + " |";
    for (std::size_t i = first; i < last; ++i) out += " " + cell_text(line.cells[i]) + " |";
    out += '\n';
  }
}

// With more roles than fit, the lines are roles; with more features than fit too, there are several parts.
void append_table(std::string& out, const Table& table) {
  out += "\n## " + escape(table.title) + '\n';
  if (table.columns.size() <= most_columns) return append_part(out, table, 0, table.columns.size());
  const Table turned = transposed(table);
  for (std::size_t first = 0; first < turned.columns.size(); first += most_columns) {
    append_part(out, turned, first, std::min(first + most_columns, turned.columns.size()));
  }
}

void append_section(std::string& out, const Section& section, bool numbered) {
  out += "\n## " + escape(section.title) + "\n\n";
  if (!section.text.empty()) out += escape(section.text) + "\n\n";
  for (std::size_t i = 0; i < section.items.size(); ++i) {
    out += numbered ? std::to_string(i + 1) + ". " : "- ";
    out += escape(section.items[i]) + '\n';
  }
}

}  // namespace

std::string render_markdown(const Matrix& matrix) {
  std::string out = "# " + escape(matrix.title) + "\n\n" + escape(matrix.as_of) + '\n';
  Section legend{matrix.legend_title, {}, {}};
  for (const auto& [mark, meaning] : matrix.legend) legend.items.push_back(std::string{symbol(mark)} + " " + meaning);
  append_section(out, legend, false);
  if (!matrix.everywhere.empty()) out += '\n' + escape(matrix.everywhere) + '\n';
  for (const Table& table : matrix.tables) append_table(out, table);
  if (!matrix.notes.items.empty()) append_section(out, matrix.notes, true);
  for (const Section& section : matrix.sections) append_section(out, section, false);
  return out;
}

}  // namespace farol::query
