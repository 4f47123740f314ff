#include "base/encodings.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

#include "base/text.h"

namespace farol::base {
namespace {

struct CloseConversion {
  void operator()(void* conversion) const { iconv_close(conversion); }
};

std::optional<std::string> convert(std::string_view bytes, const char* encoding) {
  const iconv_t opened = iconv_open("UTF-8", encoding);
  if (opened == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  const std::unique_ptr<void, CloseConversion> conversion{opened};
  std::string text;
  std::string input(bytes);
  char* from = input.data();
  std::size_t left = input.size();
  std::array<char, 8192> buffer{};
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(opened, &from, &left, &to, &room);
    text.append(buffer.data(), buffer.size() - room);
    if (result == static_cast<std::size_t>(-1) && room == buffer.size()) return std::nullopt;
  }
  return text;
}

// ASCII has a zero in each second byte of UTF-16, and every table has separators.
const char* utf16_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (bytes.starts_with("\xFE\xFF")) return "UTF-16BE";
  if (bytes.size() < 4 || bytes.size() % 2 != 0) return nullptr;
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < bytes.size(); ++i) zeros[i % 2] += bytes[i] == '\0' ? 1U : 0U;
  if (zeros[0] == zeros[1]) return nullptr;
  return zeros[1] > zeros[0] ? "UTF-16LE" : "UTF-16BE";
}

// The second byte of a character of GB 2312 is never below A1; that of Big5 is so in half of them.
bool looks_like_big5(std::string_view bytes) {
  bool low = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) continue;
    if (lead < 0xA1 || i + 1 == bytes.size()) return false;
    low = low || static_cast<unsigned char>(bytes[++i]) < 0xA1;
  }
  return low;
}

}  // namespace

std::optional<DecodedText> decode_text(std::string_view bytes) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (const char* encoding = utf16_of(bytes)) {
    auto text = convert(bytes, encoding);
    if (!text) return std::nullopt;
    if (text->starts_with(byte_order_mark)) text->erase(0, byte_order_mark.size());
    return DecodedText{std::move(*text), encoding};
  }
  if (!find_invalid_utf8(bytes)) {
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    return DecodedText{std::string(bytes), "UTF-8"};
  }
  if (looks_like_big5(bytes)) {
    if (auto text = convert(bytes, "BIG5-HKSCS")) return DecodedText{std::move(*text), "Big5", true};
  }
  if (auto text = convert(bytes, "GB18030")) return DecodedText{std::move(*text), "GB18030", true};
  return std::nullopt;
}

}  // namespace farol::base
