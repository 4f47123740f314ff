// The style sheet of all pages: src/document/page.css.
#pragma once

#include <span>
#include <string_view>

namespace farol::document {

struct StyleSheet {
  std::string_view name, text;
};
[[nodiscard]] std::span<const StyleSheet> style_sheets();
inline std::string_view page_style() { return style_sheets().front().text; }

}  // namespace farol::document
