// Slips of people who write as they speak: filler words, marks of other languages, and parts in two words.
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/foreign_words.h"
#include "syntax/literals.h"
#include "syntax/message_advice.h"

namespace farol::syntax {
namespace {

bool touches(const TextTokens& tokens, std::size_t token) {
  return token + 1 < tokens.size() && tokens[token].end == tokens[token + 1].begin;
}

bool is_char(const Situation& s, std::size_t token, std::string_view text) {
  return s.kind(token) != Kind::end && s.tokens.word(token) == text;
}

// The word takes up its line with what follows, so that without it the rest closes up.
void take_out(const Situation& s, std::size_t first, std::size_t last, diag::Diagnostic& diagnostic) {
  const source::Span written = s.tokens.span(first, last);
  diagnostic.span = written;
  diagnostic.fixes.push_back(
      {message::take_word_out(std::string{s.tokens.text.substr(written.begin, written.end - written.begin)}),
       {},
       {{{s.tokens.source, s.tokens[first].begin, s.tokens[last + 1].begin}, ""}}});
}

// Where the condition begins that a token stands in: behind `when`, or the token itself outside of one.
std::size_t condition_start(const Situation& s, std::size_t token) {
  for (std::size_t i = token; i > s.first; --i) {
    const Kind kind = s.kind(i - 1);
    if (kind == Kind::when) return i;
    const bool goes_on = kind == Kind::name || kind == Kind::is || kind == Kind::not_ || kind == Kind::and_ ||
                         kind == Kind::or_ || kind == Kind::lparen || kind == Kind::rparen;
    if (!goes_on) return token;
  }
  return token;
}

bool is_in_condition(const Situation& s) { return condition_start(s, s.at()) < s.at(); }

// `because: "…"`, `device: managed`
bool advise_on_needless_colon(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::key || s.in("block")) return false;
  const std::string word = base::fold_case(word_of_key(s.tokens.word(s.at())));
  const auto keyword = find_keyword(word);
  const std::optional<Kind> meant = keyword ? keyword : find_foreign_keyword(word, false);
  if (meant && s.mismatch.expects(*meant)) {
    diagnostic.help = message::the_language_says(std::string{text_of_keyword(*meant)});
    add_replacement(diagnostic, s.tokens.span(s.at()), std::string{text_of_keyword(*meant)});
    return true;
  }
  const bool is_context = s.in("condition") || s.before() == Kind::when || s.before() == Kind::and_;
  if (!is_context || s.kind(s.at() + 1) != Kind::name) return false;
  diagnostic.help = message::condition_says_device_managed();
  add_replacement(diagnostic, s.tokens.span(s.at()), std::string{word_of_key(s.tokens.word(s.at()))} + " is");
  return true;
}

// `device managed`
bool advise_on_missing_is(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::name || s.before() != Kind::name || !s.mismatch.expects(Kind::is)) return false;
  diagnostic.help = message::condition_says_device_managed();
  add_insertion(diagnostic, s.tokens.span(s.at() - 1), " is");
  return true;
}

// `isn't managed`: a name, a stray quote and a letter.
bool advise_on_contraction(const Situation& s, diag::Diagnostic& diagnostic) {
  for (std::size_t first : {s.at(), s.at() - std::min<std::size_t>(s.at(), 1)}) {
    const std::string word = base::fold_case(s.tokens.word(first));
    if (first < s.first || (word != "isn" && word != "aren") || !touches(s.tokens, first)) continue;
    const std::string_view quote = s.tokens.word(first + 1);
    if ((quote != "'" && quote != "’") || !is_char(s, first + 2, "t")) continue;
    diagnostic.span = s.tokens.span(first, first + 2);
    diagnostic.help = message::condition_says_not();
    add_replacement(diagnostic, diagnostic.span, "is not");
    return true;
  }
  return false;
}

// `when on office`
bool advise_on_filler_in_condition(const Situation& s, diag::Diagnostic& diagnostic) {
  static constexpr std::array fillers = {"on", "at", "in", "the", "a"};
  const bool begins = s.before() == Kind::when || s.before() == Kind::and_ || s.before() == Kind::not_;
  if (!begins || s.kind(s.at() + 1) != Kind::name || s.tokens.starts_new_line(s.at() + 1)) return false;
  const std::string word = base::fold_case(s.tokens.word(s.at()));
  if (std::find(fillers.begin(), fillers.end(), word) == fillers.end()) return false;
  diagnostic.help = message::condition_says_device_managed();
  take_out(s, s.at(), s.at(), diagnostic);
  return true;
}

