// A table in CSV as its cells, with their places.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tenant/json_tree.h"

namespace farol::tenant {

struct TableRow {
  std::size_t offset = 0;  // of its first byte
  std::vector<std::string> cells;
};

// RFC 4180, strictly, with commas, semicolons or tabs; rows without anything in them are left out.
[[nodiscard]] std::variant<std::vector<TableRow>, Fault> read_csv_table(std::string_view text);

}  // namespace farol::tenant
