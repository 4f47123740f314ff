// People with several roles, decided as roles of the policy.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "decide/people.h"
#include "driver/driver.h"

namespace farol::driver {

// Decides combinations of roles of `before`, a compilation without errors. What a person with several roles may do is
// what the language says of one more role that inherits them: such roles are added to the policy's tree, which is
// resolved again. They are added all at once if no role can change what holds for another, which is so unless some list
// of roles has an `except`; else one after the other. Returns what is wrong if a cell is too large.
[[nodiscard]] std::variant<std::vector<decide::Person>, std::string> decide_people(
    const Compilation& before, const std::vector<std::vector<model::RoleId>>& combinations);

}  // namespace farol::driver
