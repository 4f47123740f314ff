// What all pages share: the style sheet src/document/page.css, the script page.js, and the frame of printed pages.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "document/document.h"

namespace farol::document {

struct PagePart {
  std::string_view name, text;
};
[[nodiscard]] std::span<const PagePart> page_parts();
[[nodiscard]] inline std::string_view page_style() { return page_parts().front().text; }
[[nodiscard]] inline std::string_view page_script() { return page_parts().back().text; }

// What every printed page has at its edges: whose it is, of which day, made from what, and which page it is.
[[nodiscard]] std::string page_frame(std::string_view title, const Frame& frame, bool across);
// The content of a Content-Security-Policy that lets nothing in but one style sheet and one script, which are inside
// the page. An empty script: none may run.
[[nodiscard]] std::string security_policy(std::string_view style, std::string_view script);

}  // namespace farol::document
