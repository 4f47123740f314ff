// Where one statement ends and the next begins when the parser cannot tell, and what a broken statement leaves behind.
#pragma once

#include <cstddef>

#include "syntax/ast.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {

// A statement word, a label before one, or `NAME {`, `NAME NAME {`; also the end of the file.
[[nodiscard]] bool starts_statement(const TextTokens& tokens, std::size_t index);

// The first token behind `first`, the start of a broken statement, at which reading goes on: a start that is first on
// its line with braces balanced, or at the margin whatever the braces are; also a misspelt statement word at the
// margin. Otherwise the end of the file.
[[nodiscard]] std::size_t find_resumption(const TextTokens& tokens, std::size_t first);

// The tokens `first` to `end`, `end` not included, as a statement that could not be read.
[[nodiscard]] BrokenStatement describe_broken(const TextTokens& tokens, std::size_t first, std::size_t end);

// The statement word that a misspelt one was meant to be, if one is near.
[[nodiscard]] std::optional<Kind> find_nearest_statement_word(std::string_view word);

}  // namespace farol::syntax
