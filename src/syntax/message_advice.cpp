#include "syntax/message_advice.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/literals.h"
#include "syntax/recovery.h"

namespace farol::syntax {
namespace {

std::string in_quotes(std::string_view text) { return "\"" + std::string{text} + "\""; }

// `a, b,` before something that is no entry
bool advise_on_trailing_comma(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.before() != Kind::comma || !s.mismatch.expects(Kind::name) || is_entry(s.found())) return false;
  diagnostic.help = message::no_comma_follows_last();
  diagnostic.fixes.push_back({message::take_the_comma_out(), {}, {{s.tokens.span(s.at() - 1), ""}}});
  return true;
}

bool advise_on_missing_mark(const Situation& s, diag::Diagnostic& diagnostic) {
  const auto only = [&](Kind kind) {
    return s.mismatch.expects(kind) && !s.mismatch.may_end && !s.mismatch.expects(Kind::name);
  };
  if (only(Kind::equals) && s.mismatch.expected.size() == 1) {
    diagnostic.help = message::write_equals_before();
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), " =");
  } else if (s.found() == Kind::end && only(Kind::rparen)) {
    diagnostic.help = message::before_still_open();
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), ")");
  } else if (s.found() == Kind::rbrace && s.mismatch.may_end) {
    diagnostic.message = message::this_brace_closes_nothing();
    diagnostic.fixes.push_back({message::take_it_out(), {}, {{s.tokens.span(s.at()), ""}}});
  } else {
    return false;
  }
  return true;
}

bool advise_on_equals(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::equals || !s.mismatch.expects(Kind::is)) return false;
  const bool twice = s.kind(s.at() + 1) == Kind::equals;
  diagnostic.help = message::condition_says_device_managed();
  add_replacement(diagnostic, s.tokens.span(s.at(), s.at() + (twice ? 1U : 0U)), "is");
  return true;
}

// `allow drive.read for hr`
bool advise_on_for(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::for_ || !s.mismatch.expects(Kind::to)) return false;
  diagnostic.help = message::who_comes_first_allow();
  return true;
}

bool advise_on_order(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!is_connective(s.found())) return false;
  if (s.in("grant")) {
    diagnostic.help = message::order_of_a_rule();
  } else if (s.in("guardrail")) {
    diagnostic.help = message::order_of_a_guardrail();
  } else if (s.in("requirement")) {
    diagnostic.help = message::order_of_a_require();
  } else if (s.in("expectation")) {
    diagnostic.help = message::order_of_an_expect();
  } else if (s.in("waiver")) {
    diagnostic.help = message::order_of_a_waive();
  } else if (s.in("separation")) {
    diagnostic.help = message::order_of_a_separate();
  } else {
    return false;
  }
  return true;
}

// Two entries side by side: a comma is missing, or the `to` between who and what.
bool advise_on_missing_comma(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!is_entry(s.found()) || !is_entry(s.before()) || !s.mismatch.expects(Kind::comma) || s.in("block")) return false;
  // Three words in a row are no list.
  if (is_entry(s.kind(s.at() + 1)) && !s.tokens.starts_new_line(s.at() + 1)) return false;
  const source::Span before = s.tokens.span(s.at() - 1);
  const auto is_missing = [&](Kind word) {
    bool follows = false;
    for (std::size_t i = s.at(); i < s.end; ++i) follows = follows || s.kind(i) == word;
    return s.mismatch.expects(word) && !follows;
  };
  if (is_missing(Kind::to)) {
    diagnostic.help = message::write_to_between();
    add_insertion(diagnostic, before, " to");
    return true;
  }
  if (is_missing(Kind::for_)) {
    diagnostic.help = message::write_for_before();
    add_insertion(diagnostic, before, " for");
    return true;
  }
  diagnostic.help = message::separate_the_entries();
  add_insertion(diagnostic, before, ",");
  return true;
}

// `a and b` in a list
bool advise_on_joined_list(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool joined = (s.found() == Kind::and_ || s.found() == Kind::or_) && s.mismatch.expects(Kind::comma);
  const bool after_or = s.in("objects") && s.before() == Kind::or_ && is_entry(s.found());
  if (!joined && !after_or) return false;
  const std::size_t word = after_or ? s.at() - 1 : s.at();
  diagnostic.help = message::separate_the_entries();
  add_replacement(diagnostic, {s.tokens.source, s.tokens[word - 1].end, s.tokens[word].end}, ",");
  return true;
}

// `internal and below`, `internal or lower`: of a tier and those on one side of it.
bool advise_on_tiers_below(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.in("objects")) return false;
  const Kind next = s.kind(s.at() + 1);
  if (s.found() == Kind::and_ && (next == Kind::below || next == Kind::above)) {
    add_replacement(diagnostic, s.tokens.span(s.at()), "or");
  } else if (s.before() == Kind::or_ && s.mismatch.expects(Kind::below)) {
    constexpr std::string_view down[] = {"lower", "less", "down", "under", "beneath"};
    constexpr std::string_view up[] = {"higher", "more", "up", "over", "greater"};
    const std::string word = base::fold_case(s.tokens.word(s.at()));
    const bool is_down = std::find(std::begin(down), std::end(down), word) != std::end(down);
    if (!is_down && std::find(std::begin(up), std::end(up), word) == std::end(up)) return false;
    add_replacement(diagnostic, s.tokens.span(s.at()), is_down ? "below" : "above");
  } else {
    return false;
  }
  diagnostic.help = message::tier_and_one_side();
  return true;
}

