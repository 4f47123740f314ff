// The fixed texts of documents in the languages that Farol writes. phrases.def has them all, side by side.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace farol::base {

enum class Language : std::uint8_t { en, zh_hant, zh_hans, pt };
inline constexpr std::array all_languages{Language::en, Language::zh_hant, Language::zh_hans, Language::pt};

// `en`, `zh-Hant`, `zh-Hans`, `pt` (BCP 47), as on the command line and in `title.zh-Hant`.
[[nodiscard]] std::string_view tag(Language language);
[[nodiscard]] std::optional<Language> parse_language(std::string_view tag);

enum class Phrase : std::uint16_t {
#define FAROL_PHRASE(identifier, en, zh_hant, zh_hans, pt) identifier,
#include "base/phrases.def"
#undef FAROL_PHRASE
};
[[nodiscard]] std::size_t phrase_count();
[[nodiscard]] std::string_view identifier(Phrase phrase);
// By its identifier, for those that belong to a name in the policy.
[[nodiscard]] std::optional<Phrase> find_phrase(std::string_view identifier);

[[nodiscard]] std::string_view text(Phrase phrase, Language language);
// The text with {0}, {1} … filled in.
[[nodiscard]] std::string fill(Phrase phrase, Language language, std::initializer_list<std::string_view> arguments);

}  // namespace farol::base
