#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "oracle_policy.h"

// Every term of a policy as the list of its points, with the members that nobody has declared yet.
namespace oracle {

using Set = std::set<std::string>;

// A value for each context, in the order of Policy::contexts.
using Tuple = std::vector<std::string>;

// Names of points that nobody declares; they hold a blank, so that no declared name is one of them.
inline constexpr std::string_view nobody = "no role";
inline constexpr std::string_view no_object = "no object";
inline constexpr std::string_view untiered = "untiered data";

// What a feature acts on when it is none of the declared things of that kind.
std::string other_thing(Kind kind);

struct Point {
  std::string subject;  // a role, or nobody
  std::string feature;
  std::string object;  // a tier (its unclassed data), a data class, a thing, other_thing or no_object
  Tuple context;

  auto operator<=>(const Point&) const = default;
};

// A role and all that it inherits.
Set ancestors_of(const Policy& policy, const std::string& role);

std::vector<std::string> subjects_of(const Policy& policy);
std::vector<std::string> objects_of(const Policy& policy, const Feature& feature);
std::vector<Tuple> tuples_of(const Policy& policy);

bool holds(const Policy& policy, const Condition& condition, const Tuple& tuple);
bool is_ever_true(const Policy& policy, const Condition& condition);

// What one term of a list stands for, once named lists and ranges are written out and `except` is taken off.
struct Expanded {
  Term term;
  Set members;
};

// The terms that keep a declared member.
std::vector<Expanded> expand(const Policy& policy, const List& list);

// A statement with one term in each list: a product of four sets. An `only` keeps its subjects as one group.
struct Part {
  std::size_t statement = 0;
  Set subjects;
  Set features;
  Set objects;
  std::set<Tuple> contexts;
  std::array<std::string, 3> terms;  // the subject, feature and object term, as written
};

// Whether the part is about this feature and this object.
bool covers_cell(const Part& part, const Point& point);
bool contains(const Part& part, const Point& point);
bool is_more_special(const Part& narrow, const Part& wide);

// The parts of a statement whose lists are right.
std::vector<Part> parts_of(const Policy& policy, std::size_t statement);

// Mistakes in how a statement or a named list or condition is written, found without deciding anything. A statement
// that has one, or that uses a name that has one, is as if not written.
struct Misshapen {
  std::set<std::size_t> matches_nothing;
  std::set<std::size_t> wrong_object;
  std::set<std::size_t> allow_without_object;
  std::set<std::size_t> impossible_condition;
  Set lists;                       // named lists that match nothing
  Set conditions;                  // named conditions that are never true
  std::set<std::size_t> unusable;  // all of the statements above, and those that use such a name

  bool operator==(const Misshapen&) const = default;
};

Misshapen find_misshapen(const Policy& policy);

}  // namespace oracle
