// The embedded libraries without any policy: what a question about the catalogue or about packs is answered from.
#pragma once

#include "base/date.h"
#include "driver/driver.h"

namespace farol::driver {

// The newest version of each library, with the checks of all packs too if `packs` is true. Nothing is checked.
[[nodiscard]] Compilation compile_libraries(base::Date as_of, bool packs);

}  // namespace farol::driver
