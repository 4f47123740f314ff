// The part of TreeBuilder for checks, and for what tests expect of them.
#include <utility>

#include "diag/messages_syntax.h"
#include "syntax/antlr_tree_builder.h"

namespace farol::syntax {
namespace {

Predicate negate(Predicate predicate, source::Span span) {
  Predicate negation;
  negation.kind = Predicate::Kind::negation;
  negation.span = span;
  negation.children.push_back(std::move(predicate));
  return negation;
}

}  // namespace

Check TreeBuilder::build_check(const Parser::CheckContext& context) {
  Check check;
  check.id = name(context.id);
  check.severity = name(context.severity);
  check.title = string(context.title);
  check.ranges.reserve(context.ranges.size());
  for (const auto* range : context.ranges) check.ranges.push_back(build_range(*range));
  check.expected = build_predicate(*context.expected);
  check.parts.reserve(context.parts.size());
  for (const auto* part : context.parts) check.parts.push_back(build_part(*part));
  return check;
}

CheckPart TreeBuilder::build_part(const Parser::CheckPartContext& context) {
  CheckPart part;
  part.attribute = build_key_and_values(context);
  part.block = build_block(context.body);
  return part;
}

template <class Context>
CheckRange TreeBuilder::build_range(const Context& context) {
  CheckRange range;
  range.kind = name(context.kind->token);
  range.variable = name(context.variable);
  if (context.filter != nullptr) range.filter = build_predicate(*context.filter);
  range.span = span_of(context);
  return range;
}

Predicate TreeBuilder::build_predicate(const Parser::PredicateContext& context) {
  if (context.quantified != nullptr) return build_predicate(*context.quantified);
  Predicate first = context.first != nullptr ? build_predicate(*context.first) : build_predicate(*context.leading);
  if (context.anyOf.empty() && context.allOf.empty()) return first;
  Predicate whole;
  whole.kind = context.anyOf.empty() ? Predicate::Kind::all_of : Predicate::Kind::any_of;
  whole.span = span_of(context);
  whole.children.reserve(1 + context.anyOf.size() + context.allOf.size());
  whole.children.push_back(std::move(first));
  for (const auto* group : context.anyOf) whole.children.push_back(build_predicate(*group));
  for (const auto* operand : context.allOf) whole.children.push_back(build_predicate(*operand));
  return whole;
}

Predicate TreeBuilder::build_predicate(const Parser::QuantifierContext& context) {
  Predicate predicate;
  predicate.kind = Predicate::Kind::quantifier;
  predicate.negated = tokens_.word(index_of(context.quantity)) == "no";
  predicate.range.push_back(build_range(context));
  predicate.span = span_of(context);
  return predicate;
}

Predicate TreeBuilder::build_predicate(const Parser::PredicateOperandContext& context) {
  return context.inParentheses != nullptr ? build_predicate(*context.inParentheses) : build_predicate(*context.alone);
}

Predicate TreeBuilder::build_predicate(const Parser::PredicateSingleContext& context) {
  Predicate predicate =
      context.inParentheses != nullptr ? build_predicate(*context.inParentheses) : build_predicate(*context.plain);
  if (context.nots.empty()) return predicate;
  // As in a condition: at most two, however many were written.
  const std::size_t kept = context.nots.size() % 2 == 1 ? 1 : 2;
  for (std::size_t i = 0; i < kept; ++i) predicate = negate(std::move(predicate), span_of(context));
  return predicate;
}

Predicate TreeBuilder::build_predicate(const Parser::PredicateGroupContext& context) {
  if (context.counted == nullptr) return build_predicate(*context.inner);
  Predicate predicate;
  predicate.kind = Predicate::Kind::count;
  predicate.range.push_back(build_range(*context.counted));
  predicate.negated = context.negated != nullptr;
  if (context.order != nullptr) predicate.order = build_order(*context.order);
  predicate.bound = number(context.bound);
  predicate.span = span_of(context);
  return predicate;
}

Predicate TreeBuilder::build_predicate(const Parser::RelationContext& context) {
  Predicate predicate;
  predicate.terms.push_back(build_check_term(*context.left));
  predicate.negated = context.negated != nullptr;
  predicate.span = span_of(context);
  if (!context.values.empty()) {
    predicate.kind = Predicate::Kind::equal;
    predicate.values.reserve(context.values.size());
    for (const auto* value : context.values) predicate.values.push_back(build_check_value(*value));
  } else if (context.absent != nullptr) {
    predicate.kind = Predicate::Kind::absent;
  } else if (context.order != nullptr) {
    predicate.kind = Predicate::Kind::order;
    predicate.order = build_order(*context.order);
    predicate.terms.push_back(build_check_term(*context.right));
  }
  return predicate;
}

CheckTerm TreeBuilder::build_check_term(const Parser::TermContext& context) {
  CheckTerm term;
  term.first = build_atom(*context.first);
  term.span = span_of(context);
  if (context.anchor == nullptr) return term;
  term.anchor = build_atom(*context.anchor);
  term.after = tokens_.word(index_of(context.direction)) == "after";
  return term;
}

CheckAtom TreeBuilder::build_check_value(const Parser::CheckValueContext& context) {
  if (context.plain != nullptr) return build_atom(*context.plain);
  CheckAtom atom;
  atom.value = name(context.keyword);
  atom.span = span_of(context);
  return atom;
}

CheckAtom TreeBuilder::build_atom(const Parser::AtomContext& context) {
  CheckAtom atom;
  atom.span = span_of(context);
  if (context.literal == nullptr) {
    atom.value = name(context.name);
    atom.call = context.call != nullptr;
    atom.arguments = names(context.arguments);
    return atom;
  }
  switch (tokens_.kind(index_of(context.literal))) {
    case Kind::number: atom.value = number(context.literal); break;
    case Kind::date: atom.value = date(context.literal); break;
    case Kind::duration: atom.value = duration(context.literal); break;
    default: atom.value = string(context.literal); break;
  }
  return atom;
}

Predicate::Order TreeBuilder::build_order(const Parser::OrderingContext& context) const {
  const std::string_view word = tokens_.word(index_of(context.direction));
  if (word == "above") return Predicate::Order::above;
  if (word == "below") return Predicate::Order::below;
  if (word == "before") return Predicate::Order::before;
  if (word == "after") return Predicate::Order::after;
  return word == "most" ? Predicate::Order::at_most : Predicate::Order::at_least;
}

WordList TreeBuilder::build_words(const Parser::FactContext& context) {
  const std::string_view word = tokens_.word(index_of(context.kind));
  if ((word != "words" && word != "limit") || context.name == nullptr)
    complain(span_of(context.kind), message::starts_no_statement_with_equals(std::string{word}),
             message::words_are_written());
  WordList list;
  list.limit = word == "limit";
  list.name = name(context.name != nullptr ? context.name : context.kind);
  for (const auto* value : context.values) {
    list.values.push_back(build_setting(value->token));
    const bool is_name = std::holds_alternative<Name>(list.values.back());
    if (is_name == list.limit || (list.limit && list.values.size() > 1))
      complain(span_of(value->token), list.limit ? message::limit_is_one_value() : message::words_are_names(),
               message::words_are_written());
  }
  list.because = build_reasons(context.why);
  return list;
}

Value TreeBuilder::build_setting(TokenPointer token) {
  switch (tokens_.kind(index_of(token))) {
    case Kind::number: return number(token);
    case Kind::date: return date(token);
    case Kind::duration: return duration(token);
    default: return name(token);
  }
}

FindingExpectation TreeBuilder::build_finding(const Parser::FoundCheckContext& context) {
  const bool absent = context.asked.size() == 3;
  const std::string_view first = tokens_.word(index_of(context.asked.front()));
  const std::string_view second = tokens_.word(index_of(context.asked[1]));
  if (absent ? first != "no" || second != "finding" : first != "finding")
    complain(span_of(context.asked.front()), message::a_test_expects(std::string{first}),
             message::write_expect_finding_id());
  return {absent, name(context.asked.back()), names(context.things), span_of(context)};
}

}  // namespace farol::syntax
