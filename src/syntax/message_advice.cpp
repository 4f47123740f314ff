#include "syntax/message_advice.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "syntax/literals.h"
#include "syntax/recovery.h"

namespace farol::syntax {
namespace {

bool advise_on_missing_mark(const Situation& s, diag::Diagnostic& diagnostic) {
  const auto only = [&](Kind kind) {
    return s.mismatch.expects(kind) && !s.mismatch.may_end && !s.mismatch.expects(Kind::name);
  };
  if (only(Kind::equals) && s.mismatch.expected.size() == 1) {
    diagnostic.help = "what a name stands for follows `=`";
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), " =");
  } else if (s.found() == Kind::end && only(Kind::rparen)) {
    diagnostic.help = "a `(` before it is still open";
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), ")");
  } else if (s.found() == Kind::rbrace && s.mismatch.may_end) {
    diagnostic.message = "this `}` closes nothing";
    diagnostic.fixes.push_back({"take it out", "", {{s.tokens.span(s.at()), ""}}});
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
    diagnostic.help = "between who and what stands `to`";
    add_insertion(diagnostic, before, " to");
    return true;
  }
  if (is_missing(Kind::for_)) {
    diagnostic.help = "whom it is required of follows `for`";
    add_insertion(diagnostic, before, " for");
    return true;
  }
  diagnostic.help = "the entries of a list are parted by `,`";
  add_insertion(diagnostic, before, ",");
  return true;
}

// `a and b` in a list
bool advise_on_joined_list(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool joined = (s.found() == Kind::and_ || s.found() == Kind::or_) && s.mismatch.expects(Kind::comma);
  const bool after_or = s.in("objects") && s.before() == Kind::or_ && is_entry(s.found());
  if (!joined && !after_or) return false;
  const std::size_t word = after_or ? s.at() - 1 : s.at();
  diagnostic.help = "the entries of a list are parted by `,`";
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
  diagnostic.help = "a tier with all on one side of it: `confidential or below`, `confidential or above`";
  return true;
}

// `allow …` on a line of a test.
bool advise_on_test_line(const Situation& s, diag::Diagnostic& diagnostic) {
  const Kind found = s.found();
  const bool effect = found == Kind::allow || found == Kind::deny;
  if (!s.in("test") || !s.mismatch.expects(Kind::expect) || s.tokens.is_at_margin(s.at())) return false;
  if (!effect && found != Kind::forbid && found != Kind::only) return false;
  diagnostic.help = "a test holds lines such as `expect allow SUBJECTS to FEATURES`";
  const source::Span before{s.tokens.source, s.tokens[s.at()].begin, s.tokens[s.at()].begin};
  if (effect) {
    diagnostic.fixes.push_back({"insert `expect`", "", {{before, "expect "}}});
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
  diagnostic.message = "this `{` has no `}`";
  diagnostic.labels.push_back({diagnostic.span, "it is still open here"});
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
    diagnostic.help = "several values are parted by `,`; text of more than one word stands in quotes";
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), ",");
    if (s.before() == Kind::name && s.found() == Kind::name) {
      const source::Span both = s.tokens.span(s.at() - 1, s.at());
      add_replacement(diagnostic, both, fmt::format("\"{}\"", s.tokens.text.substr(both.begin, both.end - both.begin)));
    }
  } else if (s.found() == Kind::name || is_keyword(s.found())) {
    diagnostic.help = "an attribute is written `key: value`";
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
  diagnostic.help = defines   ? "what a name stands for follows `=`"
                    : is_role ? "the roles that a role inherits follow `inherits`"
                              : "no colon follows this name";
  add_replacement(diagnostic, s.tokens.span(s.at()), defines ? name + " =" : is_role ? name + " inherits" : name);
  return true;
}

bool is_declared_role(const TextTokens& tokens, std::string_view name) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens.kind(i) == Kind::role && tokens.word(i + 1) == name) return true;
  }
  return false;
}

