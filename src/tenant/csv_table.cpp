#include "tenant/csv_table.h"

#include <algorithm>
#include <array>
#include <memory>

#include <csv.h>

#include "base/text.h"

namespace farol::tenant {
namespace {

constexpr std::size_t max_cells = 2'000'000;

// The one that the first line has most of, outside of quotes.
char delimiter_of(std::string_view text) {
  constexpr std::string_view candidates = ",;\t";
  std::array<std::size_t, candidates.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) break;
    if (const std::size_t at = candidates.find(c); !quoted && at != std::string_view::npos) ++counts[at];
  }
  return candidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

struct Rows {
  std::vector<TableRow> rows{1};
  std::size_t cells = 0;

  static void field(void* bytes, std::size_t size, void* self) {
    auto& rows = *static_cast<Rows*>(self);
    if (++rows.cells <= max_cells) rows.rows.back().cells.emplace_back(static_cast<const char*>(bytes), size);
  }
  static void row(int, void* self) { static_cast<Rows*>(self)->rows.emplace_back(); }
};

}  // namespace

std::variant<std::vector<TableRow>, Fault> read_csv_table(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const std::size_t start = text.starts_with(mark) ? mark.size() : 0;
  if (const auto at = base::find_invalid_utf8(text))
    return Fault{*at, "it is not UTF-8 here (perhaps GB18030 or Big5); save it as “CSV UTF-8” and try again"};
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos) return Fault{at, "there is a NUL byte here, so it is not text"};
  csv_parser parser{};
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return Fault{0, "out of memory"};
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner{&parser, csv_free};
  csv_set_delim(&parser, static_cast<unsigned char>(delimiter_of(text.substr(start))));
  Rows rows;
  rows.rows.back().offset = start;
  // Byte by byte, so that each row knows where it begins.
  for (std::size_t at = start; at < text.size(); ++at) {
    const std::size_t before = rows.rows.size();
    if (csv_parse(&parser, text.data() + at, 1, Rows::field, Rows::row, &rows) != 1)
      return Fault{at, "a quote stands where none can be; a quote in a cell is written twice, the cell in quotes"};
    if (rows.rows.size() != before) rows.rows.back().offset = at + 1;
  }
  if (csv_fini(&parser, Rows::field, Rows::row, &rows) != 0) return Fault{text.size(), "the file ends inside of quotes: a part of it is missing"};
  if (rows.cells > max_cells) return Fault{0, "the table has more than two million cells"};
  std::erase_if(rows.rows, [](const TableRow& row) { return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return cell.empty(); }); });
  return std::move(rows.rows);
}

}  // namespace farol::tenant
