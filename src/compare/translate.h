// The decisions of one policy in the vocabulary of two.
#pragma once

#include <string>
#include <vector>

#include "compare/vocabulary.h"
#include "decide/decisions.h"

namespace farol::compare {

struct Translation {
  // Rules are still those of the policy itself. What the policy does not have answers as what it came from.
  decide::Decisions decisions;
  std::vector<std::string> too_large;  // features with too many combinations of context values
};

[[nodiscard]] Translation translate(const Vocabulary& vocabulary, const Mapping& mapping, const Model& own,
                                    const decide::Decisions& decisions);

}  // namespace farol::compare
