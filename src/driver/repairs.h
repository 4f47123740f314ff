// Findings with repairs that hold: each proposal is applied to the text and the policy compiled again.
#pragma once

#include "check/findings.h"
#include "driver/driver.h"

namespace farol::driver {

// Reports the findings of the analysis. A repair is offered if, applied, there is one finding less of its kind and no
// kind of error has become more frequent; its effect is the difference of the decisions before and after. The work is
// bounded: in a large policy with many findings only the first ones get repairs.
void report(const base::FileSystem& disk, const Options& options, check::Findings findings, Compilation& compilation);

// `text` with the edits that lie in `source`; edits of one place keep their order.
[[nodiscard]] std::string apply(std::string_view text, source::SourceId source, const std::vector<diag::Edit>& edits);

}  // namespace farol::driver
