#include <algorithm>

#include "base/json_writer.h"
#include "base/version.h"
#include "cli/session.h"
#include "diag/render.h"

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
std::string left_to_platform(const model::Model& model, const Results& test) {
  std::vector<model::FeatureId> features;
  for (const driver::TestResult& result : test)
    features.insert(features.end(), result.result.ungoverned.begin(), result.result.ungoverned.end());
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
  std::string names;
  for (const model::FeatureId feature : features) names += (names.empty() ? "" : ", ") + model[feature].name;
  return names.empty() ? ""
                       : "        note: no rule allows " + names +
                             " to anybody by name; what is not refused is left to the platform\n";
}

std::string totals(const Count& count) {
  if (count.tests == 0) return "there are no tests";
  if (count.failed == 0)
    return count.tests == 1 ? "the test holds" : "all " + std::to_string(count.tests) + " tests hold";
  return std::to_string(count.failed) + " of " + counted(count.tests, "test") +
         (count.failed == 1 ? " fails" : " fail");
}

std::string lines(const Session& session, const driver::Compilation& compilation, const Results& results) {
  std::string text;
  for_each_test(results, [&](const Results& test) {
    const bool passed = holds(test);
    if (passed && session.quiet()) return;
    text += (passed ? "ok      " : "FAILED  ") + compilation.model.tests[test.front().test].name + "\n";
    if (!session.quiet()) text += left_to_platform(compilation.model, test);
  });
  return text;
}

void report_failures(Session& session, const driver::Compilation& compilation, const Results& results) {
  diag::Sink failures;
  for (const driver::TestResult& result : results) {
    if (!result.passed()) failures.report(driver::describe(compilation, result));
  }
  session.report(compilation.sources, failures);
}

void write_expectation(base::JsonWriter& json, const driver::Compilation& compilation,
                       const driver::TestResult& result) {
  const source::Span span = driver::span_of(compilation.model, result);
  const source::Position start = compilation.sources.position(span.source, span.begin);
  json.begin_object();
  json.key("text").string(driver::text_of(compilation.model, result));
  json.key("line").number(start.line);
  json.key("ok").boolean(result.passed());
  if (!result.passed()) {
    const diag::Diagnostic found = driver::describe(compilation, result);
    json.key("message").string(found.message);
    if (found.witness) {
      json.key("counterexample").begin_object(base::JsonWriter::Layout::line);
      json.key("role").string(found.witness->role);
      json.key("feature").string(found.witness->feature);
      if (!found.witness->object.empty()) json.key("object").string(found.witness->object);
      json.key("context").begin_object();
      for (const auto& [context, value] : found.witness->context) json.key(context).string(value);
      json.end_object();
      json.end_object();
      std::vector<std::string> rules;
      for (const model::RuleId rule : result.result.counterexample->rules)
        rules.push_back(compilation.model[rule].reference());
      json.key("decided_by").strings(rules);
    }
    if (!found.help.empty()) json.key("help").string(found.help);
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

// With `--each` one line for each policy.
std::string as_json(const Session& session, const driver::Compilation& compilation, const Results& results,
                    const std::string& name) {
  base::JsonWriter json;
  const bool each = session.request().has(OptionId::each);
  json.begin_object(each ? base::JsonWriter::Layout::line : base::JsonWriter::Layout::lines);
  if (each) json.key("path").string(name);
  const Count numbers = count(results);
  json.key("farol").string(base::version);
  json.key("ok").boolean(compilation.may_write() && numbers.failed == 0);
  json.key("as_of").string(base::to_string(session.as_of()));
  json.key("summary").begin_object(base::JsonWriter::Layout::line);
  json.key("tests").number(static_cast<std::int64_t>(numbers.tests));
  json.key("failed").number(static_cast<std::int64_t>(numbers.failed));
  json.key("errors").number(static_cast<std::int64_t>(compilation.sink.errors()));
  json.end_object();
  json.key("tests").begin_array();
  for_each_test(results, [&](const Results& test) { write_test(json, compilation, test); });
  json.end_array();
  json.end_object();
  return json.take();
}

Outcome test_policy(Session& session, const std::vector<std::string>& paths) {
  const Request& request = session.request();
  const driver::Compilation compilation = session.compile(paths);
  Outcome outcome{"", session.report_errors(compilation)};
  // With an error in it, what the policy says is not settled: no test is run.
  const Results results = compilation.may_write() ? driver::run_tests(compilation) : Results{};
  const Count numbers = count(results);
  if (numbers.failed > 0) outcome.code = worse(outcome.code, no);

  const std::string name = session.name_of(paths);
  const std::string* format = request.find(OptionId::format);
  if (format != nullptr && *format == "json") {
    outcome.text = as_json(session, compilation, results, name);
    return outcome;
  }
  if (numbers.failed > 0) report_failures(session, compilation, results);
  const bool each = request.has(OptionId::each);
  if (!compilation.may_write()) {
    if (each) outcome.text = name + ": not tested, the policy has errors\n";
    return outcome;
  }
  if (!each) outcome.text = lines(session, compilation, results);
  if (!session.quiet() || (each && numbers.failed > 0))
    outcome.text += (each ? name + ": " : "") + totals(numbers) + "\n";
  return outcome;
}

}  // namespace

int test(Session& session) {
  const Outcome outcome = session.for_each_policy([&](const auto& paths) { return test_policy(session, paths); });
  return worse(outcome.code, session.write(outcome.text));
}

}  // namespace farol::cli
