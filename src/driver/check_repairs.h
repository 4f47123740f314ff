// Repairs of what packs find: where a remedy is a whole statement, it can be added as it stands.
#pragma once

#include "diag/diagnostic.h"
#include "driver/driver.h"

namespace farol::driver {

// Adds a repair for each such statement, at the end of the file that has the `policy`.
void offer_statements(const Compilation& compilation, diag::Diagnostic& finding);

}  // namespace farol::driver
