#include <doctest/doctest.h>

#include <set>
#include <string>

#include "base/phrases.h"
#include "base/text.h"
#include "library/library.h"

namespace base_phrases_test {

using namespace farol::base;

namespace {

// Each placeholder with how often it stands there.
std::multiset<char> placeholders(std::string_view text) {
  std::multiset<char> found;
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    if (text[at] == '{' && text[at + 2] == '}') found.insert(text[at + 1]);
  }
  return found;
}

}  // namespace

TEST_CASE("languages by their tags") {
  for (const Language language : all_languages) CHECK(parse_language(tag(language)) == language);
  CHECK(tag(Language::zh_hant) == "zh-Hant");
  CHECK_FALSE(parse_language("zh"));
  CHECK_FALSE(parse_language("EN"));
  CHECK_FALSE(parse_language(""));
}

TEST_CASE("every phrase is there in every language, with the same placeholders") {
  for (std::size_t i = 0; i < phrase_count(); ++i) {
    const auto phrase = static_cast<Phrase>(i);
    CAPTURE(identifier(phrase));
    CHECK(find_phrase(identifier(phrase)) == phrase);
    for (const Language language : all_languages) {
      CAPTURE(tag(language));
      CHECK_FALSE(text(phrase, language).empty());
      CHECK_FALSE(find_invalid_utf8(text(phrase, language)));
      CHECK(to_nfc(text(phrase, language)) == text(phrase, language));
      CHECK(placeholders(text(phrase, language)) == placeholders(text(phrase, Language::en)));
    }
  }
  CHECK_FALSE(find_phrase("no_such_phrase"));
}

TEST_CASE("placeholders are filled in, other braces stay") {
  CHECK(fill(Phrase::pair, Language::en, {"a", "b"}) == "a: b");
  CHECK(fill(Phrase::pair, Language::zh_hant, {"a", "b"}) == "a：b");
  CHECK(fill(Phrase::pair, Language::en, {"{1}", "b"}) == "{1}: b");
}

TEST_CASE("Chinese sets a Latin word apart, and nothing else") {
  CHECK(fill(Phrase::tiers_up_to, Language::zh_hant, {"internal"}) == "internal 或以下");
  CHECK(fill(Phrase::tiers_up_to, Language::zh_hant, {"內部"}) == "內部或以下");
  CHECK(fill(Phrase::either, Language::zh_hans, {"办公室网络", "VPN"}) == "办公室网络或 VPN");
  CHECK(fill(Phrase::as_of, Language::zh_hant, {"2026-11-23"}) == "以 2026-11-23 當日為準");
  CHECK(fill(Phrase::pair, Language::zh_hant, {"VPN", "公司"}) == "VPN：公司");
}

TEST_CASE("every namespace of the catalogue has a title") {
  for (const auto& file : farol::library::all()) {
    if (file.name != "dingtalk") continue;
    for (std::size_t at = 0; (at = file.text.find("\nfeature ", at)) != std::string_view::npos;) {
      at += std::string_view{"\nfeature "}.size();
      const std::string name{file.text.substr(at, file.text.find('.', at) - at)};
      CAPTURE(name);
      CHECK(find_phrase("namespace_" + name));
    }
  }
}

}  // namespace base_phrases_test
