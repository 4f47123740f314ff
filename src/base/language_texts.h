// A text in every language that Farol writes.
#pragma once

#include <array>
#include <string>

#include "base/phrases.h"

namespace farol::base {

// In the order of `all_languages`. It is empty if the first is.
using LanguageTexts = std::array<std::string, all_languages.size()>;

}  // namespace farol::base
