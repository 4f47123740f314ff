#include "document/line_text.h"

#include <algorithm>
#include <array>

namespace farol::document {

std::string superscript(std::size_t number) {
  constexpr std::array<std::string_view, 10> digits = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  if (number == 0) return text;
  for (const char digit : std::to_string(number)) text += digits[static_cast<std::size_t>(digit - '0')];
  return text;
}

std::string words_of(const Line& line) {
  std::string text;
  for (const Run& run : line.runs) {
    text += run.text;
    if (!run.link.empty() && run.link != run.text) text += " (" + run.link + ")";
  }
  return text;
}

bool is_name(const Line& line) {
  return !line.runs.empty() &&
         std::all_of(line.runs.begin(), line.runs.end(), [](const Run& run) { return run.look == Look::name; });
}

bool is_headless(const Table& table) {
  return std::all_of(table.head.begin(), table.head.end(), [](const Cell& cell) { return cell.lines.empty(); });
}

bool is_in_words(const Table& table, const std::vector<Cell>& row) {
  return table.counts && row.size() > 2 && !row[1].lines.empty() &&
         std::all_of(row.begin() + 2, row.end(), [](const Cell& cell) { return cell.lines.empty(); });
}

Table turned(const Table& table) {
  Table result;
  result.head.emplace_back(table.turned_head);
  for (const auto& row : table.rows) result.head.push_back(row.front());
  for (std::size_t column = 1; column < table.head.size(); ++column) {
    std::vector<Cell> row{table.head[column]};
    for (const auto& old : table.rows) row.push_back(old[column]);
    result.rows.push_back(std::move(row));
  }
  return result;
}

namespace {

template <class Visit>
void for_each_block(const std::vector<Section>& sections, const Visit& visit) {
  for (const Section& section : sections) {
    for (const Block& block : section.blocks) visit(block);
    for_each_block(section.sections, visit);
  }
}

}  // namespace

std::vector<const Table*> tables_of(const Document& document) {
  std::vector<const Table*> tables;
  for_each_block(document.sections, [&](const Block& block) {
    if (const auto* table = std::get_if<Table>(&block)) tables.push_back(table);
  });
  return tables;
}

const List* notes_of(const Document& document) {
  const List* notes = nullptr;
  for_each_block(document.sections, [&](const Block& block) {
    const auto* list = std::get_if<List>(&block);
    if (list != nullptr && list->kind == List::Kind::notes) notes = list;
  });
  return notes;
}

}  // namespace farol::document
