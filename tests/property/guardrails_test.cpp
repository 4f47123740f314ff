#include <doctest/doctest.h>
#include <fmt/format.h>

#include "comparison.h"

// Guardrails on random policies: one is broken if and only if it is reported, with all its cells and an example.
namespace property::guardrails_test {
namespace {

using farol::diag::Code;
using oracle::Policy;

Difference compare_guardrail(const Case& one, Code code,
                             const std::map<std::size_t, std::set<oracle::Point>>& expected) {
  const Policy& policy = one.policy();
  std::set<std::size_t> statements;
  for (const auto& [statement, points] : expected) statements.insert(statement);
  const std::string name{farol::diag::info(code).name};
  if (auto difference = compare_labels(name, where_found(one.compiled(), code), labels_of(policy, statements)))
    return difference;
  for (const auto& found : one.compiled().findings(code)) {
    for (const auto& [statement, points] : expected) {
      if (policy.statements[statement].label != found.at) continue;
      if (auto difference = compare_cells(policy, found, points)) return difference;
    }
  }
  return std::nullopt;
}

Difference compare_guardrails(const Case& one) {
  const Policy& policy = one.policy();
  const oracle::Findings& expected = one.findings();
  if (auto difference = compare_guardrail(one, Code::never_violated, expected.never_violated)) return difference;
  if (auto difference = compare_guardrail(one, Code::always_violated, expected.always_violated)) return difference;
  Labels asked, found;
  for (const auto& [statement, feature] : expected.left_to_platform)
    asked.insert(fmt::format("{} {}", policy.statements[statement].label, feature));
  for (const auto& note : one.compiled().findings(Code::left_to_platform)) {
    for (const std::string& feature : note.names) found.insert(fmt::format("{} {}", note.at, feature));
  }
  return compare_labels("left-to-platform", found, asked);
}

}  // namespace

TEST_CASE("a guardrail is broken if and only if it is reported, and the example is one") {
  on_random_policies({compare_guardrails}, many, Shape::without_mistakes,
                     {Code::never_violated, Code::always_violated, Code::left_to_platform});
}

}  // namespace property::guardrails_test
