// The words of a text, as the scanner cuts them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace farol::syntax {

// The numbers are those that ANTLR gives to the tokens of grammar/FarolLexer.g4; `end` stands for its EOF.
enum class Kind : std::uint8_t {
  end,
#define FAROL_WORD(identifier, generated, text) identifier,
#define FAROL_TOKEN(identifier, generated, words) identifier,
#include "syntax/tokens.def"
#undef FAROL_WORD
#undef FAROL_TOKEN
};

// Bytes `begin` to `end` of the text. Its words are a view of the source: nothing is copied before the tree is built.
struct Token {
  Kind kind = Kind::end;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  auto operator<=>(const Token&) const = default;
};

[[nodiscard]] constexpr bool is_keyword(Kind kind) { return kind >= Kind::farol && kind <= Kind::instead; }
// A word that can only stand first in a statement, outside values.
[[nodiscard]] constexpr bool is_statement_word(Kind kind) { return kind >= Kind::farol && kind <= Kind::check; }
// A statement that may have a label.
[[nodiscard]] constexpr bool may_have_label(Kind kind) { return kind >= Kind::allow && kind <= Kind::separate; }
// `role`, `data`, `tiers` …: what stands behind it becomes a name.
[[nodiscard]] constexpr bool is_declaration_word(Kind kind) { return kind >= Kind::tiers && kind <= Kind::objects; }

// The keyword as it is written; of another kind nothing.
[[nodiscard]] std::string_view text_of_keyword(Kind kind);
// The kind in the words of a message: "`to`", "a name".
[[nodiscard]] std::string_view describe(Kind kind);
[[nodiscard]] std::optional<Kind> find_keyword(std::string_view text);
// `where`, `some` …: inside a `check`, and nowhere else.
[[nodiscard]] std::optional<Kind> find_check_word(std::string_view text);
[[nodiscard]] constexpr bool is_check_word(Kind kind) { return kind >= Kind::where && kind <= Kind::after; }

}  // namespace farol::syntax
