#include "document/escape.h"

#include <fmt/format.h>

#include "base/text.h"

namespace farol::document {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Returns true if the character would begin a list at the start of an item: `+`, `-`, `1.`, `1)`.
bool begins_list(std::string_view text, std::size_t at) {
  if (at == 0) return text[at] == '+' || text[at] == '-';
  const bool after_number = text.substr(0, at).find_first_not_of("0123456789") == std::string_view::npos;
  return after_number && (text[at] == '.' || text[at] == ')');
}

}  // namespace

std::string escape_markdown(std::string_view text, bool begins_block) {
  constexpr std::string_view special = "\\`*[]<>|~&$@#";
  std::string escaped;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      escaped += "<br>";
    } else if (is_control(c)) {
      escaped += ' ';
    } else {
      // Between letters an underscore emphasises nothing (CommonMark 6.2), and names can still be found with a search.
      const bool within_word =
          at > 0 && at + 1 < text.size() && is_letter_or_digit(text[at - 1]) && is_letter_or_digit(text[at + 1]);
      if (special.find(c) != std::string_view::npos || (c == '_' && !within_word) ||
          (begins_block && begins_list(text, at)))
        escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string markdown_code(std::string_view text) {
  // A code span may hold anything but a run of as many backticks as it is fenced with.
  std::string fence = "`";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  const std::string_view blank = fence.size() > 1 ? " " : "";
  std::string code = fence + std::string(blank);
  for (const char c : text) {
    if (c == '|') code += '\\';
    code += is_control(c) ? ' ' : c;
  }
  return code.append(blank) + fence;
}

std::string css_string(std::string_view text) {
  constexpr std::string_view harmless = " -.,:()";
  std::string escaped = "\"";
  for (const char c : text) {
    if (is_letter_or_digit(c) || harmless.find(c) != std::string_view::npos) {
      escaped += c;
    } else {
      escaped += fmt::format("\\{:06x}", static_cast<unsigned char>(c));
    }
  }
  return escaped + "\"";
}

std::string escape_terminal(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode(text, at);
    const bool control = point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0);
    if (point.value != '\n' && (control || base::is_hidden(point.value))) {
      shown += ' ';
    } else {
      shown.append(text.substr(at, point.size));
    }
    at += point.size;
  }
  return shown;
}

}  // namespace farol::document
