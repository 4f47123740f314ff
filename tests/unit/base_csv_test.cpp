#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/csv.h"

namespace base_csv_test {

using namespace farol::base;

namespace {

std::vector<std::vector<std::string>> cells_of(std::string_view text) {
  const auto read = read_csv(text);
  REQUIRE(std::holds_alternative<CsvRows>(read));
  std::vector<std::vector<std::string>> cells;
  for (const CsvRow& row : std::get<CsvRows>(read)) cells.push_back(row.cells);
  return cells;
}

std::string problem_of(std::string_view text) {
  const auto read = read_csv(text);
  REQUIRE(std::holds_alternative<std::string>(read));
  return std::get<std::string>(read);
}

}  // namespace

TEST_CASE("what is written comes back, formulas and apostrophes too") {
  const std::vector<std::vector<std::string>> rows = {
      {"a", "b", "c"},           {"=1+1", "'=1+1", "''@x"}, {"'plain", "- a", "＝全形"},
      {"two\nlines", "\"", ","}, {"\tx", "", "繁體中文"},   {" =1", "'", "x'="}};
  CsvWriter csv;
  for (const auto& row : rows) csv.row(row);
  const std::string text = csv.take();
  CHECK(text.starts_with("\xEF\xBB\xBF\"a\",\"b\",\"c\"\n\"'=1+1\",\"''=1+1\""));
  CHECK(cells_of(text) == rows);
}

TEST_CASE("as spreadsheets of any country save it") {
  const std::vector<std::vector<std::string>> rows = {{"a", "b"}, {"1", "2, 3; 4"}, {"5", ""}};
  CHECK(cells_of("a,b\r\n1,\"2, 3; 4\"\r\n\r\n5\r\n") == rows);
  CHECK(cells_of("\xEF\xBB\xBF"
                 "a;b\n1;\"2, 3; 4\"\n;;;\n5;;;") == rows);
  CHECK(cells_of("a\tb\r1\t2, 3; 4\r5\t").size() == 3);
  const auto read = read_csv("a,b\r\n\r\n\"x\r\ny\",z\r\n");
  CHECK(std::get<CsvRows>(read).back().number == 3);
  CHECK(cells_of("").empty());
}

TEST_CASE("a damaged table is an error at its row") {
  CHECK(problem_of("a,b\n1,2\n1,2,3\n") == "row 3: it has 3 cells, and the head has 2");
  CHECK(problem_of("a,b\n1,\"2\n").starts_with("row 2: the file ends inside of quotes"));
  CHECK(problem_of("a,b\n1,x\"y\"\n").starts_with("row 2: a quote is not allowed here"));
  CHECK(problem_of("a,b\n1,\xFF\n").starts_with("row 2: it is not UTF-8"));
  CHECK(problem_of(std::string("a,b\n1,\0\n", 8)).starts_with("row 2: it has a NUL byte"));
  CHECK(
      problem_of("a,b\n\"" + std::string(max_csv_cell_bytes * 3, 'x') + "\"\n").starts_with("row 2: a cell is longer"));
  CHECK(problem_of(std::string(max_csv_columns + 1, ',')).starts_with("row 1: it has more than 1000 cells"));
}

TEST_CASE("a wide head does not make many short rows as wide") {
  std::string table = "a";
  for (int column = 1; column < 1000; ++column) table += ",a";
  for (std::size_t row = 0; row <= max_csv_cells / 1000 + 1; ++row) table += "\nx";
  CHECK(problem_of(table + "\n") == "row 3002: the table has more than 3000000 cells up to here");
}

TEST_CASE("days as spreadsheets write them") {
  for (const std::string_view text : {"2026-01-05", "2026/01/05", "2026/1/5", " 2026-1-05 "})
    CHECK(read_csv_day(text) == parse_date("2026-01-05"));
  for (const std::string_view text : {"", "05/01/2026", "2026-13-01", "2026", "//", "2026-1-", "today"})
    CHECK_FALSE(read_csv_day(text));
}

}  // namespace base_csv_test
