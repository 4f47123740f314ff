// Makes the tree of one statement from the labels of the generated parser's contexts.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "FarolParser.h"
#include "diag/diagnostic.h"
#include "syntax/antlr_stream.h"
#include "syntax/ast.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {

class TreeBuilder {
 public:
  using Parser = generated::FarolParser;
  using TokenPointer = const antlr4::Token*;
  using TokenList = std::vector<antlr4::Token*>;

  explicit TreeBuilder(const TextTokens& tokens) : tokens_(tokens) {}

  // Fills `statement`, which is new, where it lies: a statement is too large to be handed on by value a few times.
  void build(const Parser::StatementContext& context, Statement& statement);
  // The first thing in the statement built last that fits the grammar and yet has no meaning: a day that does not
  // exist, an escape that is none.
  [[nodiscard]] std::optional<diag::Diagnostic> take_problem();

 private:
  // antlr_tree_builder.cpp: declarations
  void build_node(const Parser::StatementContext& context, StatementNode& node);
  Declaration build_declaration(const Parser::DataClassContext& context);
  Declaration build_declaration(const Parser::ThingContext& context);
  Declaration build_declaration(const Parser::RoleContext& context);
  ContextDeclaration build_context(const Parser::ContextContext& context);
  SetDeclaration build_set(const Parser::NamedSetContext& context);
  Bind build_bind(const Parser::BindingContext& context);
  std::optional<Block> build_block(const Parser::BlockContext* context);
  Attribute build_attribute(const Parser::AttributeContext& context);
  Value build_value(const Parser::ValueContext& context);
  // `Context` is AttributeContext or CheckPartContext.
  template <class Context>
  Attribute build_key_and_values(const Context& context);

  // antlr_rule_builder.cpp: rules, guardrails, tests, waivers
  void build_rule(const Parser::GrantContext& context, Rule& rule);
  void build_guardrail(const Parser::GuardrailContext& context, Guardrail& guardrail);
  void build_require(const Parser::RequirementContext& context, Require& require);
  Separate build_separate(const Parser::SeparationContext& context);
  Test build_test(const Parser::TestContext& context);
  void build_expectation(const Parser::ExpectationContext& context, Expectation& expectation);
  Waive build_waive(const Parser::WaiverContext& context);
  // The parts that all rules share, by the labels that all their contexts have.
  template <class Context>
  void build_parts(const Context& context, RuleBody& body);
  LocalizedStrings build_reasons(const Parser::ReasonsContext* context);
  // `Context` is SubjectsContext, FeaturesContext or ObjectsContext.
  template <class Context>
  void build_list(const Context& context, TermList& list);
  void build_terms(const TokenList& items, std::vector<Term>& terms);
  void build_term(std::size_t token, Term& term);
  Condition build_condition(const Parser::ConditionContext& context);
  Condition build_group(const Parser::GroupContext& context);
  Condition build_single(const Parser::SingleContext& context);
  Condition build_operand(const Parser::OperandContext& context);
  Condition build_comparison(const Parser::ComparisonContext& context);

  // antlr_check_builder.cpp: checks
  Check build_check(const Parser::CheckContext& context);
  CheckPart build_part(const Parser::CheckPartContext& context);
  // `Context` is CheckRangeContext, QuantifierContext or CountingContext.
  template <class Context>
  CheckRange build_range(const Context& context);
  Predicate build_predicate(const Parser::PredicateContext& context);
  Predicate build_predicate(const Parser::QuantifierContext& context);
  Predicate build_predicate(const Parser::PredicateOperandContext& context);
  Predicate build_predicate(const Parser::PredicateSingleContext& context);
  Predicate build_predicate(const Parser::PredicateGroupContext& context);
  Predicate build_predicate(const Parser::RelationContext& context);
  CheckTerm build_check_term(const Parser::TermContext& context);
  CheckAtom build_check_value(const Parser::CheckValueContext& context);
  CheckAtom build_atom(const Parser::AtomContext& context);
  Predicate::Order build_order(const Parser::OrderingContext& context) const;
  WordList build_words(const Parser::FactContext& context);
  Value build_setting(TokenPointer token);
  FindingExpectation build_finding(const Parser::FoundCheckContext& context);

  // antlr_token_builder.cpp: what one token stands for
  // The stream makes no other tokens, and asking one of them directly is no virtual call.
  [[nodiscard]] static std::size_t index_of(TokenPointer token) {
    return static_cast<const StreamToken*>(token)->getTokenIndex();
  }
  [[nodiscard]] source::Span span_of(TokenPointer token) const { return tokens_.span(index_of(token)); }
  [[nodiscard]] source::Span span_of(const antlr4::ParserRuleContext& context) const;
  [[nodiscard]] Name name(TokenPointer token) const;
  // What stands before the colon of a key, where a keyword has to be quoted like any other name.
  Name declared_name(TokenPointer key);
  // `word` is a view of the text.
  [[nodiscard]] Name part(std::string_view word) const;
  [[nodiscard]] std::vector<Name> names(const TokenList& tokens) const;
  [[nodiscard]] Number number(TokenPointer token) const;
  String string(TokenPointer token);
  std::optional<String> optional_string(TokenPointer token);
  DateLiteral date(TokenPointer token);
  std::optional<DateLiteral> optional_date(TokenPointer token);
  DurationLiteral duration(TokenPointer token);
  void complain(source::Span span, diag::Text said, diag::Text help = {});

  const TextTokens& tokens_;
  std::optional<diag::Diagnostic> problem_;
};

}  // namespace farol::syntax
