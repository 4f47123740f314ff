#include "target/dingtalk/import_grid.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/text.h"
#include "diag/messages_target.h"

namespace farol::dingtalk {
namespace {

constexpr std::size_t max_cells = 500'000;  // more than anybody fills in; one wide row makes all rows as wide

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(base::trimmed(text.substr(from, end - from)));
    from = end + 1;
  }
  return lines;
}

// `|---|:-:|`, which stands below the head of every table in Markdown.
bool is_delimiter_row(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos &&
         line.find_first_not_of("|-: \t") == std::string_view::npos;
}

// The text of a cell without the marks of emphasis and code around it.
std::string plain(std::string_view cell) {
  std::string_view text = base::trimmed(cell);
  for (const std::string_view mark : {"**", "__", "`", "*", "_"}) {
    if (text.size() > 2 * mark.size() && text.starts_with(mark) && text.ends_with(mark)) {
      text.remove_prefix(mark.size());
      text.remove_suffix(mark.size());
    }
  }
  return std::string(base::trimmed(text));
}

std::vector<std::string> cells_of_line(std::string_view line) {
  if (line.starts_with('|')) line.remove_prefix(1);
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += line[++i];
    } else if (line[i] == '|') {
      cells.push_back(plain(std::exchange(cell, {})));
    } else {
      cell += line[i];
    }
  }
  if (!base::trimmed(cell).empty()) cells.push_back(plain(cell));
  return cells;
}

bool has_text(const std::vector<std::string>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return !cell.empty(); });
}

// The first table of a text, and those with the same head behind it; nullopt if it has none.
std::optional<Grid> read_markdown(std::string_view text) {
  const auto lines = lines_of(text);
  Grid grid;
  std::vector<std::string> head;
  std::size_t other = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!is_delimiter_row(lines[i]) || lines[i - 1].find('|') == std::string_view::npos) continue;
    auto cells = cells_of_line(lines[i - 1]);
    const bool is_first = head.empty();
    if (is_first) {
      head = cells;
      grid.rows.push_back({i, std::move(cells)});
    } else if (cells != head) {
      ++other;
      continue;
    }
    for (++i; i < lines.size() && lines[i].find('|') != std::string_view::npos; ++i) {
      auto row = cells_of_line(lines[i]);
      if (has_text(row)) grid.rows.push_back({i + 1, std::move(row)});
    }
  }
  if (head.empty()) return std::nullopt;
  if (other > 0) grid.questions.push_back(message::import_other_tables(other));
  return grid;
}

std::variant<Grid, diag::Text> read_csv_grid(std::string_view text) {
  const auto stream = base::stream_of(std::string(text));
  base::Bytes bytes{*stream};
  Grid grid;
  const auto take = [&](std::uint64_t number, std::span<std::string> row) -> std::optional<std::string> {
    std::vector<std::string> cells;
    for (std::string& cell : row) cells.emplace_back(base::trimmed(base::without_guard(std::move(cell))));
    if (has_text(cells)) grid.rows.push_back({number, std::move(cells)});
    return std::nullopt;
  };
  if (auto problem = base::read_csv_rows(bytes, take)) return message::verbatim(std::move(*problem));
  return grid;
}

}  // namespace

std::variant<Grid, diag::Text> read_grid(std::string_view text) {
  std::variant<Grid, diag::Text> read = Grid{};
  if (auto markdown = read_markdown(text)) {
    read = std::move(*markdown);
  } else {
    read = read_csv_grid(text);
  }
  auto* grid = std::get_if<Grid>(&read);
  if (grid == nullptr) return read;
  for (const base::CsvRow& row : grid->rows) {
    std::size_t filled = row.cells.size();
    while (filled > 0 && row.cells[filled - 1].empty()) --filled;
    grid->width = std::max(grid->width, filled);
  }
  if (grid->rows.size() * grid->width > max_cells) return message::import_too_many_cells(max_cells);
  for (base::CsvRow& row : grid->rows) row.cells.resize(grid->width);
  return read;
}

Grid transposed(const Grid& grid) {
  Grid turned;
  turned.width = grid.rows.size();
  for (std::size_t c = 0; c < grid.width; ++c) {
    base::CsvRow row{c + 1, {}};
    for (std::size_t r = 0; r < grid.rows.size(); ++r) row.cells.push_back(grid.at(r, c));
    turned.rows.push_back(std::move(row));
  }
  return turned;
}

}  // namespace farol::dingtalk
