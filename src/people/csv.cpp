// Lists of people as CSV: the row that names the columns, then a line for each row.
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/csv.h"
#include "people/readers.h"

namespace farol::people {
namespace {

// Within so many rows there must be a head: exports may begin with a title or a note.
constexpr std::uint64_t head_rows = 10;

class PeopleTable {
 public:
  explicit PeopleTable(const std::function<void(const Line&)>& take) : take_(take) {}

  std::optional<std::string> read(base::Bytes& bytes) {
    const auto take = [&](std::uint64_t number, std::span<std::string> cells) {
      return has_head() ? read_row(number, cells) : read_head(number, cells);
    };
    if (auto problem = base::read_csv_rows(bytes, take)) return problem;
    return has_head() ? std::nullopt : std::optional{no_head()};
  }

 private:
  using Problem = std::optional<std::string>;

  [[nodiscard]] bool has_head() const { return !columns_.empty(); }

  Problem read_head(std::uint64_t number, std::span<const std::string> cells) {
    std::vector<std::size_t> columns(cells.size(), unused);
    std::array<bool, fields> found{};
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto field = field_named(cells[i]);
      if (!field) continue;
      const auto at = static_cast<std::size_t>(*field);
      if (found[at])
        return base::in_csv_row(number, fmt::format("two columns are the {}: `{}` is the second", words[at], cells[i]));
      found[at] = true;
      columns[i] = at;
    }
    for (std::size_t i = 0; i < cells.size() && !found[0]; ++i) {
      if (!is_staff_number(cells[i])) continue;
      found[0] = true;
      columns[i] = 0;
    }
    if (found[0] && found[2]) {
      columns_ = std::move(columns);
    } else if (found[0] || found[2] || number >= head_rows) {
      return no_head();
    }
    return std::nullopt;
  }

  Problem read_row(std::uint64_t number, std::span<std::string> row) {
    for (std::string& cell : cells_) cell.clear();
    for (std::size_t i = 0; i < std::min(row.size(), columns_.size()); ++i) {
      if (columns_[i] != unused) cells_[columns_[i]].swap(row[i]);
    }
    const auto cell = [&](Field which) -> std::string& { return cells_[static_cast<std::size_t>(which)]; };
    if (std::all_of(cells_.begin(), cells_.end(), [](const std::string& text) { return text.empty(); }))
      return std::nullopt;
    if (cell(Field::id).empty()) return base::in_csv_row(number, "the person has no id");
    for (const Field which : {Field::from, Field::until}) {
      if (!read_day(cell(which), which == Field::from ? line_.from : line_.until))
        return base::in_csv_row(number, fmt::format("`{}` is not a day; a day is written 2026-11-23", cell(which)));
    }
    line_.number = number;
    line_.id.swap(cell(Field::id));
    line_.name.swap(cell(Field::name));
    line_.roles.swap(cell(Field::roles));
    take_(line_);
    return std::nullopt;
  }

  static std::string no_head() {
    return "no row says which columns are the id and the roles; they are called `id` and `roles`, or `员工UserID` and "
           "`角色`";
  }

  static constexpr std::size_t fields = 5;
  static constexpr std::size_t unused = fields;
  static constexpr std::array<std::string_view, fields> words{"id", "name", "roles", "first day", "last day"};

  const std::function<void(const Line&)>& take_;
  std::vector<std::size_t> columns_;       // by column the field, or `unused`; empty: no head yet
  std::array<std::string, fields> cells_;  // of a row, by field
  Line line_;
};

}  // namespace

std::optional<std::string> read_csv(base::Bytes& bytes, const std::function<void(const Line&)>& take) {
  return PeopleTable{take}.read(bytes);
}

}  // namespace farol::people
