// The message of a finding as programs take it: which one it is, and its arguments with their types.
#pragma once

#include <nlohmann/json.hpp>

#include "diag/diagnostic.h"

namespace farol::diag {

// Returns `message_id` as messages.pot has it, and `arguments` by their names there: numbers, texts, days as text, and
// lists. A text within a text is given as its words in `language`.
[[nodiscard]] nlohmann::ordered_json message_json(const Diagnostic& finding, base::Language language);

}  // namespace farol::diag
