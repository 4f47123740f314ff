#include "dingtalk/compare.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace farol::dingtalk {

ConfigDifference compare(const AdminConfig& before, const AdminConfig& after) {
  std::unordered_map<std::string_view, const Step*> old_by_target;
  for (const Step& step : before.steps) old_by_target.emplace(step.target, &step);

  ConfigDifference difference;
  std::unordered_set<std::string_view> targets;
  for (const Step& step : after.steps) {
    targets.insert(step.target);
    const auto old = old_by_target.find(step.target);
    if (old == old_by_target.end()) {
      difference.added.push_back(&step);
    } else if (old->second->id != step.id) {
      difference.altered.push_back({old->second, &step});
    }
  }
  for (const Step& step : before.steps) {
    if (!targets.contains(step.target) && !step.only_reads) difference.undone.push_back(&step);
  }
  std::reverse(difference.undone.begin(), difference.undone.end());
  return difference;
}

}  // namespace farol::dingtalk
