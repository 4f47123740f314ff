// What a policy says of permissions, so that its matrix can be made a policy again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "target/dingtalk/import_grid.h"

namespace farol::driver {

// The statements that a matrix follows from, one a line: names with their titles, rules, requirements, guardrails and
// separations. Who holds a role, where data lies and what packs ask for is not among them.
[[nodiscard]] std::vector<std::string> statements_of_matrix(const Compilation& compilation);

// A table that `farol matrix` wrote, with the statements of its last column.
struct MatrixSheet {
  base::Language language = base::Language::en;
  base::Date as_of;
  std::string policy;  // all that the column says, as a policy
};
// Nothing: the table is none.
[[nodiscard]] std::optional<MatrixSheet> read_matrix_sheet(const dingtalk::Grid& grid);
// Whether the table is what the matrix of the policy says, row by row; only what keeps it may be something else.
// Returns the number of the first row that differs, nullopt if none does.
[[nodiscard]] std::optional<std::string> first_difference(const MatrixSheet& sheet, const Compilation& compilation,
                                                          const dingtalk::Grid& grid);

}  // namespace farol::driver
