#include "syntax/message_advice.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/literals.h"
#include "syntax/recovery.h"

namespace farol::syntax {
namespace {

std::string in_quotes(std::string_view text) { return "\"" + std::string{text} + "\""; }

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
  // `drive.read contracts`: features have dots, and what they act on has none.
  const std::string_view name = s.tokens.word(s.at());
  const bool is_object = s.found() == Kind::all || declares_object(s.tokens, name) ||
                         (name.find('.') == std::string_view::npos && s.found() == Kind::name &&
                          s.tokens.word(s.at() - 1).find('.') != std::string_view::npos);
  if (s.in("features") && s.mismatch.expects(Kind::on) && is_object) {
    diagnostic.help = message::what_it_is_done_to_follows_on();
    add_insertion(diagnostic, before, " on");
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

// `role security guard`
bool advise_on_role(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.in("role") || s.found() != Kind::name || s.before() != Kind::name || !s.mismatch.expects(Kind::inherits))
    return false;
  if (is_declared_role(s.tokens, s.tokens.word(s.at()))) {
    diagnostic.help = message::roles_that_role_inherits();
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), " inherits");
  } else {
    diagnostic.help = message::name_one_word_roles();
    add_replacement(diagnostic, s.tokens.span(s.at() - 1, s.at()),
                    std::string{s.tokens.word(s.at() - 1)} + "_" + std::string{s.tokens.word(s.at())});
  }
  return true;
}

bool advise_on_stray_character(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.found() != Kind::error_char && s.found() != Kind::unterminated_string) return false;
  advise_on_stray(s.tokens, s.at(), diagnostic);
  return true;
}

// What a token must be: of one kind, of several, or anything.
class Pattern {
 public:
  using Test = bool (*)(Kind);

  constexpr Pattern() = default;
  constexpr Pattern(Kind kind) : kind_(kind), any_(false) {}
  constexpr Pattern(Test test) : test_(test) {}

  [[nodiscard]] bool fits(Kind kind) const {
    if (test_ != nullptr) return test_(kind);
    return any_ || kind == kind_;
  }

 private:
  Kind kind_{};
  bool any_ = true;
  Test test_ = nullptr;
};

// What is done about a slip, with the text of its row.
enum class SlipEdit : std::uint8_t {
  none,
  replace,            // what was found
  replace_with_next,  // what was found and the token behind it
  insert,             // behind the token before what was found
  remove_comma,       // before what was found
};

// A kind of slip: where something else was expected, what was found there, and what there is to say. Each condition
// that is left out holds.
struct KnownSlip {
  std::string_view rule{};  // of the grammar, around the place
  std::optional<Kind> expected{};
  Pattern before{}, found{}, next{};
  bool (*when)(const Situation&) = nullptr;
  diag::Text (*help)() = nullptr;
  SlipEdit edit = SlipEdit::none;
  std::string_view text{};
  Advice advice = nullptr;  // instead of all the others, for what is no matter of single tokens
};

bool is_no_entry(Kind kind) { return !is_entry(kind); }
bool is_below_or_above(Kind kind) { return kind == Kind::below || kind == Kind::above; }

