#include "sema/canonical.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/date.h"
#include "syntax/token.h"

namespace farol::sema {
namespace {

// The words that may follow a value of a condition, and so cannot be one without backticks.
constexpr std::array<std::string_view, 10> after_values = {"is",   "not",  "and",   "or",      "when",
                                                           "from", "kept", "until", "because", "requiring"};

class Writer {
 public:
  explicit Writer(std::string& text) : text_(text) {}

  Writer& operator<<(std::string_view text) {
    text_ += text;
    return *this;
  }

  void name(std::string_view name) {
    const std::string_view first = name.substr(0, name.find('.'));
    // `because.x` would be a reason in the language x.
    const bool quoted = first.size() == name.size() ? syntax::find_keyword(name).has_value() : first == "because";
    if (!quoted) {
      text_ += name;
      return;
    }
    *this << "`" << first << "`" << name.substr(first.size());
  }
  void name(const syntax::Name& written) { name(written.text); }

  void context_value(std::string_view value) {
    const bool quoted = std::find(after_values.begin(), after_values.end(), value) != after_values.end();
    *this << (quoted ? "`" : "") << value << (quoted ? "`" : "");
  }

  void string(std::string_view content) {
    text_ += '"';
    for (const char c : content) {
      switch (c) {
        case '"': text_ += "\\\""; break;
        case '\\': text_ += "\\\\"; break;
        case '\n': text_ += "\\n"; break;
        case '\t': text_ += "\\t"; break;
        default: text_ += c;
      }
    }
    text_ += '"';
  }

  void value(const syntax::Value& value) {
    if (const auto* name = std::get_if<syntax::Name>(&value)) *this << name->text;
    if (const auto* text = std::get_if<syntax::String>(&value)) string(text->text);
    if (const auto* number = std::get_if<syntax::Number>(&value)) *this << number->text;
    if (const auto* date = std::get_if<syntax::DateLiteral>(&value)) *this << base::to_string(date->date);
    if (const auto* duration = std::get_if<syntax::DurationLiteral>(&value))
      *this << base::to_string(duration->duration);
  }

  template <class List, class Each>
  void list(const List& items, std::string_view separator, const Each& each) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) *this << separator;
      first = false;
      each(item);
    }
  }
  void names(const std::vector<syntax::Name>& list_of_names) {
    list(list_of_names, ", ", [this](const syntax::Name& each) { name(each); });
  }

  void term(const syntax::Term& term);
  void terms(const syntax::TermList& list_of_terms);
  void condition(const syntax::Condition& condition);
  void block(const std::optional<syntax::Block>& block);
  void reasons(const syntax::LocalizedStrings& texts);
  void body(const syntax::RuleBody& body);

  void node(const syntax::PolicyDeclaration& policy);
  void node(const syntax::Use& use);
  void node(const syntax::Include& include);
  void node(const syntax::Drop& drop);
  void node(const syntax::Tiers& tiers);
  void node(const syntax::Declaration& declaration);
  void node(const syntax::ContextDeclaration& context);
  void node(const syntax::ConditionDeclaration& named);
  void node(const syntax::SetDeclaration& set);
  void node(const syntax::Bind& bind);
  void node(const syntax::Fact& fact);
  void node(const syntax::Rule& rule);
  void node(const syntax::Guardrail& guardrail);
  void node(const syntax::Require& require);
  void node(const syntax::Separate& separate);
  void node(const syntax::Test& test);
  void node(const syntax::Waive& waive);
  void node(const syntax::WordList& list);
  void node(const syntax::Check& check);
  void expectation(const syntax::Expectation& expectation);
  void expectation(const syntax::FindingExpectation& expectation);
  void predicate(const syntax::Predicate& predicate);
  void check_range(const syntax::CheckRange& range);
  void check_term(const syntax::CheckTerm& term);
  void check_atom(const syntax::CheckAtom& atom);

  bool translations = false;

 private:
  void condition_in_parentheses(const syntax::Condition& condition);

  std::string& text_;
};

// What a writer is asked to write, as a text of its own.
template <class Write>
std::string write(const Write& each) {
  std::string text;
  Writer writer(text);
  each(writer);
  return text;
}

