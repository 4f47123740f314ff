// The phrases that only pages for a browser say: page_phrases.def. Each is a `Phrase` like any other, behind those of
// phrases.def.
#pragma once

#include <cstdint>

#include "base/phrases.h"

namespace farol::base {

// How many rows phrases.def has.
inline constexpr std::uint16_t phrases_before_pages = 0
#define FAROL_PHRASE(identifier, en, zh_hant, zh_hans, pt) +1
#include "base/phrases.def"
#undef FAROL_PHRASE
    ;

enum class PagePhrase : std::uint16_t {
#define FAROL_PHRASE(identifier, en, zh_hant, zh_hans, pt) identifier,
#include "base/page_phrases.def"
#undef FAROL_PHRASE
};

namespace pages {
#define FAROL_PHRASE(identifier, en, zh_hant, zh_hans, pt) \
  inline constexpr Phrase identifier =                     \
      static_cast<Phrase>(phrases_before_pages + static_cast<std::uint16_t>(PagePhrase::identifier));
#include "base/page_phrases.def"
#undef FAROL_PHRASE
}  // namespace pages

}  // namespace farol::base
