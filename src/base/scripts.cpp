#include "base/scripts.h"

#include <algorithm>
#include <iterator>

namespace farol::base {
namespace {

struct ScriptRange {
  char32_t first;
  char32_t last;
  Script script;
};

// From Scripts.txt of Unicode 15: letters, marks and decimal digits. Neighbours of one script are one range, also over
// code points that no name can hold.
// clang-format off
constexpr ScriptRange ranges[] = {
    {0x30, 0x39, Script::common}, {0x41, 0xAA, Script::latin}, {0xB5, 0xB5, Script::common},
    {0xBA, 0x2B8, Script::latin}, {0x2B9, 0x2D1, Script::common}, {0x2E0, 0x2E4, Script::latin},
    {0x2EC, 0x36F, Script::common}, {0x370, 0x373, Script::greek}, {0x374, 0x374, Script::common},
    {0x376, 0x3E1, Script::greek}, {0x3F0, 0x3FF, Script::greek}, {0x400, 0x484, Script::cyrillic},
    {0x485, 0x486, Script::common}, {0x487, 0x52F, Script::cyrillic}, {0x531, 0x588, Script::armenian},
    {0x591, 0x5F2, Script::hebrew}, {0x610, 0x63F, Script::arabic}, {0x640, 0x640, Script::common},
    {0x641, 0x64A, Script::arabic}, {0x64B, 0x655, Script::common}, {0x656, 0x66F, Script::arabic},
    {0x670, 0x670, Script::common}, {0x671, 0x6FF, Script::arabic}, {0x750, 0x77F, Script::arabic},
    {0x780, 0x7B1, Script::thaana}, {0x870, 0x8FF, Script::arabic}, {0x900, 0x950, Script::devanagari},
    {0x951, 0x954, Script::common}, {0x955, 0x97F, Script::devanagari}, {0x980, 0x9FE, Script::bengali},
    {0xA01, 0xA75, Script::gurmukhi}, {0xA81, 0xAFF, Script::gujarati}, {0xB01, 0xB71, Script::oriya},
    {0xB82, 0xBEF, Script::tamil}, {0xC00, 0xC6F, Script::telugu}, {0xC80, 0xCF2, Script::kannada},
    {0xD00, 0xD7F, Script::malayalam}, {0xD81, 0xDF3, Script::sinhala}, {0xE01, 0xE59, Script::thai},
    {0xE81, 0xEDF, Script::lao}, {0xF00, 0xFC6, Script::tibetan}, {0x1000, 0x109D, Script::myanmar},
    {0x10A0, 0x10FF, Script::georgian}, {0x1100, 0x11FF, Script::hangul}, {0x1200, 0x138F, Script::ethiopic},
    {0x1780, 0x17E9, Script::khmer}, {0x1AB0, 0x1ACE, Script::common}, {0x1C80, 0x1C88, Script::cyrillic},
    {0x1C90, 0x1CBF, Script::georgian}, {0x1CD0, 0x1CFA, Script::common}, {0x1D00, 0x1D25, Script::latin},
    {0x1D26, 0x1D2A, Script::greek}, {0x1D2B, 0x1D2B, Script::cyrillic}, {0x1D2C, 0x1D5C, Script::latin},
    {0x1D5D, 0x1D61, Script::greek}, {0x1D62, 0x1D65, Script::latin}, {0x1D66, 0x1D6A, Script::greek},
    {0x1D6B, 0x1D77, Script::latin}, {0x1D78, 0x1D78, Script::cyrillic}, {0x1D79, 0x1DBE, Script::latin},
    {0x1DBF, 0x1DBF, Script::greek}, {0x1DC0, 0x1DFF, Script::common}, {0x1E00, 0x1EFF, Script::latin},
    {0x1F00, 0x1FFC, Script::greek}, {0x2071, 0x209C, Script::latin}, {0x20D0, 0x2124, Script::common},
    {0x2126, 0x2126, Script::greek}, {0x2128, 0x2128, Script::common}, {0x212A, 0x212B, Script::latin},
    {0x212C, 0x2131, Script::common}, {0x2132, 0x2132, Script::latin}, {0x2133, 0x2149, Script::common},
    {0x214E, 0x2184, Script::latin}, {0x2C60, 0x2C7F, Script::latin}, {0x2D00, 0x2D2D, Script::georgian},
    {0x2D80, 0x2DDE, Script::ethiopic}, {0x2DE0, 0x2DFF, Script::cyrillic}, {0x2E2F, 0x2E2F, Script::common},
    {0x3005, 0x3005, Script::han}, {0x3006, 0x302D, Script::common}, {0x302E, 0x302F, Script::hangul},
    {0x3031, 0x3035, Script::common}, {0x303B, 0x303B, Script::han}, {0x303C, 0x303C, Script::common},
    {0x3041, 0x3096, Script::hiragana}, {0x3099, 0x309A, Script::common}, {0x309D, 0x309F, Script::hiragana},
    {0x30A1, 0x30FA, Script::katakana}, {0x30FC, 0x30FC, Script::common}, {0x30FD, 0x30FF, Script::katakana},
    {0x3105, 0x312F, Script::bopomofo}, {0x3131, 0x318E, Script::hangul}, {0x31A0, 0x31BF, Script::bopomofo},
    {0x31F0, 0x31FF, Script::katakana}, {0x3400, 0x9FFF, Script::han}, {0xA640, 0xA69F, Script::cyrillic},
    {0xA717, 0xA71F, Script::common}, {0xA722, 0xA787, Script::latin}, {0xA788, 0xA788, Script::common},
    {0xA78B, 0xA7FF, Script::latin}, {0xA8E0, 0xA8FF, Script::devanagari}, {0xA960, 0xA97C, Script::hangul},
    {0xA9CF, 0xA9CF, Script::common}, {0xA9E0, 0xA9FE, Script::myanmar}, {0xAA60, 0xAA7F, Script::myanmar},
    {0xAB01, 0xAB2E, Script::ethiopic}, {0xAB30, 0xAB64, Script::latin}, {0xAB65, 0xAB65, Script::greek},
    {0xAB66, 0xAB69, Script::latin}, {0xAC00, 0xD7FB, Script::hangul}, {0xF900, 0xFAD9, Script::han},
    {0xFB00, 0xFB06, Script::latin}, {0xFB13, 0xFB17, Script::armenian}, {0xFB1D, 0xFB4F, Script::hebrew},
    {0xFB50, 0xFDFB, Script::arabic}, {0xFE00, 0xFE2D, Script::common}, {0xFE2E, 0xFE2F, Script::cyrillic},
    {0xFE70, 0xFEFC, Script::arabic}, {0xFF10, 0xFF19, Script::common}, {0xFF21, 0xFF5A, Script::latin},
    {0xFF66, 0xFF6F, Script::katakana}, {0xFF70, 0xFF70, Script::common}, {0xFF71, 0xFF9D, Script::katakana},
    {0xFF9E, 0xFF9F, Script::common}, {0xFFA0, 0xFFDC, Script::hangul}, {0x101FD, 0x101FD, Script::common},
    {0x102E0, 0x102E0, Script::common}, {0x10780, 0x107BA, Script::latin}, {0x1133B, 0x1133B, Script::common},
    {0x16FE3, 0x16FE3, Script::han}, {0x16FF0, 0x16FF1, Script::han}, {0x1AFF0, 0x1B000, Script::katakana},
    {0x1B001, 0x1B11F, Script::hiragana}, {0x1B120, 0x1B122, Script::katakana}, {0x1B150, 0x1B152, Script::hiragana},
    {0x1B164, 0x1B167, Script::katakana}, {0x1CF00, 0x1D1AD, Script::common}, {0x1D242, 0x1D244, Script::greek},
    {0x1D400, 0x1D7FF, Script::common}, {0x1DF00, 0x1DF1E, Script::latin}, {0x1E7E0, 0x1E7FE, Script::ethiopic},
    {0x1EE00, 0x1EEBB, Script::arabic}, {0x1FBF0, 0x1FBF9, Script::common}, {0x20000, 0x3134A, Script::han},
    {0xE0100, 0xE01EF, Script::common},
};
// clang-format on

}  // namespace

Script script_of(char32_t value) {
  if (value < 0x80)
    return (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z') ? Script::latin : Script::common;
  const auto* const found = std::upper_bound(std::begin(ranges), std::end(ranges), value,
                                             [](char32_t key, const ScriptRange& range) { return key < range.first; });
  if (found == std::begin(ranges)) return Script::common;
  const ScriptRange& range = *std::prev(found);
  return value <= range.last ? range.script : Script::other;
}

}  // namespace farol::base
