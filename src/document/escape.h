// One escaper for each form. HTML has base/html.h and CSV base/csv.h.
#pragma once

#include <string>
#include <string_view>

namespace farol::document {

// Text that Markdown shows as it is; a line end becomes `<br>`. `@` and `#` are escaped too: on a code host they would
// call a person and name an issue. What would begin a list, such as `1.`, is escaped if the text begins a paragraph or
// an item.
[[nodiscard]] std::string escape_markdown(std::string_view text, bool begins_block = false);
// A code span, inside a table too.
[[nodiscard]] std::string markdown_code(std::string_view text);
// A string in double quotes for a style sheet inside HTML.
[[nodiscard]] std::string css_string(std::string_view text);
// Text for a terminal: control characters and hidden ones become blanks, but for line ends.
[[nodiscard]] std::string escape_terminal(std::string_view text);

}  // namespace farol::document
