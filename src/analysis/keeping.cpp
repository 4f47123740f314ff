#include "analysis/keeping.h"

#include <algorithm>

namespace farol::analysis {

model::KeptBy kept_by(const Model& model, FeatureId feature, const std::vector<RuleId>& deciding) {
  const model::KeptBy platform = model[feature].kept_by;
  if (platform != model::KeptBy::nobody) return platform;
  const bool named =
      std::any_of(deciding.begin(), deciding.end(), [&](RuleId rule) { return !model[rule].kept_by.empty(); });
  return named ? model::KeptBy::people : model::KeptBy::nobody;
}

}  // namespace farol::analysis
