// Which names are new, gone, or stand at another tier.
#pragma once

#include "diff/difference.h"

namespace farol::diff {

// Fills `things` of a difference whose vocabulary is that of both sides.
void add_things(const Side& before, const Side& after, Difference& difference);

}  // namespace farol::diff
