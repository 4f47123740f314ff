// An item in words, for every form that people read.
#pragma once

#include <string>

#include "document/words.h"
#include "query/due.h"

namespace farol::query {

// `Filing contracts (clinic.farol:31)` without the place; the title where there is one.
[[nodiscard]] std::string subject(const Item& item, const document::Words& words);
[[nodiscard]] base::Phrase event_phrase(Item::Event event);
// `clinic.farol:31`; empty if the item has no place.
[[nodiscard]] std::string place(const Item& item, const source::SourceMap& sources);
[[nodiscard]] std::string title(const model::Model& model, const document::Words& words);

}  // namespace farol::query
