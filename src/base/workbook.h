// The first sheet of a workbook of Excel (.xlsx), as CSV.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace farol::base {

struct Sheet {
  std::string csv;                        // as `CsvWriter` writes it; rows are numbered as in the sheet
  std::vector<std::string> other_sheets;  // names of those that are not read
};

// Returns true for what begins as a zip archive does.
[[nodiscard]] bool looks_like_workbook(std::string_view bytes);

// Reads the cells as they are shown, but for the formats of numbers. Bounded: a part of more than 64 MiB, more than
// 1000 columns or 100,000 rows, and XML with declarations of its own are refused. Returns what is wrong.
[[nodiscard]] std::variant<Sheet, std::string> read_workbook(std::string_view bytes);

// Returns true if every part of an archive can be read, and is XML to its end, as one is that was just made.
[[nodiscard]] bool is_whole_workbook(std::string_view bytes);

}  // namespace farol::base