void Writer::term(const syntax::Term& term) {
  using Form = syntax::Term::Form;
  switch (term.form) {
    case Form::name: name(term.name); break;
    case Form::exactly:
      *this << "exactly ";
      name(term.name);
      break;
    case Form::wildcard:
      name(term.name);
      *this << ".*";
      break;
    case Form::everyone: *this << "everyone"; break;
    case Form::everything: *this << "everything"; break;
    case Form::all: *this << "all"; break;
    case Form::or_below:
      name(term.name);
      *this << " or below";
      break;
    case Form::or_above:
      name(term.name);
      *this << " or above";
      break;
    case Form::range:
      name(term.name);
      *this << "..";
      name(*term.to);
      break;
  }
}

void Writer::terms(const syntax::TermList& list_of_terms) {
  list(list_of_terms.terms, ", ", [this](const syntax::Term& each) { term(each); });
  if (list_of_terms.except.empty()) return;
  *this << " except ";
  list(list_of_terms.except, ", ", [this](const syntax::Term& each) { term(each); });
}

void Writer::condition_in_parentheses(const syntax::Condition& inner) {
  *this << "(";
  condition(inner);
  *this << ")";
}

void Writer::condition(const syntax::Condition& written) {
  using Kind = syntax::Condition::Kind;
  const auto is_joined = [](const syntax::Condition& c) { return c.kind == Kind::all_of || c.kind == Kind::any_of; };
  switch (written.kind) {
    case Kind::named: name(written.name); break;
    case Kind::is:
    case Kind::is_not:
      name(written.name);
      *this << (written.kind == Kind::is ? " is " : " is not ");
      list(written.values, " or ", [this](const syntax::Name& each) { context_value(each.text); });
      break;
    case Kind::all_of:
      list(written.children, " and ", [&](const syntax::Condition& each) {
        if (is_joined(each))
          condition_in_parentheses(each);
        else
          condition(each);
      });
      break;
    case Kind::any_of:
      list(written.children, " or ", [&](const syntax::Condition& each) { condition_in_parentheses(each); });
      break;
    case Kind::negation:
      *this << "not ";
      if (is_joined(written.children.front()))
        condition_in_parentheses(written.children.front());
      else
        condition(written.children.front());
      break;
  }
}

void Writer::block(const std::optional<syntax::Block>& written) {
  if (!written) return;
  std::vector<const syntax::Attribute*> sorted;
  for (const syntax::Attribute& attribute : written->attributes) sorted.push_back(&attribute);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return a->key.text < b->key.text; });
  *this << " {";
  for (const syntax::Attribute* attribute : sorted) {
    *this << " " << attribute->key.text << ": ";
    list(attribute->values, ", ", [this](const syntax::Value& each) { value(each); });
  }
  *this << " }";
}

void Writer::reasons(const syntax::LocalizedStrings& texts) {
  for (const syntax::LocalizedString& text : texts) {
    if (text.language.empty())
      *this << " because ";
    else if (translations)
      *this << " because." << text.language << " ";
    else
      continue;
    string(text.text.text);
  }
}

void Writer::body(const syntax::RuleBody& body) {
  terms(body.subjects);
  if (body.features) *this << " to ", terms(*body.features);
  if (body.objects) *this << " on ", terms(*body.objects);
  if (body.when) *this << " when ", condition(*body.when);
}

void Writer::node(const syntax::PolicyDeclaration& policy) {
  *this << "policy ";
  string(policy.title.text);
  block(policy.block);
}

void Writer::node(const syntax::Use& use) {
  *this << (use.pack ? "use pack " : "use ");
  name(use.name);
  if (use.version) *this << " " << use.version->text;
}

void Writer::node(const syntax::Include& include) {
  *this << "include ";
  string(include.path.text);
}

void Writer::node(const syntax::Drop& drop) {
  *this << "drop ";
  name(drop.label);
  if (!drop.because) return;
  *this << " because ";
  string(drop.because->text);
}

void Writer::node(const syntax::Tiers& tiers) {
  *this << "tiers ";
  list(tiers.names, " < ", [this](const syntax::Name& each) { name(each); });
  block(tiers.block);
}

