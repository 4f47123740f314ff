// Text that a golden file cannot show as it is: control characters, hidden marks, bytes that are not UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace farol::testing {

// Whether a reviewer would see something else than what is there.
[[nodiscard]] bool needs_escapes(std::string_view text);
[[nodiscard]] std::string escape(std::string_view text);
// `\\`, `\n`, `\r`, `\t`, `\0`, `\xNN` for a byte, `\u{202E}` for a character, `\{100000:(}` for the text behind the
// colon that often. Throws std::invalid_argument for anything else behind a backslash.
[[nodiscard]] std::string unescape(std::string_view text);

}  // namespace farol::testing
