// Syntax errors in words: what was seen, and what to do about it.
#pragma once

#include "diag/diagnostic.h"
#include "syntax/antlr_parser.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {

// The statement of the tokens `first` to `end`, `end` not included, and the token in it that does not fit.
[[nodiscard]] diag::Diagnostic explain(const TextTokens& tokens, std::size_t first, std::size_t end,
                                       const Mismatch& mismatch);

// A token that starts no statement.
[[nodiscard]] diag::Diagnostic explain_no_statement(const TextTokens& tokens, std::size_t first);

[[nodiscard]] diag::Diagnostic explain_depth(const TextTokens& tokens, std::size_t token, std::size_t limit);

// No `farol 1` at the start; one that stands elsewhere, which may be the only one.
[[nodiscard]] diag::Diagnostic explain_missing_version(const TextTokens& tokens);
[[nodiscard]] diag::Diagnostic explain_stray_version(const TextTokens& tokens, std::size_t first, bool only_one);

}  // namespace farol::syntax
