// Every repair that a golden case is offered, applied: what it repairs is gone, and nothing else is broken.
#include <algorithm>
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/command_line.h"
#include "support/findings.h"

namespace farol::testing::repairs_test {
namespace {

std::vector<Finding> check(base::MemoryFileSystem files, std::vector<std::string> words) {
  words.insert(words.end(), {"--error-format", "json"});
  return read_findings(run_farol(files, words).out);
}

// How often each kind of error stands.
std::map<std::string, int> count_errors(const std::vector<Finding>& findings) {
  std::map<std::string, int> counts;
  for (const Finding& finding : findings) {
    if (finding.severity == "error") ++counts[finding.name];
  }
  return counts;
}

auto count_same(const std::vector<Finding>& findings, const Finding& wanted) {
  return std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.code == wanted.code && finding.message == wanted.message;
  });
}

void check_fix(const base::MemoryFileSystem& files, const std::vector<std::string>& words,
               const std::vector<Finding>& before, const Finding& finding, const FoundFix& fix) {
  CAPTURE(finding.message);
  CAPTURE(fix.title);
  base::MemoryFileSystem changed = files;
  apply(fix, changed);
  const std::vector<Finding> after = check(changed, words);
  CHECK(count_same(after, finding) < count_same(before, finding));
  if (finding.name != "conflict") return;  // others may uncover what a broken statement hid
  CHECK_FALSE(fix.effect.empty());
  const std::map<std::string, int> errors_before = count_errors(before);
  for (const auto& [key, count] : count_errors(after)) {
    const std::string& name = key;
    const auto found = errors_before.find(name);
    CHECK_MESSAGE((found != errors_before.end() && count <= found->second), "a new `", name, "`");
  }
}

// `check --fix` without what repairs first: the repairs are those of the files as they are. Returns true if it was one.
bool leave_out_fix(std::vector<std::string>& words) {
  return std::erase_if(words, [](const auto& word) { return word == "--fix" || word == "--interactive"; }) > 0;
}

// A `check` of files that says what it finds on the terminal.
bool is_plain_check(const std::vector<std::string>& words) {
  const std::vector<std::string> other = {"-", "-o", "--each", "--error-format"};
  return words.size() >= 2 && words[1] == "check" &&
         std::find_first_of(words.begin(), words.end(), other.begin(), other.end()) == words.end();
}

}  // namespace

TEST_CASE("repairs, applied, repair") {
  std::size_t fixes = 0;
  for (const auto& [name, golden] : all_golden_cases()) {
    const std::string& path = name;
    CAPTURE(path);
    GoldenFiles golden_files;
    for (const GoldenStep& step : golden.steps) {
      golden_files.prepare(step);
      const base::MemoryFileSystem files = golden_files.now();
      golden_files.pass(step);
      std::vector<std::string> words = split_command(step.command);
      const bool fixes_first = leave_out_fix(words);
      if (!is_plain_check(words) || (step.expected.exit != 1 && !fixes_first)) continue;
      words.erase(words.begin());
      const std::vector<Finding> before = check(files, words);
      for (const Finding& finding : before) {
        for (const FoundFix& fix : finding.fixes) check_fix(files, words, before, finding, fix);
        fixes += finding.fixes.size();
      }
    }
  }
  fmt::print("NOTE: {} repairs applied\n", fixes);
}

}  // namespace farol::testing::repairs_test
