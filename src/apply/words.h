// What is changed, in words, in the language of the reader.
#pragma once

#include <map>
#include <string>

#include "apply/facts.h"
#include "apply/plan.h"
#include "base/phrases.h"

namespace farol::apply {

// What people call what has an id.
struct Names {
  std::map<std::string, std::string> roles, departments, things;  // `things`: folders, apps, groups, places
};
[[nodiscard]] Names names_of(const State& state, base::Language language);

[[nodiscard]] std::string in_words(const Thing& thing, base::Language language, const Names& names);
// With what was there before and what comes after.
[[nodiscard]] std::string in_words(const Effect& effect, base::Language language, const Names& names);

}  // namespace farol::apply
