// What people say in words that the language has others for, as the language says it.
#pragma once

#include <cstddef>
#include <optional>

#include "diag/diagnostic.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {

// A broken statement, the tokens `first` to `end`, `end` not included, in words that can be read: by the table of
// sayings.def, part by part. Nothing: no row fits, or what comes of it cannot be read either.
[[nodiscard]] std::optional<diag::Edit> reword(const TextTokens& tokens, std::size_t first, std::size_t end);

}  // namespace farol::syntax
