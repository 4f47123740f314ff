#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "compiled.h"
#include "random.h"

// Waivers on random policies: one for a statement takes just the findings of its kind about that statement out of what
// counts, and one that takes none says so.
namespace property::waivers_test {
namespace {

using farol::diag::Diagnostic;
using farol::driver::Compilation;

const std::uint32_t policies = rounds(2'000);

// The label of the statement that a finding is about; nothing where it is about something else.
std::string statement_of(const Compilation& compilation, const Diagnostic& finding) {
  const auto lies_in = [&](farol::source::Span span) {
    return span.source == finding.span.source && span.begin <= finding.span.begin && finding.span.end <= span.end;
  };
  for (const auto& rule : compilation.model.rules) {
    if (lies_in(rule.spans.statement)) return rule.label;
  }
  return {};
}

std::string text_of(const Diagnostic& finding) {
  return fmt::format("{}: {}", finding.kind(), sentence(finding.message));
}

bool is_about_waivers(const Diagnostic& finding) {
  return finding.code == farol::diag::Code::unused_waiver || finding.code == farol::diag::Code::expired_waiver;
}

std::vector<SourceFile> with_waiver(std::vector<SourceFile> files, const std::string& kind, const std::string& label) {
  files.front().text += fmt::format("waive {} for {} until 2027-01-01 because \"x\"\n", kind, label);
  return files;
}

}  // namespace

TEST_CASE("a waiver for a statement covers the findings of its kind about it, and no other") {
  std::size_t covered = 0;
  std::size_t unused = 0;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    const oracle::Policy policy = generate_policy(seed);
    const std::vector<SourceFile> files = print(policy, {});
    const Compiled before(files);
    const Compilation& plain = before.compilation();

    std::vector<std::pair<std::string, std::string>> candidates;  // kind, label
    for (const Diagnostic& finding : plain.sink.sorted(plain.sources)) {
      const std::string label = statement_of(plain, finding);
      if (can_be_waived(farol::diag::info(finding.code)) && !label.empty())
        candidates.emplace_back(finding.kind(), label);
    }
    Random random(seed + 3);
    std::string kind = "expired-rule";
    std::string label = policy.statements.empty() ? "" : random.pick(policy.statements).label;
    if (!candidates.empty() && random.chance(80)) std::tie(kind, label) = random.pick(candidates);
    if (label.empty()) continue;
    CAPTURE(seed);
    CAPTURE(kind);
    CAPTURE(label);

    const Compiled after(with_waiver(files, kind, label));
    const Compilation& waived = after.compilation();
    std::multiset<std::string> expected_kept, expected_waived, kept, taken;
    for (const Diagnostic& finding : plain.sink.sorted(plain.sources)) {
      const bool is_covered = finding.kind() == kind && statement_of(plain, finding) == label;
      (is_covered ? expected_waived : expected_kept).insert(text_of(finding));
    }
    bool says_unused = false;
    for (const Diagnostic& finding : waived.sink.sorted(waived.sources)) {
      says_unused |= is_about_waivers(finding);
      if (!is_about_waivers(finding)) kept.insert(text_of(finding));
    }
    for (const auto& each : waived.sink.waived(waived.sources)) taken.insert(text_of(each.finding));
    CHECK(fmt::format("{}", taken) == fmt::format("{}", expected_waived));
    CHECK(fmt::format("{}", kept) == fmt::format("{}", expected_kept));
    CHECK_FALSE((says_unused && !expected_waived.empty()));
    if (plain.sink.errors() == 0) CHECK(says_unused == expected_waived.empty());
    covered += taken.size();
    unused += says_unused ? 1 : 0;
  }
  CHECK(covered > 20);
  CHECK(unused > policies / 20);
  fmt::print("NOTE: waivers covered {} findings of random policies, and {} covered none\n", covered, unused);
}

}  // namespace property::waivers_test
