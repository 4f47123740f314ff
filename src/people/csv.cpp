// CSV by libcsv, strictly: RFC 4180, with quotes, line ends inside of them, and any line end.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include <csv.h>
#include <fmt/format.h>

#include "base/text.h"
#include "people/readers.h"

namespace farol::people {
namespace {

// Within so many rows there must be a head: exports may begin with a title or a note.
constexpr std::uint64_t head_rows = 10;
constexpr std::size_t max_columns = 1000;

void* bounded_realloc(void* block, std::size_t size) {
  return size > max_cell_bytes ? nullptr : std::realloc(block, size);
}

class Reader {
 public:
  Reader(Bytes& bytes, const std::function<void(const Line&)>& take) : bytes_(bytes), take_(take) {}

  std::optional<std::string> run() {
    csv_parser parser{};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) return "out of memory";
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner{&parser, csv_free};
    csv_set_realloc_func(&parser, bounded_realloc);
    csv_set_delim(&parser, static_cast<unsigned char>(delimiter(bytes_.ahead())));
    while (!bytes_.ahead().empty() && problem_.empty()) {
      const std::string_view chunk = bytes_.ahead();
      if (csv_parse(&parser, chunk.data(), chunk.size(), on_field, on_row, this) != chunk.size())
        fail(row_ + 1,
             csv_error(&parser) == CSV_EPARSE
                 ? "a quote stands where none can be; a quote in a cell is written twice, the cell in quotes"
                 : fmt::format("a cell is longer than {} KiB, or a quote is not closed", max_cell_bytes >> 10));
      bytes_.take(chunk.size());
    }
    if (problem_.empty() && bytes_.problem().empty() && csv_fini(&parser, on_field, on_row, this) != 0)
      fail(row_ + 1, "the file ends inside of quotes: a part of it is missing");
    if (problem_.empty() && !has_head()) problem_ = no_head();
    return problem_.empty() ? std::nullopt : std::optional{problem_};
  }

 private:
  // The one that the first line has most of, outside of quotes.
  static char delimiter(std::string_view start) {
    std::array<std::size_t, 3> counts{};
    constexpr std::string_view candidates = ",;\t";
    bool quoted = false;
    for (const char c : start) {
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (const std::size_t which = candidates.find(c); which != std::string_view::npos) ++counts[which];
      if (c == '\n' && std::any_of(counts.begin(), counts.end(), [](std::size_t count) { return count > 0; })) break;
    }
    return candidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
  }

  static void on_field(void* text, std::size_t size, void* self) {
    static_cast<Reader*>(self)->field({static_cast<const char*>(text), size});
  }
  static void on_row(int end, void* self) { static_cast<Reader*>(self)->row_end(end); }

  void field(std::string_view text) {
    const std::size_t column = column_++;
    if (!problem_.empty()) return;
    if (!has_head()) {
      if (column == 0) cells_.clear();
      if (cells_.size() < max_columns) cells_.emplace_back(text);
    } else if (column < columns_.size() && columns_[column] != unused) {
      cells_[columns_[column]].assign(text);
    }
  }

  // Every `\r` and `\n` outside of quotes comes here, so that rows count as in a spreadsheet.
  void row_end(int end) {
    const bool second_half = end == '\n' && last_end_ == '\r' && column_ == 0;
    last_end_ = end;
    if (!second_half && (end != -1 || column_ > 0)) ++row_;
    const bool blank = column_ == 0;
    column_ = 0;
    if (blank || !problem_.empty()) return;
    if (!has_head()) {
      read_head();
    } else {
      read_row();
      for (std::string& cell : cells_) cell.clear();
    }
  }

  [[nodiscard]] bool has_head() const { return !columns_.empty(); }

  void read_head() {
    for (const std::string& cell : cells_) {
      if (base::find_invalid_utf8(cell)) return fail(not_utf8());
    }
    std::vector<std::size_t> columns(cells_.size(), unused);
    std::array<bool, fields> found{};
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const auto field = field_named(cells_[i]);
      if (!field) continue;
      const auto at = static_cast<std::size_t>(*field);
      if (found[at]) return fail(fmt::format("two columns are the {}: `{}` is the second", words[at], cells_[i]));
      found[at] = true;
      columns[i] = at;
    }
    if (found[0] && found[2]) {
      columns_ = std::move(columns);
      cells_.assign(fields, {});
    } else if (found[0] || found[2] || row_ >= head_rows) {
      problem_ = no_head();
    }
  }

  void read_row() {
    const auto cell = [&](Field which) -> std::string& { return cells_[static_cast<std::size_t>(which)]; };
    if (std::all_of(cells_.begin(), cells_.end(), [](const std::string& text) { return text.empty(); })) return;
    for (const std::string& text : cells_) {
      if (base::find_invalid_utf8(text)) return fail(not_utf8());
      if (text.find('\0') != std::string::npos) return fail("it has a NUL byte, so it is not text");
    }
    if (cell(Field::id).empty()) return fail("the person has no id");
    for (const Field which : {Field::from, Field::until}) {
      if (!read_day(cell(which), which == Field::from ? line_.from : line_.until))
        return fail(fmt::format("`{}` is not a day; a day is written 2026-11-23", cell(which)));
    }
    line_.number = row_;
    line_.id.swap(cell(Field::id));
    line_.name.swap(cell(Field::name));
    line_.roles.swap(cell(Field::roles));
    take_(line_);
  }

  void fail(std::string_view what) { fail(row_, what); }
  void fail(std::uint64_t row, std::string_view what) {
    if (problem_.empty()) problem_ = fmt::format("row {}: {}", row, what);
  }

  static std::string not_utf8() {
    return "it is not UTF-8 (perhaps GB18030 or Big5); save it as “CSV UTF-8” and try again";
  }
  static std::string no_head() {
    return "no row says which columns are the id and the roles; they are called `id` and `roles`, or `员工UserID` and "
           "`角色`";
  }

  static constexpr std::size_t fields = 5;
  static constexpr std::size_t unused = fields;
  static constexpr std::array<std::string_view, fields> words{"id", "name", "roles", "first day", "last day"};

  Bytes& bytes_;
  const std::function<void(const Line&)>& take_;
  std::vector<std::size_t> columns_;  // by column the field, or `unused`; empty: no head yet
  std::vector<std::string> cells_;    // before the head all of a row, then by field
  std::size_t column_ = 0;
  std::uint64_t row_ = 0;
  int last_end_ = 0;
  Line line_;
  std::string problem_;
};

}  // namespace

std::optional<std::string> read_csv(Bytes& bytes, const std::function<void(const Line&)>& take) {
  return Reader{bytes, take}.run();
}

}  // namespace farol::people
