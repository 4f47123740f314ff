#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/text.h"

namespace farol::base {
namespace {

// What a byte means for a JSON text.
enum class ByteKind : std::uint8_t {
  plain,
  reserved,  // needs an escape (RFC 8259, section 7)
  // A character may begin with it that a terminal obeys or does not show; and `#`, since two of them begin a command to
  // some build servers. Such characters are escaped too: a program reads the same, and a log is harmless.
  doubtful,
};
constexpr std::array<ByteKind, 256> kinds = [] {
  std::array<ByteKind, 256> table{};
  for (std::size_t control = 0; control < 0x20; ++control) table[control] = ByteKind::reserved;
  table['"'] = table['\\'] = table[0x7F] = ByteKind::reserved;
  for (const std::size_t lead : {0xC2U, 0xCDU, 0xD8U, 0xE1U, 0xE2U, 0xE3U, 0xEFU, 0xF0U, 0xF3U})
    table[lead] = ByteKind::doubtful;
  table['#'] = ByteKind::doubtful;
  return table;
}();
ByteKind kind_of(char c) { return kinds[static_cast<unsigned char>(c)]; }

void append_unit(std::string& out, std::uint32_t unit) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[unit >> shift & 0xFU];
}

// Escapes what is doubtful at `at`, if it has to be, and returns its size; 0: it may stay.
std::size_t escape_doubtful(std::string& out, std::string_view text, std::size_t at) {
  if (text[at] == '#') {
    if (at == 0 || text[at - 1] != '#') return 0;
    append_unit(out, '#');
    return 1;
  }
  const CodePoint point = decode(text, at);
  if (!is_hidden(point.value)) return 0;
  if (point.value < 0x10000) {
    append_unit(out, point.value);
  } else {
    append_unit(out, 0xD800 + ((point.value - 0x10000) >> 10U));
    append_unit(out, 0xDC00 + ((point.value - 0x10000) & 0x3FFU));
  }
  return point.size;
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += digits[byte >> 4U];
  out += digits[byte & 0xFU];
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  quoted(name, "\": ");
  after_key_ = true;
  return *this;
}

void JsonWriter::string(std::string_view text) {
  before_value();
  quoted(text, "\"");
}

void JsonWriter::number(std::int64_t value) {
  before_value();
  out_ += std::to_string(value);
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  before_value();
  out_ += "null";
}

std::string JsonWriter::take() {
  out_ += '\n';
  return std::exchange(out_, {});
}

void JsonWriter::begin(char bracket, Layout layout) {
  before_value();
  out_ += bracket;
  if (!levels_.empty() && levels_.back().layout == Layout::line) layout = Layout::line;
  levels_.push_back({layout, true});
}

void JsonWriter::end(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.empty && level.layout == Layout::lines) new_line();
  out_ += bracket;
}

void JsonWriter::before_value() {
  if (std::exchange(after_key_, false)) return;
  if (!levels_.empty()) separate();
}

void JsonWriter::separate() {
  Level& level = levels_.back();
  const bool first = std::exchange(level.empty, false);
  if (level.layout == Layout::lines) {
    new_line(first ? "" : ",");
  } else if (!first) {
    out_ += ", ";
  }
}

void JsonWriter::new_line(std::string_view before) {
  // Most of a document is this, so it is written at once.
  constexpr std::string_view lines[] = {"\n                                ", ",\n                                "};
  const std::string_view line = lines[before.size()];
  const std::size_t begin = before.size() + 1, blanks = 2 * levels_.size();
  out_ += line.substr(0, begin + blanks);
  if (begin + blanks > line.size()) out_.append(begin + blanks - line.size(), ' ');
}

void JsonWriter::quoted(std::string_view text, std::string_view end) {
  out_ += '"';
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const ByteKind kind = kind_of(text[at]);
    if (kind == ByteKind::plain) continue;
    std::string escape;
    std::size_t size = 1;
    if (kind == ByteKind::reserved) {
      append_escaped(escape, text[at]);
    } else {
      size = escape_doubtful(escape, text, at);
    }
    if (size == 0) continue;
    out_.append(text, copied, at - copied) += escape;
    copied = at + size;
    at = copied - 1;
  }
  out_.append(text, copied, text.size() - copied) += end;
}

std::string harmless_json(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t size = kind_of(json[at]) == ByteKind::doubtful ? escape_doubtful(out, json, at) : 0;
    if (size == 0) out += json[at];
    at += std::max<std::size_t>(size, 1);
  }
  return out;
}

}  // namespace farol::base
