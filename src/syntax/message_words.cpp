// Slips with single words: misspelt ones, those of other languages, names and texts in the wrong clothes.
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/foreign_words.h"
#include "syntax/literals.h"
#include "syntax/message_advice.h"
#include "syntax/scanner.h"

namespace farol::syntax {

bool is_connective(Kind kind) {
  switch (kind) {
    case Kind::to:
    case Kind::on:
    case Kind::when:
    case Kind::requiring:
    case Kind::from:
    case Kind::until:
    case Kind::because:
    case Kind::kept:
    case Kind::by:
    case Kind::inherits:
    case Kind::except:
    case Kind::is:
    case Kind::not_:
    case Kind::and_:
    case Kind::or_:
    case Kind::for_:
    case Kind::at:
    case Kind::instead:
    case Kind::expect: return true;
    default: return false;
  }
}

bool is_entry(Kind kind) {
  return kind == Kind::name || kind == Kind::wildcard || kind == Kind::range || kind == Kind::everyone ||
         kind == Kind::anyone || kind == Kind::everything || kind == Kind::all || kind == Kind::exactly;
}

bool is_value(Kind kind) {
  return kind == Kind::name || is_keyword(kind) || kind == Kind::string || kind == Kind::number || kind == Kind::date ||
         kind == Kind::duration;
}

bool advise_on_misspelt_word(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::name) return false;
  std::vector<std::string_view> words;
  for (const Kind kind : s.mismatch.expected) {
    if (is_keyword(kind) || is_check_word(kind)) words.push_back(text_of_keyword(kind));
  }
  const auto nearest = base::find_nearest(s.tokens.word(s.at()), words);
  if (!nearest) return false;
  diagnostic.help = message::did_you_mean(std::string{*nearest});
  add_replacement(diagnostic, s.tokens.span(s.at()), std::string(*nearest));
  return true;
}

// What other languages say for a word of this one, where that word could stand.
bool advise_on_foreign_word(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.at() >= s.end) return false;
  const std::string word = base::fold_case(s.tokens.word(s.at()));
  // In rules `for` stands where the objects do, and `from` before what is done.
  std::optional<Kind> meant_kind = word == "for"    ? Kind::on
                                   : word == "from" ? Kind::to
                                   : word == "all"  ? Kind::everyone
                                                    : find_foreign_keyword(word, false);
  if (s.kind(s.at() + 1) == Kind::string && s.mismatch.expects(Kind::because) &&
      (word == "since" || word == "as" || word == "why"))
    meant_kind = Kind::because;
  if (!meant_kind || !s.mismatch.expects(*meant_kind)) return false;
  const std::string meant(text_of_keyword(*meant_kind));
  diagnostic.help = message::the_language_says(meant);
  add_replacement(diagnostic, s.tokens.span(s.at()), meant);
  return true;
}

// `allow role staff to …`: a kind where the name alone says it.
bool advise_on_kind_before_name(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool kind = s.found() >= Kind::data && s.found() <= Kind::control;
  const bool in_list = s.in("subjects") || s.in("features") || s.in("objects");
  if (!kind || !in_list || !s.mismatch.expects(Kind::name) || s.kind(s.at() + 1) != Kind::name) return false;
  diagnostic.help = message::name_says_what_it_is();
  diagnostic.fixes.push_back({message::take_word_out(std::string{s.tokens.word(s.at())}),
                              {},
                              {{{s.tokens.source, s.tokens[s.at()].begin, s.tokens[s.at() + 1].begin}, ""}}});
  return true;
}

// `role "hr"`
bool advise_on_quoted_name(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::string || !s.mismatch.expects(Kind::name)) return false;
  diagnostic.help = message::names_have_no_quotes();
  const std::string_view word = s.tokens.word(s.at());
  const std::string inside(word.size() >= 2 ? word.substr(1, word.size() - 2) : word);
  const Tokens scanned = scan(inside);
  if (scanned.tokens.size() == 2 &&
      scanned.tokens.front() == Token{Kind::name, 0, static_cast<std::uint32_t>(inside.size())})
    add_replacement(diagnostic, s.tokens.span(s.at()), inside);
  return true;
}

