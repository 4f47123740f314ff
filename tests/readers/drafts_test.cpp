// First drafts of small firms, with their mistakes left in: what is called an error is one, what is printed can be
// read, and what is offered repairs.
#include <algorithm>
#include <cstdlib>
#include <set>
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

bool is_of_pack(const nlohmann::json& finding) { return !finding.at("code").get<std::string>().starts_with("F"); }

std::string key_of(const nlohmann::json& finding) {
  return finding.at("code").get<std::string>() + " " + finding.at("message").get<std::string>();
}

// Whether one of the places of a finding is on a line with a mistake.
bool points_to_mistake(const nlohmann::json& finding, const Draft& draft) {
  const auto lines = lines_of(draft.text);
  std::vector<std::size_t> places{finding.at("range").at("start").at("line").get<std::size_t>()};
  for (const auto& label : finding.at("labels"))
    places.push_back(label.at("range").at("start").at("line").get<std::size_t>());
  return std::any_of(places.begin(), places.end(), [&](std::size_t place) {
    return std::any_of(draft.mistakes.begin(), draft.mistakes.end(), [&](const std::string& mistake) {
      return lines.at(place - 1).find(mistake) != std::string::npos;
    });
  });
}

// Whether a line that is repaired has more than one mistake, so that the next one may show.
bool has_another_mistake(const Draft& draft, const FoundFix& fix) {
  const std::size_t begin = fix.edits.front().begin;
  const std::size_t line_begin = draft.text.rfind('\n', begin) + 1, line_end = draft.text.find('\n', begin);
  const std::string line = draft.text.substr(line_begin, line_end - line_begin);
  const auto count = std::count_if(draft.mistakes.begin(), draft.mistakes.end(),
                                   [&](const std::string& mistake) { return line.find(mistake) != std::string::npos; });
  return count > 1;
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
      if (is_of_pack(finding) ? draft.pack : points_to_mistake(finding, draft)) continue;
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
  CHECK(errors >= 20);
  CHECK(noise <= 2);
}

TEST_CASE("every repair that first drafts are offered compiles") {
  std::size_t tried = 0;
  for (const Draft& draft : read_drafts()) {
    base::MemoryFileSystem files;
    files.files["p.farol"] = draft.text;
    std::set<std::string> before;
    for (const auto& each : check(draft.text)) before.insert(key_of(each));
    for (const Finding& finding : read_findings(run_farol(files, {"check", "p.farol", "--error-format", "json"}).out)) {
      for (const FoundFix& fix : finding.fixes) {
        INFO(draft.name, ": ", finding.message, "\n  ", fix.title);
        base::MemoryFileSystem changed = files;
        apply(fix, changed);
        ++tried;
        const bool another = has_another_mistake(draft, fix);
        for (const auto& each : check(changed.files["p.farol"])) {
          CHECK_FALSE((each.at("code") == finding.code && each.at("message") == finding.message));
          if (each.at("severity") != "error" || before.contains(key_of(each)) || another) continue;
          // What an error has hidden until now may be said, if it is a mistake.
          Draft repaired = draft;
          repaired.text = changed.files["p.farol"];
          const bool of_pack = is_of_pack(each);
          CHECK_MESSAGE((of_pack ? draft.pack : points_to_mistake(each, repaired)), each.at("message"));
        }
      }
    }
  }
  fmt::print("NOTE: {} repairs tried\n", tried);
  CHECK(tried >= 20);
}

}  // namespace farol::testing::drafts_test
