#include "syntax/literals.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>

#include "base/text.h"
#include "diag/messages_syntax.h"

namespace farol::syntax {

namespace {

// Letters and digits of an input method's full width, which are reported, stand for the plain ones.
std::string to_half_width(std::string_view word) {
  std::string plain;
  for (std::size_t at = 0; at < word.size();) {
    const base::CodePoint point = base::decode(word, at);
    const std::optional<char> meant = point.value < 0x80 ? std::nullopt : base::ascii_of_full_width(point.value);
    if (meant) {
      plain += *meant;
    } else {
      base::append_utf8(plain, point.value);
    }
    at += point.size;
  }
  return plain;
}

}  // namespace

std::string name_of(std::string_view word) {
  std::string name;
  if (word.find('`') == std::string_view::npos) {
    name = word;
  } else {
    std::copy_if(word.begin(), word.end(), std::back_inserter(name), [](char c) { return c != '`'; });
  }
  const bool ascii = std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? name : base::to_nfc(to_half_width(name));
}

std::string_view word_of_key(std::string_view key) {
  key.remove_suffix(key.ends_with(':') ? 1 : 3);  // the full-width colon has three bytes
  const std::size_t last = key.find_last_not_of(" \t");
  return key.substr(0, last + 1);
}

RangeWords words_of_range(std::string_view range) {
  const std::size_t dots = range.find("..");
  return {range.substr(0, dots), range.substr(dots + 2)};
}

std::string_view word_of_wildcard(std::string_view wildcard) { return wildcard.substr(0, wildcard.size() - 2); }

namespace {

// `at` stands behind the `u`; moves behind the `}`.
std::optional<BadEscape> append_code_point(std::string_view token, std::size_t backslash, std::size_t& at,
                                           std::string& text) {
  const diag::Text reason = message::escape_takes_number();
  const std::size_t closing = at < token.size() && token[at] == '{' ? token.find('}', at) : std::string_view::npos;
  if (closing == std::string_view::npos) return BadEscape{backslash, at, reason};
  const std::string_view digits = token.substr(at + 1, closing - at - 1);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const bool whole = !digits.empty() && error == std::errc{} && end == digits.data() + digits.size();
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (!whole || surrogate || value == 0 || value > 0x10FFFF) return BadEscape{backslash, closing + 1, reason};
  if (base::is_hidden(static_cast<char32_t>(value)))
    return BadEscape{backslash, closing + 1, message::this_character_is_hidden()};
  base::append_utf8(text, static_cast<char32_t>(value));
  at = closing + 1;
  return std::nullopt;
}

std::optional<BadEscape> append_escape(std::string_view token, std::size_t& at, std::string& text) {
  const std::size_t backslash = at;
  const char letter = token[at + 1];
  at += 2;
  switch (letter) {
    case '"': text += '"'; return std::nullopt;
    case '\\': text += '\\'; return std::nullopt;
    case 'n': text += '\n'; return std::nullopt;
    case 't': text += '\t'; return std::nullopt;
    case 'u': return append_code_point(token, backslash, at, text);
    default:
      return BadEscape{backslash, backslash + 1 + base::decode(token, backslash + 1).size, message::escapes_are()};
  }
}

}  // namespace

std::optional<BadEscape> append_string(std::string_view token, std::string& text) {
  const std::size_t opening = base::decode(token, 0).size;
  std::size_t end = token.size() - 1;
  while ((static_cast<unsigned char>(token[end]) & 0xC0U) == 0x80U) --end;
  if (const std::size_t first = token.find('\\'); first == std::string_view::npos || first >= end) {
    text += token.substr(opening, end - opening);
    return std::nullopt;
  }
  for (std::size_t at = opening; at < end;) {
    if (token[at] != '\\') {
      text += token[at++];
    } else if (auto bad = append_escape(token, at, text)) {
      return bad;
    }
  }
  return std::nullopt;
}

std::optional<base::Duration> parse_duration(std::string_view token) {
  using Unit = base::Duration::Unit;
  constexpr std::int64_t most = 1'000'000;
  base::Duration duration;
  const auto [rest, error] = std::from_chars(token.data(), token.data() + token.size(), duration.count);
  if (error != std::errc{} || duration.count > most) return std::nullopt;
  const std::size_t unit = token.find_first_of("dwmy");
  switch (token[unit]) {
    case 'd': duration.unit = Unit::days; break;
    case 'w': duration.unit = Unit::weeks; break;
    case 'm': duration.unit = Unit::months; break;
    default: duration.unit = Unit::years; break;
  }
  return duration;
}

}  // namespace farol::syntax
