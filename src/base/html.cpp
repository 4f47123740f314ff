#include "base/html.h"

#include "base/text.h"

namespace farol::base {
namespace {

// What a character is written as that HTML would obey; null for every other.
const char* entity(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return nullptr;
  }
}

}  // namespace

std::string escape_html(std::string_view text, std::string_view new_line) {
  std::string escaped;
  append_html(escaped, text, new_line);
  return escaped;
}

void append_html(std::string& html, std::string_view text, std::string_view new_line) {
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char* const instead = entity(text[at]);
    if (instead == nullptr && text[at] != '\n') continue;
    append_printable(html, text.substr(copied, at - copied));
    html += instead == nullptr ? new_line : std::string_view(instead);
    copied = at + 1;
  }
  append_printable(html, text.substr(copied));
}

}  // namespace farol::base
