// The generated tables behind text.h: messages.py makes them of messages/*.po.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "base/phrases.h"

namespace farol::diag {

// The plural forms of one sentence, one where nothing is counted. An argument is `\1`, its form and its place from '0'.
// No forms: the language does not have the message.
using Forms = std::span<const std::string_view>;

struct MessageRow {
  std::string_view id;
  std::string_view names;  // of the arguments, each behind its form: "nallow ndeny"
  std::array<Forms, base::all_languages.size()> sentences;
};

[[nodiscard]] std::span<const MessageRow> message_rows();
// Which of the plural forms a language has for a number.
[[nodiscard]] std::size_t plural_form(base::Language language, std::size_t count);

}  // namespace farol::diag
