#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "check/coverage.h"
#include "compiled.h"
#include "random.h"

// The coverage of tests against the oracle: a rule is reached by an expectation if it decides at some point that the
// expectation asks about.
namespace property::coverage_test {
namespace {

using oracle::Policy;
using oracle::Statement;
using oracle::Verb;

const std::uint32_t policies = rounds(5'000);

using Counts = std::map<std::string, std::size_t>;  // by label

bool is_question(const Statement& statement) { return statement.verb == Verb::never; }

// The guardrails of the policy are what its tests ask about.
std::string test_text(const Policy& policy) {
  std::string text;
  for (const Statement& statement : policy.statements) {
    if (!is_question(statement)) continue;
    Statement asked = statement;
    asked.label.clear();
    asked.because.clear();
    asked.verb = Verb::deny;
    text += "  expect " + text_of(asked) + "\n";
  }
  return text.empty() ? "" : "test \"all\" {\n" + text + "}\n";
}

std::vector<SourceFile> print_with_tests(const Policy& policy) {
  std::vector<SourceFile> files = print(policy, {});
  files.front().text += test_text(policy);
  return files;
}

Counts naive(const Policy& policy) {
  const oracle::Decisions decisions = oracle::decide(policy, today);
  std::map<std::size_t, std::set<std::size_t>> questions;  // by rule
  for (const oracle::Part& part : decisions.parts) {
    if (!is_question(policy.statements[part.statement])) continue;
    for (const auto& [point, answer] : decisions.answers) {
      if (!contains(part, point)) continue;
      for (const std::size_t rule : answer.deciding) questions[rule].insert(part.statement);
    }
  }
  Counts counts;
  for (const auto& [rule, asked] : questions) counts[policy.statements[rule].label] = asked.size();
  return counts;
}

Counts compiled(const Policy& policy) {
  const Compiled result(print_with_tests(policy));
  const auto& compilation = result.compilation();
  const auto found = farol::check::count_expectations_by_rule(compilation.model, compilation.decisions);
  Counts counts;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] > 0) counts[compilation.model.rules[i].label] = found[i];
  }
  return counts;
}

bool differs(const Policy& policy) {
  return oracle::find_misshapen(policy) == oracle::Misshapen{} && compiled(policy) != naive(policy);
}

}  // namespace

TEST_CASE("a rule is covered as often as expectations ask where it decides") {
  std::size_t asked = 0;
  std::size_t reached = 0;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    Policy policy = generate_policy(seed);
    Random random(seed + 7);
    for (std::size_t i = 0; i < 3; ++i)
      policy.statements.push_back(random_rule(policy, Verb::never, fmt::format("question{}", i), random));
    if (differs(policy)) {
      const Policy smallest = smallest_with(policy, differs);
      FAIL("seed ", seed, ": ", fmt::format("{}", compiled(smallest)), ", not ", fmt::format("{}", naive(smallest)),
           "\n", print_with_tests(smallest).front().text);
    }
    if (oracle::find_misshapen(policy) != oracle::Misshapen{}) continue;
    ++asked;
    reached += naive(policy).size();
  }
  REQUIRE(reached > asked);
  fmt::print("NOTE: the coverage of {} random policies agrees with the oracle, {} rules reached\n", asked, reached);
}

}  // namespace property::coverage_test
