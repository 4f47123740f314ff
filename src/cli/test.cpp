#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/json_writer.h"
#include "base/log_text.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "diag/render.h"
#include "diag/snippet.h"
#include "driver/test_reports.h"

namespace farol::cli {
namespace {

using Results = std::vector<driver::TestResult>;

// The results of one test are neighbours.
template <class Each>
void for_each_test(const Results& results, Each each) {
  for (auto first = results.begin(); first != results.end();) {
    const auto last = std::find_if(first, results.end(),
                                   [&](const driver::TestResult& result) { return result.test != first->test; });
    each(Results(first, last));
    first = last;
  }
}

bool holds(const Results& test) {
  return std::all_of(test.begin(), test.end(), [](const driver::TestResult& result) { return result.passed(); });
}

struct Count {
  std::size_t tests = 0;
  std::size_t failed = 0;
};

Count count(const Results& results) {
  Count count;
  for_each_test(results, [&](const Results& test) {
    ++count.tests;
    if (!holds(test)) ++count.failed;
  });
  return count;
}

// A test on what nothing governs holds by silence; DingTalk may do the opposite.
std::string left_to_platform(const Context& context, const model::Model& model, const Results& test) {
  std::vector<model::FeatureId> features;
  for (const driver::TestResult& result : test)
    features.insert(features.end(), result.result.ungoverned.begin(), result.result.ungoverned.end());
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
  std::string names;
  for (const model::FeatureId feature : features) names += (names.empty() ? "" : ", ") + model[feature].name;
  return names.empty() ? "" : said(context, message::test_of_platform(names)) + "\n";
}

diag::Text totals(const Count& count) {
  if (count.tests == 0) return message::no_tests();
  if (count.failed == 0) return message::all_tests_hold(count.tests);
  return message::tests_fail(message::counted_tests(count.tests), count.failed);
}

std::string lines(const Context& context, const driver::Compilation& compilation, const Results& results) {
  std::string text;
  for_each_test(results, [&](const Results& test) {
    const bool passed = holds(test);
    if (passed && is_quiet(context)) return;
    const std::string name = base::one_line(compilation.model.tests[test.front().test].name);
    text += said(context, passed ? message::test_ok(name) : message::test_failed(name)) + "\n";
    if (!is_quiet(context)) text += left_to_platform(context, compilation.model, test);
  });
  return text;
}

void add_failures(const driver::Compilation& compilation, const Results& results, diag::Sink& sink) {
  for (const driver::TestResult& result : results) {
    if (!result.passed()) sink.report(driver::describe(compilation, result));
  }
}

void write_expectation(base::JsonWriter& json, const driver::Compilation& compilation,
                       const driver::TestResult& result) {
  const source::Span span = driver::span_of(compilation.model, result);
  const source::Position start = compilation.sources.position(span.source, span.begin);
  json.begin_object();
  json.key("text").string(driver::text_of(compilation.model, result));
  json.key("line").number(start.line);
  if (!result.of_finding) {
    const auto& day = compilation.model.tests[result.test].expectations[result.expectation].day;
    if (day) json.key("day").string(base::to_string(*day));
  }
  json.key("ok").boolean(result.passed());
  if (!result.passed()) {
    const diag::Diagnostic found = driver::describe(compilation, result);
    json.key("message").string(sentence(found.message));
    if (found.witness) {
      json.key("counterexample").begin_object(base::JsonWriter::Layout::line);
      json.key("role").string(sentence(found.witness->role));
      json.key("feature").string(found.witness->feature);
      if (!found.witness->object.empty()) json.key("object").string(sentence(found.witness->object));
      json.key("context").begin_object();
      for (const auto& [context, value] : found.witness->context) json.key(context).string(value);
      json.end_object();
      json.end_object();
      std::vector<std::string> rules;
      for (const model::RuleId rule : result.result.counterexample->rules)
        rules.push_back(compilation.model[rule].reference());
      json.key("decided_by").strings(rules);
    }
    if (!found.help.empty()) json.key("help").string(sentence(found.help));
  }
  if (!result.result.ungoverned.empty()) {
    std::vector<std::string> names;
    for (const model::FeatureId feature : result.result.ungoverned) names.push_back(compilation.model[feature].name);
    json.key("left_to_platform").strings(names);
  }
  json.end_object();
}

void write_test(base::JsonWriter& json, const driver::Compilation& compilation, const Results& test) {
  const model::Test& declared = compilation.model.tests[test.front().test];
  json.begin_object();
  json.key("name").string(declared.name);
  json.key("file").string(compilation.sources.name(declared.span.source));
  json.key("line").number(compilation.sources.position(declared.span.source, declared.span.begin).line);
  json.key("ok").boolean(holds(test));
  json.key("expectations").begin_array();
  for (const driver::TestResult& result : test) write_expectation(json, compilation, result);
  json.end_array();
  json.end_object();
}

// What was asked of the coverage, and what there is to say of it.
struct CoverageWish {
  bool listed = false;  // `--coverage`
  bool lcov = false;
  std::optional<std::size_t> least;  // percent

