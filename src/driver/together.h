// Which roles people hold at once: as the policy binds them, and as may be where it does not.
#pragma once

#include <cstddef>
#include <vector>

#include "decide/people.h"
#include "driver/driver.h"

namespace farol::driver {

// Returns what is known and what is assumed of people with several roles, as far as it can make a difference to what a
// platform does that adds up what each role has. Who is bound to several roles is known. Of two roles of which one has
// no bound members it is assumed that somebody holds both, unless a `separate` keeps them apart. `before` has decisions
// and no errors so far. A separation that bound people break is in `check_people`, not here.
[[nodiscard]] HeldTogether held_together(const Compilation& before);

}  // namespace farol::driver
