// Slips of a hand, each with the policy that was meant beside it: whoever takes what is offered first ends in a policy
// that decides the same, and never in one that is wider.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "driver/diff.h"
#include "support/farol.h"
#include "support/findings.h"
#include "support/repository.h"

namespace farol::testing::slips_test {
namespace {

struct Slip {
  std::string name, replaced, typed, meant;
};

std::vector<Slip> read_slips() {
  std::vector<Slip> slips;
  std::istringstream lines(read_repository("tests/readers/slips/slips.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const bool is_part = line.size() > 1 && line[1] == ' ';
    const std::string text = is_part ? line.substr(2) + "\n" : "";
    if (is_part && line.front() == '@')
      slips.back().replaced = text;
    else if (is_part && line.front() == '-')
      slips.back().typed += text;
    else if (is_part && line.front() == '+')
      slips.back().meant += text;
    else
      slips.push_back({line, "", "", ""});
  }
  return slips;
}

std::string policy_with(const Slip& slip, const std::string& text) {
  std::string policy = read_repository("tests/readers/slips/base.farol");
  if (slip.replaced.empty()) return policy + text;
  const std::size_t at = policy.find(slip.replaced);
  REQUIRE_MESSAGE(at != std::string::npos, slip.name);
  return policy.replace(at, slip.replaced.size(), text);
}

enum class End { same, narrower, wider, unclean, untouched };

// Takes what is offered, as somebody does who trusts the program: first what `check --fix` does by itself, then the
// first repair of the first error.
std::string repair(const std::string& policy, std::string& told, bool& clean) {
  base::MemoryFileSystem files;
  files.files["p.farol"] = policy;
  for (int round = 0; round < 6; ++round) {
    static_cast<void>(run_farol(files, {"check", "--fix", "p.farol"}));
    const auto findings = read_findings(run_farol(files, {"check", "p.farol", "--error-format", "json"}).out);
    clean = std::none_of(findings.begin(), findings.end(), [](const auto& each) { return each.severity == "error"; });
    const auto open = std::find_if(findings.begin(), findings.end(),
                                   [](const Finding& each) { return each.severity == "error" && !each.fixes.empty(); });
    for (const Finding& each : findings) {
      if (each.severity == "error") told += fmt::format("    {} {}\n", each.name, each.message);
    }
    if (open == findings.end()) break;
    told += fmt::format("    -> {}\n", open->fixes.front().title);
    apply(open->fixes.front(), files);
  }
  return files.files["p.farol"];
}

End compare(const std::string& meant, const std::string& got) {
  const auto side = [](const std::string& text) {
    return driver::diff_side("p.farol", compile_text(text), base::Language::en);
  };
  const driver::DiffSide before = side(meant), after = side(got);
  REQUIRE(before.compilation.may_write());
  if (!driver::can_be_compared(after)) return End::unclean;
  const compare::Review review = driver::review(before, after);
  const auto& changes = review.difference.changes;
  if (changes.empty()) return End::same;
  const bool only_less = std::all_of(changes.begin(), changes.end(), [](const compare::Change& change) {
    return change.direction == compare::Direction::narrowing;
  });
  return only_less ? End::narrower : End::wider;
}

}  // namespace

TEST_CASE("slips end in the policy that was meant") {
  const auto slips = read_slips();
  CHECK(slips.size() >= 100);
  std::size_t right = 0;
  const bool tells = std::getenv("FAROL_TELL") != nullptr;
  for (const Slip& slip : slips) {
    INFO(slip.name, ": ", slip.typed);
    std::string told;
    bool clean = false;
    const std::string typed = policy_with(slip, slip.typed), got = repair(typed, told, clean);
    const End end = clean ? compare(policy_with(slip, slip.meant), got) : End::unclean;
    right += end == End::same ? 1U : 0U;
    CHECK_MESSAGE(end != End::wider, "wider than what was meant");
    if (tells && end != End::same)
      fmt::print("{}: {}{}  typed {}  meant {}", static_cast<int>(end), slip.name + "\n", told, slip.typed, slip.meant);
  }
  fmt::print("NOTE: {} of {} slips end in what was meant\n", right, slips.size());
  CHECK(right * 100 >= slips.size() * 85);
}

}  // namespace farol::testing::slips_test
