// Which names are new, gone, or stand at another tier.
#pragma once

#include "compare/difference.h"

namespace farol::compare {

// Fills `things` of a difference whose vocabulary is that of both sides.
void add_things(const Side& before, const Side& after, Difference& difference);

}  // namespace farol::compare
