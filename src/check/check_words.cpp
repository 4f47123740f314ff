#include "check/check_words.h"

#include <algorithm>

namespace farol::check {

using base::Phrase;

std::string word_in(base::Language language, std::string_view word) {
  std::string identifier = "word_" + std::string(word);
  std::replace(identifier.begin(), identifier.end(), '-', '_');
  const auto phrase = base::find_phrase(identifier);
  return std::string(phrase ? base::text(*phrase, language) : word);
}

std::string duration_in(base::Language language, const base::Duration& length) {
  using Unit = base::Duration::Unit;
  const bool one = length.count == 1;
  Phrase phrase = Phrase::days;
  switch (length.unit) {
    case Unit::days: phrase = one ? Phrase::one_day : Phrase::days; break;
    case Unit::weeks: phrase = one ? Phrase::one_week : Phrase::weeks; break;
    case Unit::months: phrase = one ? Phrase::one_month : Phrase::months; break;
    case Unit::years: phrase = one ? Phrase::one_year : Phrase::years; break;
  }
  return base::fill(phrase, language, {std::to_string(length.count)});
}

std::string yes_no_in(base::Language language, bool value) {
  return std::string(base::text(value ? Phrase::yes : Phrase::no, language));
}

}  // namespace farol::check
