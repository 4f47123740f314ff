#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "diag/sarif.h"
#include "support/texts.h"

namespace diag_sarif_test {

using namespace farol::diag;

using farol::testing::operator""_text;
using farol::source::SourceId;
using farol::source::SourceMap;
using Json = nlohmann::json;

namespace {

const SarifOptions plain{"1.2.3", "", "/policies"};

Json run_of(const SourceMap& sources, const Sink& sink, const SarifOptions& options = plain) {
  SarifLog log(options);
  log.add(sources, sink, true);
  return Json::parse(log.document()).at("runs").at(0);
}

Json result_of(const SourceMap& sources, Diagnostic diagnostic, const SarifOptions& options = plain) {
  Sink sink;
  sink.report(std::move(diagnostic));
  return run_of(sources, sink, options).at("results").at(0);
}

std::string fingerprint(const std::string& text, std::string_view about, const std::string& said = "m") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", text);
  const auto begin = static_cast<std::uint32_t>(text.find(about));
  const auto end = begin + static_cast<std::uint32_t>(about.size());
  return result_of(sources, make(Code::conflict, {id, begin, end}, message::verbatim(said)))
      .at("partialFingerprints")
      .at("primaryLocationLineHash");
}

std::string uri_of(const std::string& name) {
  SourceMap sources;
  sources.add(name, "x");
  return run_of(sources, Sink{}).at("artifacts").at(0).at("location").dump();
}

}  // namespace

TEST_CASE("a run without findings is a whole document") {
  SarifLog log(plain);
  const Json document = Json::parse(log.document());
  CHECK(document.at("version") == "2.1.0");
  const Json& run = document.at("runs").at(0);
  CHECK(run.at("results").is_array());
  CHECK(run.at("results").empty());
  CHECK(run.at("columnKind") == "unicodeCodePoints");
  CHECK(run.at("tool").at("driver").at("semanticVersion") == "1.2.3");
  CHECK(run.at("invocations").at(0).at("executionSuccessful") == true);
}

TEST_CASE("regions count code points, from one, and end behind the last") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "a\n蓮花 ab\n");
  const Json result = result_of(sources, make(Code::conflict, {id, 9, 11}, "m"_text));
  CHECK(result.at("locations").at(0).at("physicalLocation").at("region").dump() ==
        R"({"endColumn":6,"endLine":2,"startColumn":4,"startLine":2})");
}

TEST_CASE("what is at no place is about its file, else about the first one, else about the folder") {
  SourceMap sources;
  sources.add("x.farol", "a\n");
  Diagnostic about_a_file = make(Code::unreadable_file, {}, "m"_text);
  about_a_file.file = "gone/here.farol";
  const auto uri = [&](const Diagnostic& finding) {
    const Json place = result_of(sources, finding).at("locations").at(0).at("physicalLocation");
    CHECK(place.at("region").at("startLine") == 1);
    return place.at("artifactLocation").at("uri").get<std::string>();
  };
  CHECK(uri(about_a_file) == "gone/here.farol");
  CHECK(uri(make(Code::too_large, {}, "m"_text)) == "x.farol");
  CHECK(result_of({}, make(Code::too_large, {}, "m"_text))
            .at("locations")
            .at(0)
            .at("physicalLocation")
            .at("artifactLocation")
            .at("uri") == ".");
}

TEST_CASE("paths are URI references from where farol was started") {
  CHECK(uri_of("clinic/a b.farol") == R"({"uri":"clinic/a%20b.farol","uriBaseId":"SRCROOT"})");
  CHECK(uri_of("蓮.farol") == R"({"uri":"%E8%93%AE.farol","uriBaseId":"SRCROOT"})");
  CHECK(uri_of("a:b%#?.farol") == R"({"uri":"a%3Ab%25%23%3F.farol","uriBaseId":"SRCROOT"})");
  CHECK(uri_of("/policies/x.farol") == R"({"uri":"x.farol","uriBaseId":"SRCROOT"})");
  CHECK(uri_of("/policies-old/x.farol") == R"({"uri":"file:///policies-old/x.farol"})");
  CHECK(uri_of("<stdin>") == R"({"uri":"%3Cstdin%3E","uriBaseId":"SRCROOT"})");
}

TEST_CASE("a fingerprint stays when lines move and layout changes, and only then") {
  const std::string before = fingerprint("deny staff to f\n", "deny staff to f");
  CHECK(before == fingerprint("// more\n\ndeny staff to f\n", "deny staff to f"));
  CHECK(before == fingerprint("deny staff\r\n\t to f\n", "deny staff\r\n\t to f"));
  CHECK(before != fingerprint("deny staff to g\n", "deny staff to g"));
  CHECK(before != fingerprint("deny staff to f\n", "deny staff to f", "another"));
}

TEST_CASE("findings that are alike are numbered") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "ab ab\n");
  Sink sink;
  sink.report(make(Code::conflict, {id, 0, 2}, "m"_text));
  sink.report(make(Code::conflict, {id, 3, 5}, "m"_text));
  const Json results = run_of(sources, sink).at("results");
  const auto print = [&](std::size_t i) {
    return results.at(i).at("partialFingerprints").at("primaryLocationLineHash").get<std::string>();
  };
  CHECK(print(0).ends_with(":1"));
  CHECK(print(1) == print(0).substr(0, print(0).size() - 1) + "2");
}

