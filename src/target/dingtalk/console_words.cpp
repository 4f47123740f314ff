#include "target/dingtalk/console_words.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace farol::dingtalk {
namespace {

struct ConsoleWord {
  std::string_view console, en, pt;
};
constexpr ConsoleWord console_words[] = {
#define FAROL_WORD(console, en, pt) {console, en, pt},
#include "target/dingtalk/console_words.def"
#undef FAROL_WORD
};

const ConsoleWord* find_word(std::string_view word) {
  const auto* found = std::find_if(std::begin(console_words), std::end(console_words),
                                   [&](const ConsoleWord& each) { return each.console == word; });
  return found == std::end(console_words) ? nullptr : found;
}

// What stands between words, and what stands there instead.
struct Between {
  std::string_view console, reader;
};
constexpr std::array<Between, 4> between = {Between{" > ", " > "}, Between{"；", "; "}, Between{"：", ": "},
                                            Between{" / ", " / "}};

// Calls back with each word and with each of what stands between them.
template <class Word, class Mark>
void cut(std::string_view words, Word word, Mark mark) {
  while (!words.empty()) {
    std::size_t end = words.size();
    const Between* found = nullptr;
    for (const Between& each : between) {
      if (const std::size_t at = words.find(each.console); at < end) {
        end = at;
        found = &each;
      }
    }
    // A word of the table may have such a mark inside of it.
    if (find_word(words) != nullptr) {
      end = words.size();
      found = nullptr;
    }
    word(words.substr(0, end));
    if (found == nullptr) return;
    mark(*found);
    words.remove_prefix(end + found->console.size());
  }
}

bool is_chinese(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

std::string gloss_of(std::string_view words, base::Language language) {
  if (language == base::Language::zh_hant || language == base::Language::zh_hans || !is_chinese(words)) return {};
  std::string gloss;
  cut(
      words,
      [&](std::string_view word) {
        const ConsoleWord* found = find_word(word);
        if (found == nullptr) {
          gloss += word;
        } else {
          gloss += language == base::Language::pt ? found->pt : found->en;
        }
      },
      [&](const Between& mark) { gloss += mark.reader; });
  return gloss;
}

bool is_glossed(std::string_view words) {
  bool all = true;
  cut(
      words, [&](std::string_view word) { all = all && (!is_chinese(word) || find_word(word) != nullptr); },
      [](const Between&) {});
  return all;
}

}  // namespace farol::dingtalk
