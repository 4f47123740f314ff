#include "lsp/positions.h"

#include <algorithm>

#include "base/text.h"
#include "source/source_map.h"

namespace farol::lsp {
namespace {

std::uint32_t units_of(const base::CodePoint& point, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return static_cast<std::uint32_t>(point.size);
    case Encoding::utf16: return point.value > 0xFFFF ? 2 : 1;
    case Encoding::utf32: break;
  }
  return 1;
}

}  // namespace

Lines::Lines(std::string_view text, Encoding encoding)
    : text_(text), encoding_(encoding), starts_(source::starts_of_lines(text)) {}

std::uint32_t Lines::offset_of(Position position) const {
  if (position.line >= starts_.size()) return static_cast<std::uint32_t>(text_.size());
  std::size_t at = starts_[position.line];
  std::uint32_t left = position.character;
  while (at < text_.size() && text_[at] != '\r' && text_[at] != '\n') {
    const base::CodePoint point = base::decode(text_, at);
    const std::uint32_t units = units_of(point, encoding_);
    if (units > left) break;
    left -= units;
    at += point.size;
  }
  return static_cast<std::uint32_t>(at);
}

Position Lines::position_of(std::uint32_t offset) const {
  const auto line = std::upper_bound(starts_.begin(), starts_.end(), offset) - 1;
  Position position{static_cast<std::uint32_t>(line - starts_.begin()), 0};
  for (std::size_t at = *line; at < std::min<std::size_t>(offset, text_.size());) {
    const base::CodePoint point = base::decode(text_, at);
    position.character += units_of(point, encoding_);
    at += point.size;
  }
  return position;
}

}  // namespace farol::lsp
