#include "driver/test_reports.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "check/coverage.h"
#include "diag/message_json.h"
#include "diag/render.h"

namespace farol::driver {
namespace {

enum class Where : std::uint8_t { attribute, content };

// Text as it may stand in XML 1.0. Well-formed UTF-8 has no other characters that XML forbids than
// most controls and two noncharacters; they become U+FFFD, so that what is left is the text.
std::string in_xml(std::string_view text, Where where) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool noncharacter = text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF";
    if (noncharacter) i += 2;
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\r': escaped += "&#13;"; break;
      default:
        if (c == '\t' || c == '\n') {
          // A reader makes blanks of these in an attribute.
          escaped += where == Where::content ? std::string(1, c) : fmt::format("&#{};", static_cast<int>(c));
        } else if (noncharacter || static_cast<unsigned char>(c) < 0x20) {
          escaped += "\xEF\xBF\xBD";
        } else {
          escaped += c;
        }
    }
  }
  return escaped;
}

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, in_xml(value, Where::attribute));
}

// A finding as a person reads it, without colours.
std::string text_of(const Compilation& compilation, const diag::Diagnostic& finding) {
  diag::Sink one;
  one.report(finding);
  return diag::render_text(compilation.sources, one, {});
}

std::string test_case(const Compilation& compilation, const TestResult& result) {
  const model::Test& test = compilation.model.tests[result.test];
  const source::Span at = span_of(compilation.model, result);
  std::string text = "    <testcase" + attribute("name", text_of(compilation.model, result)) +
                     attribute("classname", test.name) + attribute("file", compilation.sources.name(at.source)) +
                     attribute("line", std::to_string(compilation.sources.position(at.source, at.begin).line));
  if (result.passed()) return text + "/>\n";
  const diag::Diagnostic found = describe(compilation, result);
  // Build servers agree on no properties of a case, but on what it has printed.
  const std::string said = diag::message_json(found, base::Language::en)
                               .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return text + ">\n      <failure" + attribute("message", sentence(found.message)) + attribute("type", found.kind()) +
         ">" + in_xml(text_of(compilation, found), Where::content) + "</failure>\n      <system-out>" +
         in_xml(said, Where::content) + "</system-out>\n    </testcase>\n";
}

}  // namespace

std::size_t TestCoverage::covered() const {
  return static_cast<std::size_t>(
      std::count_if(rules.begin(), rules.end(), [](const Entry& entry) { return entry.expectations > 0; }));
}

std::size_t TestCoverage::percent() const { return rules.empty() ? 100 : covered() * 100 / rules.size(); }

TestCoverage find_coverage(const Compilation& compilation) {
  const model::Model& model = compilation.model;
  const auto counts = check::count_expectations_by_rule(model, compilation.decisions);
  TestCoverage coverage;
  for (std::size_t i = 0; i < model.rules.size(); ++i) {
    const bool own = !compilation.sources.is_library(model.rules[i].spans.statement.source);
    if (own && model.rules[i].is_live(compilation.decisions.as_of))
      coverage.rules.push_back({model::RuleId{i}, counts[i], compilation.decisions.facts.decides[i]});
  }
  const auto place = [&](const TestCoverage::Entry& entry) {
    const source::Span span = model[entry.rule].spans.statement;
    return std::tuple(std::string_view(compilation.sources.name(span.source)), span.begin);
  };
  std::sort(coverage.rules.begin(), coverage.rules.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return coverage;
}

std::string render_lcov(const Compilation& compilation, const TestCoverage& coverage) {
  std::map<std::string, std::map<std::uint32_t, std::size_t>> files;
  for (const TestCoverage::Entry& entry : coverage.rules) {
    const source::Span span = compilation.model[entry.rule].spans.statement;
    const std::uint32_t line = compilation.sources.position(span.source, span.begin).line;
    const auto [count, fresh] = files[compilation.sources.name(span.source)].try_emplace(line, entry.expectations);
    if (!fresh) count->second = std::min(count->second, entry.expectations);
  }
  std::string text;
  for (const auto& [file, lines] : files) {
    text += fmt::format("TN:\nSF:{}\n", base::one_line(file));
    for (const auto& [line, count] : lines) text += fmt::format("DA:{},{}\n", line, count);
    const auto hit = std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.second > 0; });
    text += fmt::format("LF:{}\nLH:{}\nend_of_record\n", lines.size(), hit);
  }
  return text;
}

std::string render_junit_suite(const std::string& name, const Compilation& compilation,
                               const std::vector<TestResult>& results, const std::string& findings) {
  const auto suite = [&](std::size_t tests, std::size_t failures, std::size_t errors) {
    return "  <testsuite" + attribute("name", name) +
           fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\">\n", tests, failures, errors);
  };
  if (!compilation.may_write()) {
    return suite(1, 0, 1) + "    <testcase" + attribute("name", "the policy has no errors") +
           attribute("classname", name) + ">\n      <error" +
           attribute("message", "not tested: the policy has errors") + " type=\"error\">" +
           in_xml(findings, Where::content) + "</error>\n    </testcase>\n  </testsuite>\n";
  }
  const auto failed =
      std::count_if(results.begin(), results.end(), [](const TestResult& result) { return !result.passed(); });
  std::string text = suite(results.size(), static_cast<std::size_t>(failed), 0);
  for (const TestResult& result : results) text += test_case(compilation, result);
  return text + "  </testsuite>\n";
}

std::string render_junit(const std::string& suites) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"farol test\">\n" + suites + "</testsuites>\n";
}

}  // namespace farol::driver
