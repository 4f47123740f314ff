// What day it is for a policy: that of the organisation's time zone.
#pragma once

#include <string>

#include "driver/driver.h"

namespace farol::driver {

// The zone that the policy says; else that of its first jurisdiction which is one zone; else UTC.
[[nodiscard]] std::string time_zone_of(const model::Model& model);

// The day for which a policy is decided, by the options. A time zone that is none is reported.
[[nodiscard]] base::Date day_of(const model::Model& model, const Options& options, diag::Sink& sink);

}  // namespace farol::driver
