// Waivers and severities where no policy of today leads: findings are made by hand.
#include <doctest/doctest.h>

#include "driver/suppression.h"
#include "support/texts.h"

namespace driver_suppression_test {

using namespace farol;
using farol::testing::operator""_text;
using diag::Code;
using diag::Severity;

namespace {

const base::Date today = base::parse_date("2026-11-24").value();

// A file with room for the statements, wherever they are said to be.
const source::SourceMap& texts() {
  static const source::SourceMap sources = [] {
    source::SourceMap made;
    made.add("x.farol", "waive it\n");
    return made;
  }();
  return sources;
}

model::Waiver waiver(std::string finding, std::vector<std::string> things, const char* until = "2026-12-31") {
  model::Waiver made;
  made.finding = std::move(finding);
  made.things = std::move(things);
  made.until = base::parse_date(until);
  made.because.text = "because";
  made.span = {source::SourceId{std::size_t{0}}, 0, 8};
  return made;
}

diag::Diagnostic about(std::vector<std::vector<std::string>> things, Code code = Code::expired_rule) {
  diag::Diagnostic finding = diag::make(code, {}, "m"_text);
  finding.about = std::move(things);
  finding.fixes = {{"a proposal"_text, ""_text, {}}};
  return finding;
}

struct Run {
  diag::Sink sink;
  check::Findings findings;
};

Run run(const model::Model& model, std::vector<diag::Diagnostic> found, const driver::Severities& severities = {}) {
  Run run;
  run.findings.list = std::move(found);
  driver::suppress(model, texts(), today, severities, {}, run.sink, run.findings);
  return run;
}

std::size_t findings_left(const Run& run) { return run.findings.list.size(); }
// What is said of the waivers themselves.
std::size_t of_waivers(const Run& run) { return run.sink.sorted(texts()).size(); }

}  // namespace

TEST_CASE("a waiver covers what it names all of, in one respect") {
  model::Model model;
  model.waivers = {waiver("expired-rule", {"a", "b"})};
  CHECK(findings_left(run(model, {about({{"a"}})})) == 0);
  CHECK(findings_left(run(model, {about({{"a", "b"}})})) == 0);
  CHECK(findings_left(run(model, {about({{"a", "c"}})})) == 1);
  CHECK(findings_left(run(model, {about({{"a", "c"}, {"b"}})})) == 0);
  CHECK(findings_left(run(model, {about({})})) == 1);
  CHECK(findings_left(run(model, {about({{}})})) == 1);
}

TEST_CASE("waivers of another kind, and those that have ended, cover nothing") {
  model::Model model;
  model.waivers = {waiver("unpinned-library", {}), waiver("expired-rule", {"a"}, "2026-11-23")};
  const Run ended = run(model, {about({{"a"}})});
  CHECK(ended.findings.list.size() == 1);
  CHECK(ended.sink.count_waived() == 0);
  CHECK(of_waivers(ended) == 2);  // one expired, one unused
}

TEST_CASE("what is waived keeps no proposals that nobody tried out") {
  model::Model model;
  model.waivers = {waiver("expired-rule", {})};
  const Run waived = run(model, {about({{"a"}})});
  REQUIRE(waived.sink.waived(texts()).size() == 1);
  CHECK(waived.sink.waived(texts()).front().finding.fixes.empty());
}

TEST_CASE("a waiver is not called unused where not all was found or decided") {
  model::Model model;
  model.waivers = {waiver("expired-rule", {"a"})};
  CHECK(of_waivers(run(model, {})) == 1);
  CHECK(of_waivers(run(model, {about({}, Code::conflict)})) == 0);
  CHECK(of_waivers(run(model, {about({}, Code::too_large)})) == 0);
  CHECK(of_waivers(run(model, {about({}, Code::syntax_error)})) == 0);
  CHECK(of_waivers(run(model, {about({}, Code::nobody_left)})) == 1);

  Run counted;
  counted.findings.more = {{Code::expired_rule, 3}};
  driver::suppress(model, texts(), today, {}, {}, counted.sink, counted.findings);
  CHECK(of_waivers(counted) == 0);
}

TEST_CASE("waivers of checks that nobody runs are not called unused") {
  model::Model model;
  model.waivers = {waiver("MO-XFER-001", {})};
  CHECK(of_waivers(run(model, {})) == 0);
}

TEST_CASE("a failed check is waived and set by its own ID") {
  diag::Diagnostic finding = about({{"contracts"}});
  finding.check = "MO-XFER-001";
  model::Model model;
  model.waivers = {waiver("expired-rule", {})};
  CHECK(findings_left(run(model, {finding})) == 1);
  model.waivers = {waiver("MO-XFER-001", {"contracts"})};
  CHECK(findings_left(run(model, {finding})) == 0);
  CHECK(findings_left(run({}, {finding}, {{"MO-XFER-001", diag::Setting::off}})) == 0);
  CHECK(run({}, {finding}, {{"MO-XFER-001", diag::Setting::error}}).findings.list.front().severity == Severity::error);
}

TEST_CASE("severities hold for what is only counted too") {
  Run counted;
  counted.findings.more = {{Code::expired_rule, 3}};
  counted.sink.report_more(Code::unpinned_library, 2);
  const driver::Severities severities = {{"expired-rule", diag::Setting::off},
                                         {"unpinned-library", diag::Setting::error}};
  driver::suppress({}, texts(), today, severities, {}, counted.sink, counted.findings);
  CHECK(counted.findings.more.empty());
  CHECK(counted.sink.off().at("expired-rule") == 3);
  CHECK(counted.sink.errors() == 2);
  CHECK(counted.sink.count(Severity::warning) == 0);
  CHECK(counted.sink.at_least(Severity::error).dropped().at(Code::unpinned_library) == 2);
}

TEST_CASE("the command line stands above the policy") {
  model::Model model;
  model.severities = {{"expired-rule", "error", {}}, {"unpinned-library", "off", {}}};
  const auto all = driver::severities_of(model, {{"expired-rule", diag::Setting::warning}});
  CHECK(driver::settled_severity(all, Code::expired_rule) == Severity::warning);
  CHECK_FALSE(driver::settled_severity(all, Code::unpinned_library));
  CHECK(driver::settled_severity(all, Code::conflict) == Severity::error);
}

}  // namespace driver_suppression_test
