// Which rules the tests of a policy look at.
#pragma once

#include <cstddef>
#include <vector>

#include "decide/decisions.h"

namespace farol::check {

// By rule: how many expectations ask about some point at which it decides or, as a `forbid` or `only`, refuses. Exact
// for every condition, since nothing is multiplied out. The policy has no errors: every point has one answer.
[[nodiscard]] std::vector<std::size_t> count_expectations_by_rule(const model::Model& model,
                                                                  const decide::Decisions& decisions);

}  // namespace farol::check
