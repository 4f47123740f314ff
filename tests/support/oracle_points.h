#pragma once

#include <compare>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "oracle_policy.h"

// The declared points of a policy: who, what, on which object, in which context.
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

// Where a policy is asked for an answer.
struct Point {
  std::string subject;  // a role, or nobody
  std::string feature;
  std::string object;  // a tier (its unclassed data), a data class, a thing, other_thing or no_object
  Tuple context;

  auto operator<=>(const Point&) const = default;
};

// The tiers, or the nameless one.
std::vector<std::string> tier_names(const Policy& policy);

// A role and all that it inherits.
Set ancestors_of(const Policy& policy, const std::string& role);

std::vector<std::string> subjects_of(const Policy& policy);
std::vector<std::string> objects_of(const Policy& policy, const Feature& feature);
std::vector<Tuple> tuples_of(const Policy& policy);

bool holds(const Policy& policy, const Condition& condition, const Tuple& tuple);
bool is_ever_true(const Policy& policy, const Condition& condition);

std::string text_of(const Point& point);

}  // namespace oracle
