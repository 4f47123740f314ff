#include "base/csv.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <utility>

#include <csv.h>
#include <fmt/format.h>

#include "base/text.h"

namespace farol::base {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Returns true if a spreadsheet would take the text for a formula; full-width forms count. A text that begins with an
// apostrophe counts as well and gets another one, so that reading gives it back.
bool is_guarded(std::string_view text) {
  constexpr std::array<std::string_view, 10> starts = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
  const std::string_view inked = text.substr(std::min(text.find_first_not_of(" '"), text.size()));
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return inked.starts_with(start); });
}

void* bounded_realloc(void* block, std::size_t size) {
  return size > max_csv_cell_bytes ? nullptr : std::realloc(block, size);
}

// Returns the separator that the first line with any of them has most of, outside of quotes.
char delimiter_of(std::string_view start) {
  constexpr std::string_view candidates = ",;\t";
  std::array<std::size_t, candidates.size()> counts{};
  bool quoted = false;
  for (const char c : start) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (const std::size_t which = candidates.find(c); which != std::string_view::npos) ++counts[which];
    if (c == '\n' && std::any_of(counts.begin(), counts.end(), [](std::size_t count) { return count > 0; })) break;
  }
  return candidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

// Gathers the cells that libcsv finds into rows. The cells keep their memory from row to row.
class RowReader {
 public:
  explicit RowReader(const TakeCsvRow& take) : take_(take) {}

  std::optional<std::string> run(Bytes& bytes) {
    csv_parser parser{};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) return "out of memory";
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner{&parser, csv_free};
    csv_set_realloc_func(&parser, bounded_realloc);
    csv_set_delim(&parser, static_cast<unsigned char>(delimiter_of(bytes.ahead())));
    while (!bytes.ahead().empty() && !problem_) {
      const std::string_view chunk = bytes.ahead();
      if (csv_parse(&parser, chunk.data(), chunk.size(), on_field, on_row, this) != chunk.size())
        fail(csv_error(&parser) == CSV_EPARSE
                 ? "a quote is not allowed here: put the cell in quotes, and write each quote in it twice"
                 : fmt::format("a cell is longer than {} KiB, or a quote is not closed", max_csv_cell_bytes >> 10U));
      bytes.take(chunk.size());
    }
    if (!problem_ && bytes.problem().empty() && csv_fini(&parser, on_field, on_row, this) != 0)
      fail("the file ends inside of quotes: a part of it is missing");
    return problem_;
  }

 private:
  static void on_field(void* text, std::size_t size, void* self) {
    static_cast<RowReader*>(self)->field({static_cast<const char*>(text), size});
  }
  static void on_row(int end, void* self) { static_cast<RowReader*>(self)->row_end(end); }

  void field(std::string_view text) {
    if (problem_) return;
    if (count_ == max_csv_columns) return fail(fmt::format("it has more than {} cells", max_csv_columns));
    if (count_ == cells_.size()) cells_.emplace_back();
    cells_[count_++].assign(text);
  }

  // libcsv reports every `\r` and `\n` outside of quotes, so that rows are counted as a spreadsheet counts them.
  void row_end(int end) {
    const bool second_half = end == '\n' && last_end_ == '\r' && count_ == 0;
    last_end_ = end;
    if (second_half || (end == -1 && count_ == 0)) return;
    const std::span row{cells_.data(), std::exchange(count_, 0)};
    if (problem_) return;
    for (const std::string& cell : row) {
      if (find_invalid_utf8(cell))
        return fail("it is not UTF-8 (perhaps GB18030 or Big5); save it as “CSV UTF-8” and try again");
      if (cell.find('\0') != std::string::npos) return fail("it has a NUL byte, so it is not text");
    }
    ++number_;
    if (!row.empty()) problem_ = take_(number_, row);
  }

  // Reports what is wrong with the row that is not taken yet.
  void fail(std::string_view what) {
    if (!problem_) problem_ = in_csv_row(number_ + 1, what);
  }

  const TakeCsvRow& take_;
  std::vector<std::string> cells_;
  std::size_t count_ = 0;  // of those in the row
  std::uint64_t number_ = 0;
  int last_end_ = 0;
  std::optional<std::string> problem_;
};

}  // namespace

CsvWriter::CsvWriter(CsvReader reader, bool goes_on) : reader_(reader) {
  if (reader == CsvReader::spreadsheet && !goes_on) out_ = byte_order_mark;
}

void CsvWriter::start_cell() {
  if (!starts_row_) out_ += ',';
  starts_row_ = false;
}

void CsvWriter::number(std::uint64_t value) {
  start_cell();
  fmt::format_to(std::back_inserter(out_), "{}", value);
}

void CsvWriter::no_value() { start_cell(); }

void CsvWriter::cell(std::string_view text) {
  start_cell();
  out_ += '"';
  if (reader_ == CsvReader::spreadsheet && is_guarded(text)) out_ += '\'';
  for (const char c : text) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
}

void CsvWriter::end_row() {
  out_ += '\n';
  starts_row_ = true;
}

void CsvWriter::row(const std::vector<std::string>& cells) {
  for (const std::string& text : cells) cell(text);
  end_row();
}

std::string without_guard(std::string cell) {
  if (cell.starts_with('\'') && is_guarded(cell)) cell.erase(0, 1);
  return cell;
}

std::string in_csv_row(std::uint64_t number, std::string_view problem) {
  return fmt::format("row {}: {}", number, problem);
}

std::optional<std::string> read_csv_rows(Bytes& bytes, const TakeCsvRow& take) { return RowReader{take}.run(bytes); }

std::variant<CsvRows, std::string> read_csv(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const auto stream = stream_of(std::string(text));
  Bytes bytes{*stream};
  CsvRows rows;
  const auto take = [&](std::uint64_t number, std::span<std::string> row) -> std::optional<std::string> {
    std::vector<std::string> cells(std::make_move_iterator(row.begin()), std::make_move_iterator(row.end()));
    for (std::string& cell : cells) cell = without_guard(std::move(cell));
    if (std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); })) return std::nullopt;
    if (!rows.empty()) {
      const std::size_t width = rows.front().cells.size();
      while (cells.size() > width && cells.back().empty()) cells.pop_back();
      if (cells.size() > width)
        return in_csv_row(number, fmt::format("it has {} cells, and the head has {}", cells.size(), width));
      if (rows.size() * width > max_csv_cells)
        return in_csv_row(number, fmt::format("the table has more than {} cells up to here", max_csv_cells));
      cells.resize(width);
    }
    rows.push_back({number, std::move(cells)});
    return std::nullopt;
  };
  if (auto problem = read_csv_rows(bytes, take)) return std::move(*problem);
  return rows;
}

std::optional<Date> read_csv_day(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::string written;
  std::size_t digits = 0;
  // In `2026/1/5`, a part of one digit gets a zero before it.
  const auto end_part = [&] {
    if (digits == 1) written.insert(written.size() - 1, 1, '0');
    digits = 0;
  };
  for (const char c : text) {
    if (c == '/' || c == '-') {
      end_part();
      written += '-';
    } else {
      ++digits;
      written += c;
    }
  }
  end_part();
  return parse_date(written);
}

}  // namespace farol::base
