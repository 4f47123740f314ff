#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "check/labels.h"
#include "decide/days.h"
#include "decide/explain.h"
#include "diag/messages_driver.h"
#include "driver/driver.h"
#include "sema/canonical.h"

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

// Nobody is refused where the platform decides: what would refuse it, with the words of the expectation.
void say_what_to_write(const Compilation& compilation, const model::Test& test, const model::Expectation& expectation,
                       const std::vector<model::FeatureId>& features, diag::Diagnostic& diagnostic) {
  std::vector<std::string> names;
  for (const model::FeatureId feature : features) names.push_back(sema::written_name(compilation.model[feature].name));
  const auto written = [&](std::string_view word, source::Span span) {
    return span.is_none() ? std::string{} : fmt::format(" {} {}", word, compilation.sources.text(span));
  };
  const model::AreaSpans& spans = expectation.spans;
  const std::string rule =
      fmt::format("forbid {} to {}{}{}", compilation.sources.text(spans.subjects), fmt::join(names, ", "),
                  written("on", spans.objects), written("when", spans.when));
  diagnostic.help = message::nobody_refused_help(rule);
  const source::Span end{test.span.source, test.span.end, test.span.end};
  diagnostic.fixes.push_back({message::fix_forbid(), {}, {{end, "\n\n" + rule}}});
}

// The rules that are about the point and not in force on the day of the expectation.
void name_rules_not_in_force(const Compilation& compilation, const model::Expectation& expectation,
                             const check::Counterexample& found, diag::Diagnostic& diagnostic) {
  const model::Model& model = compilation.model;
  const base::Date day = expectation.day.value_or(compilation.decisions.as_of);
  std::size_t left = check::max_labels;
  std::optional<base::Date> first;
  for (const model::RuleId id :
       decide::not_in_force(model, day, found.place.role, found.place.feature, found.place.objects)) {
    if (left-- == 0) break;
    const model::Rule& rule = model[id];
    const bool begins = rule.from && day < *rule.from;
    diagnostic.labels.push_back(
        {rule.spans.statement, begins ? message::in_force_from(*rule.from) : message::in_force_until(*rule.until)});
    if (begins && (!first || *rule.from < *first)) first = rule.from;
  }
  if (first && diagnostic.help.empty()) diagnostic.help = message::ask_about_day(base::to_string(*first));
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
  decide::DecisionsByDay by_day{compilation.model, compilation.decisions};
  for (std::size_t t = 0; t < compilation.model.tests.size(); ++t) {
    const auto& expectations = compilation.model.tests[t].expectations;
    for (std::size_t e = 0; e < expectations.size(); ++e) {
      const decide::Decisions& then = by_day.on(expectations[e].day.value_or(compilation.decisions.as_of));
      results.push_back({t, e, check::check_expectation(compilation.model, then, expectations[e])});
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
  const bool left = expectation.effect == model::Expectation::Effect::deny && found.effect == decide::Effect::none;
  if (left) seen = message::effect_left_to_platform();
  diag::Text failure = message::expectation_fails(test.name, diag::point_of(witness), std::move(seen));
  if (expectation.day) failure = message::on_day(*expectation.day, std::move(failure));
  auto diagnostic = diag::make(diag::Code::failed_expectation, at, std::move(failure));
  diagnostic.labels.push_back({at, message::expected_here()});
  for (const auto rule : found.rules)
    diagnostic.labels.push_back({model[rule].spans.statement, message::decides_there()});
  diagnostic.witness = witness;
  if (found.exactly_would_hold) {
    diagnostic.help = message::exactly_help();
    if (auto fix = exactly_fix(compilation, expectation)) diagnostic.fixes.push_back(std::move(*fix));
  }
  if (left) say_what_to_write(compilation, test, expectation, failed.result.ungoverned, diagnostic);
  name_rules_not_in_force(compilation, expectation, found, diagnostic);
  return diagnostic;
}

}  // namespace farol::driver
