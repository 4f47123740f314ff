// The syntax tree of one file: what was written, with places, before any name is looked up.
// Guarantees: names are in NFC and without backticks; strings without quotes and with escapes resolved; a statement
// with a syntax error is not in `statements` but in `broken`, reported once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/rare.h"
#include "source/source_map.h"

namespace farol::syntax {

using source::Span;

// A word of the text: a name, a dotted name, a keyword where a value may stand.
struct Name {
  std::string text;
  Span span;
};

// A quoted string.
struct String {
  std::string text;
  Span span;
};

// `because "…" because.zh-Hant "…"`: the plain text first (its language is empty), then one for each language.
struct LocalizedString {
  std::string language;
  String text;
};
using LocalizedStrings = std::vector<LocalizedString>;

struct Number {
  std::string text;  // as written: digits, or digits `.` digits (also a version)
  Span span;
};

struct DateLiteral {
  base::Date date;
  Span span;
};

struct DurationLiteral {
  base::Duration duration;
  Span span;
};

using Value = std::variant<Name, String, Number, DateLiteral, DurationLiteral>;
[[nodiscard]] Span span_of(const Value& value);

// `key: value, value`. `key` is the whole dotted word, `title.zh-Hant` for instance.
struct Attribute {
  Name key;
  std::vector<Value> values;  // at least one
};

struct Block {
  std::vector<Attribute> attributes;
  Span span;  // braces included
};

// One entry of a list of subjects, features or objects.
struct Term {
  enum class Form : std::uint8_t {
    name,        // `staff`, `meeting.record`, `contracts`
    exactly,     // `exactly staff`
    wildcard,    // `meeting.*`; `name` is `meeting`
    everyone,    // `everyone`, `anyone`
    everything,  // `everything`
    all,         // `all`
    or_below,    // `confidential or below`
    or_above,    // `confidential or above`
    range,       // `a..b`
  };
  Form form = Form::name;
  Span span;
  Name name;
  base::Rare<Name> to;  // of a range
};

struct TermList {
  std::vector<Term> terms;
  std::vector<Term> except;
  Span span;        // all of it
  Span terms_span;  // without `except …`
};

// A condition. `children` holds the operands of `all_of` (and), `any_of` (or) and `negation` (not).
struct Condition {
  enum class Kind : std::uint8_t { named, is, is_not, all_of, any_of, negation };
  Kind kind = Kind::named;
  Name name;                 // the named condition, or the context
  std::vector<Name> values;  // of `is` and `is_not`
  std::vector<Condition> children;
  Span span;
};

struct PolicyDeclaration {
  String title;
  std::optional<Block> block;
};

struct Use {
  bool pack = false;
  Name name;
  std::optional<Number> version;
};

struct Include {
  String path;
};

struct Drop {
  Name label;
  std::optional<String> because;
};

struct Tiers {
  std::vector<Name> names;  // lowest first
  std::optional<Block> block;
};

// `role`, `feature`, `data`, `store`, `app`, `group`, `place`, `department`, `control`: one named thing.
struct Declaration {
  enum class Kind : std::uint8_t { data, store, app, group, place, department, role, feature, control };
  Kind kind = Kind::role;
  Name name;
  std::optional<Name> tier;    // of `data`
  std::vector<Name> inherits;  // of `role`
  std::optional<Block> block;
};

struct ContextDeclaration {
  Name name;
  std::vector<Name> values;
  std::optional<Block> block;
};

struct ConditionDeclaration {
  Name name;
  Condition condition;
};

// `roles X = …`, `features X = …`, `objects X = …`
struct SetDeclaration {
  enum class Kind : std::uint8_t { roles, features, objects };
  Kind kind = Kind::roles;
  Name name;
  TermList list;
};

struct Bind {
  Name kind;  // `role`, `store`, …
  Name name;
  Value id;  // a number or a string
};

// `KIND [NAME] { … }`: a fact that packs ask for, and `severity { … }`.
struct Fact {
  Name kind;
  std::optional<Name> name;
  Block block;
};

// The part that rules, guardrails and expectations have in common.
struct RuleBody {
  TermList subjects;
  std::optional<TermList> features;  // left out only in some `require`
  std::optional<TermList> objects;
  base::Rare<Condition> when;
  std::vector<Name> controls;  // of `requiring`
  std::optional<DateLiteral> from, until;
  LocalizedStrings because;
  base::Rare<String> kept_by;
};

struct Rule {
  enum class Verb : std::uint8_t { allow, deny, forbid, only };
  Verb verb = Verb::allow;
  Span verb_span;
  RuleBody body;
};

// `never allow …`, `always allow …`
struct Guardrail {
  enum class Kind : std::uint8_t { never, always };
  Kind kind = Kind::never;
  RuleBody body;
};

// `require CONTROLS for S [to F] [on O] [when C]`; the controls stand in `body.controls`.
struct Require {
  RuleBody body;
};

struct Separate {
  std::vector<Name> names;
  std::optional<Number> at_most;
  LocalizedStrings because;
};

struct Expectation {
  enum class Effect : std::uint8_t { allow, deny, none };
  Effect effect = Effect::allow;
  RuleBody body;
  std::optional<DateLiteral> day;  // `on DATE`
  Span span;
};

// `expect [no] finding ID [for THINGS]`
struct FindingExpectation {
  bool absent = false;
  Name finding;
  std::vector<Name> things;
  Span span;
};

struct Test {
  String name;
  std::vector<Expectation> expectations;
  std::vector<FindingExpectation> findings;
};

struct Waive {
  Name finding;
  std::vector<Name> things;
  std::optional<DateLiteral> until;
  LocalizedStrings because;
  std::optional<String> by;
  std::optional<String> instead;
};

// `words NAME = a, b`: a name for a list of words of closed lists, for checks.
struct WordList {
  bool limit = false;  // `limit NAME = 6 months`
  Name name;           // `PACK.NAME`: takes the place of what a pack calls so
  std::vector<Value> values;
  LocalizedStrings because;
};

// The smallest part of a check: `d`, `d.store.region`, `MO`, `"text"`, `6 months`, `allows(r, drive.read, d)`.
struct CheckAtom {
  Value value;  // a name, with dots or without, or a literal
  bool call = false;
  std::vector<Name> arguments;
  Span span;
};

// An atom, or `DURATION after DATE` and `DURATION before DATE`.
struct CheckTerm {
  CheckAtom first;
  std::optional<CheckAtom> anchor;
  bool after = false;
  Span span;
};

// `data d where …`
struct CheckRange;

// What a check expects, or a filter. Nesting is bounded by the parser.
struct Predicate {
  enum class Kind : std::uint8_t { all_of, any_of, negation, quantifier, count, truth, equal, absent, order };
  enum class Order : std::uint8_t { above, below, before, after, at_most, at_least, exactly };
  Kind kind = Kind::truth;
  std::vector<Predicate> children;  // operands
  std::vector<CheckTerm> terms;     // of the last four; the left side, and of `order` the right side
  std::vector<CheckAtom> values;    // of `equal`: one of them
  std::vector<CheckRange> range;    // of `quantifier` and `count`: one
  bool negated = false;             // `is not`; of `quantifier`: `no`
  Order order = Order::exactly;
  base::Rare<Number> bound;  // of `count`
  Span span;
};

struct CheckRange {
  Name kind;
  Name variable;
  std::optional<Predicate> filter;
  Span span;
};

// `key: values`, or `cite: { … }`.
struct CheckPart {
  Attribute attribute;
  std::optional<Block> block;
};

struct Check {
  Name id;
  Name severity;
  String title;
  std::vector<CheckRange> ranges;
  Predicate expected;
  std::vector<CheckPart> parts;
};

using StatementNode =
    std::variant<PolicyDeclaration, Use, Include, Drop, Tiers, Declaration, ContextDeclaration, ConditionDeclaration,
                 SetDeclaration, Bind, Fact, Rule, Guardrail, Require, Separate, Test, Waive, WordList, Check>;

struct Statement {
  base::Rare<Name> label;  // of rules, guardrails, `require` and `separate`
  bool final = false;      // `LABEL: final …`: no `drop` may take it out
  std::string doc;         // the text of the `///` lines before it, without the marks
  Span span;               // from the label or keyword to the last token
  StatementNode node;
};

// A statement that could not be read. What later stages need so that they neither stumble over it nor invent findings.
struct BrokenStatement {
  Span span;
  bool is_rule = false;        // may have been a rule, guardrail or test
  std::vector<Name> declares;  // the names that it would have declared, as far as they can be seen
  std::vector<Name> mentions;  // every name in it
};

struct File {
  source::SourceId source;
  std::optional<Number> version;  // of the language: `farol 1`
  std::vector<Statement> statements;
  std::vector<BrokenStatement> broken;
  bool included = false;  // by another file alone: neither named on the command line nor in a folder that is
};

}  // namespace farol::syntax
