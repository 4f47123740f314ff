// With which commit each rule of a policy came in.
#pragma once

#include <vector>

#include "base/file_system.h"
#include "cli/context.h"
#include "model/model.h"
#include "query/report.h"

namespace farol::cli {

// In the order of the rules. Follows the branch that is checked out, along the first parents, and one branch that a
// merge brought in. An error says why there is nothing to follow.
[[nodiscard]] base::FileResult<std::vector<query::Approval>> find_approvals(Context& context,
                                                                            const model::Model& model);

}  // namespace farol::cli
