// One escaper for each form. HTML has base/html.h, CSV base/csv.h, and a terminal `base::printable`.
#pragma once

#include <string>
#include <string_view>

namespace farol::document {

// Text that Markdown shows as it is; a line end becomes `<br>`. On a code host nothing in it calls a person, names an
// issue or becomes a link: what would, such as `@ana`, has a character of no width in it. What would begin a list, such
// as `1.`, is escaped if the text begins a paragraph or an item.
[[nodiscard]] std::string escape_markdown(std::string_view text, bool begins_block = false);
void append_markdown(std::string& markdown, std::string_view text, bool begins_block = false);
// A code span, inside a table too. Code hosts find no references in one.
void append_markdown_code(std::string& markdown, std::string_view text);
// HTML with lines between `<br>`: a line that is a day is not broken at its hyphens.
[[nodiscard]] std::string with_whole_days(std::string_view html);
// A string in double quotes for a style sheet inside HTML.
[[nodiscard]] std::string css_string(std::string_view text);

}  // namespace farol::document