void Writer::node(const syntax::Declaration& declaration) {
  constexpr std::array<std::string_view, 9> words = {"data ",       "store ", "app ",     "group ",  "place ",
                                                     "department ", "role ",  "feature ", "control "};
  *this << words[static_cast<std::size_t>(declaration.kind)];
  name(declaration.name);
  if (declaration.tier) *this << ": ", name(*declaration.tier);
  if (!declaration.inherits.empty()) *this << " inherits ", names(declaration.inherits);
  block(declaration.block);
}

void Writer::node(const syntax::ContextDeclaration& context) {
  *this << "context ";
  name(context.name);
  *this << ": ";
  list(context.values, " | ", [this](const syntax::Name& each) { context_value(each.text); });
  block(context.block);
}

void Writer::node(const syntax::ConditionDeclaration& named) {
  *this << "condition ";
  name(named.name);
  *this << " = ";
  condition(named.condition);
}

void Writer::node(const syntax::SetDeclaration& set) {
  constexpr std::array<std::string_view, 3> words = {"roles ", "features ", "objects "};
  *this << words[static_cast<std::size_t>(set.kind)];
  name(set.name);
  *this << " = ";
  terms(set.list);
}

void Writer::node(const syntax::Bind& bind) {
  *this << "bind " << bind.kind.text << " ";
  name(bind.name);
  *this << " to ";
  value(bind.id);
}

void Writer::node(const syntax::Fact& fact) {
  *this << fact.kind.text;
  if (fact.name) *this << " ", name(*fact.name);
  block(fact.block);
}

void Writer::node(const syntax::Rule& rule) {
  constexpr std::array<std::string_view, 4> words = {"allow ", "deny ", "forbid ", "only "};
  *this << words[static_cast<std::size_t>(rule.verb)];
  body(rule.body);
  if (!rule.body.controls.empty()) *this << " requiring ", names(rule.body.controls);
  if (rule.body.from) *this << " from " << base::to_string(rule.body.from->date);
  if (rule.body.until) *this << " until " << base::to_string(rule.body.until->date);
  reasons(rule.body.because);
  if (rule.body.kept_by) *this << " kept by ", string(rule.body.kept_by->text);
}

void Writer::node(const syntax::Guardrail& guardrail) {
  *this << (guardrail.kind == syntax::Guardrail::Kind::never ? "never allow " : "always allow ");
  body(guardrail.body);
  reasons(guardrail.body.because);
}

void Writer::node(const syntax::Require& require) {
  *this << "require ";
  names(require.body.controls);
  *this << " for ";
  body(require.body);
  reasons(require.body.because);
}

void Writer::node(const syntax::Separate& separate) {
  *this << "separate ";
  names(separate.names);
  if (separate.at_most) *this << " at most " << separate.at_most->text;
  reasons(separate.because);
}

void Writer::expectation(const syntax::Expectation& expectation) {
  constexpr std::array<std::string_view, 3> words = {"expect allow ", "expect deny ", "expect none "};
  *this << words[static_cast<std::size_t>(expectation.effect)];
  body(expectation.body);
  if (!expectation.body.controls.empty()) *this << " requiring ", names(expectation.body.controls);
  if (expectation.day) *this << " on " << base::to_string(expectation.day->date);
  reasons(expectation.body.because);
}

void Writer::node(const syntax::Test& test) {
  *this << "test ";
  string(test.name.text);
  *this << " {";
  for (const syntax::Expectation& each : test.expectations) *this << " ", expectation(each);
  for (const syntax::FindingExpectation& each : test.findings) *this << " ", expectation(each);
  *this << " }";
}

void Writer::expectation(const syntax::FindingExpectation& expectation) {
  *this << (expectation.absent ? "expect no finding " : "expect finding ");
  name(expectation.finding);
  if (!expectation.things.empty()) *this << " for ", names(expectation.things);
}

void Writer::node(const syntax::WordList& words) {
  *this << (words.limit ? "limit " : "words ");
  name(words.name);
  *this << " = ";
  list(words.values, ", ", [this](const syntax::Value& each) {
    if (const auto* word = std::get_if<syntax::Name>(&each))
      name(*word);
    else
      value(each);
  });
  reasons(words.because);
}

