#include "decide/keeping.h"

#include <algorithm>

#include "base/sorted.h"

namespace farol::decide {

void Keeping::add(const Permission& permission, model::KeptBy keeper) {
  parts_[{permission.feature, permission.role}].push_back({permission.objects, permission.rules, keeper});
}

std::vector<model::KeptBy> Keeping::of(RoleId role, FeatureId feature, const std::vector<ObjectId>& objects,
                                       const std::vector<RuleId>& rules) const {
  std::vector<model::KeptBy> keepers;
  const auto found = parts_.find({feature, role});
  if (found == parts_.end()) return keepers;
  for (const Part& part : found->second) {
    const bool about = std::any_of(part.objects.begin(), part.objects.end(), [&](ObjectId object) {
      return std::find(objects.begin(), objects.end(), object) != objects.end();
    });
    if (about && std::includes(rules.begin(), rules.end(), part.rules.begin(), part.rules.end()))
      keepers.push_back(part.keeper);
  }
  base::sort_unique(keepers);
  return keepers;
}

std::vector<model::KeptBy> Keeping::of(FeatureId feature) const {
  std::vector<model::KeptBy> keepers;
  for (auto each = parts_.lower_bound({feature, RoleId{0}}); each != parts_.end() && each->first.first == feature;
       ++each) {
    for (const Part& part : each->second) keepers.push_back(part.keeper);
  }
  base::sort_unique(keepers);
  return keepers;
}

}  // namespace farol::decide
