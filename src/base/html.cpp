#include "base/html.h"

#include "base/text.h"

namespace farol::base {

std::string escape_html(std::string_view text, std::string_view new_line) {
  std::string escaped;
  for (const char c : printable(text)) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\n': escaped += new_line; break;
      default: escaped += c;
    }
  }
  return escaped;
}

}  // namespace farol::base
