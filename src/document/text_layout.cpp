#include "document/text_layout.h"

#include <algorithm>

#include "base/text.h"

namespace farol::document {
namespace {

// No line starts with one of these (a small part of JIS X 4051 and GB/T 15834), nor with the number of a note.
bool must_not_start(std::string_view piece) {
  constexpr std::string_view attached[] = {"、", "，", "。", "；", "：", "）", "」", "”", "⁰",
                                           "¹",  "²",  "³",  "⁴",  "⁵",  "⁶",  "⁷",  "⁸", "⁹"};
  return std::any_of(std::begin(attached), std::end(attached),
                     [&](std::string_view mark) { return piece.starts_with(mark); });
}

bool must_not_end(std::string_view piece) {
  return piece.ends_with("（") || piece.ends_with("「") || piece.ends_with("“");
}

bool is_wide(std::string_view text, std::size_t offset) {
  const std::size_t size = base::decode(text, offset).size;
  return base::display_width(text.substr(offset, size)) == 2;
}

// The text in pieces between which a line may end, each with the space behind it.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = at + base::decode(text, at).size;
    const bool after_space = text[at] == ' ';
    const bool beside_wide = next < text.size() && text[next] != ' ' && (is_wide(text, at) || is_wide(text, next)) &&
                             !must_not_start(text.substr(next)) && !must_not_end(text.substr(0, next));
    if (after_space || beside_wide || next == text.size()) {
      pieces.push_back(text.substr(begin, next - begin));
      begin = next;
    }
    at = next;
  }
  return pieces;
}

std::string_view without_space(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// As much of the text as fits, at least one character.
std::string_view prefix(std::string_view text, std::size_t width) {
  std::size_t end = base::decode(text, 0).size;
  while (end < text.size()) {
    const std::size_t next = end + base::decode(text, end).size;
    if (base::display_width(text.substr(0, next)) > width) break;
    end = next;
  }
  return text.substr(0, end);
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  const auto finish = [&] {
    lines.emplace_back(without_space(line));
    line.clear();
  };
  for (std::string_view piece : pieces_of(text)) {
    if (!line.empty() && base::display_width(line) + base::display_width(without_space(piece)) > width) finish();
    while (base::display_width(without_space(piece)) > width) {
      line = prefix(piece, width);
      piece.remove_prefix(line.size());
      if (!piece.empty()) finish();
    }
    line += piece;
  }
  finish();
  return lines;
}

std::size_t widest_piece(std::string_view text) {
  std::size_t widest = 0;
  for (const std::string_view piece : pieces_of(text))
    widest = std::max(widest, base::display_width(without_space(piece)));
  return widest;
}

}  // namespace farol::document
