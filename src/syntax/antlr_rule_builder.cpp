// The part of TreeBuilder for rules, guardrails, tests and waivers.
#include <algorithm>
#include <utility>

#include "diag/messages_syntax.h"
#include "syntax/antlr_tree_builder.h"
#include "syntax/literals.h"

namespace farol::syntax {

template <class Context>
void TreeBuilder::build_parts(const Context& context, RuleBody& body) {
  build_list(*context.who, body.subjects);
  if (context.what != nullptr) build_list(*context.what, body.features.emplace());
  if (context.which != nullptr) build_list(*context.which, body.objects.emplace());
  if (context.when != nullptr) body.when = build_condition(*context.when);
  body.because = build_reasons(context.why);
}

void TreeBuilder::build_rule(const Parser::GrantContext& context, Rule& rule) {
  switch (tokens_.kind(index_of(context.verb))) {
    case Kind::allow: rule.verb = Rule::Verb::allow; break;
    case Kind::deny: rule.verb = Rule::Verb::deny; break;
    case Kind::forbid: rule.verb = Rule::Verb::forbid; break;
    default: rule.verb = Rule::Verb::only; break;
  }
  rule.verb_span = span_of(context.verb);
  build_parts(context, rule.body);
  rule.body.controls = names(context.controls);
  rule.body.from = optional_date(context.first);
  rule.body.until = optional_date(context.last);
  rule.body.kept_by = optional_string(context.keeper);
}

void TreeBuilder::build_guardrail(const Parser::GuardrailContext& context, Guardrail& guardrail) {
  guardrail.kind =
      tokens_.kind(index_of(context.kind)) == Kind::never ? Guardrail::Kind::never : Guardrail::Kind::always;
  build_parts(context, guardrail.body);
}

void TreeBuilder::build_require(const Parser::RequirementContext& context, Require& require) {
  build_parts(context, require.body);
  require.body.controls = names(context.controls);
}

Separate TreeBuilder::build_separate(const Parser::SeparationContext& context) {
  Separate separate;
  separate.names = names(context.names);
  if (context.most != nullptr) separate.at_most = number(context.most);
  separate.because = build_reasons(context.why);
  return separate;
}

Test TreeBuilder::build_test(const Parser::TestContext& context) {
  Test test;
  test.name = string(context.title);
  test.expectations.reserve(context.expectations.size());
  for (const auto* expectation : context.expectations) {
    if (expectation->found != nullptr)
      test.findings.push_back(build_finding(*expectation->found));
    else
      build_expectation(*expectation, test.expectations.emplace_back());
  }
  return test;
}

void TreeBuilder::build_expectation(const Parser::ExpectationContext& context, Expectation& expectation) {
  switch (tokens_.kind(index_of(context.effect))) {
    case Kind::allow: expectation.effect = Expectation::Effect::allow; break;
    case Kind::deny: expectation.effect = Expectation::Effect::deny; break;
    default: expectation.effect = Expectation::Effect::none; break;
  }
  build_parts(context, expectation.body);
  expectation.body.controls = names(context.controls);
  expectation.day = optional_date(context.day);
  expectation.span = span_of(context);
}

Waive TreeBuilder::build_waive(const Parser::WaiverContext& context) {
  Waive waive;
  waive.finding = name(context.finding);
  waive.things = names(context.things);
  waive.until = date(context.last);
  waive.because = build_reasons(context.why);
  waive.by = optional_string(context.approver);
  waive.instead = optional_string(context.compensation);
  return waive;
}

LocalizedStrings TreeBuilder::build_reasons(const Parser::ReasonsContext* context) {
  LocalizedStrings reasons;
  if (context == nullptr) return reasons;
  reasons.push_back({"", string(context->texts.front())});
  for (std::size_t i = 0; i < context->languages.size(); ++i) {
    const std::string_view word = tokens_.word(index_of(context->languages[i]));
    std::string language = name_of(word.substr(word.find('.') + 1));
    const bool twice = std::any_of(reasons.begin(), reasons.end(),
                                   [&](const LocalizedString& reason) { return reason.language == language; });
    if (twice) complain(span_of(context->languages[i]), message::given_twice_in_one(std::string{word}));
    reasons.push_back({std::move(language), string(context->texts[i + 1])});
  }
  return reasons;
}

// --- Lists ---

template <class Context>
void TreeBuilder::build_list(const Context& context, TermList& list) {
  list.span = span_of(context);
  build_terms(context.items, list.terms);
  list.terms_span = source::cover(list.terms.front().span, list.terms.back().span);
  if (context.except != nullptr) build_terms(context.others, list.except);
}

template void TreeBuilder::build_list(const Parser::SubjectsContext& context, TermList& list);
template void TreeBuilder::build_list(const Parser::FeaturesContext& context, TermList& list);
template void TreeBuilder::build_list(const Parser::ObjectsContext& context, TermList& list);

// The list is flat: `exactly` stands before its term, `below` and `above` behind theirs.
void TreeBuilder::build_terms(const TokenList& items, std::vector<Term>& terms) {
  terms.reserve(items.size());
  TokenPointer exactly = nullptr;
  for (TokenPointer item : items) {
    const std::size_t token = index_of(item);
    const Kind kind = tokens_.kind(token);
    if (kind == Kind::exactly) {
      exactly = item;
      continue;
    }
    if (kind == Kind::below || kind == Kind::above) {
      terms.back().form = kind == Kind::below ? Term::Form::or_below : Term::Form::or_above;
      terms.back().span = source::cover(terms.back().span, tokens_.span(token));
      continue;
    }
    Term& term = terms.emplace_back();
    build_term(token, term);
    if (exactly == nullptr) continue;
    term.span = source::cover(span_of(exactly), term.span);
    if (term.form != Term::Form::name)
      complain(term.span, message::exactly_before_role(std::string{tokens_.word(token)}));
    term.form = Term::Form::exactly;
    exactly = nullptr;
  }
}

void TreeBuilder::build_term(std::size_t token, Term& term) {
  const std::string_view word = tokens_.word(token);
  term.span = tokens_.span(token);
  switch (tokens_.kind(token)) {
    case Kind::everyone:
    case Kind::anyone: term.form = Term::Form::everyone; break;
    case Kind::everything: term.form = Term::Form::everything; break;
    case Kind::all: term.form = Term::Form::all; break;
    case Kind::wildcard:
      term.form = Term::Form::wildcard;
      term.name = part(word_of_wildcard(word));
      return;
    case Kind::range:
      term.form = Term::Form::range;
      term.name = part(words_of_range(word).first);
      term.to = part(words_of_range(word).second);
      return;
    default: break;
  }
  term.name = part(word);
}

// --- Conditions ---

namespace {

Condition negate(Condition condition, source::Span span) {
  Condition negation;
  negation.kind = Condition::Kind::negation;
  negation.span = span;
  negation.children.push_back(std::move(condition));
  return negation;
}

}  // namespace

Condition TreeBuilder::build_condition(const Parser::ConditionContext& context) {
  Condition first = context.first != nullptr ? build_group(*context.first) : build_single(*context.leading);
  if (context.anyOf.empty() && context.allOf.empty()) return first;
  Condition whole;
  whole.kind = context.anyOf.empty() ? Condition::Kind::all_of : Condition::Kind::any_of;
  whole.span = span_of(context);
  whole.children.reserve(1 + context.anyOf.size() + context.allOf.size());
  whole.children.push_back(std::move(first));
  for (const auto* group : context.anyOf) whole.children.push_back(build_group(*group));
  for (const auto* operand : context.allOf) whole.children.push_back(build_operand(*operand));
  return whole;
}

Condition TreeBuilder::build_operand(const Parser::OperandContext& context) {
  return context.inParentheses != nullptr ? build_group(*context.inParentheses) : build_single(*context.alone);
}

Condition TreeBuilder::build_group(const Parser::GroupContext& context) { return build_condition(*context.inner); }

Condition TreeBuilder::build_single(const Parser::SingleContext& context) {
  Condition condition =
      context.inParentheses != nullptr ? build_group(*context.inParentheses) : build_comparison(*context.plain);
  if (context.nots.empty()) return condition;
  // However many `not` there are, the tree holds at most two: a deeper one would have to be walked by recursion.
  const std::size_t kept = context.nots.size() % 2 == 1 ? 1 : 2;
  for (std::size_t i = 0; i < kept; ++i) condition = negate(std::move(condition), span_of(context));
  return condition;
}

Condition TreeBuilder::build_comparison(const Parser::ComparisonContext& context) {
  Condition condition;
  condition.name = name(context.name);
  condition.span = span_of(context);
  if (context.values.empty()) return condition;
  condition.kind = context.negated != nullptr ? Condition::Kind::is_not : Condition::Kind::is;
  condition.values.reserve(context.values.size());
  for (const auto* value : context.values) condition.values.push_back(name(value->token));
  return condition;
}

}  // namespace farol::syntax
