// Words of other languages, and of other policy languages, for words of this one. The language itself is in English;
// who types another one is answered with the word.
#pragma once

#include <optional>
#include <string_view>

#include "syntax/token.h"

namespace farol::syntax {

// Returns the keyword that a word of Chinese, Portuguese or of another policy language stands for; case and accents do
// not count. `statement` asks for words that start a statement. Nullopt if it stands for none.
[[nodiscard]] std::optional<Kind> find_foreign_keyword(std::string_view word, bool statement);

}  // namespace farol::syntax
