#include "base/text.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>

#include <utf8proc.h>

namespace farol::base {
namespace {

constexpr char32_t replacement = 0xFFFD;

std::uint8_t byte_at(std::string_view text, std::size_t offset) { return static_cast<std::uint8_t>(text[offset]); }

// The code point at `offset`, or size 0 where the bytes are not well-formed (Unicode 15, table 3-7).
CodePoint decode_strict(std::string_view text, std::size_t offset) {
  const std::uint8_t lead = byte_at(text, offset);
  if (lead < 0x80) return {lead, 1};
  std::size_t size = 0;
  char32_t value = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2;
    value = lead & 0x1Fu;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    size = 3;
    value = lead & 0x0Fu;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4;
    value = lead & 0x07u;
  }
  if (size == 0 || size > text.size() - offset) return {};
  for (std::size_t i = 1; i < size; ++i) {
    const std::uint8_t next = byte_at(text, offset + i);
    if ((next & 0xC0u) != 0x80) return {};
    value = (value << 6) | (next & 0x3Fu);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {};
  return {value, size};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
}

// Text that is not UTF-8 comes back as it is: whoever checks the bytes has already reported it.
std::string map_with_utf8proc(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &mapped, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

utf8proc_category_t category(char32_t value) { return utf8proc_category(static_cast<utf8proc_int32_t>(value)); }

std::u32string folded_code_points(std::string_view text) {
  const std::string folded = fold_case(text);
  std::u32string points;
  points.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint point = decode(folded, at);
    points.push_back(point.value);
    at += point.size;
  }
  return points;
}

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
std::size_t distance(std::u32string_view a, std::u32string_view b, std::size_t limit) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    // A swap looks two rows back, so one row over the limit does not end it yet.
    if (*std::min_element(row.begin(), row.end()) > limit && *std::min_element(last.begin(), last.end()) > limit)
      return limit + 1;
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], limit + 1);
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080u;
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;
    if (text.size() - at >= sizeof eight) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & high_bits) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const CodePoint point = decode_strict(text, at);
    if (point.size == 0) return at;
    at += point.size;
  }
  return std::nullopt;
}

CodePoint decode(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return {};
  const CodePoint point = decode_strict(text, offset);
  return point.size == 0 ? CodePoint{replacement, 1} : point;
}

void append_utf8(std::string& text, char32_t value) {
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = replacement;
  const auto append = [&text](char32_t byte) { text.push_back(static_cast<char>(static_cast<std::uint8_t>(byte))); };
  if (value < 0x80) {
    append(value);
    return;
  }
  if (value < 0x800) {
    append(0xC0 | (value >> 6));
  } else {
    if (value < 0x10000) {
      append(0xE0 | (value >> 12));
    } else {
      append(0xF0 | (value >> 18));
      append(0x80 | ((value >> 12) & 0x3F));
    }
    append(0x80 | ((value >> 6) & 0x3F));
  }
  append(0x80 | (value & 0x3F));
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode(text, at).size) ++count;
  return count;
}

std::string_view beginning_of(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

std::string shown_name(std::string name) {
  constexpr std::size_t most_bytes = 1000;
  if (name.size() > most_bytes) name = std::string(beginning_of(name, most_bytes)) + "…";
  return name;
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return map_with_utf8proc(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string to_nfkc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return map_with_utf8proc(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
}

std::string fold_case(std::string_view text) {
  if (!is_ascii(text)) return map_with_utf8proc(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string fold_loosely(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (is_ascii(inner)) return fold_case(inner);
  // Not by compatibility (UTF8PROC_COMPAT), which would make a 1 of a footnote's mark.
  std::string narrow;
  for (std::size_t at = 0; at < inner.size();) {
    const CodePoint point = decode(inner, at);
    at += point.size;
    const bool is_wide = point.value >= 0xFF01 && point.value <= 0xFF5E;
    append_utf8(narrow, is_wide ? point.value - 0xFEE0 : point.value == 0x3000 ? U' ' : point.value);
  }
  const std::string folded = map_with_utf8proc(
      narrow, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  return std::string(trimmed(folded));
}

bool is_name_start(char32_t value) {
  switch (category(value)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return true;
    default: return false;
  }
}

bool is_name_continue(char32_t value) {
  if (value == '_' || value == '-' || is_name_start(value)) return true;
  switch (category(value)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND: return true;
    default: return false;
  }
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    const int columns = utf8proc_charwidth(static_cast<utf8proc_int32_t>(point.value));
    width += columns > 0 ? static_cast<std::size_t>(columns) : 0;
    at += point.size;
  }
  return width;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  return distance(folded_code_points(a), folded_code_points(b), limit);
}

std::optional<std::string_view> find_nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const std::u32string points = folded_code_points(word);
  std::size_t limit = points.size() / 3;
  std::optional<std::string_view> nearest;
  std::size_t nearest_distance = limit + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t found = distance(points, folded_code_points(candidate), limit);
    if (found > limit) continue;
    if (found < nearest_distance || (found == nearest_distance && nearest && candidate < *nearest)) {
      nearest = candidate;
      nearest_distance = found;
      limit = found;
    }
  }
  return nearest;
}

std::string printable(std::string_view text) {
  std::string shown;
  append_printable(shown, text);
  return shown;
}

void append_printable(std::string& shown, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint8_t byte = byte_at(text, at);
    if ((byte >= 0x20 && byte < 0x7F) || byte == '\n') {
      ++at;
      continue;
    }
    const CodePoint point = decode(text, at);
    if (point.value == '\t' || point.value == '\r' || is_hidden(point.value)) {
      shown.append(text, copied, at - copied) += ' ';
      copied = at + point.size;
    }
    at += point.size;
  }
  shown.append(text, copied);
}

std::string one_line(std::string_view text) {
  std::string line = printable(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

}  // namespace farol::base
