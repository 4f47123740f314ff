// The tenant that `farol apply` reaches where the program runs in process.
#pragma once

#include "support/http_tenant.h"

namespace farol::testing {

// Null: there is no network, as at the start.
void reach_tenant(HttpTenant* tenant);

}  // namespace farol::testing
