#include "compare/table.h"

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "base/text.h"
#include "compare/markdown.h"

namespace farol::compare {
namespace {

using base::Phrase;

constexpr std::array headings = {Phrase::diff_policy,           Phrase::diff_column_wider, Phrase::diff_column_narrower,
                                 Phrase::diff_column_otherwise, Phrase::diff_column_new,   Phrase::diff_column_solved,
                                 Phrase::diff_column_steps};
using Cells = std::array<std::string, headings.size()>;

std::array<std::size_t, headings.size() - 1> counts_of(const TableRow& row) {
  return {row.wider, row.narrower, row.otherwise, row.new_findings, row.solved_findings, row.steps};
}

std::string_view in_words(TableRow::State state, base::Language language) {
  switch (state) {
    case TableRow::State::compared: return {};
    case TableRow::State::is_new: return base::text(Phrase::diff_policy_new, language);
    case TableRow::State::is_gone: return base::text(Phrase::diff_policy_gone, language);
    case TableRow::State::has_errors: break;
  }
  return base::text(Phrase::diff_policy_errors, language);
}

std::vector<Cells> cells_of(const std::vector<TableRow>& rows, base::Language language) {
  std::vector<Cells> result(1);
  for (std::size_t i = 0; i < headings.size(); ++i) result.front()[i] = base::text(headings[i], language);
  for (const TableRow& row : rows) {
    Cells cells;
    cells.front() = row.name;
    const auto counts = counts_of(row);
    for (std::size_t i = 0; i < counts.size(); ++i) cells[i + 1] = counts[i] == 0 ? "·" : std::to_string(counts[i]);
    if (row.state != TableRow::State::compared) {
      std::fill(cells.begin() + 1, cells.end(), std::string{});
      cells[1] = in_words(row.state, language);
    }
    result.push_back(std::move(cells));
  }
  return result;
}

}  // namespace

TableRow row_of(std::string name, const Review& review) {
  TableRow row{std::move(name)};
  row.wider = review.count(Direction::widening);
  row.narrower = review.count(Direction::narrowing);
  row.otherwise = review.count(Direction::mixed) + review.difference.governed.size();
  row.solved_findings = static_cast<std::size_t>(std::count_if(review.findings.begin(), review.findings.end(),
                                                               [](const auto& finding) { return finding.solved; }));
  row.new_findings = review.findings.size() - row.solved_findings;
  row.steps = review.steps.size();
  return row;
}

std::string render_text(const std::vector<TableRow>& rows, base::Language language) {
  const auto cells = cells_of(rows, language);
  std::array<std::size_t, headings.size()> widths{};
  for (std::size_t line = 0; line < cells.size(); ++line) {
    const bool counted = line == 0 || rows[line - 1].state == TableRow::State::compared;
    for (std::size_t i = 0; i < (counted ? widths.size() : 1); ++i)
      widths[i] = std::max(widths[i], base::display_width(cells[line][i]));
  }
  std::string out;
  for (const Cells& line : cells) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::size_t used = base::display_width(line[i]);
      text += line[i] + std::string(used < widths[i] ? widths[i] - used + 2 : 2, ' ');
    }
    out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string render_markdown(const std::vector<TableRow>& rows, base::Language language) {
  std::string out;
  const auto cells = cells_of(rows, language);
  for (std::size_t line = 0; line < cells.size(); ++line) {
    out += "|";
    for (const std::string& cell : cells[line]) out += " " + escape_markdown(cell) + " |";
    out += "\n";
    if (line > 0) continue;
    out += "|---|";
    for (std::size_t i = 1; i < headings.size(); ++i) out += "---:|";
    out += "\n";
  }
  return out;
}

std::string render_json(const std::vector<TableRow>& rows, std::string_view version) {
  constexpr std::array states = {"compared", "new", "gone", "errors"};
  constexpr std::array keys = {"widening", "narrowing", "mixed", "new_findings", "solved_findings", "steps"};
  std::string out;
  for (const TableRow& row : rows) {
    base::JsonWriter json;
    json.begin_object(base::JsonWriter::Layout::line);
    json.key("path").string(row.name);
    json.key("farol").string(version);
    json.key("state").string(states[static_cast<std::size_t>(row.state)]);
    const auto counts = counts_of(row);
    for (std::size_t i = 0; i < counts.size(); ++i) json.key(keys[i]).number(static_cast<std::int64_t>(counts[i]));
    json.end_object();
    out += json.take();
  }
  return out;
}

}  // namespace farol::compare
