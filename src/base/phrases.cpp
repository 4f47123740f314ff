#include "base/phrases.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace farol::base {
namespace {

struct Row {
  std::string_view identifier;
  std::array<std::string_view, all_languages.size()> texts;  // in the order of `Language`
};

constexpr Row rows[] = {
#define FAROL_PHRASE(identifier, en, zh_hant, zh_hans, pt) Row{#identifier, {en, zh_hant, zh_hans, pt}},
// clang-format off
// The phrases of pages are behind the others, as page_phrases.h counts them.
#include "base/phrases.def"
#include "base/page_phrases.def"
// clang-format on
#undef FAROL_PHRASE
};

constexpr std::array<std::string_view, all_languages.size()> tags = {"en", "zh-Hant", "zh-Hans", "pt"};

bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool is_han(char32_t value) { return value >= 0x3400 && value <= 0x9FFF; }

// Whether a Latin word and a Chinese character meet here: Chinese sets them apart by a space.
bool is_seam(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty()) return false;
  std::size_t last = before.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(before[last]) & 0xC0U) == 0x80) --last;
  return (is_latin(before.back()) && is_han(decode(after, 0).value)) ||
         (is_han(decode(before, last).value) && is_latin(after.front()));
}

}  // namespace

std::string_view tag(Language language) { return tags[static_cast<std::size_t>(language)]; }

std::optional<Language> parse_language(std::string_view tag) {
  const auto found = std::find(tags.begin(), tags.end(), tag);
  if (found == tags.end()) return std::nullopt;
  return all_languages[static_cast<std::size_t>(found - tags.begin())];
}

std::size_t phrase_count() { return std::size(rows); }

std::string_view identifier(Phrase phrase) { return rows[static_cast<std::size_t>(phrase)].identifier; }

std::optional<Phrase> find_phrase(std::string_view identifier) {
  const auto found =
      std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) { return row.identifier == identifier; });
  if (found == std::end(rows)) return std::nullopt;
  return static_cast<Phrase>(found - std::begin(rows));
}

std::string_view text(Phrase phrase, Language language) {
  return rows[static_cast<std::size_t>(phrase)].texts[static_cast<std::size_t>(language)];
}

std::string fill(Phrase phrase, Language language, std::initializer_list<std::string_view> arguments) {
  const std::string_view pattern = text(phrase, language);
  const auto is_placeholder = [&](std::size_t at) {
    return pattern[at] == '{' && at + 2 < pattern.size() && pattern[at + 2] == '}';
  };
  std::string filled;
  for (std::size_t at = 0; at < pattern.size();) {
    std::string_view next;
    if (is_placeholder(at)) {
      next = arguments.begin()[pattern[at + 1] - '0'];
      at += 3;
    } else {
      std::size_t end = at + 1;
      while (end < pattern.size() && !is_placeholder(end)) ++end;
      next = pattern.substr(at, end - at);
      at = end;
    }
    // Between two pieces one is an argument: words of the pattern are one piece.
    if (is_seam(filled, next)) filled += ' ';
    filled += next;
  }
  return filled;
}

}  // namespace farol::base
