// The state of a tenant as single facts: what a request changes, what stood there before, and what stands there now are
// told in them. A plan, what is read back, and what is undone rest on nothing else.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "target/dingtalk/json_tree.h"
#include "target/dingtalk/requests.h"
#include "target/dingtalk/tenant.h"

namespace farol::apply {

// What a fact is about: `{"grant", NODE, "USER", ID}`. The first word is one of those in facts.cpp.
using Thing = std::vector<std::string>;
// The fields of it; one without a name where there is only one. What a call does not show is left out.
using Fact = std::map<std::string, std::string>;
using Facts = std::map<Thing, Fact>;

// What a request changes: nullopt is "not there".
struct Effect {
  Thing thing;
  std::optional<Fact> before, after;
  bool is_shown = true;  // false: no call shows it, so `before` says nothing
  std::string by{};      // in whose name it is changed, where that is not the same for all
  bool operator==(const Effect&) const = default;
};

// Everything that calls show. `live` is read from `exported`, which also has what only requests need.
[[nodiscard]] Facts facts_of(const dingtalk::Tenant& live, std::string_view exported);

// The fields of a rule of the address book in the body of the request that makes it, or in a list. The id of a rule is
// none of them: a rule that is made again gets another.
[[nodiscard]] Fact rule_fields(const dingtalk::Value::Object& body);

// Returns what a rule of the address book is known by: farol's own by their description, those of people, which have
// none, by their name.
[[nodiscard]] std::string known_by(const Fact& rule);

// Returns the ids in a value that is a list, or a text with commas, sorted and each once.
[[nodiscard]] std::vector<std::string> ids_in(const dingtalk::Value* value);
[[nodiscard]] std::string joined(const std::vector<std::string>& words);
[[nodiscard]] std::vector<std::string> split(std::string_view text);

// Returns what the facts have of a thing. A rule is found by its id, or by what it is known by.
[[nodiscard]] std::optional<Fact> find(const Facts& facts, const Thing& thing);
// Returns true if what is there has everything that is wanted, as far as it is shown.
[[nodiscard]] bool agrees(const std::optional<Fact>& there, const std::optional<Fact>& wanted);

// What a request does, whose ids are all known, by the documentation of its call.
[[nodiscard]] std::vector<Effect> effects_of(const dingtalk::Request& request, const Facts& before);

// The facts once the effects have come about.
void come_about(const std::vector<Effect>& effects, Facts& facts);

// In whose name things are changed, and in which organisation.
struct Operator {
  std::string person, user, corp;  // unionId, userId, corpId; empty: not known
};
// The requests that bring things back to what they were, each with the effect that it is about, and what no request
// brings back.
struct Restoring {
  struct Back {
    std::size_t effect = 0;
    dingtalk::Request request;
  };
  struct Lost {
    Thing thing;
    base::Phrase why;
  };
  std::vector<Back> requests;
  std::vector<Lost> lost;
};
[[nodiscard]] Restoring restoring(const std::vector<Effect>& effects, const Facts& now, const Operator& by);

}  // namespace farol::apply
