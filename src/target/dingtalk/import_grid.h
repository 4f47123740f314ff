// A table as rows of cells, from whatever form people keep it in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/csv.h"
#include "diag/text.h"

namespace farol::dingtalk {

struct Grid {
  base::CsvRows rows;  // all as wide; cells are trimmed; rows without text are left out
  std::size_t width = 0;
  std::vector<diag::Text> questions;  // what of the file is not in the rows

  [[nodiscard]] const std::string& at(std::size_t row, std::size_t column) const { return rows[row].cells[column]; }
};

// Reads CSV, or the first table of a Markdown text. The text is UTF-8. Returns what is wrong, `row 3: …`.
[[nodiscard]] std::variant<Grid, diag::Text> read_grid(std::string_view text);

// Rows as columns.
[[nodiscard]] Grid transposed(const Grid& grid);

}  // namespace farol::dingtalk
