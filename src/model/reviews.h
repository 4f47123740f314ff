// How often access is reviewed.
#pragma once

#include "base/date.h"
#include "model/model.h"

namespace farol::model {

struct ReviewPeriod {
  base::Duration length{6, base::Duration::Unit::months};
  bool stated = false;  // by a `review` of the policy
};

// The shortest `every` of the policy's reviews, or six months if it has none.
[[nodiscard]] ReviewPeriod review_period(const Model& model);

}  // namespace farol::model
