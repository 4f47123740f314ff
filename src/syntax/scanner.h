// Cuts a text into tokens, just as grammar/FarolLexer.g4 does, which tests hold it to.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/token.h"

namespace farol::syntax {

struct Comment {
  enum class Form : std::uint8_t { line, block, doc };
  Form form = Form::line;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;     // of a line comment: without the line's end
  std::uint32_t before = 0;  // the index of the token that follows
};

// A character that an input method puts for a mark of the language, read as if it had been the mark.
struct Slip {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  char meant = ' ';
};

struct Tokens {
  std::vector<Token> tokens;  // the last one is `Kind::end`
  std::vector<Comment> comments;
  std::vector<Slip> slips;  // in the order of the text; the two quotes of a string follow each other
};

// `text` is well-formed UTF-8, and smaller than 4 GiB. Every text has tokens: what fits nothing is `error_char`. Hidden
// characters outside strings and comments count as blanks.
[[nodiscard]] Tokens scan(std::string_view text);

}  // namespace farol::syntax
