// One file on its way to a tree: its text and its tokens, and what can be asked about their places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "source/source_map.h"
#include "syntax/scanner.h"
#include "syntax/token.h"

namespace farol::syntax {

struct TextTokens {
  source::SourceId source;
  std::string_view text;
  Tokens scanned;

  [[nodiscard]] std::size_t size() const { return scanned.tokens.size(); }
  // The last token is the end, and behind it there is nothing else: advice looks some words ahead.
  [[nodiscard]] const Token& operator[](std::size_t index) const {
    return index < size() ? scanned.tokens[index] : scanned.tokens.back();
  }
  [[nodiscard]] Kind kind(std::size_t index) const { return (*this)[index].kind; }
  [[nodiscard]] std::string_view word(std::size_t index) const { return word((*this)[index]); }
  [[nodiscard]] std::string_view word(const Token& token) const {
    return text.substr(token.begin, token.end - token.begin);
  }
  [[nodiscard]] source::Span span(std::size_t index) const { return span(index, index); }
  [[nodiscard]] source::Span span(std::size_t first, std::size_t last) const {
    return {source, (*this)[first].begin, (*this)[last].end};
  }

  // How many blanks its line has before it; nothing where there is more than blanks.
  [[nodiscard]] std::optional<std::size_t> indentation(std::size_t index) const;
  [[nodiscard]] bool is_at_margin(std::size_t index) const { return indentation(index) == std::size_t{0}; }
  // A line ends somewhere between the token before it and itself.
  [[nodiscard]] bool starts_new_line(std::size_t index) const;
};

}  // namespace farol::syntax
