// What keeps each answer is found out once for each compilation, and every output takes it from there.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <variant>

#include <doctest/doctest.h>

#include "diag/render.h"
#include "support/farol.h"
#include "support/tenant_policies.h"
#include "syntax/ast.h"
#include "target/dingtalk/lower.h"

namespace driver_lowering_test {

using namespace farol;

namespace {

const std::string policy = R"(farol 1
use dingtalk 2026.12
policy "Café" { jurisdiction: macau }
tiers public < secret
role staff
role chief inherits staff
data payroll: secret { owner: chief }
review quarterly { every: 3 months }
allow staff to drive.read on public
allow chief to drive.read on payroll when device is managed
deny staff to meeting.record
)";

std::size_t lowerings_of(const std::vector<std::string>& arguments) {
  base::MemoryFileSystem files;
  files.files["p.farol"] = policy;
  files.files["q.farol"] = policy + "allow chief to meeting.record\n";
  const std::size_t before = dingtalk::lowerings();
  const testing::Outcome outcome = testing::run_farol(files, arguments);
  INFO(outcome.err);
  CHECK(outcome.exit < 2);
  return dingtalk::lowerings() - before;
}

}  // namespace

TEST_CASE("a compilation lowers once, whatever is made of it") {
  using Arguments = std::vector<std::string>;
  for (const Arguments& arguments : {Arguments{"check", "p.farol"},
                                     {"compile", "p.farol", "-o", "out"},
                                     {"compile", "p.farol", "-o", "out", "--emit", "dws"},
                                     {"matrix", "p.farol"},
                                     {"matrix", "p.farol", "--format", "html"},
                                     {"who", "can", "see", "payroll", "p.farol", "--format", "json"},
                                     {"what", "chief", "p.farol", "--format", "json"},
                                     {"explain", "staff", "meeting.record", "p.farol"},
                                     {"confirm", "p.farol"},
                                     {"report", "evidence", "p.farol"},
                                     {"due", "p.farol"}}) {
    CAPTURE(arguments.front());
    CHECK(lowerings_of(arguments) == 1);
  }
}

TEST_CASE("without the trees of its rules a policy has the same findings") {
  const auto is_rule = [](const syntax::Statement& each) { return std::holds_alternative<syntax::Rule>(each.node); };
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    base::MemoryFileSystem files;
    files.files["p.farol"] = testing::tenant_policy(seed, static_cast<testing::Bound>(seed % 3));
    driver::Options options;
    options.load.paths = {"p.farol"};
    options.as_of = *base::parse_date(testing::today);
    const driver::Compilation with = driver::compile(files, options);
    options.keeps_rules = false;
    const driver::Compilation without = driver::compile(files, options);
    CAPTURE(seed);
    CHECK(diag::render_text(with.sources, with.sink, {}) == diag::render_text(without.sources, without.sink, {}));
    const auto& all = with.program.files.at(0).statements;
    const auto& kept = without.program.files.at(0).statements;
    const auto rules = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_rule));
    CHECK(rules > 0);
    CHECK(kept.size() == all.size() - rules);
    CHECK(std::none_of(kept.begin(), kept.end(), is_rule));
  }
}

TEST_CASE("without its steps a policy has the same answers and findings") {
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    base::MemoryFileSystem files;
    files.files["p.farol"] = testing::tenant_policy(seed, static_cast<testing::Bound>(seed % 3));
    driver::Options options;
    options.load.paths = {"p.farol"};
    options.as_of = *base::parse_date(testing::today);
    const driver::Compilation with = driver::compile(files, options);
    options.plans = false;
    const driver::Compilation without = driver::compile(files, options);
    CAPTURE(seed);
    CHECK(without.config.steps.empty());
    CHECK(diag::render_text(with.sources, with.sink, {}) == diag::render_text(without.sources, without.sink, {}));
    REQUIRE(with.answers.all().size() == without.answers.all().size());
    const auto said = [](const decide::Answer& each) {
      return std::tie(each.feature, each.roles, each.objects, each.effect, each.controls, each.rules,
                      each.enforcement.kept_by, each.enforcement.shortfall);
    };
    for (std::size_t i = 0; i < with.answers.all().size(); ++i) {
      CHECK((said(with.answers.all()[i]) == said(without.answers.all()[i])));
      CHECK(without.answers.all()[i].enforcement.steps.empty());
    }
    CHECK(with.answers.added_up() == without.answers.added_up());
  }
}

TEST_CASE("a comparison lowers each side once") { CHECK(lowerings_of({"diff", "p.farol", "q.farol"}) == 2); }

TEST_CASE("nothing is lowered where a bound of all features is passed, and each feature behind it is named") {
  std::string large = "farol 1\nfeature f { kept_by: people }\nfeature g { kept_by: people }\n";
  for (int i = 0; i < 3'000; ++i) {
    const std::string role = "r" + std::to_string(i);
    large.append("role ").append(role).append("\nallow everyone except ").append(role).append(" to f, g\n");
  }
  base::MemoryFileSystem files;
  files.files["p.farol"] = large;
  const std::size_t before = dingtalk::lowerings();
  const testing::Outcome outcome = testing::run_farol(files, {"check", "p.farol"});
  CHECK(dingtalk::lowerings() == before);
  CHECK(outcome.exit == 1);
  for (const char* feature : {"f", "g"})
    CHECK(outcome.err.find("`" + std::string(feature) + "` was not decided: ") != std::string::npos);
}

}  // namespace driver_lowering_test
