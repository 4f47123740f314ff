// From paths to decisions: the pipeline, and what every verb asks of it. Nothing here prints.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/file_system.h"
#include "base/phrases.h"
#include "base/time_zone.h"
#include "check/ahead.h"
#include "check/checks.h"
#include "check/expectations.h"
#include "decide/answers.h"
#include "decide/decisions.h"
#include "decide/people.h"
#include "diag/sink.h"
#include "driver/suppression.h"
#include "model/model.h"
#include "source/source_map.h"
#include "syntax/loader.h"
#include "target/dingtalk/admin_config.h"

namespace farol::driver {

struct Options {
  syntax::LoadOptions load;
  base::Date as_of;
  bool is_today = false;  // nobody asked for `as_of`: it is today, of which the time zone of the policy has its own day
  // The day that a zone has today; empty: nobody knows, and time zones are not looked at.
  std::function<base::DayInZone(std::string_view zone)> today_in;
  bool advice = true;     // what is hardly meant, beside what is wrong
  bool repairs = true;    // conflicts come with repairs, each tried out before it is offered
  Severities severities;  // of the command line, above those of the policy
  bool checks = true;
  bool lowers = true;               // finds out what keeps each answer; without it `answers` and `config` are empty
  bool plans = true;                // and what has to be done for that; without it `config` is empty
  bool keeps_rules = true;          // the trees of rules, which no finding needs; without it `program` has none
  bool allow_undocumented = false;  // requests that the platform does not document are among the steps
  base::Language language = base::Language::en;  // of what checks say
  bool language_is_given = false;                // on the command line: the policy's own wish does not count then

  // For a caller who wants the decisions, and neither advice nor what keeps them.
  void only_decide() { advice = repairs = checks = lowers = false; }
};

// Roles that people hold at once, see together.h.
struct HeldTogether {
  std::vector<decide::Together> list;
  std::size_t not_looked_at = 0;  // pairs of roles that were too many
};

// Everything that is known about a policy after a run. The parts are usable even where errors were reported, but
// nothing may be written from them then: see `may_write`.
struct Compilation {
  source::SourceMap sources;
  diag::Sink sink;
  syntax::Program program;
  model::Model model;
  decide::Decisions decisions;
  HeldTogether together;         // on what the steps rest: who may hold several roles
  check::Ahead ahead;            // what is known of the days to come
  decide::Answers answers;       // the decisions with what keeps each of them; every output takes it from here
  dingtalk::AdminConfig config;  // what an administrator has to do for that
  Severities severities;         // as the policy and the command line set them
  base::Language language = base::Language::en;  // of what checks say
  check::CheckFindings checks;                   // what the packs and the organisation's own checks have found
  bool unreadable = false;                       // an input could not be read: exit code 2

  // Open findings of checks stop nothing: they are written out, as gaps.
  [[nodiscard]] bool may_write() const { return !unreadable && !sink.has_blocking_errors(); }
};

// Returns what `language:` of the policy asks for.
[[nodiscard]] std::optional<base::Language> wished_language(const model::Model& model);
[[nodiscard]] Compilation compile(const base::FileSystem& disk, const Options& options);

// One `expect`, and how it went.
struct TestResult {
  std::size_t test = 0;         // index into `model.tests`
  std::size_t expectation = 0;  // and into its expectations, or into its findings
  check::Result result;
  bool of_finding = false;  // `expect finding ID`
  bool found = true;        // of that: it is as expected

  [[nodiscard]] bool passed() const { return found && !result.counterexample && result.too_large.empty(); }
};
[[nodiscard]] source::Span span_of(const model::Model& model, const TestResult& result);
[[nodiscard]] const std::string& text_of(const model::Model& model, const TestResult& result);
[[nodiscard]] std::vector<TestResult> run_tests(const Compilation& compilation);
// A failed expectation as a finding: the counterexample, who decides there, and `exactly` where that is the difference.
[[nodiscard]] diag::Diagnostic describe(const Compilation& compilation, const TestResult& failed);

}  // namespace farol::driver
