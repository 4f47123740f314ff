#include "syntax/scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/text.h"

namespace farol::syntax {
namespace {

enum Class : std::uint8_t { other, blank, letter, digit, name_mark, beyond_ascii };

constexpr std::array<Class, 256> classes = [] {
  std::array<Class, 256> table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const auto c = static_cast<unsigned char>(byte);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) table[byte] = letter;
    if (c >= '0' && c <= '9') table[byte] = digit;
    if (c == '_' || c == '-') table[byte] = name_mark;
    // The controls are hidden characters.
    if (c <= ' ' || c == 0x7F) table[byte] = blank;
    if (c >= 0x80) table[byte] = beyond_ascii;
  }
  return table;
}();

Kind kind_of_mark(char mark) {
  switch (mark) {
    case '{': return Kind::lbrace;
    case '}': return Kind::rbrace;
    case '(': return Kind::lparen;
    case ')': return Kind::rparen;
    case ',': return Kind::comma;
    case '|': return Kind::bar;
    case '<': return Kind::less;
    case '=': return Kind::equals;
    default: return Kind::error_char;
  }
}

bool is_name_start(char32_t value) { return base::is_name_start(value) && !base::is_hidden(value); }
bool is_name_continue(char32_t value) { return base::is_name_continue(value) && !base::is_hidden(value); }

