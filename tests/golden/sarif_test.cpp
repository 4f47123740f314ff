// The findings of every golden case in SARIF against the same in JSON: as many, at the same places, with the same
// fixes.
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/findings.h"
#include "support/sarif_cases.h"

namespace farol::testing::sarif_test {
namespace {

using Json = nlohmann::json;

// The byte of a line and a column of code points, found in the plainest way.
std::size_t offset_of(const std::string& text, std::size_t line, std::size_t column) {
  std::size_t at = 0;
  for (; line > 1; --line) at = text.find('\n', at) + 1;
  for (; column > 1; --column) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

FoundEdit read_replacement(const Json& change, const Json& replacement, const base::MemoryFileSystem& files) {
  FoundEdit edit;
  edit.file = change.at("artifactLocation").at("uri");
  const auto file = files.files.find(base::normalise_path(edit.file));
  REQUIRE(file != files.files.end());
  const Json& region = replacement.at("deletedRegion");
  edit.begin = offset_of(file->second, region.at("startLine"), region.at("startColumn"));
  edit.end = offset_of(file->second, region.at("endLine"), region.at("endColumn"));
  if (replacement.contains("insertedContent")) edit.text = replacement.at("insertedContent").at("text");
  return edit;
}

std::vector<std::string> described(const FoundFix& fix) {
  std::vector<std::string> edits;
  for (const FoundEdit& edit : fix.edits)
    edits.push_back(fmt::format("{} {}-{} `{}`", base::normalise_path(edit.file), edit.begin, edit.end, edit.text));
  return edits;
}

void check_result(const Json& result, const Finding& finding, const base::MemoryFileSystem& files) {
  CAPTURE(finding.message);
  CHECK(result.at("ruleId") == finding.code);
  CHECK(result.at("level") == finding.severity);
  CHECK(result.at("message").at("text").get<std::string>().starts_with(finding.message));
  CHECK_FALSE(result.at("locations").empty());
  const Json fixes = result.value("fixes", Json::array());
  REQUIRE(fixes.size() == finding.fixes.size());
  for (std::size_t i = 0; i < fixes.size(); ++i) {
    FoundFix found;
    for (const Json& change : fixes[i].at("artifactChanges")) {
      for (const Json& replacement : change.at("replacements"))
        found.edits.push_back(read_replacement(change, replacement, files));
    }
    CHECK(described(found) == described(finding.fixes[i]));
  }
}

}  // namespace

TEST_CASE("SARIF says what JSON says") {
  std::size_t results_seen = 0;
  for (const SarifCase& each : sarif_cases()) {
    CAPTURE(each.name);
    const Json run = Json::parse(each.sarif).at("runs").at(0);
    const Json& rules = run.at("tool").at("driver").at("rules");
    const Json& artifacts = run.at("artifacts");
    for (const Json& result : run.at("results")) {
      CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"));
      for (const Json& location : result.at("locations")) {
        const Json& file = location.at("physicalLocation").at("artifactLocation");
        CHECK(artifacts.at(file.at("index").get<std::size_t>()).at("location").at("uri") == file.at("uri"));
      }
    }
    const bool one_check = each.words.front() == "check" &&
                           std::find(each.words.begin(), each.words.end(), "--each") == each.words.end() &&
                           std::find(each.words.begin(), each.words.end(), "-") == each.words.end();
    if (!one_check) continue;
    std::vector<std::string> words = each.words;
    words.insert(words.end(), {"--error-format", "json"});
    base::MemoryFileSystem files = each.files;
    const std::vector<Finding> findings = read_findings(run_farol(files, words, each.circumstances).out);
    std::size_t counting = 0;
    for (const Json& result : run.at("results")) {
      if (!result.value("suppressions", Json::array()).empty()) continue;
      REQUIRE(counting < findings.size());
      check_result(result, findings[counting++], each.files);
    }
    CHECK(counting == findings.size());
    results_seen += counting;
  }
  fmt::print("NOTE: {} findings are the same in SARIF and in JSON\n", results_seen);
}

}  // namespace farol::testing::sarif_test
