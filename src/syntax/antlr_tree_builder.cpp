#include "syntax/antlr_tree_builder.h"

#include <utility>

#include "diag/messages_syntax.h"
#include "syntax/literals.h"

namespace farol::syntax {
namespace {

Declaration::Kind declaration_kind(Kind word) {
  switch (word) {
    case Kind::store: return Declaration::Kind::store;
    case Kind::app: return Declaration::Kind::app;
    case Kind::group: return Declaration::Kind::group;
    case Kind::place: return Declaration::Kind::place;
    case Kind::department: return Declaration::Kind::department;
    case Kind::feature: return Declaration::Kind::feature;
    default: return Declaration::Kind::control;
  }
}

}  // namespace

void TreeBuilder::build(const Parser::StatementContext& context, Statement& statement) {
  problem_.reset();
  statement.span = span_of(context);
  if (context.label != nullptr) statement.label = declared_name(context.label);
  statement.final = context.sealed != nullptr;
  build_node(context, statement.node);
}

void TreeBuilder::build_node(const Parser::StatementContext& context, StatementNode& node) {
  if (context.ruleNode != nullptr) {
    build_rule(*context.ruleNode, node.emplace<Rule>());
  } else if (context.guardrailNode != nullptr) {
    build_guardrail(*context.guardrailNode, node.emplace<Guardrail>());
  } else if (context.requireNode != nullptr) {
    build_require(*context.requireNode, node.emplace<Require>());
  } else if (context.separateNode != nullptr) {
    node = build_separate(*context.separateNode);
  } else if (const auto* policy = context.policyNode) {
    node = PolicyDeclaration{string(policy->title), build_block(policy->body)};
  } else if (const auto* use = context.useNode) {
    node = Use{use->pack != nullptr, name(use->name),
               use->number != nullptr ? std::optional(number(use->number)) : std::nullopt};
  } else if (const auto* include = context.includeNode) {
    node = Include{string(include->path)};
  } else if (const auto* drop = context.dropNode) {
    node = Drop{name(drop->label), string(drop->reason)};
  } else if (const auto* tiers = context.tiersNode) {
    node = Tiers{names(tiers->names), build_block(tiers->body)};
  } else if (context.dataNode != nullptr) {
    node = build_declaration(*context.dataNode);
  } else if (context.thingNode != nullptr) {
    node = build_declaration(*context.thingNode);
  } else if (context.roleNode != nullptr) {
    node = build_declaration(*context.roleNode);
  } else if (context.contextNode != nullptr) {
    node = build_context(*context.contextNode);
  } else if (const auto* condition = context.conditionNode) {
    node = ConditionDeclaration{name(condition->name), build_condition(*condition->meaning)};
  } else if (context.setNode != nullptr) {
    node = build_set(*context.setNode);
  } else if (context.bindNode != nullptr) {
    node = build_bind(*context.bindNode);
  } else if (context.testNode != nullptr) {
    node = build_test(*context.testNode);
  } else if (context.waiveNode != nullptr) {
    node = build_waive(*context.waiveNode);
  } else if (context.checkNode != nullptr) {
    node = build_check(*context.checkNode);
  } else if (const auto* fact = context.factNode) {
    if (fact->body == nullptr) {
      node = build_words(*fact);
    } else {
      node = Fact{name(fact->kind), fact->name != nullptr ? std::optional(name(fact->name)) : std::nullopt,
                  *build_block(fact->body)};
    }
  }
}

Declaration TreeBuilder::build_declaration(const Parser::DataClassContext& context) {
  Declaration data;
  data.kind = Declaration::Kind::data;
  data.name = context.tier != nullptr ? declared_name(context.name) : name(context.name);
  if (context.tier != nullptr) data.tier = name(context.tier);
  data.block = build_block(context.body);
  return data;
}

Declaration TreeBuilder::build_declaration(const Parser::ThingContext& context) {
  Declaration thing;
  thing.kind = declaration_kind(tokens_.kind(index_of(context.kind)));
  thing.name = name(context.name);
  thing.block = build_block(context.body);
  return thing;
}

Declaration TreeBuilder::build_declaration(const Parser::RoleContext& context) {
  Declaration role;
  role.kind = Declaration::Kind::role;
  role.name = name(context.name);
  role.inherits = names(context.parents);
  role.block = build_block(context.body);
  return role;
}

ContextDeclaration TreeBuilder::build_context(const Parser::ContextContext& context) {
  ContextDeclaration declaration;
  declaration.name = declared_name(context.name);
  for (const auto* value : context.values) declaration.values.push_back(name(value->token));
  declaration.block = build_block(context.body);
  return declaration;
}

SetDeclaration TreeBuilder::build_set(const Parser::NamedSetContext& context) {
  SetDeclaration set;
  set.name = name(context.name);
  if (context.roleList != nullptr) {
    set.kind = SetDeclaration::Kind::roles;
    build_list(*context.roleList, set.list);
  } else if (context.featureList != nullptr) {
    set.kind = SetDeclaration::Kind::features;
    build_list(*context.featureList, set.list);
  } else {
    set.kind = SetDeclaration::Kind::objects;
    build_list(*context.objectList, set.list);
  }
  return set;
}

Bind TreeBuilder::build_bind(const Parser::BindingContext& context) {
  Bind bind;
  bind.kind = name(context.kind->token);
  bind.name = name(context.name);
  if (tokens_.kind(index_of(context.id)) == Kind::number) {
    bind.id = number(context.id);
  } else {
    bind.id = string(context.id);
  }
  return bind;
}

std::optional<Block> TreeBuilder::build_block(const Parser::BlockContext* context) {
  if (context == nullptr) return std::nullopt;
  Block block;
  block.span = span_of(*context);
  block.attributes.reserve(context->attributes.size());
  for (const auto* attribute : context->attributes) block.attributes.push_back(build_attribute(*attribute));
  return block;
}

Attribute TreeBuilder::build_attribute(const Parser::AttributeContext& context) {
  return build_key_and_values(context);
}

template <class Context>
Attribute TreeBuilder::build_key_and_values(const Context& context) {
  Attribute attribute;
  // Keywords are free as keys.
  attribute.key = part(word_of_key(tokens_.word(index_of(context.key))));
  attribute.values.reserve(context.values.size());
  for (const auto* value : context.values) attribute.values.push_back(build_value(*value));
  for (TokenPointer comma : context.commas) {
    const std::size_t next = index_of(comma) + 1;
    if (tokens_.kind(next) == Kind::comma)
      complain(tokens_.span(next), message::comma_follows_comma(), message::take_one_of_them_out());
  }
  return attribute;
}

template Attribute TreeBuilder::build_key_and_values(const Parser::AttributeContext& context);
template Attribute TreeBuilder::build_key_and_values(const Parser::CheckPartContext& context);

Value TreeBuilder::build_value(const Parser::ValueContext& context) {
  if (context.text != nullptr) return name(context.text->token);
  switch (tokens_.kind(index_of(context.token))) {
    case Kind::number: return number(context.token);
    case Kind::date: return date(context.token);
    case Kind::duration: return duration(context.token);
    default: return string(context.token);
  }
}

}  // namespace farol::syntax
