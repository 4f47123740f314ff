// First drafts of small firms, with their mistakes left in: what is called an error is one, what is printed can be
// read, and what is offered repairs.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/farol.h"
#include "support/findings.h"
#include "support/repository.h"

namespace farol::testing::drafts_test {
namespace {

const std::string folder = "tests/readers/drafts/";

struct Draft {
  std::string name, text, meant;
  std::vector<std::string> mistakes;  // what the lines with mistakes begin with
  bool pack = false;                  // what a pack asks for is a mistake of the draft: nothing of it was written
};

std::vector<Draft> read_drafts() {
  std::vector<Draft> drafts;
  for (const std::string& path : list_repository(folder, "draft.farol")) {
    const std::string name = path.substr(folder.size(), path.rfind('/') - folder.size());
    Draft& draft = drafts.emplace_back();
    draft.name = name;
    draft.text = read_repository(path);
    draft.meant = read_repository(folder + name + "/meant.farol");
    std::istringstream lines(read_repository(folder + name + "/mistakes.txt"));
    for (std::string line; std::getline(lines, line);) {
      const std::size_t arrow = line.find(" => ");
      REQUIRE_MESSAGE(arrow != std::string::npos, line);
      const std::string where = line.substr(0, arrow);
      if (where == "pack")
        draft.pack = true;
      else
        draft.mistakes.push_back(where);
    }
  }
  return drafts;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

nlohmann::json check(const std::string& text) {
  base::MemoryFileSystem files;
  files.files["p.farol"] = text;
  return nlohmann::json::parse(run_farol(files, {"check", "p.farol", "--error-format", "json"}).out).at("diagnostics");
}

std::map<std::string, int> errors_by_name(const std::vector<Finding>& findings) {
  std::map<std::string, int> counts;
  for (const Finding& each : findings) {
    if (each.severity == "error") ++counts[each.name];
  }
  return counts;
}

std::vector<Finding> findings_of(base::MemoryFileSystem& files) {
  return read_findings(run_farol(files, {"check", "p.farol", "--error-format", "json"}).out);
}

// Whether one of the places of a finding is on a line with a mistake.
bool points_to_mistake(const nlohmann::json& finding, const Draft& draft) {
  const auto lines = lines_of(draft.text);
  std::vector<std::size_t> places{finding.at("span").at("start").at("line").get<std::size_t>()};
  for (const auto& label : finding.at("labels"))
    places.push_back(label.at("span").at("start").at("line").get<std::size_t>());
  return std::any_of(places.begin(), places.end(), [&](std::size_t place) {
    return std::any_of(draft.mistakes.begin(), draft.mistakes.end(), [&](const std::string& mistake) {
      return lines.at(place - 1).find(mistake) != std::string::npos;
    });
  });
}

}  // namespace

TEST_CASE("errors of first drafts point to mistakes, and fit on a screen") {
  const auto drafts = read_drafts();
  CHECK(drafts.size() == 12);
  const bool tells = std::getenv("FAROL_TELL") != nullptr;
  std::size_t rules = 0, errors = 0, noise = 0;
  for (const Draft& draft : drafts) {
    INFO(draft.name);
    base::MemoryFileSystem files;
    files.files["p.farol"] = draft.text;
    const Outcome shown = run_farol(files, {"check", "p.farol"});
    const auto lines = lines_of(shown.out + shown.err);
    CHECK(lines.size() <= 60);
    if (tells) fmt::print("=== {}: {} lines\n{}{}", draft.name, lines.size(), shown.out, shown.err);
    for (const std::string& line : lines_of(draft.text)) {
      for (const char* verb : {"allow ", "deny ", "forbid ", "only "}) rules += line.starts_with(verb) ? 1U : 0U;
    }
    for (const auto& finding : check(draft.text)) {
      if (finding.at("severity") != "error") continue;
      ++errors;
      const bool of_pack = !finding.at("code").get<std::string>().starts_with("F");
      if (of_pack ? draft.pack : points_to_mistake(finding, draft)) continue;
      ++noise;
      fmt::print("NOTE: {}: points to no mistake: {}\n", draft.name, finding.at("message").get<std::string>());
    }
    // What is called a mistake is one: without them there is no error.
    files.files["p.farol"] = draft.meant;
    const Outcome meant = run_farol(files, {"check", "p.farol"});
    CHECK_MESSAGE(meant.exit == 0, meant.out, meant.err);
    CHECK_MESSAGE(run_farol(files, {"test", "p.farol"}).exit == 0, draft.name);
  }
  fmt::print("NOTE: {} drafts, {} rules, {} errors, {} of them point to no mistake\n", drafts.size(), rules, errors,
             noise);
  CHECK(rules >= 120);
  CHECK(errors >= 25);
  CHECK(noise <= 2);
}

TEST_CASE("every repair that first drafts are offered compiles") {
  std::size_t tried = 0;
  for (const Draft& draft : read_drafts()) {
    base::MemoryFileSystem files;
    files.files["p.farol"] = draft.text;
    const auto before = findings_of(files);
    for (const Finding& finding : before) {
      for (const FoundFix& fix : finding.fixes) {
        INFO(draft.name, ": ", finding.message, "\n  ", fix.title);
        base::MemoryFileSystem changed = files;
        apply(fix, changed);
        const auto after = findings_of(changed);
        ++tried;
        CHECK(std::none_of(after.begin(), after.end(), [&](const Finding& each) {
          return each.code == finding.code && each.message == finding.message;
        }));
        const auto old = errors_by_name(before);
        for (const auto& [kind, count] : errors_by_name(after)) {
          const std::string& name = kind;
          const auto found = old.find(name);
          CHECK_MESSAGE((found != old.end() && count <= found->second), "a new `", name, "`");
        }
      }
    }
  }
  fmt::print("NOTE: {} repairs tried\n", tried);
  CHECK(tried >= 20);
}

}  // namespace farol::testing::drafts_test
