// The findings in the order in which somebody solves them: what cannot be read or is not known first, then what stops
// compiling, then what packs find, then what only deserves a look.
#pragma once

#include <vector>

#include "diag/diagnostic.h"

namespace farol::diag {

// A finding, and the other places of the same one.
struct Repeated {
  Diagnostic first;
  std::vector<source::Span> others;
};

// `sorted` is by place. Findings of one code that say the same are one, at the first place.
[[nodiscard]] std::vector<Repeated> in_reading_order(std::vector<Diagnostic> sorted);

}  // namespace farol::diag
