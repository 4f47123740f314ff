#include "driver/driver.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "analysis/findings.h"
#include "driver/repairs.h"
#include "lint/lint.h"
#include "sema/resolve.h"

namespace farol::driver {
namespace {

bool has_conflicts(const analysis::Findings& findings) {
  return std::any_of(findings.list.begin(), findings.list.end(),
                     [](const diag::Diagnostic& finding) { return finding.code == diag::Code::conflict; });
}

// `decided`: every permission is.
void run_checks(const Options& options, bool readable, bool decided, Compilation& result) {
  const model::Model& model = result.model;
  if (!options.checks) return;
  if (readable) {
    result.checks = checks::run(model, result.decisions, decided);
    for (auto& diagnostic : checks::diagnose(model, result.checks, base::tag(options.language)))
      result.sink.report(std::move(diagnostic));
  } else if (!model.checks.empty()) {
    result.sink.report(diag::make(diag::Code::not_evaluated, model.policy.span,
                                  diag::message::not_evaluated(fmt::format(
                                      "{} until the errors are gone",
                                      model.checks.size() == 1 ? std::string("one check waits")
                                                               : fmt::format("{} checks wait", model.checks.size())))));
  }
}

}  // namespace

Compilation compile(const base::FileSystem& disk, const Options& options) {
  Compilation result;
  const syntax::Program program = syntax::load(disk, options.load, result.sources, result.sink);
  result.unreadable = program.unreadable;
  result.model = sema::resolve(program, result.sources, result.sink);
  // A statement that could not be read may be just what a check misses.
  const bool readable = !result.unreadable && !result.sink.has_errors();
  result.decisions = analysis::decide(result.model, options.as_of);
  analysis::Findings findings = analysis::check(result.model, result.decisions);
  // Advice on what is superfluous waits for what is not there yet, or stands against something.
  lint::run(result.model, result.decisions, result.sink.has_errors() || has_conflicts(findings), findings);
  const bool decided = !has_conflicts(findings) && result.decisions.too_large.empty();
  report(disk, options, std::move(findings), result);
  run_checks(options, readable, decided, result);
  return result;
}

}  // namespace farol::driver