  [[nodiscard]] bool any() const { return listed || lcov || least; }
};

void write_coverage(base::JsonWriter& json, const driver::Compilation& compilation,
                    const driver::TestCoverage& coverage) {
  json.key("coverage").begin_object();
  json.key("rules").number(static_cast<std::int64_t>(coverage.rules.size()));
  json.key("covered").number(static_cast<std::int64_t>(coverage.covered()));
  json.key("percent").number(static_cast<std::int64_t>(coverage.percent()));
  json.key("not_covered").begin_array();
  for (const driver::TestCoverage::Entry& entry : coverage.rules) {
    if (entry.expectations > 0) continue;
    const model::Rule& rule = compilation.model[entry.rule];
    const source::Span at = rule.spans.statement;
    json.begin_object(base::JsonWriter::Layout::line);
    json.key("rule").string(rule.reference());
    json.key("file").string(compilation.sources.name(at.source));
    json.key("line").number(compilation.sources.position(at.source, at.begin).line);
    json.key("decides").boolean(entry.decides);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

diag::Text coverage_line(const driver::TestCoverage& coverage) {
  if (coverage.rules.empty()) return message::coverage_none();
  return message::coverage_is(std::to_string(coverage.covered()), message::counted_rules(coverage.rules.size()),
                              std::to_string(coverage.percent()));
}

std::string not_covered(const Context& context, const driver::Compilation& compilation,
                        const driver::TestCoverage& coverage) {
  std::string text;
  for (const driver::TestCoverage::Entry& entry : coverage.rules) {
    if (entry.expectations > 0) continue;
    const model::Rule& rule = compilation.model[entry.rule];
    const source::Span at = rule.spans.statement;
    const std::string place = diag::printable_text(compilation.sources.name(at.source)) + ":" +
                              std::to_string(compilation.sources.position(at.source, at.begin).line);
    const std::string words = diag::printable_text((rule.label.empty() ? "" : rule.label + ": ") + rule.text);
    text += said(context,
                 entry.decides ? message::rule_not_tested(place, words) : message::rule_not_tested_idle(place, words)) +
            "\n";
  }
  return text;
}

// With `--each` one line for each policy.
std::string as_json(const Context& context, const driver::Compilation& compilation, const Results& results,
                    const std::string& name, const std::optional<driver::TestCoverage>& coverage) {
  base::JsonWriter json;
  const bool each = context.request.has(OptionId::each);
  json.begin_object(each ? base::JsonWriter::Layout::line : base::JsonWriter::Layout::lines);
  if (each) json.key("path").string(name);
  const Count numbers = count(results);
  json.key("farol").string(base::version);
  json.key("ok").boolean(compilation.may_write() && numbers.failed == 0);
  json.key("as_of").string(base::to_string(context.settings.as_of));
  json.key("summary").begin_object(base::JsonWriter::Layout::line);
  json.key("tests").number(static_cast<std::int64_t>(numbers.tests));
  json.key("failed").number(static_cast<std::int64_t>(numbers.failed));
  json.key("errors").number(static_cast<std::int64_t>(compilation.sink.errors()));
  json.end_object();
  json.key("tests").begin_array();
  for_each_test(results, [&](const Results& test) { write_test(json, compilation, test); });
  json.end_array();
  if (coverage) write_coverage(json, compilation, *coverage);
  json.end_object();
  return json.take();
}

// One policy: runs its tests, says how they went, and collects what goes to other files.
class Tester {
 public:
  Tester(Context& context, CoverageWish wish)
      : context_(context), wish_(wish), error_format_(error_format(context)), log_(sarif_options(context)) {
    format_ = context.request.format(context.request.find(OptionId::output), "text");
  }

  Outcome run(const std::vector<std::string>& paths) {
    const driver::Compilation compilation = compile_policy(context_, paths);
    Outcome outcome{"", compilation.unreadable    ? ExitCode::usage_error
                        : compilation.may_write() ? ExitCode::done
                                                  : ExitCode::failed};
    if (error_format_ == "text") report_errors(context_, compilation);
    // With an error in it, what the policy says is not settled: no test is run.
    const Results results = compilation.may_write() ? driver::run_tests(compilation) : Results{};
    is_whole_ &= compilation.may_write();
    std::optional<driver::TestCoverage> coverage;
    if (wish_.any() && compilation.may_write()) coverage = driver::find_coverage(compilation);
    if (coverage && wish_.lcov) lcov_ += driver::render_lcov(compilation, *coverage);
    const bool too_low = coverage && coverage->percent() < wish_.least.value_or(0);
    if (count(results).failed > 0 || too_low) outcome.code = worse(outcome.code, ExitCode::failed);

    const std::string name = name_of(context_, paths);
    diag::Sink all = compilation.sink.at_least(diag::Severity::warning);
    add_failures(compilation, results, all);
    if (error_format_ == "sarif") {
      log_.add(compilation.sources, all, !compilation.unreadable, context_.settings.language);
    } else if (error_format_ == "github") {
      outcome.text = annotations(context_, compilation.sources, all) +
                     base::for_log(as_text(compilation, results, name, coverage));
    } else if (format_ == "json") {
      outcome.text = as_json(context_, compilation, results, name, coverage);
    } else if (format_ == "junit") {
      const auto findings =
          findings_in_text(context_, compilation.sources, compilation.sink, diag::Severity::error, false);
      outcome.text = driver::render_junit_suite(name, compilation, results, findings);
    } else {
      outcome.text = as_text(compilation, results, name, coverage);
    }
    if (too_low && (format_ != "text" || error_format_ == "sarif"))
      info(context_, message::policy_says(name, {below(*coverage)}));
    return outcome;
  }

  // Nothing where a policy was not tested: half a report would read as one with little coverage.
  [[nodiscard]] const std::string* find_lcov() const { return is_whole_ ? &lcov_ : nullptr; }
  // What all policies together are as one document.
  [[nodiscard]] std::string document(const std::string& text) const {
    if (error_format_ == "sarif") return log_.document();
    return format_ == "junit" ? driver::render_junit(text) : text;
  }

 private:
  [[nodiscard]] diag::Text below(const driver::TestCoverage& coverage) const {
    return message::coverage_below(coverage_line(coverage), std::to_string(*wish_.least));
  }

  [[nodiscard]] std::string as_text(const driver::Compilation& compilation, const Results& results,
                                    const std::string& name, const std::optional<driver::TestCoverage>& coverage) {
    const Count numbers = count(results);
    if (numbers.failed > 0 && error_format_ == "text") {
      diag::Sink failures;
      add_failures(compilation, results, failures);
      report_findings(context_, compilation.sources, failures);
    }
    const bool each = context_.request.has(OptionId::each);
    if (!compilation.may_write()) return each ? said(context_, message::not_tested(name)) + "\n" : "";
    const bool too_low = coverage && coverage->percent() < wish_.least.value_or(0);
    std::vector<diag::Text> sums;
    if (!is_quiet(context_) || (each && numbers.failed > 0)) sums.push_back(totals(numbers));
    if (coverage && (!is_quiet(context_) || too_low))
      sums.push_back(too_low ? below(*coverage) : coverage_line(*coverage));
    if (each) return sums.empty() ? "" : said(context_, message::policy_says(name, std::move(sums))) + "\n";
    std::string text = lines(context_, compilation, results);
    for (const diag::Text& sum : sums) text += said(context_, sum) + "\n";
    if (wish_.listed && !is_quiet(context_)) text += not_covered(context_, compilation, *coverage);
    return text;
  }

  Context& context_;
  CoverageWish wish_;
  std::string format_ = "text";
  std::string error_format_;
  diag::SarifLog log_;
  std::string lcov_;
  bool is_whole_ = true;
};

// Nothing, and a message: the options cannot be used.
std::optional<CoverageWish> read_wish(Context& context) {
  const Request& request = context.request;
  if (error_format(context) != "text" && request.has(OptionId::format) && *request.find(OptionId::format) != "text") {
    usage_error(context, message::both_to_one_place("--format " + *request.find(OptionId::format),
                                                    "--error-format " + error_format(context)));
    return std::nullopt;
  }
  CoverageWish wish{request.has(OptionId::coverage), request.has(OptionId::lcov), std::nullopt};
  if (const std::string* least = request.find(OptionId::min_coverage)) {
    const bool is_number = !least->empty() && least->size() <= 3 &&
                           std::all_of(least->begin(), least->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number || std::stoul(*least) > 100) {
      usage_error(context, message::no_percentage(*least));
      return std::nullopt;
    }
    wish.least = std::stoul(*least);
  }
  return wish;
}

}  // namespace

ExitCode test(Context& context) {
  const auto wish = read_wish(context);
  if (!wish) return ExitCode::usage_error;
  Tester tester{context, *wish};
  const Outcome outcome = for_each_policy(context, [&](const auto& paths) { return tester.run(paths); });
  ExitCode code = outcome.code;
  std::vector<base::OutputFile> files;  // all of them or none
  if (const std::string* file = context.request.find(OptionId::lcov)) {
    if (const std::string* lcov = tester.find_lcov()) {
      files.push_back({located(context, *file), *lcov});
    } else {
      info(context, message::nothing_was_written(*file));
    }
  }
  const std::string document = tester.document(outcome.text);
  if (const auto file = output_file(context)) files.push_back({*file, document});
  if (!files.empty()) {
    code = worse(code, write(context, files));
    if (output_file(context)) return code;
  }
  return worse(code, write(context, document, form_of_findings(context)));
}

}  // namespace farol::cli