// `device is managed, network is office`, `network is office, vpn`, `&&`, `||`
bool advise_on_joined_conditions(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!is_in_condition(s)) return false;
  const bool twice = is_char(s, s.at() + 1, s.tokens.word(s.at())) && touches(s.tokens, s.at());
  const std::size_t last = twice ? s.at() + 1 : s.at();
  const Kind next = s.kind(last + 1);
  const bool and_mark = is_char(s, s.at(), "&"), or_mark = s.found() == Kind::bar;
  const bool comma = s.found() == Kind::comma && next == Kind::name;
  if (!and_mark && !or_mark && !comma) return false;
  const bool is_value = s.kind(last + 2) != Kind::is;
  const bool joins_values = or_mark || (comma && is_value);
  diagnostic.span = s.tokens.span(s.at(), last);
  diagnostic.help = message::conditions_joined_by();
  add_replacement(diagnostic, diagnostic.span, std::string{comma ? " " : ""} + (joins_values ? "or" : "and"));
  return true;
}

// `unless C`: when not C.
bool advise_on_unless(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.at() >= s.end || base::fold_case(s.tokens.word(s.at())) != "unless" || !s.mismatch.expects(Kind::when))
    return false;
  diagnostic.help = message::exception_condition_its_own();
  std::size_t last = s.at();
  for (std::size_t i = s.at() + 1; i < s.end; ++i) {
    const Kind kind = s.kind(i);
    const bool goes_on = kind == Kind::name || kind == Kind::is || kind == Kind::not_ || kind == Kind::and_ ||
                         kind == Kind::or_ || kind == Kind::lparen || kind == Kind::rparen;
    if (!goes_on) break;
    last = i;
  }
  if (last == s.at()) return true;
  const bool is_simple = last == s.at() + 3 && s.kind(s.at() + 2) == Kind::is;
  const source::Span whole = s.tokens.span(s.at(), last);
  const source::Span condition = s.tokens.span(s.at() + 1, last);
  const std::string text{s.tokens.text.substr(condition.begin, condition.end - condition.begin)};
  const std::string negated =
      is_simple ? std::string{s.tokens.word(s.at() + 1)} + " is not " + std::string{s.tokens.word(last)}
                : "not (" + text + ")";
  add_replacement(diagnostic, whole, "when " + negated);
  return true;
}

// `allow staff -> …`
bool advise_on_arrow(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool arrow = (is_char(s, s.at(), "-") || s.found() == Kind::equals) && is_char(s, s.at() + 1, ">");
  if (!arrow || !touches(s.tokens, s.at()) || !s.mismatch.expects(Kind::to)) return false;
  diagnostic.span = s.tokens.span(s.at(), s.at() + 1);
  diagnostic.help = message::the_language_says("to");
  add_replacement(diagnostic, diagnostic.span, "to");
  return true;
}

// `to use meeting.join`, `except for hr`
bool advise_on_filler(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!is_entry(s.kind(s.at() + 1)) || s.tokens.starts_new_line(s.at() + 1)) return false;
  const std::string word = base::fold_case(s.tokens.word(s.at()));
  const bool uses = s.before() == Kind::to && (word == "use" || word == "do" || word == "see");
  const bool except_for = s.before() == Kind::except && (word == "for" || word == "from");
  if (!uses && !except_for) return false;
  take_out(s, s.at(), s.at(), diagnostic);
  return true;
}

// `everyone but hr`, `everyone 於 contacts.export`
bool advise_on_exception(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool is_all = s.before() == Kind::everyone || s.before() == Kind::anyone || s.before() == Kind::everything ||
                      s.before() == Kind::all;
  if (!is_all || s.found() != Kind::name || !is_entry(s.kind(s.at() + 1))) return false;
  const auto meant = find_foreign_keyword(s.tokens.word(s.at()), false);
  if (meant != Kind::except && meant != Kind::to) return false;
  const std::string word{text_of_keyword(*meant)};
  diagnostic.help = message::the_language_says(word);
  add_replacement(diagnostic, s.tokens.span(s.at()), word);
  return true;
}

// `proibir everyone a contacts.export`: the Portuguese word for `to`, and not an article before a name.
bool advise_on_portuguese_to(const Situation& s, diag::Diagnostic& diagnostic) {
  std::size_t word = s.at();
  if (!is_char(s, word, "a") && s.at() > s.first && is_char(s, s.at() - 1, "a")) word = s.at() - 1;
  if (!is_char(s, word, "a") || word == s.first || !is_entry(s.kind(word - 1))) return false;
  if (s.tokens.word(word + 1).find('.') == std::string_view::npos || !s.in("subjects")) return false;
  diagnostic.span = s.tokens.span(word);
  diagnostic.help = message::keywords_are_english("to");
  add_replacement(diagnostic, diagnostic.span, "to");
  return true;
}

// `on up to confidential`
bool advise_on_up_to(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.in("objects") || s.found() != Kind::to || s.kind(s.at() + 1) != Kind::name || s.at() == s.first) return false;
  if (base::fold_case(s.tokens.word(s.at() - 1)) != "up") return false;
  diagnostic.span = s.tokens.span(s.at() - 1, s.at() + 1);
  diagnostic.help = message::tier_and_one_side();
  add_replacement(diagnostic, diagnostic.span, std::string{s.tokens.word(s.at() + 1)} + " or below");
  return true;
}