// `allow …` on a line of a test.
bool advise_on_test_line(const Situation& s, diag::Diagnostic& diagnostic) {
  const Kind found = s.found();
  const bool effect = found == Kind::allow || found == Kind::deny;
  if (!s.in("test") || !s.mismatch.expects(Kind::expect) || s.tokens.is_at_margin(s.at())) return false;
  if (!effect && found != Kind::forbid && found != Kind::only) return false;
  diagnostic.help = message::test_holds_lines();
  const source::Span before{s.tokens.source, s.tokens[s.at()].begin, s.tokens[s.at()].begin};
  if (effect) {
    diagnostic.fixes.push_back({message::insert_expect(), {}, {{before, "expect "}}});
  } else if (found == Kind::forbid) {
    add_replacement(diagnostic, s.tokens.span(s.at()), "expect deny");
  }
  return true;
}

bool advise_on_open_brace(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.mismatch.expects(Kind::rbrace)) return false;
  const bool next_starts = s.at() >= s.end || (s.tokens.starts_new_line(s.at()) && starts_statement(s.tokens, s.at()));
  if (!next_starts) return false;
  std::size_t opening = s.at();
  while (opening > s.first && s.kind(opening) != Kind::lbrace) --opening;
  if (s.kind(opening) != Kind::lbrace) return false;
  diagnostic.message = message::brace_is_not_closed();
  diagnostic.labels.push_back({diagnostic.span, message::still_open_here()});
  diagnostic.span = s.tokens.span(opening);
  add_insertion(diagnostic, s.tokens.span(s.at() - 1), " }");
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
  add_replacement(diagnostic, text, in_quotes(s.tokens.text.substr(text.begin, text.end - text.begin)));
  return true;
}

bool advise_in_block(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.in("block") || !s.mismatch.expects(Kind::key)) return false;
  const Kind next = s.kind(s.at() + 1);
  const bool several = s.mismatch.expects(Kind::comma) && is_value(s.found()) && !s.tokens.starts_new_line(s.at()) &&
                       (!is_value(next) || s.tokens.starts_new_line(s.at() + 1));
  if (several) {
    diagnostic.help = message::separate_several_values();
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), ",");
    if (s.before() == Kind::name && s.found() == Kind::name) {
      const source::Span both = s.tokens.span(s.at() - 1, s.at());
      add_replacement(diagnostic, both, in_quotes(s.tokens.text.substr(both.begin, both.end - both.begin)));
    }
  } else if (s.found() == Kind::name || is_keyword(s.found())) {
    diagnostic.help = message::attribute_written_key_value();
    if (s.kind(s.at() + 1) == Kind::equals) {
      add_replacement(diagnostic, {s.tokens.source, s.tokens[s.at()].end, s.tokens[s.at() + 1].end}, ":");
    } else {
      add_insertion(diagnostic, s.tokens.span(s.at()), ":");
    }
  } else {
    return false;
  }
  return true;
}

bool advise_on_separator(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.in("tiers") && s.mismatch.expects(Kind::less)) {
    diagnostic.help = message::tiers_written_lowest_first();
    if (s.found() == Kind::comma) add_replacement(diagnostic, s.tokens.span(s.at()), " <");
  } else if (s.in("objects") && (s.found() == Kind::below || s.found() == Kind::above)) {
    diagnostic.help = message::tier_comes_first_confidential();
  } else if (s.in("objects") && s.found() == Kind::to) {
    diagnostic.help = message::range_tiers_written_low();
  } else if (s.before() == Kind::number && s.found() == Kind::name && s.in("block")) {
    diagnostic.help = message::duration_is_written();
  } else if (s.in("binding")) {
    diagnostic.help = message::id_bound_like_this();
  } else if (s.in("separation") && s.mismatch.expects(Kind::most)) {
    diagnostic.help = message::bound_written_at_most();
  } else if (s.found() == Kind::number && s.mismatch.expects(Kind::name)) {
    diagnostic.help = message::name_starts_letter();
  } else if (s.in("context") && s.mismatch.expects(Kind::bar)) {
    diagnostic.help = message::separate_context_values();
    if (s.found() == Kind::comma) add_replacement(diagnostic, s.tokens.span(s.at()), " |");
  } else if (s.in("dataClass") && s.found() == Kind::name && s.before() == Kind::name) {
    diagnostic.help = message::tier_data_class_follows();
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), ":");
  } else {
    return false;
  }
  return true;
}

