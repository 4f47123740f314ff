#include <fmt/format.h>
#include <fmt/ranges.h>
#include <array>

#include "generator.h"

namespace property {
namespace {

using oracle::Condition;
using oracle::List;
using oracle::Policy;
using oracle::Statement;
using oracle::Term;
using oracle::Verb;

std::string text_of_list(const List& list) {
  std::vector<std::string> terms;
  for (const Term& term : list.terms) terms.push_back(oracle::text_of(term));
  std::string text = fmt::format("{}", fmt::join(terms, ", "));
  if (list.except.empty()) return text;
  terms.clear();
  for (const Term& term : list.except) terms.push_back(oracle::text_of(term));
  return fmt::format("{} except {}", text, fmt::join(terms, ", "));
}

bool is_joined(const Condition& condition) {
  return condition.form == Condition::Form::all_of || condition.form == Condition::Form::any_of;
}

std::string in_parentheses(const Condition& condition) { return fmt::format("({})", property::text_of(condition)); }

// The parts of a statement, each of which may stand on a line of its own.
std::vector<std::string> parts_of(const Statement& statement) {
  const bool is_require = statement.verb == Verb::require;
  std::vector<std::string> parts;
  std::string head = statement.label.empty() ? "" : statement.label + ": ";
  head += oracle::name_of(statement.verb);
  if (is_require) head += fmt::format(" {} for", fmt::join(statement.controls, ", "));
  parts.push_back(head + " " + text_of_list(statement.subjects));
  if (!statement.features.terms.empty()) parts.push_back("to " + text_of_list(statement.features));
  if (!statement.objects.terms.empty()) parts.push_back("on " + text_of_list(statement.objects));
  if (statement.when) parts.push_back("when " + property::text_of(*statement.when));
  if (!is_require && !statement.controls.empty()) {
    parts.push_back(fmt::format("requiring {}", fmt::join(statement.controls, ", ")));
  }
  if (!statement.from.empty()) parts.push_back("from " + statement.from);
  if (!statement.until.empty()) parts.push_back("until " + statement.until);
  if (!statement.because.empty()) parts.push_back(fmt::format("because \"{}\"", statement.because));
  return parts;
}

std::string declaration_of(const oracle::Role& role) {
  std::string text = "role " + role.name;
  if (!role.parents.empty()) text += fmt::format(" inherits {}", fmt::join(role.parents, ", "));
  std::string attributes;
  if (role.admin) attributes += " admin: yes ";
  if (!role.clearance.empty()) attributes += fmt::format(" clearance: {} ", role.clearance);
  return attributes.empty() ? text : text + " {" + attributes + "}";
}

std::string declaration_of(const oracle::Feature& feature) {
  std::string attributes;
  if (feature.acts_on != oracle::Kind::nothing)
    attributes += fmt::format(" acts_on: {} ", oracle::name_of(feature.acts_on));
  if (feature.privileged) attributes += " privileged: yes ";
  if (!feature.needs.empty()) attributes += fmt::format(" needs: {} ", fmt::join(feature.needs, ", "));
  if (!feature.excludes.empty()) attributes += fmt::format(" excludes: {} ", fmt::join(feature.excludes, ", "));
  return "feature " + feature.name + (attributes.empty() ? "" : " {" + attributes + "}");
}

std::string_view keyword_of(oracle::NamedList::Kind kind) {
  switch (kind) {
    case oracle::NamedList::Kind::roles: return "roles";
    case oracle::NamedList::Kind::features: return "features";
    case oracle::NamedList::Kind::objects: return "objects";
  }
  return {};
}

std::vector<std::string> declarations_of(const Policy& policy) {
  std::vector<std::string> lines = {"policy \"Random policy\""};
  if (!policy.tiers.empty()) lines.push_back(fmt::format("tiers {}", fmt::join(policy.tiers, " < ")));
  for (const auto& one : policy.data) lines.push_back("data " + one.name + (one.tier.empty() ? "" : ": " + one.tier));
  for (const auto& thing : policy.things)
    lines.push_back(fmt::format("{} {}", oracle::name_of(thing.kind), thing.name));
  for (const auto& role : policy.roles) lines.push_back(declaration_of(role));
  for (const auto& feature : policy.features) lines.push_back(declaration_of(feature));
  for (const auto& context : policy.contexts) {
    lines.push_back(fmt::format("context {}: {}", context.name, fmt::join(context.values, " | ")));
  }
  for (const auto& control : policy.controls) {
    std::vector<std::string> others;
    for (const auto& pair : policy.exclusive) {
      if (pair.control == control) others.push_back(pair.other);
    }
    lines.push_back(fmt::format("control {}", control));
    if (!others.empty()) lines.back() += fmt::format(" {{ excludes: {} }}", fmt::join(others, ", "));
  }
  for (const auto& one : policy.conditions) {
    lines.push_back(fmt::format("condition {} = {}", one.name, property::text_of(one.condition)));
  }
  for (const auto& one : policy.lists) {
    lines.push_back(fmt::format("{} {} = {}", keyword_of(one.kind), one.name, text_of_list(one.list)));
  }
  for (const auto& one : policy.separations) {
    lines.push_back(fmt::format("{}: separate {}", one.label, fmt::join(one.names, ", ")));
    if (one.at_most > 1) lines.back() += fmt::format(" at most {}", one.at_most);
    lines.back() += " because \"Kept apart\"";
  }
  return lines;
}

std::string spread_out(const Statement& statement, Random& random) {
  constexpr std::array<std::string_view, 4> gaps = {"\n    ", "\n\n  ", " /* and */\n    ", " // on\n    "};
  std::string text;
  for (const std::string& part : parts_of(statement)) {
    if (!text.empty()) text += gaps[random.below(gaps.size())];
    text += part;
  }
  return text;
}

}  // namespace

std::string text_of(const Condition& condition) {
  std::vector<std::string> operands;
  switch (condition.form) {
    case Condition::Form::is: return fmt::format("{} is {}", condition.name, fmt::join(condition.values, " or "));
    case Condition::Form::is_not:
      return fmt::format("{} is not {}", condition.name, fmt::join(condition.values, " or "));
    case Condition::Form::named: return condition.name;
    case Condition::Form::negation: {
      const Condition& operand = condition.operands.at(0);
      return "not " + (is_joined(operand) ? in_parentheses(operand) : text_of(operand));
    }
    case Condition::Form::all_of:
      for (const Condition& operand : condition.operands) {
        operands.push_back(operand.form == Condition::Form::any_of ? in_parentheses(operand) : text_of(operand));
      }
      return fmt::format("{}", fmt::join(operands, " and "));
    case Condition::Form::any_of:
      for (const Condition& operand : condition.operands) operands.push_back(in_parentheses(operand));
      return fmt::format("{}", fmt::join(operands, " or "));
  }
  return {};
}

std::string text_of(const Statement& statement) { return fmt::format("{}", fmt::join(parts_of(statement), " ")); }

std::vector<SourceFile> print(const Policy& policy, const Layout& layout) {
  Random random(layout.seed);
  std::vector<std::string> statements = declarations_of(policy);
  for (const Statement& statement : policy.statements) {
    statements.push_back(layout.spread_out ? spread_out(statement, random) : text_of(statement));
  }
  if (layout.shuffled) random.shuffle(statements);

  std::vector<SourceFile> files = {{"main.farol", "farol 1\n\n"}};
  for (std::size_t at = 1; at < layout.files; ++at) {
    files.push_back({fmt::format("part{}.farol", at), "farol 1\n\n"});
    files.front().text += fmt::format("include \"{}\"\n", files.back().path);
  }
  for (const std::string& statement : statements) files[random.below(files.size())].text += statement + "\n";
  return files;
}

}  // namespace property