// The first row that fits speaks, so what is more special comes first.
const KnownSlip slips[] = {
    {.advice = advise_on_reversed_tiers},
    {.advice = advise_on_date},
    {.advice = advise_on_everyday_words},
    {.advice = advise_on_stray_character},
    {.advice = advise_on_inline_require},
    {.advice = advise_on_no_one},
    {.advice = advise_on_all_before_name},
    {.advice = advise_on_or},
    {.advice = advise_on_test_line},
    {.advice = advise_on_open_brace},
    {.advice = advise_on_tiers_below},
    {.advice = advise_on_misspelt_word},
    {.advice = advise_on_foreign_word},
    {.expected = Kind::is,
     .found = Kind::equals,
     .next = Kind::equals,
     .help = message::condition_says_device_managed,
     .edit = SlipEdit::replace_with_next,
     .text = "is"},
    {.expected = Kind::is,
     .found = Kind::equals,
     .help = message::condition_says_device_managed,
     .edit = SlipEdit::replace,
     .text = "is"},
    {.expected = Kind::to, .found = Kind::for_, .help = message::who_comes_first_allow},
    {.advice = advise_on_colon},
    {.rule = "tiers",
     .expected = Kind::less,
     .found = Kind::comma,
     .help = message::tiers_written_lowest_first,
     .edit = SlipEdit::replace,
     .text = " <"},
    {.rule = "tiers", .expected = Kind::less, .help = message::tiers_written_lowest_first},
    {.rule = "objects", .found = is_below_or_above, .help = message::tier_comes_first_confidential},
    {.rule = "objects", .found = Kind::to, .help = message::range_tiers_written_low},
    {.rule = "block", .before = Kind::number, .found = Kind::name, .help = message::duration_is_written},
    {.rule = "binding", .help = message::id_bound_like_this},
    {.rule = "separation", .expected = Kind::most, .help = message::bound_written_at_most},
    {.expected = Kind::name, .found = Kind::number, .help = message::name_starts_letter},
    {.rule = "context",
     .expected = Kind::bar,
     .found = Kind::comma,
     .help = message::separate_context_values,
     .edit = SlipEdit::replace,
     .text = " |"},
    {.rule = "context", .expected = Kind::bar, .help = message::separate_context_values},
    {.rule = "dataClass",
     .before = Kind::name,
     .found = Kind::name,
     .help = message::tier_data_class_follows,
     .edit = SlipEdit::insert,
     .text = ":"},
    {.expected = Kind::because, .found = Kind::because_in, .help = message::plain_because_comes_first},
    {.rule = "use", .expected = Kind::number, .help = message::version_written_digits_dots},
    {.rule = "context", .expected = Kind::key, .help = message::context_names_its_values},
    {.rule = "test",
     .expected = Kind::expect,
     .when = [](const Situation& s) { return s.tokens.kind(s.at()) != Kind::error_char; },
     .help = message::test_holds_lines},
    {.rule = "guardrail",
     .when = [](const Situation& s) { return s.at() == s.first + 1; },
     .help = message::guardrails_are},
    {.advice = advise_on_role},
    {.advice = advise_on_unquoted_title},
    {.advice = advise_in_block},
    {.advice = advise_on_missing_quotes},
    {.advice = advise_on_quoted_name},
    {.advice = advise_on_joined_list},
    {.expected = Kind::name,
     .before = Kind::comma,
     .found = is_no_entry,
     .help = message::no_comma_follows_last,
     .edit = SlipEdit::remove_comma},
    {.advice = advise_on_missing_comma},
    {.advice = advise_on_missing_mark},
    {.advice = advise_on_kind_before_name},
    {.advice = advise_on_keyword_as_name},
    {.expected = Kind::separate,
     .when = [](const Situation& s) { return s.kind(s.first) == Kind::key && s.at() <= s.first + 2; },
     .help = message::label_goes_before_a_rule},
    {.advice = advise_on_order},
    {.expected = Kind::date,
     .when = [](const Situation& s) { return !s.mismatch.expects(Kind::string); },
     .help = message::date_is_written},
    {.expected = Kind::because,
     .when = [](const Situation& s) { return !s.mismatch.expects(Kind::waive) && !s.mismatch.may_end; },
     .help = message::say_why_because},
};

bool fits(const KnownSlip& slip, const Situation& s) {
  return (slip.rule.empty() || s.in(slip.rule)) && (!slip.expected || s.mismatch.expects(*slip.expected)) &&
         slip.before.fits(s.before()) && slip.found.fits(s.found()) && slip.next.fits(s.kind(s.at() + 1)) &&
         (slip.when == nullptr || slip.when(s));
}

void add_edit(const KnownSlip& slip, const Situation& s, diag::Diagnostic& diagnostic) {
  const std::string text(slip.text);
  switch (slip.edit) {
    case SlipEdit::none: return;
    case SlipEdit::replace: return add_replacement(diagnostic, s.tokens.span(s.at()), text);
    case SlipEdit::replace_with_next: return add_replacement(diagnostic, s.tokens.span(s.at(), s.at() + 1), text);
    case SlipEdit::insert: return add_insertion(diagnostic, s.tokens.span(s.at() - 1), text);
    case SlipEdit::remove_comma:
      diagnostic.fixes.push_back({message::take_the_comma_out(), {}, {{s.tokens.span(s.at() - 1), ""}}});
      return;
  }
}

bool advise(const KnownSlip& slip, const Situation& s, diag::Diagnostic& diagnostic) {
  if (slip.advice != nullptr) return slip.advice(s, diagnostic);
  if (!fits(slip, s)) return false;
  if (slip.help != nullptr) diagnostic.help = slip.help();
  add_edit(slip, s, diagnostic);
  return true;
}

}  // namespace

namespace {

bool declares(const TextTokens& tokens, Kind kind, std::string_view name) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens.kind(i) == kind && tokens.word(i + 1) == name) return true;
  }
  return false;
}

}  // namespace

bool is_declared_role(const TextTokens& tokens, std::string_view name) { return declares(tokens, Kind::role, name); }

bool declares_feature(const TextTokens& tokens, std::string_view name) { return declares(tokens, Kind::feature, name); }

bool starts_declaration_of_another_kind(Kind kind) {
  return (is_declaration_word(kind) || kind == Kind::policy) && kind != Kind::role;
}

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
  std::any_of(std::begin(slips), std::end(slips),
              [&](const KnownSlip& slip) { return advise(slip, situation, diagnostic); });
}

}  // namespace farol::syntax
