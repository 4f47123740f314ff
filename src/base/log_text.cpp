#include "base/log_text.h"

#include <algorithm>

#include "base/text.h"

namespace farol::base {
namespace {

// The length of `ESC [ 1;31 m` at the start of the text; 0: there is none.
std::size_t color_size(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

// .NET's TrimStart, which the runner uses, takes all white space of Unicode for blanks.
bool is_blank(char32_t value) {
  return value == ' ' || value == '\t' || value == 0xA0 || value == 0x1680 || (value >= 0x2000 && value <= 0x200A) ||
         value == 0x202F || value == 0x205F || value == 0x3000;
}

// `::error …`. Three colons, which findings have before another place, begin no command: the name would begin with one.
bool begins_named_command(std::string_view text) { return text.starts_with("::") && !text.starts_with(":::"); }

// Returns true if the text, which begins with `##`, goes on like a command: `##[`, `##vso[`.
bool begins_command(std::string_view text) {
  text.remove_prefix(2);
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto end = std::find_if_not(text.begin(), text.end(), is_letter);
  return end != text.end() && *end == '[';
}

}  // namespace

std::string for_log(std::string_view text, bool colors) {
  std::string shown;
  shown.reserve(text.size());
  bool starts_line = true;  // nothing but blanks so far
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (const std::size_t size = colors ? color_size(rest) : 0; size > 0) {
      shown.append(rest.substr(0, size));
      at += size;
      continue;
    }
    const CodePoint point = decode(text, at);
    const bool is_mark = at == 0 && point.value == 0xFEFF;
    const bool ends_line = point.value == '\n' || rest.starts_with("\r\n");
    if (!is_mark && !ends_line && (point.value == '\r' || is_hidden(point.value))) {
      shown += ' ';
    } else if (point.value == 0xFFFD) {
      shown += "\uFFFD";
    } else {
      shown.append(rest.substr(0, point.size));
    }
    if ((starts_line && begins_named_command(rest)) || (rest.starts_with("##") && begins_command(rest))) shown += ' ';
    starts_line = ends_line || is_mark || (starts_line && (is_blank(point.value) || is_hidden(point.value)));
    at += point.size;
  }
  return shown;
}

}  // namespace farol::base