// `drive/download`, `drive download`, `it admin`: one name in two words.
bool advise_on_divided_name(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool features = s.in("features");
  const bool slash = is_char(s, s.at(), "/") && touches(s.tokens, s.at()) && s.kind(s.at() + 1) == Kind::name;
  const std::size_t second = slash ? s.at() + 1 : s.at();
  if (s.before() != Kind::name || s.kind(second) != Kind::name || s.tokens.starts_new_line(second)) return false;
  const std::string first{s.tokens.word(s.at() - 1)}, last{s.tokens.word(second)};
  if (features && first.find('.') == std::string::npos && last.find('.') == std::string::npos &&
      !declares_feature(s.tokens, first) && !declares_object(s.tokens, last)) {
    diagnostic.help = message::names_written_without_blanks();
    add_replacement(diagnostic, s.tokens.span(s.at() - 1, second), first + "." + last);
    return true;
  }
  for (const char* joint : {"_", "-", ""}) {
    const std::string whole = first + joint + last;
    if (!is_declared_role(s.tokens, whole) && !declares_object(s.tokens, whole)) continue;
    diagnostic.span = s.tokens.span(s.at() - 1, second);
    diagnostic.help = message::names_written_without_blanks();
    add_replacement(diagnostic, diagnostic.span, whole);
    return true;
  }
  return false;
}

// `require 2fa for everyone`
bool advise_on_second_factor(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!is_char(s, s.at(), "2") || !touches(s.tokens, s.at()) || !s.mismatch.expects(Kind::name)) return false;
  const std::string rest = base::fold_case(s.tokens.word(s.at() + 1));
  if (rest != "fa" && rest != "sv") return false;
  diagnostic.span = s.tokens.span(s.at(), s.at() + 1);
  add_replacement(diagnostic, diagnostic.span, "mfa");
  return true;
}

// `5years`
bool advise_on_glued_duration(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.before() != Kind::number || s.found() != Kind::name || !touches(s.tokens, s.at() - 1)) return false;
  static constexpr std::array units = {"day", "days", "week", "weeks", "month", "months", "year", "years"};
  const std::string unit = base::fold_case(s.tokens.word(s.at()));
  if (std::find(units.begin(), units.end(), unit) == units.end()) return false;
  diagnostic.span = s.tokens.span(s.at() - 1, s.at());
  diagnostic.help = message::duration_is_written();
  add_replacement(diagnostic, diagnostic.span, std::string{s.tokens.word(s.at() - 1)} + " " + unit);
  return true;
}

// `use dingtalk v2026.12`
bool advise_on_version_mark(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.in("use") || s.found() != Kind::name || !s.mismatch.expects(Kind::number)) return false;
  const std::uint32_t begin = s.tokens[s.at()].begin;
  const std::size_t end = std::min(s.tokens.text.find_first_not_of("vV0123456789.", begin), s.tokens.text.size());
  const std::string_view written = s.tokens.text.substr(begin, end - begin);
  const std::size_t digits = written.find_first_of("0123456789");
  if (digits != 1 || base::fold_case(written.substr(0, 1)) != "v") return false;
  diagnostic.span = {s.tokens.source, begin, static_cast<std::uint32_t>(end)};
  diagnostic.help = message::version_written_digits_dots();
  add_replacement(diagnostic, diagnostic.span, std::string{written.substr(1)});
  return true;
}

// `allow "Human resources" to …`: a role by its title.
bool advise_on_title_as_name(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::string) return false;
  if (!s.in("subjects")) return false;
  std::string_view role;
  for (std::size_t i = 0; i + 1 < s.tokens.size(); ++i) {
    if (s.tokens.kind(i) == Kind::role) role = s.tokens.word(i + 1);
    if (starts_declaration_of_another_kind(s.tokens.kind(i))) role = {};
    const bool is_title = s.tokens.kind(i) == Kind::key && word_of_key(s.tokens.word(i)).starts_with("title");
    if (role.empty() || !is_title || s.tokens.word(i + 1) != s.tokens.word(s.at())) continue;
    diagnostic.help = message::names_have_no_quotes();
    add_replacement(diagnostic, s.tokens.span(s.at()), std::string{role});
    return true;
  }
  return false;
}

}  // namespace

bool advise_on_everyday_words(const Situation& s, diag::Diagnostic& diagnostic) {
  static constexpr Advice all[] = {advise_on_contraction,    advise_on_needless_colon,
                                   advise_on_glued_duration, advise_on_version_mark,
                                   advise_on_second_factor,  advise_on_unless,
                                   advise_on_arrow,          advise_on_filler,
                                   advise_on_exception,      advise_on_portuguese_to,
                                   advise_on_up_to,          advise_on_joined_conditions,
                                   advise_on_title_as_name,  advise_on_filler_in_condition,
                                   advise_on_divided_name,   advise_on_missing_is};
  return std::any_of(std::begin(all), std::end(all), [&](Advice each) { return each(s, diagnostic); });
}

}  // namespace farol::syntax
