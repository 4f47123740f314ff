// What the text of a token means.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "diag/text.h"

namespace farol::syntax {

// In NFC and without backticks.
[[nodiscard]] std::string name_of(std::string_view word);
// The word of a `KIND::key` token: without the colon and the blanks before it.
[[nodiscard]] std::string_view word_of_key(std::string_view key);
// `a..b` and `a.*`: the words in them.
struct RangeWords {
  std::string_view first, second;
};
[[nodiscard]] RangeWords words_of_range(std::string_view range);
[[nodiscard]] std::string_view word_of_wildcard(std::string_view wildcard);

// A backslash and what follows it, where that is no escape. Offsets are of the token's text.
struct BadEscape {
  std::size_t begin = 0;
  std::size_t end = 0;
  diag::Text reason;
};
// Appends the text of a string token, quotes (straight or curly) taken off, to `text`.
[[nodiscard]] std::optional<BadEscape> append_string(std::string_view token, std::string& text);

// Nothing where the count is beyond all calendars.
[[nodiscard]] std::optional<base::Duration> parse_duration(std::string_view token);

}  // namespace farol::syntax