// `role security guard`
bool advise_on_role(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.in("role") || s.found() != Kind::name || s.before() != Kind::name || !s.mismatch.expects(Kind::inherits))
    return false;
  if (is_declared_role(s.tokens, s.tokens.word(s.at()))) {
    diagnostic.help = "the roles that a role inherits follow `inherits`";
    add_insertion(diagnostic, s.tokens.span(s.at() - 1), " inherits");
  } else {
    diagnostic.help = "a name is one word; roles that it inherits follow `inherits`";
    add_replacement(diagnostic, s.tokens.span(s.at() - 1, s.at()),
                    fmt::format("{}_{}", s.tokens.word(s.at() - 1), s.tokens.word(s.at())));
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
  remove_before,      // the token before what was found
};

// A kind of slip: where something else was expected, what was found there, and what there is to say. Each condition
// that is left out holds.
struct KnownSlip {
  std::string_view rule{};  // of the grammar, around the place
  std::optional<Kind> expected{};
  Pattern before{}, found{}, next{};
  bool (*when)(const Situation&) = nullptr;
  std::string_view help{};
  SlipEdit edit = SlipEdit::none;
  std::string_view text{};
  Advice advice = nullptr;  // instead of all the others, for what is no matter of single tokens
};

bool is_no_entry(Kind kind) { return !is_entry(kind); }
bool is_below_or_above(Kind kind) { return kind == Kind::below || kind == Kind::above; }

// The first row that fits speaks, so what is more special comes first.
const KnownSlip slips[] = {
    {.advice = advise_on_stray_character},
    {.advice = advise_on_or},
    {.advice = advise_on_test_line},
    {.advice = advise_on_open_brace},
    {.advice = advise_on_tiers_below},
    {.advice = advise_on_misspelt_word},
    {.advice = advise_on_foreign_word},
    {.expected = Kind::is,
     .found = Kind::equals,
     .next = Kind::equals,
     .help = "a condition says `is`: `device is managed`",
     .edit = SlipEdit::replace_with_next,
     .text = "is"},
    {.expected = Kind::is,
     .found = Kind::equals,
     .help = "a condition says `is`: `device is managed`",
     .edit = SlipEdit::replace,
     .text = "is"},
    {.expected = Kind::to, .found = Kind::for_, .help = "who comes first: `allow SUBJECTS to FEATURES on OBJECTS`"},
    {.advice = advise_on_colon},
    {.rule = "tiers",
     .expected = Kind::less,
     .found = Kind::comma,
     .help = "tiers are written lowest first, with `<` between them",
     .edit = SlipEdit::replace,
     .text = " <"},
    {.rule = "tiers", .expected = Kind::less, .help = "tiers are written lowest first, with `<` between them"},
    {.rule = "objects",
     .found = is_below_or_above,
     .help = "the tier comes first: `confidential or below`, `confidential or above`"},
    {.rule = "objects", .found = Kind::to, .help = "a range of tiers is written `low..high`"},
    {.rule = "block",
     .before = Kind::number,
     .found = Kind::name,
     .help = "a duration is written `6 months`, in days, weeks, months or years"},
    {.rule = "binding", .help = "an id is bound like this: `bind role NAME to \"ID\"`"},
    {.rule = "separation", .expected = Kind::most, .help = "the bound is written `at most N`"},
    {.expected = Kind::name, .found = Kind::number, .help = "a name starts with a letter"},
    {.rule = "context",
     .expected = Kind::bar,
     .found = Kind::comma,
     .help = "the values of a context are parted by `|`",
     .edit = SlipEdit::replace,
     .text = " |"},
    {.rule = "context", .expected = Kind::bar, .help = "the values of a context are parted by `|`"},
    {.rule = "dataClass",
     .before = Kind::name,
     .found = Kind::name,
     .help = "the tier of a data class follows a colon: `data NAME: TIER`",
     .edit = SlipEdit::insert,
     .text = ":"},
    {.expected = Kind::because,
     .found = Kind::because_in,
     .help = "the plain `because \"…\"` comes first, then those of each language"},
    {.rule = "use", .expected = Kind::number, .help = "a version is written in digits and dots: `2026.11`"},
    {.rule = "context", .expected = Kind::key, .help = "a context names its values: `context NAME: a | b`"},
    {.rule = "test",
     .expected = Kind::expect,
     .when = [](const Situation& s) { return s.tokens.kind(s.at()) != Kind::error_char; },
     .help = "a test holds lines such as `expect allow SUBJECTS to FEATURES`"},
    {.rule = "guardrail",
     .when = [](const Situation& s) { return s.at() == s.first + 1; },
     .help = "guardrails are `never allow …` and `always allow …`; a rule that always refuses is a `forbid`"},
    {.advice = advise_on_role},
    {.advice = advise_on_unquoted_title},
    {.advice = advise_in_block},
    {.advice = advise_on_missing_quotes},
    {.advice = advise_on_quoted_name},
    {.advice = advise_on_joined_list},
    {.expected = Kind::name,
     .before = Kind::comma,
     .found = is_no_entry,
     .help = "no comma follows the last entry of a list",
     .edit = SlipEdit::remove_before},
    {.advice = advise_on_missing_comma},
    {.advice = advise_on_missing_mark},
    {.advice = advise_on_kind_before_name},
    {.advice = advise_on_keyword_as_name},
    {.expected = Kind::separate,
     .when = [](const Situation& s) { return s.kind(s.first) == Kind::key && s.at() <= s.first + 2; },
     .help = "a label stands before a rule, `never`, `always`, `require` or `separate`; attributes stand in `{ }`"},
    {.rule = "grant",
     .found = is_connective,
     .help = "the parts of a rule stand in this order: who, `to`, `on`, `when`, `requiring`, `from`, `until`, "
             "`because`, `kept by`"},
    {.rule = "guardrail",
     .found = is_connective,
     .help = "the parts of a guardrail stand in this order: who, `to`, `on`, `when`, `because`"},
    {.rule = "requirement",
     .found = is_connective,
     .help = "the parts of a `require` stand in this order: controls, `for`, `to`, `on`, `when`, `because`"},
    {.rule = "expectation",
     .found = is_connective,
     .help = "the parts of an `expect` stand in this order: who, `to`, `on`, `when`, `requiring`, `because`"},
    {.rule = "waiver",
     .found = is_connective,
     .help = "the parts of a `waive` stand in this order: the finding, `for`, `until`, `because`, `by`, `instead`"},
    {.rule = "separation",
     .found = is_connective,
     .help = "the parts of a `separate` stand in this order: names, `at most`, `because`"},
    {.expected = Kind::date,
     .when = [](const Situation& s) { return !s.mismatch.expects(Kind::string); },
     .help = "a date is written `2026-12-31`"},
    {.expected = Kind::because,
     .when = [](const Situation& s) { return !s.mismatch.expects(Kind::waive) && !s.mismatch.may_end; },
     .help = "say why: `because \"…\"`"},
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
    case SlipEdit::remove_before:
      diagnostic.fixes.push_back(
          {fmt::format("take the `{}` out", s.tokens.word(s.at() - 1)), "", {{s.tokens.span(s.at() - 1), ""}}});
      return;
  }
}

