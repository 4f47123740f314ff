// Statements of two policies that differ, paired where one was made of the other.
#pragma once

#include <string>
#include <vector>

#include "compare/vocabulary.h"

namespace farol::compare {

// Null on the side that does not have it. Of a pair the texts, `final` or the descriptions differ.
struct StatementPair {
  const model::StatementText* before = nullptr;
  const model::StatementText* after = nullptr;
};

struct StatementDifference {
  std::vector<StatementPair> pairs;             // the later policy's in the order of its text, then what is gone
  std::vector<model::StatementText> libraries;  // safeguards of libraries, which the pairs point at; never moved
};

// Statements are the same if they say the same after renaming, whatever their labels and their places. Two that are of
// one name or label, or nearly alike, are one that was edited.
[[nodiscard]] StatementDifference differing_statements(const Model& before, const Model& after,
                                                       const std::vector<Rename>& renames);

}  // namespace farol::compare
