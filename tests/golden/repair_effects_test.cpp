// What a repair of a conflict says it changes, against what the policies decide after each of the repairs.
#include <array>
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/command_line.h"
#include "support/findings.h"

namespace farol::testing::repair_effects_test {
namespace {

using Cell = std::array<std::string, 3>;  // role, feature, object
using Answers = std::map<Cell, std::string>;

// Effect and condition of every cell that is allowed or denied, whatever decides it.
Answers answers_of(base::MemoryFileSystem files, std::vector<std::string> words) {
  words.front() = "compile";
  words.insert(words.end(), {"-o", "out"});
  const Outcome outcome = run_farol(files, words);
  REQUIRE_MESSAGE(outcome.exit == 0, outcome.err);
  Answers answers;
  const auto document = nlohmann::json::parse(outcome.wrote.at("out/permissions.json"));
  std::map<Cell, std::set<std::string>> parts;
  for (const auto& decision : document.at("decisions")) {
    const std::string said = decision.at("effect").get<std::string>() + decision.at("when").dump();
    for (const auto& row : decision.at("answers")) {
      std::vector<std::string> objects = row.at("objects");
      if (objects.empty()) objects.emplace_back();
      for (const auto& role : row.at("roles")) {
        for (const auto& feature : row.at("features")) {
          for (const std::string& object : objects) {
            // Findings do not name what is left besides the declared things.
            const std::string named = object.starts_with("any other ") ? "" : object;
            parts[{role.is_null() ? "" : role.get<std::string>(), feature, named}].insert(said);
          }
        }
      }
    }
  }
  for (const auto& [cell, said] : parts) {
    for (const std::string& each : said) answers[cell] += each;
  }
  return answers;
}

std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at != std::string::npos;) {
    const std::size_t end = text.find(by, at);
    parts.push_back(text.substr(at, end == std::string::npos ? end : end - at));
    at = end == std::string::npos ? end : end + by.size();
  }
  return parts;
}

// `hr · drive.read, drive.write · contracts`: what stands behind is a condition.
std::set<Cell> cells_of(const std::vector<std::string>& details) {
  std::set<Cell> cells;
  for (const std::string& detail : details) {
    const std::vector<std::string> parts = split(detail, " · ");
    for (const std::string& role : split(parts.at(0), ", ")) {
      for (const std::string& feature : split(parts.at(1), ", ")) {
        for (const std::string& object : split(parts.size() > 2 ? parts[2] : "", ", ")) {
          cells.insert({role, feature, object});
          cells.insert({role, feature, ""});  // where the third part is a condition
        }
      }
    }
  }
  return cells;
}

bool changes_nothing_else(const FoundFix& fix) { return fix.effect.ends_with("; nothing else changes"); }

// All repairs that change nothing else leave the same policy around the conflict, and in it just what they say.
void check_effects(const base::MemoryFileSystem& files, const std::vector<std::string>& words,
                   const Finding& conflict) {
  const std::set<Cell> cells = cells_of(conflict.details);
  std::set<Answers> around;
  for (const FoundFix& fix : conflict.fixes) {
    CAPTURE(fix.title);
    CAPTURE(fix.effect);
    base::MemoryFileSystem changed = files;
    apply(fix, changed);
    Answers answers = answers_of(changed, words);
    const std::string wanted = fix.effect.starts_with("allows ") ? "allow" : "deny";
    std::erase_if(answers, [&](const auto& answer) {
      if (!cells.contains(answer.first)) return false;
      CHECK(answer.second.find(wanted) != std::string::npos);
      return true;
    });
    if (changes_nothing_else(fix)) around.insert(answers);
  }
  CHECK(around.size() <= 1);
}

}  // namespace

TEST_CASE("repairs of a conflict change what they say") {
  std::size_t conflicts = 0;
  for (const auto& [name, golden] : all_golden_cases()) {
    const std::string& path = name;
    if (!path.starts_with("tests/golden/conflicts/")) continue;
    CAPTURE(path);
    GoldenFiles files;
    for (const GoldenStep& step : golden.steps) {
      files.prepare(step);
      const base::MemoryFileSystem found = files.now();
      files.pass(step);
      std::vector<std::string> words = split_command(step.command);
      words.erase(words.begin());
      base::MemoryFileSystem copy = found;
      std::vector<std::string> as_json = words;
      as_json.insert(as_json.end(), {"--error-format", "json"});
      const std::vector<Finding> findings = read_findings(run_farol(copy, as_json).out);
      // With one conflict and nothing else, every repair gives a policy that compiles.
      if (findings.size() != 1 || findings.front().name != "conflict") continue;
      if (findings.front().details.back().starts_with("and ")) continue;  // not all cells are named
      check_effects(found, words, findings.front());
      ++conflicts;
    }
  }
  fmt::print("NOTE: {} conflicts, what their repairs change\n", conflicts);
}

}  // namespace farol::testing::repair_effects_test
