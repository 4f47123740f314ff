// What the words of the console mean: console_words.def as a table.
#pragma once

#include <string>
#include <string_view>

#include "base/phrases.h"

namespace farol::dingtalk {

// Returns a menu or a setting in the reader's language; an empty text for those who read Chinese, and where there is
// nothing to translate.
[[nodiscard]] std::string gloss_of(std::string_view words, base::Language language);
// Returns true if each part in Chinese is in the table.
[[nodiscard]] bool is_glossed(std::string_view words);

}  // namespace farol::dingtalk
