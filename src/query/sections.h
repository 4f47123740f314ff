// What stands below the tables of a matrix.
#pragma once

#include <string>
#include <vector>

#include "document/words.h"
#include "query/matrix.h"
#include "query/rows.h"

namespace farol::query {

// What keeps a feature, for the last column: several things where its permissions are kept differently.
[[nodiscard]] std::string keepers_in_words(const decide::Keeping& keeping, const Rows& rows, const Row& row,
                                           const document::Words& words);

// How to read the tables, the reasons that the rules give, what nobody may, what is left to the platform, and what
// keeps what.
[[nodiscard]] std::vector<Section> sections_below(const model::Model& model, const decide::Keeping& keeping,
                                                  const Rows& rows, const document::Words& words);

}  // namespace farol::query
