// Text in HTML.
#pragma once

#include <string>
#include <string_view>

namespace farol::base {

// Text that a page shows as it is, in content and in attributes in double quotes. Control characters become blanks, but
// for new lines, which become `new_line`.
[[nodiscard]] std::string escape_html(std::string_view text, std::string_view new_line = " ");
void append_html(std::string& html, std::string_view text, std::string_view new_line = " ");

}  // namespace farol::base