// Offsets are of bytes; 0 for "no match" in the `match_` functions, since no match can end at the start of the text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {
    result_.tokens.reserve(text.size() / 7 + 2);  // what policies come to
  }

  Tokens run() {
    while (at_ < text_.size()) scan_next();
    add(Kind::end, text_.size());
    return std::move(result_);
  }

 private:
  [[nodiscard]] char byte(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\n'; }
  [[nodiscard]] Class class_at(std::size_t offset) const {
    return offset < text_.size() ? classes[static_cast<unsigned char>(text_[offset])] : other;
  }

  void add(Kind kind, std::size_t end) {
    result_.tokens.push_back({kind, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
    at_ = end;
  }

  void add_comment(Comment::Form form, std::size_t end) {
    result_.comments.push_back({form, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end),
                                static_cast<std::uint32_t>(result_.tokens.size())});
    at_ = end;
  }

  void add_slip(std::size_t begin, std::size_t end, char meant) {
    result_.slips.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), meant});
  }

  void scan_next() {
    switch (class_at(at_)) {
      case blank: ++at_; return;
      case letter: return scan_word();
      case digit: return scan_number();
      case name_mark: return add(Kind::error_char, at_ + 1);
      case beyond_ascii: return scan_beyond_ascii();
      case other: break;
    }
    const char c = text_[at_];
    if (c == '"') return scan_string();
    if (c == '/') return scan_slash();
    if (c == '`') return scan_word();
    add(kind_of_mark(c), at_ + 1);
  }

  void scan_beyond_ascii() {
    const base::CodePoint point = base::decode(text_, at_);
    const std::size_t end = at_ + point.size;
    if (base::is_hidden(point.value)) {
      at_ = end;
      return;
    }
    if (is_name_start(point.value)) return scan_word();
    const std::optional<char> meant = base::ascii_of_full_width(point.value);
    if (!meant) return add(Kind::error_char, end);
    if (*meant == '"') return scan_curly_string(end);
    if (*meant == ' ') {
      add_slip(at_, end, ' ');
      at_ = end;
      return;
    }
    const Kind kind = kind_of_mark(*meant);
    if (kind != Kind::error_char) add_slip(at_, end, *meant);
    add(kind, end);
  }

  // --- Names ---

  [[nodiscard]] std::size_t match_identifier(std::size_t from) const {
    const Class first = class_at(from);
    std::size_t at = from;
    if (first == letter) {
      ++at;
    } else if (first == beyond_ascii) {
      const base::CodePoint point = base::decode(text_, from);
      if (!is_name_start(point.value)) return 0;
      at += point.size;
    } else {
      return 0;
    }
    return skip_name_characters(at);
  }

  [[nodiscard]] std::size_t skip_name_characters(std::size_t at) const {
    for (;;) {
      const Class next = class_at(at);
      if (next == letter || next == digit || next == name_mark) {
        ++at;
      } else if (next == beyond_ascii) {
        const base::CodePoint point = base::decode(text_, at);
        if (!is_name_continue(point.value)) return at;
        at += point.size;
      } else {
        return at;
      }
    }
  }

  [[nodiscard]] std::size_t match_segment(std::size_t from) const {
    if (byte(from) != '`') return match_identifier(from);
    const std::size_t end = match_identifier(from + 1);
    return end != 0 && byte(end) == '`' ? end + 1 : 0;
  }

  [[nodiscard]] std::size_t match_dotted(std::size_t from) const {
    std::size_t end = match_segment(from);
    while (end != 0 && byte(end) == '.') {
      const std::size_t next = match_segment(end + 1);
      if (next == 0) break;
      end = next;
    }
    return end;
  }

  // The end of the colon behind a name, or 0.
  [[nodiscard]] std::size_t match_colon(std::size_t at) const {
    while (byte(at) == ' ' || byte(at) == '\t') ++at;
    if (byte(at) == ':') return at + 1;
    return text_.substr(at < text_.size() ? at : text_.size()).starts_with("\xEF\xBC\x9A") ? at + 3 : 0;
  }

  void scan_word() {
    const std::size_t end = match_dotted(at_);
    if (end == 0) return add(Kind::error_char, at_ + 1);  // a lone backtick
    if (const std::size_t colon = match_colon(end); colon != 0) {
      if (text_[colon - 1] != ':') add_slip(colon - 3, colon, ':');
      return add(Kind::key, colon);
    }
    if (byte(end) == '.') {
      if (byte(end + 1) == '*') return add(Kind::wildcard, end + 2);
      if (byte(end + 1) == '.') {
        const std::size_t to = match_dotted(end + 2);
        if (to != 0) return add(Kind::range, to);
      }
    }
    add(kind_of_word(text_.substr(at_, end - at_)), end);
  }

  [[nodiscard]] static Kind kind_of_word(std::string_view word) {
    constexpr std::string_view because = "because.";
    if (word.starts_with(because) && word.find_first_of(".`", because.size()) == std::string_view::npos)
      return Kind::because_in;
    return find_keyword(word).value_or(Kind::name);
  }

  // --- Literals ---

  [[nodiscard]] std::size_t skip_digits(std::size_t at) const {
    while (class_at(at) == digit) ++at;
    return at;
  }

  void scan_number() {
    std::size_t end = skip_digits(at_);
    if (byte(end) == '-') {
      const std::size_t month = skip_digits(end + 1);
      const std::size_t day = skip_digits(month + 1);
      if (month > end + 1 && byte(month) == '-' && day > month + 1) return add(Kind::date, day);
    }
    if (byte(end) == ' ' || byte(end) == '\t') {
      std::size_t unit = end;
      while (byte(unit) == ' ' || byte(unit) == '\t') ++unit;
      const std::size_t unit_end = match_unit(unit);
      if (unit_end != 0) {
        const std::size_t word_end = skip_name_characters(unit_end);
        return add(word_end == unit_end ? Kind::duration : Kind::error_char, word_end);
      }
    }
    while (byte(end) == '.' && class_at(end + 1) == digit) end = skip_digits(end + 1);
    add(Kind::number, end);
  }

  [[nodiscard]] std::size_t match_unit(std::size_t at) const {
    if (at >= text_.size()) return 0;
    for (const std::string_view unit : {"day", "week", "month", "year"}) {
      if (!text_.substr(at).starts_with(unit)) continue;
      const std::size_t end = at + unit.size();
      return byte(end) == 's' ? end + 1 : end;
    }
    return 0;
  }

  void scan_string() {
    std::size_t at = at_ + 1;
    for (;; ++at) {
      const char c = byte(at);
      if (c == '"') return add(Kind::string, at + 1);
      if (c == '\n' || c == '\r') return add(Kind::unterminated_string, at);
      if (c == '\\' && byte(at + 1) != '\n' && byte(at + 1) != '\r') ++at;
    }
  }

  // `opening` is the end of the curly quote. Without a closing one on the line it is a stray character.
  void scan_curly_string(std::size_t opening) {
    // A line on which the first one is not closed closes none behind it, and is not read again for each.
    if (opening <= no_curly_before_) return add(Kind::error_char, opening);
    for (std::size_t at = opening;;) {
      const char c = byte(at);
      std::size_t end = at + 1;
      if (c == '\n' || c == '\r' || (c == '\\' && (byte(end) == '\n' || byte(end) == '\r'))) {
        no_curly_before_ = at;
        return add(Kind::error_char, opening);
      }
      if (c == '\\') {
        ++end;
        while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
      } else if (class_at(at) == beyond_ascii) {
        const base::CodePoint point = base::decode(text_, at);
        end = at + point.size;
        if (base::ascii_of_full_width(point.value) == '"') return add_curly_string(opening, at, end);
      } else if (c == '"') {
        return add_curly_string(opening, at, end);
      }
      at = end;
    }
  }

  void add_curly_string(std::size_t opening, std::size_t closing, std::size_t end) {
    add_slip(at_, opening, '"');
    add_slip(closing, end, '"');
    add(Kind::string, end);
  }

  // --- Comments ---

  void scan_slash() {
    if (byte(at_ + 1) == '/') {
      const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
      const bool doc = byte(at_ + 2) == '/' && byte(at_ + 3) != '/';
      return add_comment(doc ? Comment::Form::doc : Comment::Form::line, end);
    }
    if (byte(at_ + 1) != '*') return add(Kind::error_char, at_ + 1);
    const std::size_t closing = text_.find("*/", at_ + 2);
    if (closing == std::string_view::npos) return add(Kind::unterminated_comment, text_.size());
    add_comment(Comment::Form::block, closing + 2);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t no_curly_before_ = 0;
  Tokens result_;
};

}  // namespace

Tokens scan(std::string_view text) { return Scanner(text).run(); }

}  // namespace farol::syntax
