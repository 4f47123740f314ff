// The part of text.h that is about what readers can see: characters that look like others, or like nothing.
#include <algorithm>
#include <bitset>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <unordered_map>

#include <utf8proc.h>

#include "base/scripts.h"
#include "base/text.h"

namespace farol::base {
namespace {

// Characters drawn like others, in the manner of confusables.txt (UTS 39, section 4), cut to the scripts that meet in
// names: Latin, Greek, Cyrillic, Armenian, Hebrew, Cherokee capitals, and Han with the syllabaries. What has a
// compatibility decomposition (full-width and mathematical letters, Roman numerals) is not listed: it is decomposed
// first.
struct Group {
  std::u32string_view prototype;
  std::u32string_view others;
};
// clang-format off
constexpr Group groups[] = {
    {U"a", U"ɑαа⍺"},   {U"b", U"ƄЬᏏ"},     {U"c", U"ϲсᴄⲥ"},   {U"d", U"ԁ"},        {U"e", U"еҽ"},
    {U"f", U"ꞙք"},      {U"g", U"ɡցᶃ"},      {U"h", U"һհᏂ"},    {U"i", U"ıɩɪιіꙇᎥ"}, {U"j", U"јϳ"},
    {U"k", U"кκĸ"},     {U"l", U"I1|ǀΙІӀӏוןاⵏﺍ"},              {U"n", U"ոռ"},       {U"o", U"οоσօסهᴏഠ๐໐"},
    {U"p", U"рρϱⲣ"},    {U"q", U"ԛգզ"},      {U"r", U"гᴦꭇⲅ"},    {U"s", U"ѕꜱƽ"},     {U"u", U"ʋυսᴜ"},
    {U"v", U"νѵטᴠ"},    {U"w", U"ѡԝաɯᴡ"},    {U"x", U"хᕁ"},      {U"y", U"уγүʏყɣ"},   {U"z", U"ᴢ"},
    {U"A", U"ΑАᎪ"},     {U"B", U"ΒВᏴꞴ"},     {U"C", U"ϹСᏟⲤ"},    {U"D", U"Ꭰ"},        {U"E", U"ΕЕᎬ"},
    {U"F", U"Ϝ"},       {U"G", U"ԌᏀ"},       {U"H", U"ΗНᎻ"},     {U"J", U"ͿЈᎫ"},      {U"K", U"ΚКᏦ"},
    {U"L", U"Ꮮ"},       {U"M", U"ΜМϺᎷ"},     {U"N", U"Ν"},       {U"O", U"0ΟОՕⲞ߀"},   {U"P", U"ΡРᏢ"},
    {U"Q", U"Ԛ"},       {U"R", U"ƦᎡ"},       {U"S", U"ЅՏᏚ"},     {U"T", U"ΤТᎢ"},      {U"U", U"Ս"},
    {U"V", U"ѴᏙ"},      {U"W", U"ԜᎳ"},       {U"X", U"ΧХ"},      {U"Y", U"ΥУҮ"},      {U"Z", U"ΖᏃ"},
    {U"2", U"Ƨ"},       {U"3", U"ЗƷӠȜ"},     {U"4", U"Ꮞ"},       {U"5", U"Ƽ"},        {U"6", U"б"},
    {U"8", U"Ȣȣ"},     {U"rn", U"m"},       {U"Г", U"Γ"},       {U"П", U"Π"},        {U"Ф", U"Φ"},
    {U"ф", U"φɸ"},      {U"ー", U"一ㅡ"},    {U"エ", U"工"},     {U"カ", U"力"},      {U"タ", U"夕"},
    {U"ト", U"卜"},     {U"ニ", U"二"},      {U"ハ", U"八"},     {U"ヘ", U"へ"},      {U"ロ", U"口囗"},
};
// clang-format on

const std::unordered_map<char32_t, std::u32string_view>& prototypes() {
  static const std::unordered_map<char32_t, std::u32string_view> table = [] {
    std::unordered_map<char32_t, std::u32string_view> made;
    for (const Group& group : groups) {
      for (const char32_t other : group.others) made.emplace(other, group.prototype);
    }
    return made;
  }();
  return table;
}

std::string decompose(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return std::string(text);
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

struct Range {
  char32_t first;
  char32_t last;
};
// Controls except tab and line ends; characters that Unicode calls default ignorable, line separators, interlinear
// marks. Variation selectors are left out: they belong to the visible character before them.
constexpr Range hidden[] = {
    {0x0000, 0x0008},   {0x000B, 0x000C},   {0x000E, 0x001F},   {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x034F, 0x034F},
    {0x061C, 0x061C},   {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},
    {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF}, {0xE01F0, 0xE0FFF},
};

struct Slip {
  char32_t typed;
  char meant;
};
// Besides the block of full-width ASCII: what input methods and word processors put for a key of the keyboard.
constexpr Slip slips[] = {
    {0x00A0, ' '}, {0x00AB, '"'},  {0x00BB, '"'},  {0x2010, '-'},  {0x2011, '-'},  {0x2012, '-'}, {0x2013, '-'},
    {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x201A, '\''}, {0x201B, '\''}, {0x201C, '"'}, {0x201D, '"'},
    {0x201E, '"'}, {0x201F, '"'},  {0x2212, '-'},  {0x3000, ' '},  {0x3001, ','},  {0x3002, '.'}, {0x3008, '<'},
    {0x3009, '>'}, {0x300A, '<'},  {0x300B, '>'},  {0x300C, '"'},  {0x300D, '"'},  {0x300E, '"'}, {0x300F, '"'},
    {0x3010, '['}, {0x3011, ']'},  {0x3014, '('},  {0x3015, ')'},  {0x301D, '"'},  {0x301E, '"'}, {0x301F, '"'},
    {0xFF61, '.'}, {0xFF62, '"'},  {0xFF63, '"'},  {0xFF64, ','},
};

constexpr std::size_t index_of(Script script) { return static_cast<std::size_t>(script); }
using ScriptSet = std::bitset<index_of(Script::tibetan) + 1>;

ScriptSet set_of(std::initializer_list<Script> scripts) {
  ScriptSet set;
  for (const Script script : scripts) set.set(index_of(script));
  return set;
}

}  // namespace

std::string skeleton(std::string_view name) {
  const std::string decomposed = decompose(name);
  const auto& table = prototypes();
  std::string drawn;
  for (std::size_t at = 0; at < decomposed.size();) {
    const CodePoint point = decode(decomposed, at);
    at += point.size;
    const auto found = table.find(point.value);
    if (found == table.end()) {
      append_utf8(drawn, point.value);
    } else {
      for (const char32_t value : found->second) append_utf8(drawn, value);
    }
  }
  return drawn;
}

bool is_highly_restrictive(std::string_view name) {
  ScriptSet seen;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = decode(name, at);
    at += point.size;
    const Script script = script_of(point.value);
    if (script != Script::common) seen.set(index_of(script));
  }
  if (seen.count() <= 1) return true;
  static const ScriptSet allowed[] = {set_of({Script::latin, Script::han, Script::hiragana, Script::katakana}),
                                      set_of({Script::latin, Script::han, Script::bopomofo}),
                                      set_of({Script::latin, Script::han, Script::hangul})};
  return std::any_of(std::begin(allowed), std::end(allowed),
                     [&](const ScriptSet& set) { return (seen & ~set).none(); });
}

bool is_hidden(char32_t value) {
  // Most of what is asked about: ASCII that prints, Han, kana after the fillers, Hangul.
  if ((value >= 0x20 && value < 0x7F) || (value > 0x3164 && value < 0xFEFF)) return false;
  return std::any_of(std::begin(hidden), std::end(hidden),
                     [value](const Range& range) { return value >= range.first && value <= range.last; });
}

std::optional<char> ascii_of_full_width(char32_t value) {
  if (value >= 0xFF01 && value <= 0xFF5E) return static_cast<char>(value - 0xFF01 + '!');
  const auto* const found = std::lower_bound(std::begin(slips), std::end(slips), value,
                                             [](const Slip& slip, char32_t key) { return slip.typed < key; });
  if (found == std::end(slips) || found->typed != value) return std::nullopt;
  return found->meant;
}

}  // namespace farol::base
