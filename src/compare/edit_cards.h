// The statements that change permissions as cards of a page, each with what follows from it.
#pragma once

#include <string_view>
#include <vector>

#include "compare/review.h"
#include "document/page.h"
#include "document/words.h"

namespace farol::compare {

// A section for each edit that some change is by: its text, how far it reaches, a table of the cells that change, and
// behind a fold every sentence. A change by two statements is under both.
[[nodiscard]] document::Section edit_cards(const Review& review, const document::Words& words);
// Whether a change is on some card.
[[nodiscard]] bool is_on_card(const Difference& difference, std::size_t change);
// What the page counts at its top: changes of each direction, and ways to its other sections, which have these names.
[[nodiscard]] std::vector<document::Count> counts_on_page(const Review& review, const document::Words& words);
inline constexpr std::string_view safeguards_section = "safeguards", findings_section = "findings",
                                  steps_section = "steps";

// A review for a browser: the statements as cards. What the page counts, and the text to copy, are in `page`.
[[nodiscard]] document::Document web_document_of(const Review& review, base::Language language, document::Page& page);

}  // namespace farol::compare
