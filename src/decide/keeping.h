// What keeps a permission to those who have it: as the target makes it, not as the catalogue promises it of a feature.
// A setting that exists keeps nothing where the policy is finer than the setting.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "decide/permissions.h"

namespace farol::decide {

class Keeping {
 public:
  // Of a part of a permission; the parts of one permission may be kept differently.
  void add(const Permission& permission, model::KeptBy keeper);

  // What keeps the permissions of a role that are about some of these objects and rest on these rules alone. In the
  // order of the enumeration, each once; empty where there is no such permission.
  [[nodiscard]] std::vector<model::KeptBy> of(RoleId role, FeatureId feature, const std::vector<ObjectId>& objects,
                                              const std::vector<RuleId>& rules) const;
  // What keeps any permission of a feature, of whatever role.
  [[nodiscard]] std::vector<model::KeptBy> of(FeatureId feature) const;

 private:
  struct Part {
    std::vector<ObjectId> objects;
    std::vector<RuleId> rules;
    model::KeptBy keeper;
  };
  std::map<std::pair<FeatureId, RoleId>, std::vector<Part>> parts_;
};

}  // namespace farol::decide
