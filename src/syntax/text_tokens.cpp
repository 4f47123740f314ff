#include "syntax/text_tokens.h"

namespace farol::syntax {

std::optional<std::size_t> TextTokens::indentation(std::size_t index) const {
  const std::size_t begin = (*this)[index].begin;
  std::size_t at = begin;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  const bool first = at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r' || text.substr(0, at) == "\xEF\xBB\xBF";
  return first ? std::optional(begin - at) : std::nullopt;
}

bool TextTokens::starts_new_line(std::size_t index) const {
  if (index == 0) return true;
  const std::size_t before = (*this)[index - 1].end;
  return text.substr(before, (*this)[index].begin - before).find_first_of("\r\n") != std::string_view::npos;
}

}  // namespace farol::syntax
