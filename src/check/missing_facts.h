// The statements that the open findings of a policy ask for, as a file to be filled in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "check/checks.h"

namespace farol::check {

// What a text stands for that nobody has filled in yet: no check takes it for an answer.
inline constexpr std::string_view left_open = "…";

// The texts between backticks: what somebody is to type.
[[nodiscard]] std::vector<std::string> code_in(std::string_view text);

// Returns a file of Farol: for each statement that a remedy spells out one with the names of all the things it is for,
// texts left open, and a line in `language` that says which of its attributes are still to be written. Empty if no
// remedy has one.
[[nodiscard]] std::string missing_facts(const model::Model& model, const CheckFindings& findings,
                                        base::Language language);

}  // namespace farol::check
