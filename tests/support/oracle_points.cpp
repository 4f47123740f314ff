#include "oracle_points.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oracle {

std::vector<std::string> tier_names(const Policy& policy) {
  return policy.tiers.empty() ? std::vector{std::string(untiered)} : policy.tiers;
}

std::string other_thing(Kind kind) { return fmt::format("any other {}", name_of(kind)); }

Set ancestors_of(const Policy& policy, const std::string& role) {
  Set result = {role};
  for (const std::string& parent : named(policy.roles, role).parents) result.merge(ancestors_of(policy, parent));
  return result;
}

std::vector<std::string> subjects_of(const Policy& policy) {
  std::vector<std::string> subjects = {std::string(nobody)};
  for (const Role& role : policy.roles) subjects.push_back(role.name);
  return subjects;
}

std::vector<std::string> objects_of(const Policy& policy, const Feature& feature) {
  std::vector<std::string> objects;
  switch (feature.acts_on) {
    case Kind::nothing: return {std::string(no_object)};
    case Kind::tier: return tier_names(policy);
    case Kind::data:
      objects = tier_names(policy);
      for (const DataClass& one : policy.data) objects.push_back(one.name);
      return objects;
    case Kind::app:
    case Kind::group:
    case Kind::place:
    case Kind::department:
      for (const Thing& thing : policy.things) {
        if (thing.kind == feature.acts_on) objects.push_back(thing.name);
      }
      objects.push_back(other_thing(feature.acts_on));
      return objects;
  }
  return objects;
}

std::vector<Tuple> tuples_of(const Policy& policy) {
  std::vector<Tuple> tuples = {{}};
  for (const Context& context : policy.contexts) {
    std::vector<Tuple> longer;
    for (const Tuple& tuple : tuples) {
      for (const std::string& value : context.values) {
        longer.push_back(tuple);
        longer.back().push_back(value);
      }
    }
    tuples = std::move(longer);
  }
  return tuples;
}

bool holds(const Policy& policy, const Condition& condition, const Tuple& tuple) {
  const auto holds_operand = [&](const Condition& operand) { return holds(policy, operand, tuple); };
  const auto is_one_of_the_values = [&] {
    std::size_t at = 0;
    while (policy.contexts.at(at).name != condition.name) ++at;
    return std::find(condition.values.begin(), condition.values.end(), tuple.at(at)) != condition.values.end();
  };
  const std::vector<Condition>& operands = condition.operands;
  switch (condition.form) {
    case Condition::Form::is: return is_one_of_the_values();
    case Condition::Form::is_not: return !is_one_of_the_values();
    case Condition::Form::all_of: return std::all_of(operands.begin(), operands.end(), holds_operand);
    case Condition::Form::any_of: return std::any_of(operands.begin(), operands.end(), holds_operand);
    case Condition::Form::negation: return !holds_operand(operands.at(0));
    case Condition::Form::named: return holds_operand(named(policy.conditions, condition.name).condition);
  }
  return false;
}

bool is_ever_true(const Policy& policy, const Condition& condition) {
  const std::vector<Tuple> tuples = tuples_of(policy);
  return std::any_of(tuples.begin(), tuples.end(), [&](const Tuple& tuple) { return holds(policy, condition, tuple); });
}

std::string text_of(const Point& point) {
  return fmt::format("{} · {} · {} · [{}]", point.subject, point.feature, point.object, fmt::join(point.context, ", "));
}

}  // namespace oracle
