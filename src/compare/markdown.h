// Markdown for the comments of a code host, where `@` and `#` mean something too.
#pragma once

#include <string>
#include <string_view>

namespace farol::compare {

// Text that is shown as it is, in a table too.
[[nodiscard]] std::string escape_markdown(std::string_view text);

}  // namespace farol::compare
