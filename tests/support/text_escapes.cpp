#include "support/text_escapes.h"

#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"

namespace farol::testing {
namespace {

bool is_visible(char32_t value) {
  return value == '\n' ||
         (value >= 0x20 && value != 0x7f && !(value >= 0x80 && value < 0xa0) && !base::is_hidden(value));
}

[[noreturn]] void fail(std::string_view text, std::size_t at) {
  throw std::invalid_argument("`" + std::string(text.substr(at, 12)) + "` is not an escape");
}

std::size_t find_closing_brace(std::string_view text, std::size_t at) {
  for (std::size_t i = at; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '}') {
      return i;
    }
  }
  fail(text, at);
}

std::uint32_t number(std::string_view digits, int base) {
  std::size_t used = 0;
  const auto value = static_cast<std::uint32_t>(std::stoul(std::string(digits), &used, base));
  if (used != digits.size()) throw std::invalid_argument("`" + std::string(digits) + "` is not a number");
  return value;
}

// The escape at `at`, a backslash; returns what is behind it.
std::size_t append_escape(std::string& out, std::string_view text, std::size_t at) {
  const char kind = at + 1 < text.size() ? text[at + 1] : '\n';
  switch (kind) {
    case '\\': out += '\\'; return at + 2;
    case 'n': out += '\n'; return at + 2;
    case 'r': out += '\r'; return at + 2;
    case 't': out += '\t'; return at + 2;
    case '0': out += '\0'; return at + 2;
    case 'x': out += static_cast<char>(number(text.substr(at + 2, 2), 16)); return at + 4;
    case 'u': {
      const std::size_t end = find_closing_brace(text, at);
      base::append_utf8(out, number(text.substr(at + 3, end - at - 3), 16));
      return end + 1;
    }
    case '{': {
      const std::size_t colon = text.find(':', at);
      if (colon == std::string_view::npos) fail(text, at);
      const std::size_t end = find_closing_brace(text, colon);
      const std::string unit = unescape(text.substr(colon + 1, end - colon - 1));
      const std::uint32_t count = number(text.substr(at + 2, colon - at - 2), 10);
      for (std::uint32_t i = 0; i < count; ++i) out += unit;
      return end + 1;
    }
    default: fail(text, at);
  }
}

}  // namespace

bool needs_escapes(std::string_view text) {
  if (base::find_invalid_utf8(text)) return true;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode(text, at);
    if (!is_visible(point.value)) return true;
    at += point.size;
  }
  return false;
}

std::string escape(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode(text, at);
    const std::string_view bytes = text.substr(at, point.size);
    at += point.size;
    if (base::find_invalid_utf8(bytes)) {
      for (const char byte : bytes) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    } else if (point.value == '\\') {
      out += "\\\\";
    } else if (point.value == '\r') {
      out += "\\r";
    } else if (point.value == '\t') {
      out += "\\t";
    } else if (is_visible(point.value)) {
      out += bytes;
    } else if (point.value < 0x80) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(point.value));
    } else {
      out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(point.value));
    }
  }
  return out;
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\') {
      at = append_escape(out, text, at);
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace farol::testing
