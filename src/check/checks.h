// The checks of the packs and of the organisation, run on a policy. What they say stands in their own text: nothing
// here knows a law.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/checked_things.h"
#include "decide/decisions.h"
#include "diag/diagnostic.h"
#include "model/model.h"

namespace farol::check {

// How many findings of one check are spelled out; the rest is counted.
inline constexpr std::size_t findings_cap = 20;
// How many steps one check may take, about a second's work. Beyond it the check is `too-large`.
inline constexpr std::uint64_t steps_cap = 20'000'000;
// How many steps all checks of a policy may take together. Those that come behind are `too-large` too.
inline constexpr std::uint64_t steps_cap_of_all = 50'000'000;

// One place where a policy does not meet a check.
struct Finding {
  std::size_t check = 0;          // index into `model.checks`
  std::vector<Thing> things;      // one for each `for`
  std::vector<Thing> unexpected;  // what stands behind `expect no`; at most `findings_cap`
  std::size_t unexpected_more = 0;
};

struct CheckFindings {
  std::vector<Finding> list;                              // by the ID of the check, then by the names of the things
  std::vector<std::pair<std::size_t, std::size_t>> more;  // check, and how many findings are not in the list
  std::vector<std::size_t> too_large;                     // checks that were not finished
  std::vector<std::size_t> waiting;                       // checks that ask for permissions that are undecided
  std::vector<std::size_t> out_of_force;                  // checks that do not hold on this day
  std::vector<std::size_t> looked_at;  // by check: how many things, or groups of things, it was about
  std::vector<std::size_t> set_aside;  // by check: how many of its findings are waived or switched off
};

// What came of one check.
struct CheckResult {
  enum class Standing : std::uint8_t { not_run, out_of_force, does_not_apply, met, open, set_aside };
  Standing standing = Standing::not_run;
  std::size_t looked_at = 0, open = 0, set_aside = 0;
};
[[nodiscard]] CheckResult result_of(const CheckFindings& findings, std::size_t check);

// `decided`: every permission is. Checks that ask for permissions wait until then: no finding rests on a conflict.
[[nodiscard]] CheckFindings run_checks(const model::Model& model, const decide::Decisions& decisions, bool decided,
                                       std::uint64_t steps = steps_cap);

// A text of the check with what its braces stand for, in a language (`zh-Hant`; empty: as it stands without one).
[[nodiscard]] std::string render(const model::Model& model, const Finding& finding, const model::Localized& text,
                                 std::string_view language);

// The same for several findings of one check: each variable stands for all that they name. In what stands between
// backticks, and is to be typed, lists are whole and values are those of the language.
[[nodiscard]] std::string render(const model::Model& model, std::span<const Finding> findings,
                                 const model::Localized& text, std::string_view language);

// The policy's own line first, then where the rule stands.
[[nodiscard]] std::vector<diag::Diagnostic> diagnose(const model::Model& model, const CheckFindings& findings,
                                                     std::string_view language);

// old-sources: packs with a source that nobody has looked up for more than a year.
void check_sources(const model::Model& model, base::Date as_of, std::vector<diag::Diagnostic>& findings);

// What to do first: of the open findings those of checks that say so, the most urgent first, then other errors. Harm
// stands before paper, which the numbers that checks give see to.
struct FirstStep {
  std::size_t check = 0;
  std::span<const Finding> findings;  // all of the check
  std::vector<Thing> things;          // what they are about, each once
};
inline constexpr std::size_t first_steps_cap = 5;
// Returns an empty list if all is well. `rest` is how many checks are left out. The findings must outlive the list.
[[nodiscard]] std::vector<FirstStep> first_steps(const model::Model& model, const CheckFindings& findings,
                                                 std::size_t& rest);

// "Law; confidence A: … (macau_pdpa)".
[[nodiscard]] std::string rests_on(const model::Check& check, std::string_view language);
// "Law 8/2005, article 21(1), looked up on 2026-11-23, the text itself": without the address.
[[nodiscard]] std::string in_words(const model::Citation& citation, std::string_view language);

}  // namespace farol::check
