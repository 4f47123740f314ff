// What `check` says of days to come, where a policy is too large for a golden case.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <algorithm>

#include "driver/driver.h"

namespace farol::testing::days_ahead_test {
namespace {

driver::Compilation compile(const std::string& text) {
  base::MemoryFileSystem disk;
  disk.files["policy.farol"] = text;
  driver::Options options;
  options.load.paths = {"policy.farol"};
  options.as_of = base::parse_date("2026-11-24").value();
  return driver::compile(disk, options);
}

std::vector<diag::Diagnostic> findings(const driver::Compilation& compilation, diag::Code code) {
  auto all = compilation.sink.sorted(compilation.sources);
  std::erase_if(all, [&](const diag::Diagnostic& finding) { return finding.code != code; });
  return all;
}

// Each rule on days of its own.
std::string dated_rules(int count) {
  std::string text = "farol 1\nfeature door.open\n";
  for (int role = 0; role < 100; ++role) text += fmt::format("role r{}\n", role);
  const base::Date first = base::parse_date("2026-12-01").value();
  for (int rule = 0; rule < count; ++rule) {
    text += fmt::format("allow r{} to door.open from {} until {}\n", rule % 100,
                        base::to_string(base::Date{first.days + 10 * rule}),
                        base::to_string(base::Date{first.days + 10 * rule + 3}));
  }
  return text;
}

}  // namespace

TEST_CASE("ten thousand dated rules are looked at as far as the bound goes, and the rest is said") {
  const auto all = compile(dated_rules(300));
  CHECK(all.ahead.days.size() == 600);
  CHECK(all.ahead.not_looked_at == 0);
  CHECK(findings(all, diag::Code::not_evaluated).empty());

  const auto some = compile(dated_rules(10'000));
  CHECK(some.ahead.days.size() + some.ahead.not_looked_at == 20'000);
  CHECK(some.ahead.days.size() >= 50);
  CHECK(some.ahead.days.size() <= 200);
  const auto notes = findings(some, diag::Code::not_evaluated);
  REQUIRE(notes.size() == 1);
  CHECK(sentence(notes.front().message)
            .find(fmt::format("{} later days, from {} on", some.ahead.not_looked_at,
                              base::to_string(some.ahead.first_of_them.value()))) != std::string::npos);
  // A rule that begins after them may yet decide.
  CHECK(findings(some, diag::Code::shadowed_rule).empty());
}

TEST_CASE("what is wrong today is not said again of a later day, and each new conflict is said once") {
  const auto found = compile(
      "farol 1\nfeature a.x\nfeature a.y\nrole staff\nrole boss inherits staff\nrole chief inherits staff\n"
      "deny staff to a.x\nallow boss to a.* because \"b\"\nallow chief to a.* from 2026-12-10 because \"c\"\n"
      "deny staff to a.y from 2026-12-20 until 2026-12-24\n");
  const auto conflicts = findings(found, diag::Code::conflict);
  REQUIRE(conflicts.size() == 3);
  const auto from = [&](std::string_view day) {
    return std::count_if(conflicts.begin(), conflicts.end(), [&](const diag::Diagnostic& finding) {
      return finding.from && base::to_string(*finding.from) == day;
    });
  };
  CHECK(from("2026-12-10") == 1);
  CHECK(from("2026-12-20") == 1);
  CHECK(from("2026-12-25") == 0);
}

TEST_CASE("a waiver covers what begins later if it holds on that day") {
  const std::string text =
      "farol 1\nfeature a.x\nfeature a.y { needs: a.x }\nrole staff\nrole other\nallow other to a.x\n"
      "allow staff to a.y from 2026-12-10\nwaive missing-feature for staff until ";
  const auto covered = compile(text + "2026-12-10 because \"agreed\"\n");
  CHECK(findings(covered, diag::Code::missing_feature).empty());
  CHECK(covered.sink.count_waived() == 1);
  const auto too_short = compile(text + "2026-12-09 because \"agreed\"\n");
  REQUIRE(findings(too_short, diag::Code::missing_feature).size() == 1);
  CHECK(too_short.sink.count_waived() == 0);
}

}  // namespace farol::testing::days_ahead_test
