#include "syntax/messages.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/foreign_words.h"
#include "syntax/literals.h"
#include "syntax/message_advice.h"
#include "syntax/recovery.h"
#include "syntax/reword.h"

namespace farol::syntax {
namespace {

// The noun for a name in a rule of the grammar; behind the first word of a declaration it is a new name.
diag::Text noun_in(const Mismatch& mismatch, bool declares) {
  if (declares) return message::a_name();
  for (const std::string_view rule : mismatch.rules) {
    if (rule == "subjects" || rule == "role") return message::a_role();
    if (rule == "features") return message::a_feature();
    if (rule == "objects") return message::what_the_rule_is_about();
    if (rule == "contextValue" || rule == "value") return message::a_value();
    if (rule == "comparison" || rule == "single" || rule == "group" || rule == "condition")
      return message::a_condition();
    if (rule == "foundCheck") return message::id_of_a_check();
    if (rule == "thingKind") return message::kind_of_thing();
    if (rule == "checkRange" || rule == "quantifier" || rule == "counting") return message::name_for_each();
    if (rule == "predicate" || rule == "predicateSingle" || rule == "relation") return message::what_must_hold();
    if (rule == "atom" || rule == "term") return message::attribute_name_or_value();
    if (rule == "check") return message::error_warning_or_note();
    if (rule == "expectation" && mismatch.expects(Kind::allow)) return message::the_word_finding();
    if (rule == "grant" || rule == "requirement" || rule == "expectation") return message::a_control();
    if (rule == "tiers") return message::a_tier();
    if (rule == "use") return message::name_of_a_library();
    if (rule == "separation") return message::role_or_feature();
    if (rule == "waiver") return message::name_of_a_finding();
  }
  return message::a_name();
}

// A word of the language as it is written, and anything else by its noun.
diag::Text in_words(Kind kind) {
  std::string_view words = describe(kind);
  constexpr std::string_view article = "a ";
  if (!words.starts_with(article)) return message::verbatim(std::string{words});
  words.remove_prefix(article.size());
  return message::a_kind(std::string{words});
}

// The alternatives in words. What could only go on with a list is left out where something else has to come.
std::vector<diag::Text> alternatives(const Mismatch& mismatch, bool declares) {
  const bool name = mismatch.expects(Kind::name);
  const bool any_word = name && mismatch.expects(Kind::waive);
  std::vector<diag::Text> words;
  if (name) words.push_back(any_word ? message::a_value() : noun_in(mismatch, declares));
  std::vector<diag::Text> optional;
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
    (goes_on ? optional : words).push_back(in_words(kind));
  }
  return words.empty() ? optional : words;
}

// "a, b or c"
diag::Text one_of(std::vector<diag::Text> words) {
  if (words.empty()) return {};
  diag::Text last = std::move(words.back());
  words.pop_back();
  return words.empty() ? last : message::alternatives(std::move(words), std::move(last));
}

// A word as a message shows it: short, on one line.
std::string quote(const TextTokens& tokens, std::size_t token) {
  constexpr std::size_t most = 40;
  const std::string_view word = tokens.word(token);
  const std::string_view shown = base::beginning_of(word, most);
  return std::string{shown} + (shown.size() < word.size() ? "…" : "");
}

// Behind the byte order mark.
std::uint32_t start_of(const TextTokens& tokens) { return tokens.text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

// Behind what something is expected: the word before, or all the subjects, or nothing at the start of the statement.
diag::Text after_what(const TextTokens& tokens, std::size_t first, const Mismatch& mismatch) {
  if (mismatch.token == first) return {};
  if (mismatch.expects(Kind::to) && mismatch.within("subjects")) return message::after_the_subjects();
  return message::after_word(quote(tokens, mismatch.token - 1));
}

// What is meant by words that the language does not have.
bool say_it_otherwise(const TextTokens& tokens, std::size_t first, std::size_t end, diag::Diagnostic& diagnostic) {
  const auto edit = reword(tokens, first, end);
  if (!edit) return false;
  diagnostic.help = message::the_language_says_it_so();
  if (edit->text.empty())
    diagnostic.fixes.push_back({message::take_it_out(), {}, {*edit}});
  else
    add_replacement(diagnostic, edit->span, edit->text);
  return true;
}

}  // namespace

diag::Diagnostic explain(const TextTokens& tokens, std::size_t first, std::size_t end, const Mismatch& mismatch) {
  const bool over = mismatch.token >= end;
  // What is missing is missing behind the last word, not before the next statement.
  const bool behind = mismatch.token > first && over;
  const std::string found = over ? "" : quote(tokens, mismatch.token);
  const bool declares = mismatch.token == first + 1 && is_declaration_word(tokens.kind(first));
  diag::Text wanted = one_of(alternatives(mismatch, declares));
  diag::Text after = after_what(tokens, first, mismatch);
  diag::Text said;
  if (mismatch.may_end || mismatch.expected.empty()) {
    said = found.empty() ? message::nothing_can_follow(std::move(after))
                         : message::unexpected_word(found, std::move(after));
  } else if (over) {
    said = message::expected_something(std::move(wanted), std::move(after));
  } else {
    said = message::expected_and_found(std::move(wanted), std::move(after), found);
  }
  const source::Span span = tokens.span(behind && !mismatch.may_end ? mismatch.token - 1 : mismatch.token);
  auto diagnostic = diag::make(diag::Code::syntax_error, span, std::move(said));
  if (!say_it_otherwise(tokens, first, end, diagnostic)) advise({tokens, first, end, mismatch}, diagnostic);
  return diagnostic;
}

namespace {

// `- allow …`, `1. allow …`: the mark of a list, up to the word that starts the statement.
bool advise_on_list_mark(const TextTokens& tokens, std::size_t first, diag::Diagnostic& diagnostic) {
  const std::string_view mark = tokens.word(first);
  const bool is_mark = mark == "-" || mark == "*" || mark == "•" || mark == "·" || tokens.kind(first) == Kind::number;
  if (!is_mark) return false;
  for (std::size_t i = first + 1; i < first + 3 && !tokens.starts_new_line(i); ++i) {
    if (!is_statement_word(tokens.kind(i))) continue;
    const source::Span written = tokens.span(first, i - 1);
    const std::string text{tokens.text.substr(written.begin, written.end - written.begin)};
    diagnostic.span = written;
    diagnostic.fixes.push_back(
        {message::take_word_out(text), {}, {{{tokens.source, tokens[first].begin, tokens[i].begin}, ""}}});
    return true;
  }
  return false;
}

// `staff may …`, `staff may not …`
bool advise_on_spoken_rule(const TextTokens& tokens, std::size_t first, diag::Diagnostic& diagnostic) {
  const Kind kind = tokens.kind(first);
  if (kind != Kind::everyone && kind != Kind::anyone && !is_declared_role(tokens, tokens.word(first))) return false;
  const std::string may = base::fold_case(tokens.word(first + 1));
  const bool is_not = tokens.kind(first + 2) == Kind::not_ || may == "cannot";
  if (tokens.starts_new_line(first + 1) || (may != "may" && may != "can" && may != "must" && may != "cannot"))
    return false;
  if (may == "must" && !is_not) return false;
  const std::string verb{text_of_keyword(is_not ? Kind::deny : Kind::allow)};
  const source::Span said = tokens.span(first + 1, is_not && may != "cannot" ? first + 2 : first + 1);
  const source::Span begin{tokens.source, tokens[first].begin, tokens[first].begin};
  diagnostic.help = message::how_statements_start();
  diagnostic.fixes.push_back({message::write_name(verb + " " + std::string{tokens.word(first)} + " to"),
                              {},
                              {{begin, verb + " "}, {said, "to"}}});
  return true;
}

}  // namespace

diag::Diagnostic explain_no_statement(const TextTokens& tokens, std::size_t first) {
  const Kind kind = tokens.kind(first);
  const source::Span span = tokens.span(first);
  auto diagnostic = diag::make(
      diag::Code::syntax_error, span,
      kind == Kind::rbrace ? message::this_brace_closes_nothing() : message::starts_no_statement(quote(tokens, first)));
  if (advise_on_list_mark(tokens, first, diagnostic) || advise_on_spoken_rule(tokens, first, diagnostic) ||
      say_it_otherwise(tokens, first, find_resumption(tokens, first), diagnostic))
    return diagnostic;
  if (kind == Kind::name && first + 1 < tokens.size() && may_have_label(tokens.kind(first + 1))) {
    diagnostic.help = message::label_has_a_colon_after_it();
    add_insertion(diagnostic, span, ":");
  } else if (const std::optional<Kind> meant =
                 kind == Kind::name ? find_nearest_statement_word(tokens.word(first)) : std::nullopt) {
    const std::string_view word = text_of_keyword(*meant);
    diagnostic.help = find_foreign_keyword(tokens.word(first), true) ? message::keywords_are_english(std::string{word})
                                                                     : message::did_you_mean(std::string{word});
    diagnostic.fixes.push_back({message::write_name(std::string{word}), {}, {{span, std::string(word)}}});
  } else if (kind == Kind::rbrace) {
    diagnostic.help = message::take_out_or_open();
  } else if (kind == Kind::error_char || kind == Kind::unterminated_string ||
             tokens.text.substr(span.begin).starts_with("<!--")) {
    advise_on_stray(tokens, first, diagnostic);
  } else if (kind == Kind::final) {
    diagnostic.help = message::final_goes_after_a_label();
  } else {
    diagnostic.help = message::how_statements_start();
  }
  return diagnostic;
}

diag::Diagnostic explain_depth(const TextTokens& tokens, std::size_t token, std::size_t limit) {
  auto diagnostic =
      diag::make(diag::Code::syntax_error, tokens.span(token),
                 tokens.word(token) == "where" ? message::too_many_where(limit) : message::too_many_parentheses(limit));
  diagnostic.help =
      tokens.word(token) == "where" ? message::divide_check_into_several() : message::name_parts_of_the_condition();
  return diagnostic;
}

namespace {

// `farol: 1`
bool says_farol(Kind kind, std::string_view word) {
  return kind == Kind::key && word_of_key(word) == text_of_keyword(Kind::farol);
}

}  // namespace

diag::Diagnostic explain_missing_version(const TextTokens& tokens) {
  const source::Span place{tokens.source, start_of(tokens), start_of(tokens)};
  const bool tried = tokens.kind(0) == Kind::farol || says_farol(tokens.kind(0), tokens.word(0)) ||
                     (tokens.kind(0) == Kind::name && tokens.kind(1) == Kind::number &&
                      base::find_nearest(tokens.word(0), std::vector<std::string_view>{"farol"}));
  // The version may be there, as a word or in quotes.
  const bool with_version =
      tokens.kind(1) == Kind::number || (tokens.kind(1) == Kind::error_char && !tokens.starts_new_line(1)) ||
      ((tokens.kind(1) == Kind::name || tokens.kind(1) == Kind::string) && !tokens.starts_new_line(1));
  const source::Span written = tokens.span(0, with_version ? 1 : 0);
  auto diagnostic = diag::make(diag::Code::syntax_error, tried ? written : place,
                               tried ? message::expected_farol_1() : message::no_farol_1());
  diagnostic.fixes.push_back(tried ? diag::Fix{message::write_farol_1(), {}, {{written, "farol 1"}}}
                                   : diag::Fix{message::insert_farol_1(), {}, {{place, "farol 1\n\n"}}});
  return diagnostic;
}

diag::Diagnostic explain_stray_version(const TextTokens& tokens, std::size_t first, bool only_one) {
  auto diagnostic = diag::make(diag::Code::syntax_error, tokens.span(first), message::farol_1_appears_once());
  const std::uint32_t start = start_of(tokens);
  const source::Span written = tokens.span(first, tokens.kind(first + 1) == Kind::number ? first + 1 : first);
  diag::Fix fix{message::take_it_out(), {}, {{written, ""}}};
  if (only_one) fix = {message::put_it_first(), {}, {{{tokens.source, start, start}, "farol 1\n\n"}, {written, ""}}};
  diagnostic.fixes.push_back(std::move(fix));
  return diagnostic;
}

}  // namespace farol::syntax
