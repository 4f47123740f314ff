#pragma once

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "oracle_points.h"
#include "oracle_policy.h"

// Every term of a policy as the list of its points, with the members that nobody has declared yet.
namespace oracle {

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
