#include "syntax/messages.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "diag/code_messages.h"
#include "syntax/message_advice.h"
#include "syntax/recovery.h"

namespace farol::syntax {
namespace {

// The noun for a name in a rule of the grammar; behind the first word of a declaration it is a new name.
std::string_view noun_in(const Mismatch& mismatch, bool declares) {
  if (declares) return "a name";
  for (const std::string_view rule : mismatch.rules) {
    if (rule == "subjects" || rule == "role") return "a role";
    if (rule == "features") return "a feature";
    if (rule == "objects") return "what the rule is about (data, a tier, `all` …)";
    if (rule == "contextValue" || rule == "value") return "a value";
    if (rule == "comparison" || rule == "single" || rule == "group" || rule == "condition") return "a condition";
    if (rule == "foundCheck") return "the ID of a check";
    if (rule == "thingKind") return "a kind of thing (`data`, `role`, `transfer` …)";
    if (rule == "checkRange" || rule == "quantifier" || rule == "counting") return "a name for each of them";
    if (rule == "predicate" || rule == "predicateSingle" || rule == "relation") return "what must hold";
    if (rule == "atom" || rule == "term") return "an attribute, a name or a value";
    if (rule == "check") return "`error`, `warning` or `note`";
    if (rule == "expectation" && mismatch.expects(Kind::allow)) return "`finding`";
    if (rule == "grant" || rule == "requirement" || rule == "expectation") return "a control";
    if (rule == "tiers") return "a tier";
    if (rule == "use") return "the name of a library";
    if (rule == "separation") return "a role or feature";
    if (rule == "waiver") return "the name of a finding";
  }
  return "a name";
}

// The alternatives in words. What could only go on with a list is left out where something else has to come.
std::vector<std::string> alternatives(const Mismatch& mismatch, bool declares) {
  const bool name = mismatch.expects(Kind::name);
  const bool any_word = name && mismatch.expects(Kind::waive);
  std::vector<std::string> words;
  if (name) words.emplace_back(any_word ? "a value" : noun_in(mismatch, declares));
  std::vector<std::string> optional;
  for (const Kind kind : mismatch.expected) {
    const bool implied =
        kind == Kind::name || (any_word && (kind == Kind::because_in || is_keyword(kind) || is_check_word(kind))) ||
        (name && (kind == Kind::everyone || kind == Kind::anyone || kind == Kind::exactly || kind == Kind::everything ||
                  kind == Kind::wildcard || kind == Kind::range || kind == Kind::all || kind == Kind::lparen ||
                  kind == Kind::not_)) ||
        (any_word && (kind == Kind::string || kind == Kind::number || kind == Kind::date || kind == Kind::duration));
    if (implied) continue;
    const bool goes_on = kind == Kind::comma || kind == Kind::except || kind == Kind::or_ || kind == Kind::and_ ||
                         kind == Kind::less || kind == Kind::bar;
    (goes_on ? optional : words).emplace_back(describe(kind));
  }
  return words.empty() ? optional : words;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

// A word as a message shows it: short, on one line.
std::string quote(const TextTokens& tokens, std::size_t token) {
  constexpr std::size_t most = 40;
  std::string_view word = tokens.word(token);
  if (word.size() <= most) return fmt::format("`{}`", word);
  std::size_t cut = most;
  while ((static_cast<unsigned char>(word[cut]) & 0xC0U) == 0x80U) --cut;
  return fmt::format("`{}…`", word.substr(0, cut));
}

// Behind the byte order mark.
std::uint32_t start_of(const TextTokens& tokens) { return tokens.text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

std::string after_what(const TextTokens& tokens, std::size_t first, const Mismatch& mismatch) {
  if (mismatch.token == first) return "";
  if (mismatch.expects(Kind::to) && mismatch.within("subjects")) return " after the subjects";
  return " after " + quote(tokens, mismatch.token - 1);
}

}  // namespace

diag::Diagnostic explain(const TextTokens& tokens, std::size_t first, std::size_t end, const Mismatch& mismatch) {
  const bool over = mismatch.token >= end;
  // What is missing is missing behind the last word, not before the next statement.
  const bool behind = mismatch.token > first && over;
  const std::string found = over ? "" : quote(tokens, mismatch.token);
  const bool declares = mismatch.token == first + 1 && is_declaration_word(tokens.kind(first));
  const std::string wanted = join(alternatives(mismatch, declares));

  std::string message;
  if (mismatch.may_end || mismatch.expected.empty()) {
    message =
        fmt::format("{} cannot stand{} here", found.empty() ? "this" : found, after_what(tokens, first, mismatch));
  } else if (over) {
    message = fmt::format("expected {}{}", wanted, after_what(tokens, first, mismatch));
  } else {
    message = fmt::format("expected {}{}, found {}", wanted, after_what(tokens, first, mismatch), found);
  }
  const source::Span span = tokens.span(behind && !mismatch.may_end ? mismatch.token - 1 : mismatch.token);
  auto diagnostic = diag::make(diag::Code::syntax_error, span, diag::message::syntax_error(message));
  advise({tokens, first, end, mismatch}, diagnostic);
  return diagnostic;
}

diag::Diagnostic explain_no_statement(const TextTokens& tokens, std::size_t first) {
  const Kind kind = tokens.kind(first);
  const source::Span span = tokens.span(first);
  auto diagnostic = diag::make(
      diag::Code::syntax_error, span,
      diag::message::syntax_error(kind == Kind::rbrace ? std::string("this `}` closes nothing")
                                                       : fmt::format("{} starts no statement", quote(tokens, first))));
  if (kind == Kind::name && first + 1 < tokens.size() && may_have_label(tokens.kind(first + 1))) {
    diagnostic.help = "a label has a colon behind it";
    add_insertion(diagnostic, span, ":");
  } else if (const std::optional<Kind> meant =
                 kind == Kind::name ? find_nearest_statement_word(tokens.word(first)) : std::nullopt) {
    const std::string_view word = text_of_keyword(*meant);
    diagnostic.help = fmt::format("did you mean `{}`?", word);
    diagnostic.fixes.push_back({fmt::format("write `{}`", word), "", {{span, std::string(word)}}});
  } else if (kind == Kind::rbrace) {
    diagnostic.help = "take it out, or look for the `{` that is missing before it";
  } else if (kind == Kind::error_char || kind == Kind::unterminated_string) {
    advise_on_stray(tokens, first, diagnostic);
  } else if (kind == Kind::final) {
    diagnostic.help = "`final` stands behind a label: `LABEL: final allow …`";
  } else {
    diagnostic.help =
        "a statement starts with its word (`role`, `data`, `allow`, `require` …), a fact has braces: `transfer NAME { "
        "… }`";
  }
  return diagnostic;
}

diag::Diagnostic explain_depth(const TextTokens& tokens, std::size_t token, std::size_t limit) {
  auto diagnostic =
      diag::make(diag::Code::syntax_error, tokens.span(token),
                 diag::message::syntax_error(tokens.word(token) == "where"
                                                 ? fmt::format("more than {} `where` in one check", limit)
                                                 : fmt::format("more than {} parentheses are open at once", limit)));
  diagnostic.help = tokens.word(token) == "where" ? "divide the check into several"
                                                  : "give parts of the condition a name with `condition NAME = …`";
  return diagnostic;
}

diag::Diagnostic explain_missing_version(const TextTokens& tokens) {
  const source::Span place{tokens.source, start_of(tokens), start_of(tokens)};
  const bool tried =
      tokens.kind(0) == Kind::farol || (tokens.kind(0) == Kind::name && tokens.kind(1) == Kind::number &&
                                        base::find_nearest(tokens.word(0), std::vector<std::string_view>{"farol"}));
  // The version may be there, as a word or in quotes.
  const bool with_version =
      tokens.kind(1) == Kind::number ||
      ((tokens.kind(1) == Kind::name || tokens.kind(1) == Kind::string) && !tokens.starts_new_line(1));
  const source::Span written = tokens.span(0, with_version ? 1 : 0);
  auto diagnostic =
      diag::make(diag::Code::syntax_error, tried ? written : place,
                 diag::message::syntax_error(
                     tried ? std::string("expected `farol 1`, the version of the language, as the first statement")
                           : std::string("the file does not start with `farol 1`, the version of the language")));
  diagnostic.fixes.push_back(tried ? diag::Fix{"write `farol 1`", "", {{written, "farol 1"}}}
                                   : diag::Fix{"insert `farol 1`", "", {{place, "farol 1\n\n"}}});
  return diagnostic;
}

diag::Diagnostic explain_stray_version(const TextTokens& tokens, std::size_t first, bool only_one) {
  auto diagnostic = diag::make(diag::Code::syntax_error, tokens.span(first),
                               diag::message::syntax_error("`farol 1` stands once, as the first statement of a file"));
  const std::uint32_t start = start_of(tokens);
  const source::Span written = tokens.span(first, tokens.kind(first + 1) == Kind::number ? first + 1 : first);
  diag::Fix fix{"take it out", "", {{written, ""}}};
  if (only_one) fix = {"put it first", "", {{{tokens.source, start, start}, "farol 1\n\n"}, {written, ""}}};
  diagnostic.fixes.push_back(std::move(fix));
  return diagnostic;
}

}  // namespace farol::syntax
