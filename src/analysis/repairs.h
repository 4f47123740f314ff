// Ways out of a conflict, as edits of the text. They are proposals: whoever offers them applies each to the policy and
// keeps those that do what they say (`driver`).
#pragma once

#include <vector>

#include "analysis/findings.h"

namespace farol::analysis {

// At most one of each kind: `forbid` for `deny`; an `except` in the one or the other rule; a rule for the overlap,
// either way.
[[nodiscard]] std::vector<diag::Fix> propose_repairs(const Model& model, const Conflict& conflict);

}  // namespace farol::analysis
