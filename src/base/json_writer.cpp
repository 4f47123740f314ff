#include "base/json_writer.h"

#include <array>
#include <utility>

namespace farol::base {
namespace {

// The bytes that need an escape inside a JSON text (RFC 8259, section 7).
constexpr std::array<bool, 256> reserved = [] {
  std::array<bool, 256> table{};
  for (std::size_t control = 0; control < 0x20; ++control) table[control] = true;
  table['"'] = table['\\'] = true;
  return table;
}();

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
  quoted(name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

void JsonWriter::string(std::string_view text) {
  before_value();
  quoted(text);
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
  if (!first) out_ += ',';
  if (level.layout == Layout::lines) {
    new_line();
  } else if (!first) {
    out_ += ' ';
  }
}

void JsonWriter::new_line() {
  out_ += '\n';
  out_.append(2 * levels_.size(), ' ');
}

void JsonWriter::quoted(std::string_view text) {
  out_ += '"';
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!reserved[static_cast<unsigned char>(text[at])]) continue;
    out_.append(text, copied, at - copied);
    append_escaped(out_, text[at]);
    copied = at + 1;
  }
  out_.append(text, copied, text.size() - copied);
  out_ += '"';
}

}  // namespace farol::base
