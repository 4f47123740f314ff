// Emoji that are made of several.
#pragma once

#include <cstddef>
#include <string_view>

namespace farol::base {

// Whether the zero-width joiner at this place joins two emoji into one (UTS 51, emoji ZWJ sequences), and so hides
// nothing from a reader.
[[nodiscard]] bool joins_emoji(std::string_view text, std::size_t at);

}  // namespace farol::base
