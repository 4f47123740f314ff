// What must hold of every text and its canonical layout.
#pragma once

#include <optional>
#include <string>

namespace farol::testing {

// Laying out is idempotent; all statements mean the same and have the same documentation; all comments are there, in
// their order; broken statements are as they were, byte for byte. Where that is not so, what is not.
[[nodiscard]] std::optional<std::string> check_formatting(const std::string& text);

}  // namespace farol::testing
