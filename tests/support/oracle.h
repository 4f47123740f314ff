#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "oracle_points.h"
#include "oracle_policy.h"
#include "oracle_sets.h"

// The meaning of a policy, computed as literally as possible: every set is a list of its points, every question is
// asked at every point. It is slow on purpose, so that it can be compared with the language definition by reading both
// side by side, and shares no code with the compiler, so that both are never wrong for one reason.
namespace oracle {

bool is_in_force(const Statement& statement, std::string_view day);

enum class Effect { none, allow, deny, conflict };

struct Answer {
  Effect effect = Effect::none;
  Set controls = {};
  std::set<std::size_t> deciding = {};        // statements
  std::set<std::size_t> deciding_parts = {};  // indexes of Decisions::parts
};

using Answers = std::map<Point, Answer>;

struct Decisions {
  std::string day;
  std::vector<Part> parts;  // of the rules and guardrails in force
  Answers answers;
  Set governed;
};

Decisions decide(const Policy& policy, std::string_view day);

// Those of the statements without which, alone, some point would have another effect or other controls.
std::set<std::size_t> find_needed(const Policy& policy, const Decisions& decisions,
                                  const std::set<std::size_t>& statements);

// The subject of the answers about a person.
inline constexpr std::string_view the_person = "the person";

// What a person with these roles may do; every point's subject is the_person.
Answers decide_person(const Policy& policy, std::string_view day, const Set& roles);

std::string_view name_of(Effect effect);

}  // namespace oracle
