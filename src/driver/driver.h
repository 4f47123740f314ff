// From paths to decisions: the pipeline, and what every verb asks of it. Nothing here prints.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/decisions.h"
#include "analysis/expectations.h"
#include "base/date.h"
#include "base/file_system.h"
#include "diag/sink.h"
#include "driver/suppression.h"
#include "model/model.h"
#include "source/source_map.h"
#include "syntax/loader.h"

namespace farol::driver {

struct Options {
  syntax::LoadOptions load;
  base::Date as_of;
  bool repairs = true;  // conflicts come with repairs, each tried out before it is offered
  Severities severities;  // of the command line, above those of the policy
};

// Everything that is known about a policy after a run. The parts are usable even where errors were reported, but
// nothing may be written from them then: see `may_write`.
struct Compilation {
  source::SourceMap sources;
  diag::Sink sink;
  model::Model model;
  analysis::Decisions decisions;
  Severities severities;    // as the policy and the command line set them
  bool unreadable = false;  // an input could not be read: exit code 2

  [[nodiscard]] bool may_write() const { return !unreadable && !sink.has_errors(); }
};

[[nodiscard]] Compilation compile(const base::FileSystem& disk, const Options& options);

// One `expect`, and how it went.
struct TestResult {
  std::size_t test = 0;         // index into `model.tests`
  std::size_t expectation = 0;  // and into its expectations
  analysis::Result result;

  [[nodiscard]] bool passed() const { return !result.counterexample && result.too_large.empty(); }
};
[[nodiscard]] std::vector<TestResult> run_tests(const Compilation& compilation);
// A failed expectation as a finding: the counterexample, who decides there, and `exactly` where that is the difference.
[[nodiscard]] diag::Diagnostic describe(const Compilation& compilation, const TestResult& failed);

}  // namespace farol::driver
