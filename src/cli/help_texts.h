// The texts of `--help` and of the pages about findings in other languages: messages.py makes the table of help/*.po.
// Their English is in verbs.def, in help.cpp and in docs/diagnostics, and is what they are found by: a paragraph is one
// text, on one line. So examples stand once, in the English page, and a text that was changed is said in English.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "base/phrases.h"

namespace farol::cli {

struct HelpText {
  std::string_view english;
  std::array<std::string_view, base::all_languages.size() - 1> texts;  // in the order of `Language`, without English
};

// In the order of their English.
[[nodiscard]] std::span<const HelpText> help_texts();
// What a language does not have is said in English.
[[nodiscard]] std::string_view translated(std::string_view english, base::Language language);
// A page about a finding, in English as a whole if the language lacks a paragraph of it.
[[nodiscard]] std::string translated_page(std::string_view page, base::Language language);

}  // namespace farol::cli
