// What is changed, in words, in the language of the reader.
#pragma once

#include <string>

#include "apply/facts.h"
#include "base/phrases.h"

namespace farol::apply {

[[nodiscard]] std::string in_words(const Thing& thing, base::Language language);
// With what was there before and what comes after.
[[nodiscard]] std::string in_words(const Effect& effect, base::Language language);

}  // namespace farol::apply
