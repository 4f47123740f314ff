// What keeps a permission to those who have it.
#pragma once

#include <vector>

#include "analysis/decisions.h"

namespace farol::analysis {

// What the catalogue says of the feature; people where it knows of nothing, but a deciding rule names who keeps it.
[[nodiscard]] model::KeptBy kept_by(const Model& model, FeatureId feature, const std::vector<RuleId>& deciding);

}  // namespace farol::analysis