// `condition x: …`, `role hr: …`
bool advise_on_colon(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::key || !s.mismatch.expects(Kind::name) || s.at() != s.first + 1) return false;
  const std::string name(word_of_key(s.tokens.word(s.at())));
  const bool defines = s.in("namedCondition") || s.in("namedSet");
  const bool is_role = s.in("role") && s.kind(s.at() + 1) == Kind::name && !s.tokens.starts_new_line(s.at() + 1);
  diagnostic.help = defines   ? message::write_equals_before()
                    : is_role ? message::roles_that_role_inherits()
                              : message::no_colon_follows_this();
  add_replacement(diagnostic, s.tokens.span(s.at()), defines ? name + " =" : is_role ? name + " inherits" : name);
  return true;
}

bool is_declared_role(const TextTokens& tokens, std::string_view name) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens.kind(i) == Kind::role && tokens.word(i + 1) == name) return true;
  }
  return false;
}

// Words that each have one place, which is somewhere else.
bool advise_on_form(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() == Kind::because_in && s.mismatch.expects(Kind::because)) {
    diagnostic.help = message::plain_because_comes_first();
  } else if (s.in("use") && s.mismatch.expects(Kind::number)) {
    diagnostic.help = message::version_written_digits_dots();
  } else if (s.in("context") && s.mismatch.expects(Kind::key)) {
    diagnostic.help = message::context_names_its_values();
  } else if (s.in("test") && s.mismatch.expects(Kind::expect) && s.tokens.kind(s.at()) != Kind::error_char) {
    diagnostic.help = message::test_holds_lines();
  } else if (s.in("guardrail") && s.at() == s.first + 1) {
    diagnostic.help = message::guardrails_are();
  } else if (s.in("role") && s.found() == Kind::name && s.before() == Kind::name &&
             s.mismatch.expects(Kind::inherits)) {
    if (is_declared_role(s.tokens, s.tokens.word(s.at()))) {
      diagnostic.help = message::roles_that_role_inherits();
      add_insertion(diagnostic, s.tokens.span(s.at() - 1), " inherits");
    } else {
      diagnostic.help = message::name_one_word_roles();
      add_replacement(diagnostic, s.tokens.span(s.at() - 1, s.at()),
                      std::string{s.tokens.word(s.at() - 1)} + "_" + std::string{s.tokens.word(s.at())});
    }
  } else {
    return false;
  }
  return true;
}

bool advise_on_label(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.kind(s.first) != Kind::key || s.at() > s.first + 2 || !s.mismatch.expects(Kind::separate)) return false;
  diagnostic.help = message::label_goes_before_a_rule();
  return true;
}

bool advise_on_date(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.mismatch.expects(Kind::date) || s.mismatch.expects(Kind::string)) return false;
  diagnostic.help = message::date_is_written_so();
  return true;
}

bool advise_on_reason(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.mismatch.expects(Kind::because) || s.mismatch.expects(Kind::waive) || s.mismatch.may_end) return false;
  diagnostic.help = message::say_why_because();
  return true;
}

bool advise_on_stray_character(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::error_char && s.found() != Kind::unterminated_string) return false;
  advise_on_stray(s.tokens, s.at(), diagnostic);
  return true;
}

}  // namespace

void add_replacement(diag::Diagnostic& diagnostic, source::Span span, const std::string& text) {
  const std::string trimmed = text.substr(std::min(text.find_first_not_of(' '), text.size()));
  diagnostic.fixes.push_back(
      {trimmed.find('`') == std::string::npos ? message::write_name(trimmed) : message::write_as(trimmed),
       {},
       {{span, text}}});
}

void add_insertion(diag::Diagnostic& diagnostic, source::Span behind, const std::string& text) {
  const std::string trimmed = text.substr(std::min(text.find_first_not_of(' '), text.size()));
  diagnostic.fixes.push_back({message::insert_name(trimmed), {}, {{{behind.source, behind.end, behind.end}, text}}});
}

void advise(const Situation& situation, diag::Diagnostic& diagnostic) {
  // The first that knows the slip speaks.
  constexpr Advice all[] = {advise_on_stray_character,
                            advise_on_or,
                            advise_on_test_line,
                            advise_on_open_brace,
                            advise_on_tiers_below,
                            advise_on_misspelt_word,
                            advise_on_foreign_word,
                            advise_on_equals,
                            advise_on_for,
                            advise_on_colon,
                            advise_on_separator,
                            advise_on_form,
                            advise_on_unquoted_title,
                            advise_in_block,
                            advise_on_missing_quotes,
                            advise_on_quoted_name,
                            advise_on_joined_list,
                            advise_on_trailing_comma,
                            advise_on_missing_comma,
                            advise_on_missing_mark,
                            advise_on_kind_before_name,
                            advise_on_keyword_as_name,
                            advise_on_label,
                            advise_on_order,
                            advise_on_date,
                            advise_on_reason};
  std::any_of(std::begin(all), std::end(all), [&](Advice advice) { return advice(situation, diagnostic); });
}

}  // namespace farol::syntax
