#include "syntax/written_dates.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace farol::syntax {
namespace {

// Months by the first letters of their names, in English and Portuguese.
std::optional<int> month_of(const std::string& word) {
  static constexpr std::array<std::array<std::string_view, 2>, 12> names = {{{"january", "janeiro"},
                                                                             {"february", "fevereiro"},
                                                                             {"march", "marco"},
                                                                             {"april", "abril"},
                                                                             {"may", "maio"},
                                                                             {"june", "junho"},
                                                                             {"july", "julho"},
                                                                             {"august", "agosto"},
                                                                             {"september", "setembro"},
                                                                             {"october", "outubro"},
                                                                             {"november", "novembro"},
                                                                             {"december", "dezembro"}}};
  constexpr std::size_t least = 3;
  for (std::size_t month = 0; month < names.size(); ++month) {
    for (const std::string_view name : names[month]) {
      if (word.size() >= least && name.starts_with(word)) return static_cast<int>(month + 1);
    }
  }
  return std::nullopt;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Words and numbers; marks between them, `de`, `of` and the endings of `31st` are nothing.
std::vector<std::string> words_of(std::string_view text) {
  std::string folded = base::fold_loosely(text);
  for (const std::string_view mark : {"年", "月", "日", "號", "号"}) {
    for (std::size_t at = folded.find(mark); at != std::string::npos; at = folded.find(mark))
      folded.replace(at, 3, " ");
  }
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    const bool is_filler = word == "de" || word == "of" || word == "st" || word == "nd" || word == "rd" ||
                           word == "th" || word == "the" || word == "do";
    if (!word.empty() && !is_filler) words.push_back(word);
    word.clear();
  };
  for (const char c : folded) {
    const bool parts = c == ' ' || c == ',' || c == '.' || c == '/' || c == '-' || c == '\t';
    if (parts || (!word.empty() && is_digit(word.back()) != is_digit(c))) end_word();
    if (!parts) word += c;
  }
  end_word();
  return words;
}

std::optional<int> number_of(const std::string& word) {
  constexpr std::size_t most_digits = 4;
  if (word.empty() || word.size() > most_digits || !std::all_of(word.begin(), word.end(), is_digit))
    return std::nullopt;
  return std::stoi(word);
}

std::optional<base::Date> day_of(int year, int month, int day) {
  constexpr int least_year = 1900, most_year = 9999;
  if (year < least_year || year > most_year) return std::nullopt;
  return base::parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

}  // namespace

std::optional<base::Date> read_written_date(std::string_view text) {
  std::vector<std::string> words = words_of(text);
  if (words.size() == 1 && words.front().size() == 8 && std::all_of(words[0].begin(), words[0].end(), is_digit))
    words = {words[0].substr(0, 4), words[0].substr(4, 2), words[0].substr(6)};
  if (words.size() != 3) return std::nullopt;
  std::array<std::optional<int>, 3> numbers;
  std::optional<std::size_t> named;
  for (std::size_t i = 0; i < 3; ++i) {
    numbers[i] = number_of(words[i]);
    if (numbers[i]) continue;
    numbers[i] = month_of(words[i]);
    if (!numbers[i] || named) return std::nullopt;
    named = i;
  }
  const bool year_first = words.front().size() == 4 && number_of(words.front());
  const int a = *numbers[0], b = *numbers[1], c = *numbers[2];
  if (named == std::size_t{0}) return day_of(c, a, b);
  if (named == std::size_t{2}) return std::nullopt;
  if (year_first) return day_of(a, b, c);
  if (words.back().size() != 4) return std::nullopt;
  constexpr int months = 12;
  if (named || a > months || a == b) return day_of(c, b, a);
  return b > months ? day_of(c, a, b) : std::nullopt;
}

}  // namespace farol::syntax
