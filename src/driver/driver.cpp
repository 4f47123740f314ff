#include "driver/driver.h"

#include "analysis/findings.h"
#include "driver/repairs.h"
#include "sema/resolve.h"

namespace farol::driver {

Compilation compile(const base::FileSystem& disk, const Options& options) {
  Compilation result;
  const syntax::Program program = syntax::load(disk, options.load, result.sources, result.sink);
  result.unreadable = program.unreadable;
  result.model = sema::resolve(program, result.sources, result.sink);
  result.decisions = analysis::decide(result.model, options.as_of);
  analysis::Findings findings = analysis::check(result.model, result.decisions);
  result.severities = severities_of(result.model, options.severities);
  suppress(result.model, result.sources, options.as_of, result.severities, result.sink, findings);
  report(disk, options, std::move(findings), result);
  return result;
}

}  // namespace farol::driver
