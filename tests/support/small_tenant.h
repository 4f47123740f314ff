// A small policy for a tenant, and a tenant in which none of it is so.
#pragma once

#include <string>

#include "support/http_tenant.h"

namespace farol::testing {

// Roles that are to be made, a folder, an app and a rule of the address book, all of them bound.
[[nodiscard]] std::string small_policy();
void fill(HttpTenant& tenant);

}  // namespace farol::testing
