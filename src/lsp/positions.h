// Places as the Language Server Protocol counts them: lines and characters from 0, characters in the units that client
// and server agreed on (specification 3.17, "Position").
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace farol::lsp {

enum class Encoding : std::uint8_t { utf8, utf16, utf32 };

struct Position {
  std::uint32_t line = 0, character = 0;
};

// The lines of a text, which must outlive this. The text is well-formed UTF-8; lines end in `\n`, `\r\n` or `\r`. A
// question takes as long as its line is.
class Lines {
 public:
  Lines(std::string_view text, Encoding encoding);

  // Returns the byte at a position: a character behind the end of its line is that end, a line behind the last one is
  // the end of the text, and the middle of a character is its start.
  [[nodiscard]] std::uint32_t offset_of(Position position) const;
  [[nodiscard]] Position position_of(std::uint32_t offset) const;

 private:
  std::string_view text_;
  Encoding encoding_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace farol::lsp
