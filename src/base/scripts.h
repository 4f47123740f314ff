// The writing systems of name characters, as far as UTS 39 needs them.
#pragma once

#include <cstdint>

namespace farol::base {

// The recommended scripts of UAX 31, table 5. `common` goes with every script (digits, combining marks); all scripts
// that are not recommended count as one, `other`.
// clang-format off
enum class Script : std::uint8_t {
  common, other,
  arabic, armenian, bengali, bopomofo, cyrillic, devanagari, ethiopic, georgian, greek, gujarati, gurmukhi, han, hangul,
  hebrew, hiragana, kannada, katakana, khmer, lao, latin, malayalam, myanmar, oriya, sinhala, tamil, telugu, thaana,
  thai, tibetan,
};
// clang-format on

// Of a character that may stand in a name; others have no meaningful answer.
[[nodiscard]] Script script_of(char32_t value);

}  // namespace farol::base
