#include "document/articles.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace farol::document {
namespace {

using base::Language;

// `10(1)(3)(ii)`: an article and what is inside it; the article is missing where it is that of the part before.
struct Place {
  std::string number;
  std::vector<std::string> inner;
  std::string to;  // the last one of a range, or empty
};

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 3 && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool is_roman(std::string_view text) {
  return !text.empty() && text.find_first_not_of("ivx") == std::string_view::npos;
}

std::optional<Place> read_place(std::string_view text) {
  Place place;
  std::size_t at = std::min(text.find_first_not_of("0123456789"), text.size());
  place.number = text.substr(0, at);
  if (!place.number.empty() && !is_number(place.number)) return std::nullopt;
  while (at < text.size() && text[at] == '(') {
    const std::size_t close = text.find(')', at);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view inner = text.substr(at + 1, close - at - 1);
    if (!is_number(inner) && !is_roman(inner)) return std::nullopt;
    place.inner.emplace_back(inner);
    at = close + 1;
  }
  if (at < text.size() && text[at] == '-') {
    std::string_view to = text.substr(at + 1);
    if (to.starts_with('(') && to.ends_with(')')) to = to.substr(1, to.size() - 2);
    if (!is_number(to)) return std::nullopt;
    place.to = to;
    at = text.size();
  }
  if (at != text.size() || (place.number.empty() && place.inner.empty())) return std::nullopt;
  return place;
}

std::optional<std::vector<Place>> read_places(std::string_view text) {
  std::vector<Place> places;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(", "), text.size());
    auto place = read_place(text.substr(0, end));
    if (!place || (places.empty() && place->number.empty())) return std::nullopt;
    places.push_back(std::move(*place));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return places;
}

// 1 to 99, as Chinese laws number their articles.
std::string in_chinese(std::string_view digits) {
  constexpr std::string_view ones[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  std::string text;
  if (number >= 20) text += ones[static_cast<std::size_t>(number / 10)];
  if (number >= 10) text += "十";
  return text + std::string(ones[static_cast<std::size_t>(number % 10)]);
}

std::string chinese(const Place& place, bool traditional) {
  const std::string_view article = traditional ? "條" : "条", item = traditional ? "項" : "项";
  const auto with_range = [&](const std::string& first, bool innermost, std::string_view unit) {
    std::string text = fmt::format("第{}{}", in_chinese(first), unit);
    if (innermost && !place.to.empty()) text += fmt::format("至第{}{}", in_chinese(place.to), unit);
    return text;
  };
  std::string text;
  if (!place.number.empty()) text += with_range(place.number, place.inner.empty(), article);
  for (std::size_t i = 0; i < place.inner.size(); ++i) {
    const std::string& inner = place.inner[i];
    if (i == 0)
      text += with_range(inner, place.inner.size() == 1, "款");
    else if (is_number(inner))
      text += fmt::format("（{}）{}", in_chinese(inner), item);
    else
      text += fmt::format("（{}）", inner);
  }
  return text;
}

std::string portuguese(const Place& place) {
  const bool range = !place.to.empty();
  std::string text;
  if (!place.number.empty()) {
    text = range && place.inner.empty() ? fmt::format("artigos {}.º a {}.º", place.number, place.to)
                                        : fmt::format("artigo {}.º", place.number);
  }
  for (std::size_t i = 0; i < place.inner.size(); ++i) {
    if (!text.empty()) text += ", ";
    if (i == 0)
      text += range && place.inner.size() == 1 ? fmt::format("n.os {} a {}", place.inner[i], place.to)
                                               : fmt::format("n.º {}", place.inner[i]);
    else
      text += is_number(place.inner[i]) ? fmt::format("alínea {})", place.inner[i])
                                        : fmt::format("subalínea ({})", place.inner[i]);
  }
  return text;
}

}  // namespace

std::string article(std::string_view place, Language language) {
  const auto places = read_places(place);
  if (!places || places->empty()) return std::string(place);
  const bool many =
      std::any_of(places->begin() + 1, places->end(), [](const Place& each) { return !each.number.empty(); });
  if (language == Language::en) {
    const bool articles = many || (!places->front().to.empty() && places->front().inner.empty());
    return fmt::format("{} {}", articles ? "articles" : "article", place);
  }
  std::string text;
  for (const Place& each : *places) {
    if (!text.empty()) text += language == Language::pt ? "; " : "、";
    text += language == Language::pt ? portuguese(each) : chinese(each, language == Language::zh_hant);
  }
  return text;
}

}  // namespace farol::document
