#include "syntax/token.h"

#include <array>
#include <cstddef>

namespace farol::syntax {
namespace {

struct Entry {
  std::string_view text;   // of a keyword
  std::string_view words;  // for messages
};

constexpr Entry entries[] = {
    {"", "the end of the file"},
#define FAROL_WORD(identifier, generated, text) {text, "`" text "`"},
#define FAROL_TOKEN(identifier, generated, words) {"", words},
#include "syntax/tokens.def"
#undef FAROL_WORD
#undef FAROL_TOKEN
};

constexpr std::size_t longest_keyword = 10;  // `everything`, `department`
constexpr std::size_t table_size = 512;

constexpr std::size_t hash(std::string_view word) {
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(word[at])); };
  return (word.size() * 37 + byte(0) * 11 + byte(word.size() / 2) * 5 + byte(word.size() - 1) * 101) % table_size;
}

// Open addressing: a keyword stands at its hash or in the free place behind it.
constexpr std::array<Kind, table_size> keyword_table = [] {
  std::array<Kind, table_size> table{};
  for (std::size_t kind = static_cast<std::size_t>(Kind::farol); kind <= static_cast<std::size_t>(Kind::instead);
       ++kind) {
    std::size_t place = hash(entries[kind].text);
    while (table[place] != Kind::end) place = (place + 1) % table_size;
    table[place] = static_cast<Kind>(kind);
  }
  return table;
}();

}  // namespace

std::string_view text_of_keyword(Kind kind) { return entries[static_cast<std::size_t>(kind)].text; }

std::string_view describe(Kind kind) { return entries[static_cast<std::size_t>(kind)].words; }

std::optional<Kind> find_keyword(std::string_view text) {
  if (text.empty() || text.size() > longest_keyword) return std::nullopt;
  for (std::size_t place = hash(text); keyword_table[place] != Kind::end; place = (place + 1) % table_size) {
    if (text_of_keyword(keyword_table[place]) == text) return keyword_table[place];
  }
  return std::nullopt;
}

std::optional<Kind> find_check_word(std::string_view text) {
  for (auto kind = static_cast<int>(Kind::where); kind <= static_cast<int>(Kind::after); ++kind) {
    if (text_of_keyword(static_cast<Kind>(kind)) == text) return static_cast<Kind>(kind);
  }
  return std::nullopt;
}

}  // namespace farol::syntax
