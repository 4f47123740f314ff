// The one spelling of each statement: equal for every layout, so that sorting, referring and digests depend on none.
// Single blanks; lists in the order written; `everyone` for `anyone`; attributes sorted by key; backticks where needed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "syntax/ast.h"

namespace farol::sema {

// A declared name where the language expects one: in backticks where it is a word of the language.
[[nodiscard]] std::string written_name(std::string_view name);

[[nodiscard]] std::string canonical_text(const syntax::Condition& condition);
// Without label and `final`, and with the plain reason only: how outputs refer to a statement.
[[nodiscard]] std::string canonical_text(const syntax::StatementNode& node);
[[nodiscard]] std::string canonical_text(const syntax::Expectation& expectation);
[[nodiscard]] std::string canonical_text(const syntax::FindingExpectation& expectation);
// The same, behind what a text holds already.
void append_canonical(std::string& text, const syntax::StatementNode& node);
// All of it, translations of the reason too. `body` becomes the place at which the statement itself begins, behind
// label and `final`.
[[nodiscard]] std::string canonical_text(const syntax::Statement& statement, std::uint32_t& body);

}  // namespace farol::sema