TEST_CASE("fixes are replacements, file by file") {
  SourceMap sources;
  const SourceId a = sources.add("a.farol", "ab\n");
  const SourceId b = sources.add("b.farol", "cd\n");
  Diagnostic diagnostic = make(Code::conflict, {a, 0, 1}, "m"_text);
  diagnostic.fixes = {{"t"_text, "e"_text, {{{a, 0, 1}, "x"}, {{b, 2, 2}, "y"}, {{a, 1, 2}, ""}}},
                      {"no edits"_text, ""_text, {}}};
  const Json fixes = result_of(sources, diagnostic).at("fixes");
  REQUIRE(fixes.size() == 1);
  CHECK(fixes[0].at("description").at("text") == "t — e");
  const Json& changes = fixes[0].at("artifactChanges");
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].at("replacements").size() == 2);
  CHECK_FALSE(changes[0].at("replacements")[1].contains("insertedContent"));
  CHECK(changes[1].at("replacements")[0].at("insertedContent").at("text") == "y");
}

TEST_CASE("what is waived is suppressed, and then every result says whether it is") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "ab ab\n");
  Sink sink;
  sink.report(make(Code::conflict, {id, 0, 2}, "m"_text));
  CHECK_FALSE(run_of(sources, sink).at("results").at(0).contains("suppressions"));
  sink.waive({make(Code::expired_rule, {id, 0, 2}, "m"_text), {{"why", "who", "what else", "2027-01-01", {id, 3, 5}}}});
  const Json results = run_of(sources, sink).at("results");
  CHECK(results.at(0).at("suppressions").empty());
  const Json& suppression = results.at(1).at("suppressions").at(0);
  CHECK(suppression.at("kind") == "inSource");
  CHECK(suppression.at("justification") == "why\napproved by: who\ninstead: what else\nuntil: 2027-01-01");
}

TEST_CASE("what is off or only counted is said") {
  Sink sink(1);
  sink.switch_off("expired-rule", 3);
  sink.switch_off("MO-XFER-001", 1);
  sink.report(make(Code::conflict, {}, "m"_text));
  sink.report(make(Code::conflict, {}, "n"_text));
  const Json run = run_of({}, sink);
  const Json& rules = run.at("tool").at("driver").at("rules");
  const Json& invocation = run.at("invocations").at(0);
  const Json& off = invocation.at("ruleConfigurationOverrides");
  REQUIRE(off.size() == 1);
  CHECK(off[0].at("configuration").at("enabled") == false);
  CHECK(rules.at(off[0].at("descriptor").at("index").get<std::size_t>()).at("id") == "F4002");
  CHECK(invocation.at("toolExecutionNotifications").at(0).at("message").at("text") ==
        "1 more of `conflict` are not listed.");
}

TEST_CASE("pages are linked where the project has a home") {
  Sink sink;
  sink.report(make(Code::conflict, {}, "m"_text));
  const auto driver = [&](std::string_view home) { return run_of({}, sink, {"1", home, ""}).at("tool").at("driver"); };
  CHECK_FALSE(driver("").contains("informationUri"));
  CHECK_FALSE(driver("").at("rules").at(0).contains("helpUri"));
  CHECK(driver("https://farol.example").at("informationUri") == "https://farol.example");
  CHECK(driver("https://farol.example").at("rules").at(0).at("helpUri") ==
        "https://farol.example/docs/diagnostics/F3001.md");
}

TEST_CASE("help is the page itself and the command that shows it, and points at no file that a reader does not have") {
  Sink sink;
  for (const CodeInfo& code : all_codes()) sink.report(make(code.code, {}, "m"_text));
  const Json log = run_of({}, sink);
  const Json& rules = log.at("tool").at("driver").at("rules");
  REQUIRE(rules.size() == all_codes().size());
  for (const Json& rule : rules) {
    const std::string id = rule.at("id"), page = rule.at("help").at("markdown");
    CAPTURE(id);
    CHECK(rule.at("help").at("text").get<std::string>().ends_with("\n\nfarol explain " + id));
    CHECK(page.starts_with("# " + id + " "));
    CHECK(page.find("](") == std::string::npos);
  }
  CHECK(log.dump().find("docs/") == std::string::npos);
}

TEST_CASE("policies that share a log share its rules and files") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "ab\n");
  Sink sink;
  sink.report(make(Code::conflict, {id, 0, 2}, "m"_text));
  SarifLog log(plain);
  log.add(sources, sink, true);
  log.add(sources, sink, false);
  const Json run = Json::parse(log.document()).at("runs").at(0);
  CHECK(run.at("results").size() == 2);
  CHECK(run.at("artifacts").size() == 1);
  CHECK(run.at("tool").at("driver").at("rules").size() == 1);
  CHECK(run.at("invocations").at(0).at("executionSuccessful") == false);
}

TEST_CASE("bytes that are no text do not break the document") {
  SourceMap sources;
  const SourceId id = sources.add("x\xFF.farol", "\xFF\n");
  CHECK(result_of(sources, make(Code::syntax_error, {id, 0, 1}, "\xFF"_text)).at("ruleId") == "F1001");
}

TEST_CASE("a check of a pack is a rule of its own") {
  Sink sink;
  Diagnostic finding = make(Code::expired_rule, {}, "m"_text);
  finding.check = "MO-XFER-001";
  sink.report(finding);
  sink.report(make(Code::expired_rule, {}, "n"_text));
  const Json run = run_of({}, sink);
  const Json& rules = run.at("tool").at("driver").at("rules");
  REQUIRE(rules.size() == 2);
  for (const Json& result : run.at("results"))
    CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"));
  CHECK(rules.at(1).at("id") == "MO-XFER-001");
}

}  // namespace diag_sarif_test
