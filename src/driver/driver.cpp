#include "driver/driver.h"

#include <algorithm>

#include "analysis/findings.h"
#include "dingtalk/bindings.h"
#include "driver/repairs.h"
#include "lint/lint.h"
#include "sema/resolve.h"

namespace farol::driver {
namespace {

bool has_conflicts(const analysis::Findings& findings) {
  return std::any_of(findings.list.begin(), findings.list.end(),
                     [](const diag::Diagnostic& finding) { return finding.code == diag::Code::conflict; });
}

}  // namespace

Compilation compile(const base::FileSystem& disk, const Options& options) {
  Compilation result;
  const syntax::Program program = syntax::load(disk, options.load, result.sources, result.sink);
  result.unreadable = program.unreadable;
  result.model = sema::resolve(program, result.sources, result.sink);
  dingtalk::check_bindings(result.model, result.sink);
  result.decisions = analysis::decide(result.model, options.as_of);
  analysis::Findings findings = analysis::check(result.model, result.decisions);
  // Advice on what is superfluous waits for what is not there yet, or stands against something.
  lint::run(result.model, result.decisions, result.sink.has_errors() || has_conflicts(findings), findings);
  result.severities = severities_of(result.model, options.severities);
  suppress(result.model, result.sources, options.as_of, result.severities, result.sink, findings);
  report(disk, options, std::move(findings), result);
  return result;
}

}  // namespace farol::driver
