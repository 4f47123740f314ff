#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <set>
#include <string>
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

// Two names that a finding is about: a separation and a role, a feature and what it needs.
using Pair = std::pair<std::string, std::string>;

// Numbers are indexes of Policy::statements.
struct Findings {
  std::map<Point, std::set<std::size_t>> conflict;  // with the deciding statements
  std::set<std::size_t> exception_without_reason;
  std::set<std::size_t> deny_without_effect;
  std::set<std::size_t> privileged_by_wildcard;
  std::map<Cell, std::set<std::size_t>> nobody_left;  // with the `only` statements on the cell
  std::map<std::size_t, std::set<Point>> never_violated;
  std::map<std::size_t, std::set<Point>> always_violated;

  std::map<Pair, std::set<std::string>> duties_not_separated;  // by separation and role: the roles that come together
  std::map<std::string, Set> separated_features;               // by separation: the roles that are allowed too many
  std::map<Pair, std::set<Point>> missing_feature;             // by feature and what it needs
  std::map<Pair, std::set<Point>> excluded_feature;            // by feature and what it excludes, in either order
  std::map<Point, Set> control_impossible;                     // with the controls that cannot be
  std::map<Point, std::string> above_clearance;                // with the tier up to which the subject is cleared

  std::set<std::size_t> idle_rule;      // decides nowhere
  std::set<std::size_t> shadowed_rule;  // and gives no control that no deciding rule gives
  std::set<std::pair<std::size_t, std::size_t>> duplicate_rule;
  std::set<Inversion> tier_inversion;
  std::set<std::pair<std::string, std::string>> same_permissions;
  std::set<std::size_t> only_without_grant;

  Set nobody_may;
  std::set<IdleTerm> part_shadowed;
  std::map<std::size_t, std::set<std::size_t>> pierced_deny;  // the allows that pierce each deny
  std::set<std::pair<std::size_t, std::string>> left_to_platform;
  Set kept_by_nobody;  // features that are not every role's; the generator says of none who keeps it
  Set unused_roles, unused_lists;
  std::set<std::size_t> expired_rule, expires_soon;  // by the day of the decisions

  bool has_errors() const;
};

Findings find_all(const Policy& policy, const Decisions& decisions);

// What `has_errors` asks for, alone.
Findings find_errors(const Policy& policy, const Decisions& decisions);

// Allows, denies, forbids and onlys that are well formed and not outside of their dates.
std::set<std::size_t> rules_in_force(const Policy& policy, const Decisions& decisions);

// Rules whose removal changes no effect and no control. Empty while a conflict stands.
std::set<std::size_t> find_redundant(const Policy& policy, const Decisions& decisions);

}  // namespace oracle
