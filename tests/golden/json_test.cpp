// The machine-readable outputs of the golden cases: valid JSON, and places that are where they say.
#include <algorithm>
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/findings.h"
#include "support/text_diff.h"

namespace farol::testing::json_test {
namespace {

using Json = nlohmann::json;

// Line and column of a byte, found in the plainest way.
Json place_of(const std::string& text, std::size_t offset) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    const bool continues = (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else if (!continues) {
      ++column;
    }
  }
  return {{"line", line}, {"column", column}, {"offset", offset}};
}

// Every object in `json` that has a range has a true one.
void check_ranges(const Json& json, const std::map<std::string, std::string>& files) {
  if (json.is_object() && json.contains("range")) {
    const auto file = files.find(json.at("file").get<std::string>());
    if (file != files.end()) {
      const auto& [start, end] = std::pair(json.at("range").at("start"), json.at("range").at("end"));
      REQUIRE(end.at("offset").get<std::size_t>() <= file->second.size());
      CHECK(start.at("offset") <= end.at("offset"));
      CHECK(start == place_of(file->second, start.at("offset")));
      CHECK(end == place_of(file->second, end.at("offset")));
    }
  }
  if (!json.is_structured()) return;
  for (const Json& part : json) check_ranges(part, files);
}

void check_diagnostics(const Json& document, const GoldenStep& step, const std::map<std::string, std::string>& files) {
  check_ranges(document, files);
  if (step.command.find("--each") == std::string::npos)
    CHECK(document.at("ok").get<bool>() == (step.expected.exit == 0));
  std::map<std::string, std::size_t> counts{{"error", 0}, {"warning", 0}, {"note", 0}};
  for (const Json& diagnostic : document.at("diagnostics")) ++counts[diagnostic.at("severity")];
  if (document.contains("dropped")) return;
  CHECK(document.at("summary").at("errors") == counts["error"]);
  CHECK(document.at("summary").at("warnings") == counts["warning"]);
  CHECK(document.at("summary").at("notes") == counts["note"]);
}

// With `--each` every line is a document.
std::vector<std::string> json_outputs(const GoldenStep& step) {
  const std::string& out = step.expected.out;
  const bool wants_json = step.command.find("--error-format json") != std::string::npos ||
                          step.command.find("--format json") != std::string::npos;
  if (!wants_json || out.empty()) return {};
  if (step.command.find("--each") == std::string::npos) return {out};
  const auto lines = lines_of(out);
  return {lines.begin(), lines.end()};
}

}  // namespace

TEST_CASE("JSON is JSON, and its places are right") {
  std::size_t documents = 0;
  for (const auto& [name, golden] : all_golden_cases()) {
    const std::string& path = name;
    CAPTURE(path);
    std::map<std::string, std::string> files;  // those in git under the names that say so
    GoldenFiles left;
    for (const GoldenStep& step : golden.steps) {
      left.prepare(step);
      left.pass(step);  // what `check --fix` says is about the files that it leaves
      for (const auto& [file, content] : step.files) files[file] = content;
      for (const auto& [file, content] : left.now().files) files[file] = content;
      for (const std::string& text : json_outputs(step)) {
        REQUIRE(Json::accept(text));
        const Json document = Json::parse(text);
        if (document.contains("diagnostics")) check_diagnostics(document, step, files);
        ++documents;
      }
      for (const auto& [file, content] : step.expected.wrote) {
        if (!file.ends_with(".json") || !golden.shows(file)) continue;
        CHECK(Json::accept(content));
        ++documents;
      }
    }
  }
  fmt::print("NOTE: {} JSON documents read\n", documents);
}

}  // namespace farol::testing::json_test
