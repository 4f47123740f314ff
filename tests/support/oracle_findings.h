#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "oracle.h"

// The findings of the language definition, each as its sentence says it, on the points that the oracle decides.
namespace oracle {

using Cell = std::pair<std::string, std::string>;  // a feature and an object

struct Inversion {
  std::string subject;
  std::string feature;
  std::string denied_tier;
  std::string allowed_tier;
  Tuple context;

  auto operator<=>(const Inversion&) const = default;
};

// One term of a list of a statement that decides, itself never deciding.
struct IdleTerm {
  std::size_t statement = 0;
  std::size_t list = 0;  // 0 subjects, 1 features, 2 objects
  std::string term;

  auto operator<=>(const IdleTerm&) const = default;
};

// Numbers are indexes of Policy::statements.
struct Findings {
  std::map<Point, std::set<std::size_t>> conflict;  // with the deciding statements
  std::set<std::size_t> exception_without_reason;
  std::set<std::size_t> deny_without_effect;
  std::set<std::size_t> privileged_by_wildcard;
  std::map<Cell, std::set<std::size_t>> nobody_left;  // with the `only` statements on the cell
  std::map<std::size_t, std::set<Point>> never_violated;
  std::map<std::size_t, std::set<Point>> always_violated;

  std::set<std::size_t> shadowed_rule;
  std::set<std::pair<std::size_t, std::size_t>> duplicate_rule;
  std::set<Inversion> tier_inversion;
  std::set<std::pair<std::string, std::string>> same_permissions;
  std::set<std::size_t> only_without_grant;

  Set nobody_may;
  std::set<IdleTerm> part_shadowed;
  std::map<std::size_t, std::set<std::size_t>> pierced_deny;  // the allows that pierce each deny
  std::set<std::pair<std::size_t, std::string>> left_to_platform;

  bool has_errors() const;
};

Findings find_all(const Policy& policy, const Decisions& decisions);

// Allows, denies, forbids and onlys that are well formed and not outside of their dates.
std::set<std::size_t> rules_in_force(const Policy& policy, const Decisions& decisions);

// Rules whose removal changes no effect and no control. Empty while a conflict stands.
std::set<std::size_t> find_redundant(const Policy& policy, std::string_view day);

}  // namespace oracle
