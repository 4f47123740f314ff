// Tables for spreadsheets: CSV as RFC 4180 has it, in UTF-8 with a byte-order mark, so that Excel shows Chinese right.
// A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"), and loses it
// when it is read back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/date.h"

namespace farol::base {

// Who reads a table. Programs get the texts as they are: without a byte-order mark, without apostrophes, and with a
// difference between an empty text (`""`) and none.
enum class CsvReader : std::uint8_t { spreadsheet, program };

class CsvWriter {
 public:
  // Where it `goes_on`, the rows follow what another one has written: no byte-order mark stands between them.
  explicit CsvWriter(CsvReader reader = CsvReader::spreadsheet, bool goes_on = false);

  void cell(std::string_view text);
  void number(std::uint64_t value);  // without quotes
  void no_value();                   // nothing between two commas: NULL in a database
  void end_row();
  void row(const std::vector<std::string>& cells);
  [[nodiscard]] const std::string& text() const { return out_; }  // what was written so far
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void start_cell();

  CsvReader reader_;
  std::string out_;
  bool starts_row_ = true;
};

// Bounds of one table, far above what people fill in. `max_csv_bytes` and `max_csv_cells` do not bind `read_csv_rows`.
inline constexpr std::size_t max_csv_cell_bytes = std::size_t{1} << 20;
inline constexpr std::size_t max_csv_columns = 1000;
inline constexpr std::size_t max_csv_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_csv_cells = 3'000'000;  // those that a wide head adds to short rows, too

// Takes a row with its number, as the spreadsheet counts, from 1. The cells may be moved away. Returns what is wrong
// with the row, which ends the reading, or nullopt.
using TakeCsvRow = std::function<std::optional<std::string>(std::uint64_t number, std::span<std::string> cells)>;

// Reads a table of any size row by row, strictly: a stray quote, or bytes that are no UTF-8, are errors. Commas,
// semicolons and tabs are told apart by the first row that has any, for what a spreadsheet writes depends on the
// country. Rows without a cell are passed over. Returns the first error, `row 3: …`, or nullopt.
[[nodiscard]] std::optional<std::string> read_csv_rows(Bytes& bytes, const TakeCsvRow& take);
[[nodiscard]] std::string in_csv_row(std::uint64_t number, std::string_view problem);  // "row 3: …"

// Returns a cell without the apostrophe that `CsvWriter` puts before what a spreadsheet would take for a formula.
[[nodiscard]] std::string without_guard(std::string cell);

struct CsvRow {
  std::uint64_t number = 0;  // as the spreadsheet counts, from 1
  std::vector<std::string> cells;
};

// The first row is the head; the others have as many cells. Rows without text are left out.
using CsvRows = std::vector<CsvRow>;

// Reads a table as `CsvWriter` writes it, by the rules of `read_csv_rows`. A row longer than the head is an error.
[[nodiscard]] std::variant<CsvRows, std::string> read_csv(std::string_view text);

// `2026-11-24`, and what spreadsheets make of it: `2026/11/24`, `2026/1/5`. Blanks around it do not count.
[[nodiscard]] std::optional<Date> read_csv_day(std::string_view text);

}  // namespace farol::base
