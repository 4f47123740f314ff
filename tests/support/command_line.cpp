#include "support/command_line.h"

#include <stdexcept>

namespace farol::testing {

std::vector<std::string> split_command(std::string_view line) {
  std::vector<std::string> words;
  char quote = '\0';
  bool in_word = false;
  for (const char c : line) {
    if (quote == '\0' && (c == ' ' || c == '\t')) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c == quote) {
      quote = '\0';
    } else if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else {
      words.back() += c;
    }
  }
  if (quote != '\0') throw std::invalid_argument("`" + std::string(line) + "`: the quote is not closed");
  return words;
}

}  // namespace farol::testing
