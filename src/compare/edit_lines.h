// Statements that differ, and how much of each kind changes, in words.
#pragma once

#include <string>
#include <vector>

#include "compare/review.h"
#include "document/document.h"
#include "document/words.h"

namespace farol::compare {

// "edited: allow staff to drive.read[, drive.download] (policy.farol:5)", below it the text before, and how far the
// changes by it reach. What one text has and the other has not stands in brackets.
[[nodiscard]] document::Item item_of(const Review& review, const Edit& edit, const document::Words& words);
// The same with what becomes of the safeguard in front.
[[nodiscard]] document::Item safeguard_item_of(const Review& review, const Edit& edit, const document::Words& words);

// "main, commit 1a2b3c4 of 2026-11-20 by Lin"; another side by its name.
[[nodiscard]] std::string in_words(const Source& source, base::Language language);

// "wider: 3", "narrower: 1"; what does not change is left out.
[[nodiscard]] std::vector<std::string> counts_of_changes(const Review& review, const document::Words& words);
// What a reviewer has to know if nothing else is read: one line, or two.
[[nodiscard]] std::vector<std::string> headline(const Review& review, base::Language language);

// What an authority has been told otherwise, and how to amend it.
[[nodiscard]] std::vector<document::Item> notified_items(const Review& review, const document::Words& words);

}  // namespace farol::compare
