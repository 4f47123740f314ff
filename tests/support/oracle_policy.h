#pragma once

#include <compare>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// A policy as plain data, for the oracle and for the generator of random policies.
namespace oracle {

enum class Kind { data, tier, app, group, place, department, nothing };
enum class Verb { allow, deny, forbid, only, require, never, always };

struct Role {
  std::string name;
  std::vector<std::string> parents;
  bool admin = false;
  std::string clearance = {};  // a tier; empty where left out
};

struct DataClass {
  std::string name;
  std::string tier;  // empty in a policy without tiers
};

// An app, a group, a place or a department.
struct Thing {
  std::string name;
  Kind kind = Kind::app;
};

struct Feature {
  std::string name;
  Kind acts_on = Kind::nothing;
  bool privileged = false;
  std::vector<std::string> needs = {};     // features and controls
  std::vector<std::string> excludes = {};  // features and controls
};

struct Context {
  std::string name;
  std::vector<std::string> values;
};

struct Term {
  enum class Form {
    everyone,
    role,
    exactly,  // subjects
    feature,
    wildcard,
    everything,  // features; a wildcard's name is its namespace
    tier,
    or_below,
    or_above,
    range,
    data,
    thing,
    all,         // objects
    named_list,  // any of the three
  };
  Form form = Form::everyone;
  std::string name = {};
  std::string upper = {};  // the upper end of a range

  auto operator<=>(const Term&) const = default;
};

// No terms at all: the part is left out of the statement.
struct List {
  std::vector<Term> terms;
  std::vector<Term> except;
};

struct NamedList {
  enum class Kind { roles, features, objects };
  Kind kind = Kind::roles;
  std::string name;
  List list;
};

struct Condition {
  enum class Form { is, is_not, all_of, any_of, negation, named };
  Form form = Form::is;
  std::string name = {};                 // a context, or a named condition
  std::vector<std::string> values = {};  // after `is` and `is not`
  std::vector<Condition> operands = {};
};

struct NamedCondition {
  std::string name;
  Condition condition;
};

// A rule, or a guardrail over the decided function. Dates are YYYY-MM-DD, empty where left out.
struct Statement {
  std::string label;
  Verb verb = Verb::allow;
  List subjects;
  List features;
  List objects;
  std::optional<Condition> when;
  std::vector<std::string> controls;
  std::string from;
  std::string until;
  std::string because;
};

// Roles or features that are to be kept apart.
struct Separation {
  std::string label;
  bool features = false;
  std::vector<std::string> names;
  std::size_t at_most = 1;
};

// Two controls that cannot be on together.
struct ExclusiveControls {
  std::string control, other;
};

struct Policy {
  std::vector<Role> roles;
  std::vector<std::string> tiers;  // lowest first
  std::vector<DataClass> data;
  std::vector<Thing> things;
  std::vector<Feature> features;
  std::vector<Context> contexts;
  std::vector<std::string> controls;
  std::vector<NamedCondition> conditions;
  std::vector<NamedList> lists;
  std::vector<Statement> statements;
  std::vector<Separation> separations = {};
  std::vector<ExclusiveControls> exclusive = {};
};

// The one of that name, which there must be.
template <typename Declared>
const Declared& named(const std::vector<Declared>& declared, const std::string& name) {
  for (const Declared& one : declared) {
    if (one.name == name) return one;
  }
  throw std::logic_error("the policy does not declare " + name);
}

std::string_view name_of(Kind kind);
std::string_view name_of(Verb verb);
// As it is written in a policy.
std::string text_of(const Term& term);

}  // namespace oracle
