// Help with the slips that people make most, each with its repair where there is one.
#pragma once

#include <cstddef>
#include <string>

#include "diag/diagnostic.h"
#include "syntax/antlr_parser.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {

// A broken statement: the tokens `first` to `end`, `end` not included, and where it does not fit the grammar.
struct Situation {
  const TextTokens& tokens;
  std::size_t first = 0;
  std::size_t end = 0;
  const Mismatch& mismatch;

  [[nodiscard]] std::size_t at() const { return mismatch.token; }
  // Of a token of the statement; `Kind::end` outside it.
  [[nodiscard]] Kind kind(std::size_t token) const {
    return token >= first && token < end ? tokens.kind(token) : Kind::end;
  }
  [[nodiscard]] Kind found() const { return kind(at()); }
  [[nodiscard]] Kind before() const { return at() > first ? kind(at() - 1) : Kind::end; }
  [[nodiscard]] bool in(std::string_view rule) const { return mismatch.within(rule); }
};

// Adds help and fixes to what says that the statement is broken, and a better message where the slip is a known one.
void advise(const Situation& situation, diag::Diagnostic& diagnostic);

// A character that no word of the language has, or a text without its closing quote.
void advise_on_stray(const TextTokens& tokens, std::size_t token, diag::Diagnostic& diagnostic);

// An `or` between conditions whose sides do not stand in parentheses. Says whether that is what is wrong.
bool advise_on_or(const Situation& situation, diag::Diagnostic& diagnostic);

// Returns false if the slip is another one; else adds what there is to say.
using Advice = bool (*)(const Situation&, diag::Diagnostic&);
// Slips with single words, in message_words.cpp. The table of all slips is in message_advice.cpp.
bool advise_on_misspelt_word(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_foreign_word(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_kind_before_name(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_quoted_name(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_keyword_as_name(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_unquoted_title(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_missing_quotes(const Situation& s, diag::Diagnostic& diagnostic);
// Slips with parts of a statement, in message_parts.cpp.
bool advise_on_order(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_date(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_reversed_tiers(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_inline_require(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_all_before_name(const Situation& s, diag::Diagnostic& diagnostic);
bool advise_on_no_one(const Situation& s, diag::Diagnostic& diagnostic);
// Slips of people who write as they speak, in message_everyday.cpp.
bool advise_on_everyday_words(const Situation& s, diag::Diagnostic& diagnostic);
// Returns true if a statement of the file declares a role of that name.
[[nodiscard]] bool is_declared_role(const TextTokens& tokens, std::string_view name);
// The same of a feature, and of any kind of thing but a role.
[[nodiscard]] bool declares_feature(const TextTokens& tokens, std::string_view name);
[[nodiscard]] bool starts_declaration_of_another_kind(Kind kind);
// Returns true if a statement of the file declares a name as something that features act on.
[[nodiscard]] bool declares_object(const TextTokens& tokens, std::string_view name);

// A word that only goes on with a statement: nobody takes one of them for a name.
[[nodiscard]] bool is_connective(Kind kind);
// An entry of a list of subjects, features or objects.
[[nodiscard]] bool is_entry(Kind kind);
// What may stand as the value of an attribute.
[[nodiscard]] bool is_value(Kind kind);

void add_replacement(diag::Diagnostic& diagnostic, source::Span span, const std::string& text);
void add_insertion(diag::Diagnostic& diagnostic, source::Span behind, const std::string& text);

}  // namespace farol::syntax
