// People with several roles, decided as roles of the policy.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "decide/people.h"
#include "driver/driver.h"

namespace farol::driver {

// Decides combinations of roles of `before`, the result of `compile` with the same options and without errors. The
// policy is read again with a role declared for them: what that means, `except` and all, is what the language says of a
// declaration. All of them are declared at once where no role could change what holds for another, which is so unless
// the policy has an `except`; else one after the other. Or what is wrong: the policy has changed on the disk, or a cell
// is too large.
[[nodiscard]] std::variant<std::vector<decide::Person>, std::string> decide_people(
    const base::FileSystem& disk, const Options& options, const Compilation& before,
    const std::vector<std::vector<model::RoleId>>& combinations);

}  // namespace farol::driver
