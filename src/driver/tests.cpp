#include <algorithm>

#include "diag/messages_driver.h"
#include "driver/driver.h"

namespace farol::driver {
namespace {

diag::Text in_words(decide::Effect effect) {
  switch (effect) {
    case decide::Effect::allow: return message::effect_allowed();
    case decide::Effect::deny: return message::effect_denied();
    case decide::Effect::none: return message::effect_none();
    case decide::Effect::conflict: return message::effect_conflict();
  }
  return {};
}

// Offers `exactly staff` for `staff`. Returns nullopt if the list is more than one role.
std::optional<diag::Fix> exactly_fix(const Compilation& compilation, const model::Expectation& expectation) {
  const source::Span list = expectation.spans.subject_terms;
  if (!compilation.model.find_role(compilation.sources.text(list))) return std::nullopt;
  return diag::Fix{message::fix_exactly(), {}, {{{list.source, list.begin, list.begin}, "exactly "}}};
}

// Returns true if the findings of a check are what an expectation says. A check that was not finished has found
// nothing.
bool is_met(const Compilation& compilation, const model::FindingExpectation& expected) {
  const model::Model& model = compilation.model;
  const check::CheckedThings things(model);
  const auto is_found = [&](const std::string* thing) {
    return std::any_of(compilation.checks.list.begin(), compilation.checks.list.end(), [&](const auto& finding) {
      const auto names = [&](check::Thing each) { return things.declared(each).name == *thing; };
      return model.checks[finding.check].id == expected.finding &&
             (thing == nullptr || std::any_of(finding.things.begin(), finding.things.end(), names) ||
              std::any_of(finding.unexpected.begin(), finding.unexpected.end(), names));
    });
  };
  if (expected.things.empty()) return is_found(nullptr) != expected.absent;
  return std::all_of(expected.things.begin(), expected.things.end(),
                     [&](const std::string& thing) { return is_found(&thing) != expected.absent; });
}

diag::Diagnostic describe_finding(const Compilation& compilation, const TestResult& failed) {
  const model::Test& test = compilation.model.tests[failed.test];
  const model::FindingExpectation& expected = test.findings[failed.expectation];
  diag::Text seen = expected.absent ? message::finds_something(test.name, expected.finding)
                                    : message::finds_nothing(test.name, expected.finding);
  if (!expected.things.empty()) {
    seen = expected.absent ? message::does_not_pass_over(test.name, expected.finding, expected.things)
                           : message::does_not_find(test.name, expected.finding, expected.things);
  }
  auto diagnostic = diag::make(diag::Code::failed_expectation, expected.span, std::move(seen));
  diagnostic.labels.push_back({expected.span, message::expected_here()});
  return diagnostic;
}

}  // namespace

source::Span span_of(const model::Model& model, const TestResult& result) {
  const model::Test& test = model.tests[result.test];
  return result.of_finding ? test.findings[result.expectation].span
                           : test.expectations[result.expectation].spans.statement;
}

const std::string& text_of(const model::Model& model, const TestResult& result) {
  const model::Test& test = model.tests[result.test];
  return result.of_finding ? test.findings[result.expectation].text : test.expectations[result.expectation].text;
}

std::vector<TestResult> run_tests(const Compilation& compilation) {
  std::vector<TestResult> results;
  for (std::size_t t = 0; t < compilation.model.tests.size(); ++t) {
    const auto& expectations = compilation.model.tests[t].expectations;
    for (std::size_t e = 0; e < expectations.size(); ++e) {
      results.push_back({t, e, check::check_expectation(compilation.model, compilation.decisions, expectations[e])});
    }
    const auto& findings = compilation.model.tests[t].findings;
    for (std::size_t f = 0; f < findings.size(); ++f)
      results.push_back({t, f, {}, true, is_met(compilation, findings[f])});
  }
  return results;
}

diag::Diagnostic describe(const Compilation& compilation, const TestResult& failed) {
  if (failed.of_finding) return describe_finding(compilation, failed);
  const model::Model& model = compilation.model;
  const model::Test& test = model.tests[failed.test];
  const model::Expectation& expectation = test.expectations[failed.expectation];
  const source::Span at = expectation.spans.statement;
  if (!failed.result.too_large.empty()) {
    return diag::make(diag::Code::too_large, at, message::expectation_not_checked(failed.result.too_large));
  }
  const check::Counterexample& found = *failed.result.counterexample;
  const diag::Witness witness = witness_of(model, found.place);
  const bool only_controls = found.effect == decide::Effect::allow && !found.missing.empty();
  diag::Text seen = in_words(found.effect);
  if (only_controls) {
    std::vector<std::string> names;
    for (const auto control : found.missing) names.push_back(model[control].name);
    seen = message::effect_allowed_without(std::move(names));
  }
  auto diagnostic = diag::make(diag::Code::failed_expectation, at,
                               message::expectation_fails(test.name, diag::point_of(witness), std::move(seen)));
  diagnostic.labels.push_back({at, message::expected_here()});
  for (const auto rule : found.rules)
    diagnostic.labels.push_back({model[rule].spans.statement, message::decides_there()});
  diagnostic.witness = witness;
  if (found.exactly_would_hold) {
    diagnostic.help = message::exactly_help();
    if (auto fix = exactly_fix(compilation, expectation)) diagnostic.fixes.push_back(std::move(*fix));
  }
  return diagnostic;
}

}  // namespace farol::driver
