// The checks of the packs and of the organisation, run on a policy. What they say stands in their own text: nothing
// here knows a law.
#pragma once

#include <cstddef>
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
};

// `decided`: every permission is. Checks that ask for permissions wait until then: no finding rests on a conflict.
[[nodiscard]] CheckFindings run_checks(const model::Model& model, const decide::Decisions& decisions, bool decided,
                                       std::uint64_t steps = steps_cap);

// A text of the check with what its braces stand for, in a language (`zh-Hant`; empty: as it stands without one).
[[nodiscard]] std::string render(const model::Model& model, const Finding& finding, const model::Localized& text,
                                 std::string_view language);

// The policy's own line first, then where the rule stands.
[[nodiscard]] std::vector<diag::Diagnostic> diagnose(const model::Model& model, const CheckFindings& findings,
                                                     std::string_view language);

// What a small firm does first: of its open findings the checks that say so, the most urgent first, then other errors.
struct FirstStep {
  std::size_t check = 0;
  std::vector<Thing> things;  // what the findings of the check are about, each once
};
inline constexpr std::size_t first_steps_cap = 5;
// A policy of at most so many people is a small firm's.
inline constexpr double small_headcount = 50;
// Returns an empty list if the policy is not a small firm's, or all is well. `rest` is how many checks are left out.
[[nodiscard]] std::vector<FirstStep> first_steps(const model::Model& model, const CheckFindings& findings,
                                                 std::size_t& rest);

// "Law 8/2005, article 21(1), checked 2026-11-23, https://…"
[[nodiscard]] std::string in_words(const model::Citation& citation);

}  // namespace farol::check