bool advise(const KnownSlip& slip, const Situation& s, diag::Diagnostic& diagnostic) {
  if (slip.advice != nullptr) return slip.advice(s, diagnostic);
  if (!fits(slip, s)) return false;
  diagnostic.help = slip.help;
  add_edit(slip, s, diagnostic);
  return true;
}

}  // namespace

void add_replacement(diag::Diagnostic& diagnostic, source::Span span, const std::string& text) {
  const std::string trimmed = text.substr(std::min(text.find_first_not_of(' '), text.size()));
  diagnostic.fixes.push_back(
      {fmt::format("write {}", trimmed.find('`') == std::string::npos ? "`" + trimmed + "`" : trimmed),
       "",
       {{span, text}}});
}

void add_insertion(diag::Diagnostic& diagnostic, source::Span behind, const std::string& text) {
  const std::string trimmed = text.substr(std::min(text.find_first_not_of(' '), text.size()));
  diagnostic.fixes.push_back(
      {fmt::format("insert `{}`", trimmed), "", {{{behind.source, behind.end, behind.end}, text}}});
}

void advise(const Situation& situation, diag::Diagnostic& diagnostic) {
  std::any_of(std::begin(slips), std::end(slips),
              [&](const KnownSlip& slip) { return advise(slip, situation, diagnostic); });
}

}  // namespace farol::syntax
