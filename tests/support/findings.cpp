#include "support/findings.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "support/repository.h"

namespace farol::testing {

std::vector<Finding> read_findings(const std::string& json) {
  const auto offset = [](const nlohmann::json& edit, const char* side) {
    return edit.at("range").at(side).at("offset").get<std::size_t>();
  };
  std::vector<Finding> findings;
  const auto document = nlohmann::json::parse(json);
  for (const auto& diagnostic : document.at("diagnostics")) {
    Finding& finding = findings.emplace_back();
    finding.code = diagnostic.at("code");
    finding.name = diagnostic.at("name");
    finding.severity = diagnostic.at("severity");
    finding.message = diagnostic.at("message");
    finding.details = diagnostic.at("details").get<std::vector<std::string>>();
    for (const auto& fix : diagnostic.at("fixes")) {
      FoundFix& found = finding.fixes.emplace_back();
      found.title = fix.at("title");
      found.effect = fix.at("effect");
      for (const auto& edit : fix.at("edits"))
        found.edits.push_back({edit.at("file"), offset(edit, "start"), offset(edit, "end"), edit.at("text")});
    }
  }
  return findings;
}

void apply(const FoundFix& fix, base::MemoryFileSystem& files) {
  std::vector<FoundEdit> edits = fix.edits;
  // From the back, so that places in front stay where they are; insertions at one place keep their order.
  std::stable_sort(edits.begin(), edits.end(),
                   [](const FoundEdit& a, const FoundEdit& b) { return a.begin < b.begin; });
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    files.files.at(base::normalise_path(edit->file)).replace(edit->begin, edit->end - edit->begin, edit->text);
}

std::vector<std::pair<std::string, GoldenCase>> all_golden_cases() {
  std::vector<std::pair<std::string, GoldenCase>> cases;
  for (const std::string& path : list_repository("tests/golden", ".golden"))
    cases.emplace_back(path, parse_golden(read_repository(path)));
  return cases;
}

}  // namespace farol::testing
