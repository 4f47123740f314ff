#include "base/emoji.h"

#include <utf8proc.h>

#include "base/text.h"

namespace farol::base {
namespace {

constexpr char32_t joiner = 0x200D, emoji_style = 0xFE0F, first_skin = 0x1F3FB, last_skin = 0x1F3FF;

bool is_emoji(char32_t value) {
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(value))->boundclass ==
         UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

bool continues(std::string_view text, std::size_t at) {
  return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

}  // namespace

bool joins_emoji(std::string_view text, std::size_t at) {
  const CodePoint here = decode(text, at);
  if (here.value != joiner || at + here.size >= text.size()) return false;
  if (!is_emoji(decode(text, at + here.size).value)) return false;
  // Between an emoji and the joiner its style or the colour of its skin may stand.
  while (at > 0) {
    do --at;
    while (at > 0 && continues(text, at));
    const char32_t value = decode(text, at).value;
    if (value != emoji_style && (value < first_skin || value > last_skin)) return is_emoji(value);
  }
  return false;
}

}  // namespace farol::base