void Writer::node(const syntax::Check& check) {
  *this << "check " << check.id.text << " " << check.severity.text << " ";
  string(check.title.text);
  *this << " {";
  for (const syntax::CheckRange& range : check.ranges) *this << " for ", check_range(range);
  *this << " expect ";
  predicate(check.expected);
  for (const syntax::CheckPart& part : check.parts) {
    const syntax::Attribute& attribute = part.attribute;
    if (!translations && attribute.key.text.find('.') != std::string::npos) continue;
    *this << " " << attribute.key.text << ":";
    if (part.block) {
      block(part.block);
      continue;
    }
    *this << " ";
    list(attribute.values, ", ", [this](const syntax::Value& each) { value(each); });
  }
  *this << " }";
}

void Writer::check_range(const syntax::CheckRange& range) {
  *this << range.kind.text << " " << range.variable.text;
  if (range.filter) *this << " where ", predicate(*range.filter);
}

void Writer::check_term(const syntax::CheckTerm& term) {
  check_atom(term.first);
  if (term.anchor) *this << (term.after ? " after " : " before "), check_atom(*term.anchor);
}

void Writer::check_atom(const syntax::CheckAtom& atom) {
  value(atom.value);
  if (!atom.call) return;
  *this << "(";
  names(atom.arguments);
  *this << ")";
}

// With parentheses around every part, whether they were written or not.
void Writer::predicate(const syntax::Predicate& written) {
  using Kind = syntax::Predicate::Kind;
  constexpr std::array<std::string_view, 7> orders = {"above ",   "below ",    "before ", "after ",
                                                      "at most ", "at least ", ""};
  const std::string_view is = written.negated ? " is not " : " is ";
  const auto inner = [this](const syntax::Predicate& each) {
    *this << "(";
    predicate(each);
    *this << ")";
  };
  switch (written.kind) {
    case Kind::all_of: list(written.children, " and ", inner); break;
    case Kind::any_of: list(written.children, " or ", inner); break;
    case Kind::negation:
      *this << "not ";
      inner(written.children.front());
      break;
    case Kind::quantifier:
      *this << (written.negated ? "no " : "some ");
      check_range(written.range.front());
      break;
    case Kind::count:
      *this << "(count ";
      check_range(written.range.front());
      *this << ")" << is << orders[static_cast<std::size_t>(written.order)] << written.bound->text;
      break;
    case Kind::truth: check_term(written.terms.front()); break;
    case Kind::equal:
      check_term(written.terms.front());
      *this << is;
      list(written.values, " or ", [this](const syntax::CheckAtom& each) { check_atom(each); });
      break;
    case Kind::absent:
      check_term(written.terms.front());
      *this << is << "none";
      break;
    case Kind::order:
      check_term(written.terms.front());
      *this << is << orders[static_cast<std::size_t>(written.order)];
      check_term(written.terms.back());
      break;
  }
}

void Writer::node(const syntax::Waive& waive) {
  *this << "waive ";
  name(waive.finding);
  if (!waive.things.empty()) *this << " for ", names(waive.things);
  if (waive.until) *this << " until " << base::to_string(waive.until->date);
  reasons(waive.because);
  if (waive.by) *this << " by ", string(waive.by->text);
  if (waive.instead) *this << " instead ", string(waive.instead->text);
}

}  // namespace

std::string written_name(std::string_view name) {
  return write([&](Writer& writer) { writer.name(name); });
}

std::string canonical_text(const syntax::Condition& condition) {
  return write([&](Writer& writer) { writer.condition(condition); });
}

std::string canonical_text(const syntax::Expectation& expectation) {
  return write([&](Writer& writer) { writer.expectation(expectation); });
}

std::string canonical_text(const syntax::FindingExpectation& expectation) {
  return write([&](Writer& writer) { writer.expectation(expectation); });
}

std::string canonical_text(const syntax::StatementNode& node) {
  std::string text;
  append_canonical(text, node);
  return text;
}

void append_canonical(std::string& text, const syntax::StatementNode& node) {
  Writer writer(text);
  std::visit([&](const auto& each) { writer.node(each); }, node);
}

std::string canonical_text(const syntax::Statement& statement, std::uint32_t& body) {
  std::string text;
  Writer writer(text);
  writer.translations = true;
  if (statement.label) writer << statement.label->text << ": ";
  if (statement.final) writer << "final ";
  body = static_cast<std::uint32_t>(text.size());
  std::visit([&](const auto& each) { writer.node(each); }, statement.node);
  return text;
}

}  // namespace farol::sema