bool advise_on_keyword_as_name(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.mismatch.expects(Kind::name) || !is_keyword(s.found()) || is_connective(s.found())) return false;
  // `expect forbid …`: one of the effects is meant, not a name.
  if (s.in("expectation") && s.mismatch.expects(Kind::allow)) return false;
  const std::string word{s.tokens.word(s.at())};
  diagnostic.help = message::word_as_name(word);
  add_replacement(diagnostic, s.tokens.span(s.at()), "`" + word + "`");
  return true;
}

// From the first word that should have been in quotes to the last one of its line.
bool advise_on_missing_quotes(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool text_only = s.mismatch.expects(Kind::string) && !s.mismatch.expects(Kind::waive);
  if (!text_only || (s.found() != Kind::name && !is_keyword(s.found()))) return false;
  std::size_t last = s.at();
  while (last + 1 < s.end && !s.tokens.starts_new_line(last + 1) && is_value(s.kind(last + 1)) &&
         s.kind(last + 1) != Kind::string)
    ++last;
  diagnostic.help = message::strings_need_double_quotes();
  // A quote at the end of the line says that only the opening one is missing.
  const bool closing = last + 1 < s.end && s.kind(last + 1) == Kind::unterminated_string;
  const source::Span begin{s.tokens.source, s.tokens[s.at()].begin, s.tokens[s.at()].begin};
  const source::Span end{s.tokens.source, s.tokens[last].end, s.tokens[last].end};
  diag::Fix fix{message::put_in_quotes(), {}, {{begin, "\""}}};
  if (!closing) fix.edits.push_back({end, "\""});
  diagnostic.fixes.push_back(std::move(fix));
  return true;
}

// `title: Head of the guards`: the words of its line are one text.
bool advise_on_unquoted_title(const Situation& s, diag::Diagnostic& diagnostic) {
  const auto goes_on = [&](std::size_t token) {
    return (s.kind(token) == Kind::name || is_keyword(s.kind(token))) && !s.tokens.starts_new_line(token);
  };
  if (!s.in("block") || !s.mismatch.expects(Kind::key) || !goes_on(s.at())) return false;
  std::size_t key = s.at();
  while (key > s.first && goes_on(key)) --key;
  if (s.kind(key) != Kind::key) return false;
  const std::string_view name = word_of_key(s.tokens.word(key));
  if (name != "title" && !name.starts_with("title.")) return false;
  std::size_t last = s.at();
  while (goes_on(last + 1)) ++last;
  const source::Span text = s.tokens.span(key + 1, last);
  diagnostic.help = message::strings_need_double_quotes();
  add_replacement(diagnostic, text, "\"" + std::string{s.tokens.text.substr(text.begin, text.end - text.begin)} + "\"");
  return true;
}

namespace {

// `'text'`: from the one quote to the next on the line.
void advise_on_single_quotes(const TextTokens& tokens, source::Span opening, diag::Diagnostic& diagnostic) {
  diagnostic.help = message::strings_need_double_quotes();
  const std::size_t line_end = std::min(tokens.text.find_first_of("\r\n", opening.end), tokens.text.size());
  const std::string_view rest = tokens.text.substr(opening.end, line_end - opening.end);
  for (const std::string_view quote : {"'", "’", "‘", "＇"}) {
    const std::size_t end = rest.find(quote);
    if (end == std::string_view::npos || rest.substr(0, end).find('"') != std::string_view::npos) continue;
    const auto begin = static_cast<std::uint32_t>(opening.end + end);
    diagnostic.fixes.push_back(
        {message::put_in_quotes(),
         {},
         {{opening, "\""}, {{tokens.source, begin, begin + static_cast<std::uint32_t>(quote.size())}, "\""}}});
    return;
  }
}

// `# comment`, `-- comment`: all marks of the one kind.
void advise_on_comment(const TextTokens& tokens, source::Span first, diag::Diagnostic& diagnostic) {
  const char mark = tokens.text[first.begin];
  std::uint32_t end = first.end;
  while (end < tokens.text.size() && tokens.text[end] == mark) ++end;
  diagnostic.help = message::comments_start();
  add_replacement(diagnostic, {tokens.source, first.begin, end}, "//");
}

// `<!-- comment -->`
void advise_on_page_comment(const TextTokens& tokens, source::Span first, diag::Diagnostic& diagnostic) {
  constexpr std::string_view opening = "<!--", closing = "-->";
  diagnostic.help = message::comments_start();
  const std::size_t end = tokens.text.find(closing, first.begin);
  if (end == std::string_view::npos) return;
  const auto at = static_cast<std::uint32_t>(end);
  diagnostic.fixes.push_back(
      {message::write_name("/* … */"),
       {},
       {{{tokens.source, first.begin, first.begin + static_cast<std::uint32_t>(opening.size())}, "/*"},
        {{tokens.source, at, at + static_cast<std::uint32_t>(closing.size())}, "*/"}}});
}

}  // namespace

