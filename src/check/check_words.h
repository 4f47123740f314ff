// Values of attributes in the words of a language.
#pragma once

#include <string>
#include <string_view>

#include "base/date.h"
#include "base/phrases.h"

namespace farol::check {

// A word of a closed list; one that has no translation stays as it is.
[[nodiscard]] std::string word_in(base::Language language, std::string_view word);
// `6 months`
[[nodiscard]] std::string duration_in(base::Language language, const base::Duration& length);
[[nodiscard]] std::string yes_no_in(base::Language language, bool value);

}  // namespace farol::check
