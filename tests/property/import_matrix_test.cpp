// A matrix as CSV, as a table or row by row, in any language, is the policy again that it was made from.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "base/csv.h"
#include "compiled.h"
#include "driver/documents.h"
#include "driver/tenant.h"
#include "query/answers.h"
#include "random.h"
#include "support/farol.h"

namespace property::import_matrix_test {
namespace {

using namespace farol;

driver::ImportedPolicy import(const std::string& csv) {
  auto result = driver::import_policy(*base::parse_date(testing::today), "m.csv", csv);
  if (const auto* bad = std::get_if<driver::BadFile>(&result)) FAIL(sentence(bad->faults.front()), "\n", csv);
  return std::move(std::get<driver::ImportedPolicy>(result));
}

std::string questions_of(const driver::ImportedPolicy& imported) {
  std::string all;
  for (const diag::Text& question : imported.questions) all += sentence(question) + "\n";
  return all;
}

std::string written(const base::CsvRows& rows) {
  base::CsvWriter csv(base::CsvReader::spreadsheet, false);
  for (const base::CsvRow& row : rows) {
    for (const std::string& cell : row.cells) csv.cell(cell);
    csv.end_row();
  }
  return csv.take();
}

bool says_yes(const std::string& cell) {
  return cell.find("✔") != std::string::npos || cell.find("⊘") != std::string::npos;
}

}  // namespace

TEST_CASE("the matrix of a policy comes back as the same policy") {
  std::size_t sound = 0;
  for (std::uint32_t seed = 0; seed < rounds(1'000); ++seed) {
    const oracle::Policy policy = generate_policy(seed);
    const Compiled compiled(print(policy, {}));
    if (!compiled.compilation().may_write()) continue;
    driver::MatrixOptions options;
    options.format = driver::MatrixFormat::csv;
    options.language = base::all_languages[seed % base::all_languages.size()];
    options.facts = seed % 3 == 0;
    const std::string csv = driver::render_matrix(compiled.compilation(), options);
    if (csv.find('\n') + 1 == csv.size()) continue;
    ++sound;
    INFO("seed ", seed, "\n", csv);
    const auto imported = import(csv);
    CHECK(questions_of(imported) == "");
    const Compiled again({{"p.farol", imported.policy}});
    REQUIRE(again.compilation().may_write());
    REQUIRE((again.answers(policy) == compiled.answers(policy)));
    CHECK(driver::render_matrix(again.compilation(), options) == csv);
  }
  REQUIRE(sound > property::often);
  fmt::print("NOTE: {} matrices as CSV are the same policies again\n", sound);
}

TEST_CASE("a matrix in which somebody has changed a cell is read by its cells, and never wider") {
  std::size_t changed = 0, allowed = 0;
  for (std::uint32_t seed = 0; seed < rounds(1'000); ++seed) {
    Random random(seed);
    const Compiled compiled(print(generate_policy(seed), {}));
    if (!compiled.compilation().may_write()) continue;
    driver::MatrixOptions options;
    options.format = driver::MatrixFormat::csv;
    options.language = base::all_languages[seed % base::all_languages.size()];
    const auto read = base::read_csv(driver::render_matrix(compiled.compilation(), options));
    auto rows = std::get<base::CsvRows>(read);
    if (rows.size() < 2 || rows[0].cells.size() < 6) continue;
    const std::size_t width = rows[0].cells.size();
    std::string& cell = rows[1 + random.below(rows.size() - 1)].cells[3 + random.below(width - 5)];
    cell = says_yes(cell) ? "✖" : "✔";
    ++changed;
    const std::string csv = written(rows);
    const auto imported = import(csv);
    INFO("seed ", seed, "\n", csv, "\n", imported.policy);
    CHECK(questions_of(imported).find("somebody has changed the table") != std::string::npos);
    const driver::Compilation again = testing::compile_text(imported.policy);
    REQUIRE(again.may_write());
    for (std::size_t r = 1; r < rows.size(); ++r) {
      const auto feature = again.model.find_feature(rows[r].cells[2]);
      if (!feature) continue;
      for (std::size_t c = 3; c + 2 < width; ++c) {
        model::RoleId role = again.model.nobody();
        for (std::size_t i = 0; i < again.model.roles.size(); ++i) {
          if (again.model.roles[i].label({}) == rows[0].cells[c]) role = model::RoleId{i};
        }
        const bool allows_here = query::allows(again.answers, role, *feature);
        allowed += allows_here ? 1U : 0U;
        if (!says_yes(rows[r].cells[c])) CHECK_FALSE(allows_here);
      }
    }
  }
  REQUIRE(changed > property::often);
  CHECK(allowed > property::often);
  fmt::print("NOTE: {} matrices with a changed cell imported, none wider than its cells\n", changed);
}

}  // namespace property::import_matrix_test
