#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "base/csv.h"
#include "base/workbook.h"
#include "support/archive.h"

namespace base_workbook_test {

using namespace farol;
using Parts = std::vector<std::pair<std::string, std::string>>;

const Parts parts = {
    {"xl/workbook.xml",
     R"(<workbook><sheets><sheet name="A" r:id="1"/><sheet name="B" r:id="2"/></sheets></workbook>)"},
    {"xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="1" Target="s.xml"/></Relationships>)"},
    {"xl/s.xml", R"(<worksheet><c r="B1" t="s"><v>0</v></c><c r="A2" t="b"><v>1</v></c></worksheet>)"},
    {"xl/sharedStrings.xml", R"(<sst><si><t>ab</t><rPh><t>x</t></rPh></si></sst>)"}};

Parts with(std::size_t part, const std::string& content) {
  Parts changed = parts;
  changed[part].second = content;
  return changed;
}

std::string problem_of(const Parts& with) {
  const auto read = base::read_workbook(testing::make_archive(with));
  return std::holds_alternative<std::string>(read) ? std::get<std::string>(read) : "none";
}

TEST_CASE("the first sheet of a workbook is read as it is shown") {
  const auto read = base::read_workbook(testing::make_archive(parts));
  REQUIRE(std::holds_alternative<base::Sheet>(read));
  base::CsvWriter shown;
  shown.row({"", "ab"});
  shown.row({"TRUE"});
  CHECK(std::get<base::Sheet>(read).csv == shown.take());
  CHECK(std::get<base::Sheet>(read).other_sheets == std::vector<std::string>{"B"});
}

TEST_CASE("what is no workbook says what it lacks") {
  CHECK(problem_of({}) == "it is no workbook of Excel (.xlsx)");
  CHECK(problem_of(with(0, "<workbook/>")) == "the workbook has no sheet");
  CHECK(problem_of(with(1, "<Relationships/>")) ==
        "the first sheet of the workbook cannot be read, or has more than 64 MiB");
  CHECK(problem_of(with(2, "<worksheet>")) == "its sheet is no XML that can be read");
  CHECK(problem_of(with(2, "<!DOCTYPE a><a/>")) == "its sheet is no XML that can be read");
  CHECK(problem_of(with(3, "<sst")) == "the texts of the workbook are no XML that can be read");
  CHECK(problem_of(with(2, R"(<c r="ZZZZ1"><v>1</v></c>)")) == "it has more than 1000 columns or 100,000 rows");
}

TEST_CASE("a workbook is whole if each of its parts is") {
  const std::string whole = testing::make_archive(parts);
  CHECK(base::is_whole_workbook(whole));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string& text = parts[i].second;
    CHECK(!base::is_whole_workbook(testing::make_archive(with(i, text.substr(0, text.size() - 1)))));
    CHECK(!base::is_whole_workbook(testing::make_archive(with(i, ""))));
  }
  CHECK(!base::is_whole_workbook(testing::make_archive({})));
  for (const std::size_t size : {std::size_t{0}, whole.size() / 2, whole.size() - 1})
    CHECK(!base::is_whole_workbook(whole.substr(0, size)));
}

}  // namespace base_workbook_test