void advise_on_stray(const TextTokens& tokens, std::size_t token, diag::Diagnostic& diagnostic) {
  const std::string_view word = tokens.word(token);
  const source::Span span = tokens.span(token);
  if (tokens.kind(token) == Kind::unterminated_string) {
    diagnostic.message = message::text_has_no_closing_quote();
    diagnostic.span = {tokens.source, span.begin, span.begin + 1};
    diagnostic.help = message::text_is_on_one_line();
    // Behind a brace nobody knows where the text was to end.
    std::size_t last = span.end;
    while (last > span.begin + 1 && (tokens.text[last - 1] == ' ' || tokens.text[last - 1] == '\t')) --last;
    if (word.find_first_of("{}") == std::string_view::npos && last > span.begin + 1) {
      const auto end = static_cast<std::uint32_t>(last);
      diagnostic.fixes.push_back({message::insert_name("\""), {}, {{{tokens.source, end, end}, "\""}}});
    }
    return;
  }
  const char32_t character = base::decode(word, 0).value;
  const auto next_is = [&](char c) { return token + 1 < tokens.size() && tokens.word(token + 1).starts_with(c); };
  const auto meant = base::ascii_of_full_width(character);
  const bool last =
      token + 1 >= tokens.size() || tokens.starts_new_line(token + 1) || tokens.kind(token + 1) == Kind::end;
  if (character == '\'' || meant.value_or(' ') == '\'') {
    advise_on_single_quotes(tokens, span, diagnostic);
  } else if (character == '#' || (character == '-' && next_is('-'))) {
    advise_on_comment(tokens, span, diagnostic);
  } else if (tokens.text.substr(span.begin).starts_with("<!--")) {
    advise_on_page_comment(tokens, span, diagnostic);
  } else if (last && (character == '.' || meant.value_or(' ') == '.')) {
    diagnostic.help = message::statement_ends_without_full_stop();
    diagnostic.fixes.push_back({message::take_it_out(), {}, {{span, ""}}});
  } else if (meant && character >= 0x80) {
    diagnostic.help = message::input_method_put(std::string(1, *meant));
    diagnostic.fixes.push_back({message::write_it_in_ascii(), {}, {{span, std::string(1, *meant)}}});
  } else if (character == '!' && next_is('=')) {
    diagnostic.help = message::condition_says_not();
    add_replacement(diagnostic, {tokens.source, span.begin, tokens[token + 1].end}, "is not");
  } else if (character == '&') {
    diagnostic.help = message::conditions_joined_by();
  } else if (character == ';') {
    diagnostic.help = message::statement_ends_without_semicolon();
    diagnostic.fixes.push_back({message::take_it_out(), {}, {{span, ""}}});
  } else if (character == '>') {
    diagnostic.help = message::tiers_written_lowest_first();
  } else if (character == '.') {
    diagnostic.help = message::names_written_without_blanks();
  } else if (character == '*') {
    diagnostic.help = message::everything_means_all_features();
  } else if (character == '`') {
    diagnostic.help = message::backticks_go_around_a_name();
  } else if (character >= '0' && character <= '9') {
    diagnostic.help = message::duration_is_written();
  } else if (character == '-' && token + 1 < tokens.size() && is_value(tokens.kind(token + 1))) {
    diagnostic.help = message::no_negative_numbers();
  } else if (character == '_' || character == '-') {
    diagnostic.help = message::name_starts_letter();
  } else if (character == ':') {
    diagnostic.help = message::colon_follows_name_at();
  }
}

}  // namespace farol::syntax
