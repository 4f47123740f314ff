// One statement, laid out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/scanner.h"

namespace farol::syntax {

// The tokens of a file, with the text they are views of.
struct Words {
  std::string_view text;
  const std::vector<syntax::Token>& tokens;
  const std::vector<syntax::Comment>& comments;

  [[nodiscard]] std::string_view word(std::size_t token) const {
    return text.substr(tokens[token].begin, tokens[token].end - tokens[token].begin);
  }
  [[nodiscard]] std::string_view word(const syntax::Comment& comment) const {
    return text.substr(comment.begin, comment.end - comment.begin);
  }
  // How many line ends there are between two places: `\n`, `\r\n` or `\r`.
  [[nodiscard]] std::size_t line_ends(std::size_t begin, std::size_t end) const;
};

// The tokens `first` to `last`, both included, and the comments between them, from the margin on and without a line end
// behind. `line_end` is that of the file.
[[nodiscard]] std::string lay_out(const Words& words, std::size_t first, std::size_t last, std::string_view line_end);

}  // namespace farol::syntax
