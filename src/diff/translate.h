// The decisions of one policy in the vocabulary of two.
#pragma once

#include <string>
#include <vector>

#include "analysis/decisions.h"
#include "diff/vocabulary.h"

namespace farol::diff {

struct Translation {
  // Rules are still those of the policy itself. What the policy does not have answers as what it came from.
  analysis::Decisions decisions;
  std::vector<std::string> too_large;  // features with too many combinations of context values
};

[[nodiscard]] Translation translate(const Vocabulary& vocabulary, const Mapping& mapping, const Model& own,
                                    const analysis::Decisions& decisions);

}  // namespace farol::diff
