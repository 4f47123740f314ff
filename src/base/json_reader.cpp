#include "base/json_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace farol::base {
namespace {

constexpr std::size_t few_keys = 32;
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view number_characters = "+-.0123456789Ee";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number as RFC 8259 writes it: `-12.5e+3`, without a leading zero or a bare point.
bool is_number(std::string_view text) {
  std::size_t at = 0;
  const auto takes = [&](std::string_view any) {
    const bool found = at < text.size() && any.find(text[at]) != std::string_view::npos;
    at += found ? 1 : 0;
    return found;
  };
  const auto takes_digits = [&] {
    const std::size_t start = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at > start;
  };
  takes("-");
  if (!takes("0") && !takes_digits()) return false;
  if (takes(".") && !takes_digits()) return false;
  if (takes("eE")) {
    takes("+-");
    if (!takes_digits()) return false;
  }
  return at == text.size();
}

void append_utf8(std::string& text, std::uint32_t code) {
  const auto byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
  const auto rest = [&](std::uint32_t shift) { byte(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80U) return byte(code);
  if (code < 0x800U) {
    byte(0xC0U | (code >> 6U));
  } else if (code < 0x10000U) {
    byte(0xE0U | (code >> 12U));
    rest(6);
  } else {
    byte(0xF0U | (code >> 18U));
    rest(12);
    rest(6);
  }
  rest(0);
}

}  // namespace

JsonToken JsonReader::next() {
  if (!problem_.empty()) return JsonToken::error;
  skip_blanks();
  begin_token();
  if (std::exchange(after_key_, false)) return value();
  if (depth_ == 0) {
    if (at_end() && (has_value_ || values_ == Values::several)) return JsonToken::end;
    if (has_value_ && values_ == Values::one)
      return fail("expected the end of the file, for the JSON value ends before");
    has_value_ = true;
    return value();
  }
  if (at_end()) return cut();
  Level& level = levels_[depth_ - 1];
  if (peek() == (level.object ? '}' : ']')) return close();
  if (!std::exchange(level.empty, false)) {
    if (peek() != ',') return fail(level.object ? "expected `,` or `}`" : "expected `,` or `]`");
    take(1);
    skip_blanks();
    begin_token();
  }
  return level.object ? key() : value();
}

JsonToken JsonReader::value() {
  if (at_end()) return cut();
  switch (peek()) {
    case '{': return open(true);
    case '[': return open(false);
    case '"': return read_text() ? JsonToken::text : JsonToken::error;
    case 't': return literal("true", JsonToken::boolean);
    case 'f': return literal("false", JsonToken::boolean);
    case 'n': return literal("null", JsonToken::null);
    case '-': return number();
  }
  return is_digit(peek()) ? number() : fail("expected a value: a text in double quotes, a number, `{` or `[`");
}

JsonToken JsonReader::open(bool object) {
  if (depth_ == max_json_depth) return fail(fmt::format("the values are nested deeper than {} levels", max_json_depth));
  take(1);
  if (levels_.size() == depth_) levels_.emplace_back();
  Level& level = levels_[depth_++];
  level.object = object;
  level.empty = true;
  level.key_count = 0;
  level.more_keys.clear();
  return object ? JsonToken::object : JsonToken::list;
}

JsonToken JsonReader::close() {
  take(1);
  return levels_[--depth_].object ? JsonToken::object_end : JsonToken::list_end;
}

JsonToken JsonReader::key() {
  if (at_end()) return cut();
  if (peek() != '"') return fail("expected a key in double quotes");
  if (!read_text()) return JsonToken::error;
  if (!take_new_key()) return fail(fmt::format("the key `{}` comes twice in one object", text_));
  skip_blanks();
  if (at_end()) return cut();
  if (peek() != ':') {
    begin_token();
    return fail("expected `:` and the value of the key");
  }
  take(1);
  after_key_ = true;
  return JsonToken::key;
}

bool JsonReader::take_new_key() {
  Level& level = levels_[depth_ - 1];
  const auto end = level.keys.begin() + static_cast<std::ptrdiff_t>(level.key_count);
  if (std::find(level.keys.begin(), end, text_) != end) return false;
  if (level.key_count == few_keys) return level.more_keys.insert(text_).second;
  if (level.key_count == level.keys.size()) level.keys.emplace_back();
  level.keys[level.key_count++] = text_;
  return true;
}

JsonToken JsonReader::literal(std::string_view word, JsonToken token) {
  text_.clear();
  while (!at_end() && text_.size() < word.size() && peek() == word[text_.size()]) {
    text_ += peek();
    take(1);
  }
  if (at_end() && text_ != word) return cut();
  return text_ == word ? token : fail(fmt::format("expected `{}`", word));
}

JsonToken JsonReader::number() {
  text_.clear();
  while (!at_end() && number_characters.find(peek()) != std::string_view::npos) {
    if (text_.size() == max_json_text_bytes) return fail("a number is too long");
    text_ += peek();
    take(1);
  }
  return is_number(text_) ? JsonToken::number : fail("a number is not written as JSON has it");
}

// Reads a text with its quotes. Returns false after an error.
bool JsonReader::read_text() {
  text_.clear();
  take(1);
  while (!at_end()) {
    const std::string_view ahead = bytes_.ahead();
    const auto plain = std::find_if(ahead.begin(), ahead.end(), [](char c) {
      return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    });
    const auto size = static_cast<std::size_t>(plain - ahead.begin());
    text_.append(ahead, 0, size);
    take(size);
    if (text_.size() > max_json_text_bytes) {
      fail(fmt::format("a text is longer than {} KiB, or its quote is not closed", max_json_text_bytes >> 10U));
      return false;
    }
    if (size == ahead.size()) continue;
    if (peek() == '"') {
      take(1);
      if (!find_invalid_utf8(text_)) return true;
      fail("a text is not UTF-8");
      return false;
    }
    if (peek() != '\\') {
      fail("a control character in a text needs an escape such as `\\n`");
      return false;
    }
    if (!read_escape()) return false;
  }
  cut();
  return false;
}

bool JsonReader::read_escape() {
  constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
  take(1);
  if (at_end()) return cut(), false;
  const char letter = peek();
  take(1);
  if (const std::size_t which = letters.find(letter); which != std::string_view::npos) {
    text_ += meanings[which];
    return true;
  }
  if (letter != 'u') return fail("an escape in a text is none that JSON has"), false;
  std::uint32_t code = 0;
  if (!read_hexadecimal(code)) return false;
  if (code >= 0xD800U && code < 0xE000U) {
    // A character beyond the first 65,536 is written as two escapes, the higher half first.
    std::uint32_t low = 0;
    const auto takes = [&](char c) { return !at_end() && peek() == c && (take(1), true); };
    const bool pair = code < 0xDC00U && takes('\\') && takes('u') && read_hexadecimal(low);
    if (!problem_.empty()) return false;
    if (!pair || low < 0xDC00U || low >= 0xE000U) return fail("an escape in a text is half of a character"), false;
    code = 0x10000U + ((code - 0xD800U) << 10U) + (low - 0xDC00U);
  }
  append_utf8(text_, code);
  return true;
}

// Reads the four digits of `\u6587`. Returns false after an error.
bool JsonReader::read_hexadecimal(std::uint32_t& unit) {
  for (int i = 0; i < 4; ++i) {
    if (at_end()) return cut(), false;
    const char c = peek();
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool letter = lower >= 'a' && lower <= 'f';
    if (!is_digit(c) && !letter) return fail("`\\u` in a text needs four hexadecimal digits"), false;
    unit = unit * 16 + static_cast<std::uint32_t>(letter ? lower - 'a' + 10 : c - '0');
    take(1);
  }
  return true;
}

JsonToken JsonReader::fail(std::string reason) {
  problem_ = std::move(reason);
  return JsonToken::error;
}

JsonToken JsonReader::cut() {
  begin_token();
  return fail("the file ends in the middle of a value: a part of it is missing");
}

std::string JsonReader::problem_with_place() const {
  return fmt::format("line {}, column {}: {}", begin_line_, begin_column_, problem_);
}

// Line ends are blanks between tokens, so `skip_blanks` counts them.
void JsonReader::take(std::size_t count) {
  const std::string_view taken = bytes_.ahead().substr(0, count);
  column_ += static_cast<std::size_t>(std::count_if(
      taken.begin(), taken.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
  offset_ += count;
  bytes_.take(count);
}

void JsonReader::skip_blanks() {
  while (!at_end() && blanks.find(peek()) != std::string_view::npos) {
    const bool new_line = peek() == '\n';
    take(1);
    if (!new_line) continue;
    ++line_;
    column_ = 1;
  }
}

void JsonReader::begin_token() {
  begin_ = offset_;
  begin_line_ = line_;
  begin_column_ = column_;
}

}  // namespace farol::base
