// Text in terminal columns: how wide it is, and where a line of it may end. Chinese characters take two columns, and a
// line may end between any two of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace farol::document {

// Lines of at most `width` columns; what cannot be broken anywhere is cut. Never empty.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);
// The width of the widest piece of text that `wrap` would not break if it had the choice.
[[nodiscard]] std::size_t widest_piece(std::string_view text);

}  // namespace farol::document
