// What a check of a pack, or of the organisation's own, asks for and finds: for people, who know it by its ID.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/question.h"
#include "driver/driver.h"

namespace farol::cli {

// Returns nullopt if neither the policy nor any pack has the check. `packs` has the checks of all packs; `policy`,
// which may be null, is asked first, and for what the check finds there.
[[nodiscard]] std::optional<std::string> render_check(const driver::Compilation& packs,
                                                      const driver::Compilation* policy, std::string_view id,
                                                      const AnswerOptions& options);
// The IDs of all checks, for suggestions.
[[nodiscard]] std::vector<std::string_view> ids_of_checks(const model::Model& model);

}  // namespace farol::cli
