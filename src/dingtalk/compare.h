// What is left to do after a change of the policy.
#pragma once

#include <string>
#include <vector>

#include "dingtalk/admin_config.h"

namespace farol::dingtalk {

// A step with another value than before: the new one takes the place of the old one.
struct AlteredStep {
  const Step* before = nullptr;
  const Step* after = nullptr;
};

struct ConfigDifference {
  std::vector<const Step*> added;     // to be made; in the order of the new steps
  std::vector<AlteredStep> altered;   // to be made in the place of another; in the order of the new steps
  std::vector<const Step*> undone;    // to be undone; last made first
  [[nodiscard]] bool empty() const { return added.empty() && altered.empty() && undone.empty(); }
};

// Steps are the same by their ids, which say what they set. The parts point into the two configurations.
[[nodiscard]] ConfigDifference compare(const AdminConfig& before, const AdminConfig& after);

}  // namespace farol::dingtalk
