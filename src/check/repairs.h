// Ways out of a conflict, as edits of the text. They are proposals: whoever offers them applies each to the policy and
// keeps those that do what they say (`driver`).
#pragma once

#include <vector>

#include "check/findings.h"

namespace farol::check {

// At most one of each kind: `forbid` for `deny`; an `except` in the one or the other rule; a rule for the overlap,
// either way.
[[nodiscard]] std::vector<diag::Fix> propose_repairs(const model::Model& model, const Conflict& conflict,
                                                     decide::NamePrinter written);

}  // namespace farol::check
