// Random policies of an organisation on the platform: rules on the features of the catalogue, data in folders and
// knowledge bases, groups, apps, places, departments, and ids of a tenant.
#pragma once

#include <cstdint>
#include <string>

namespace farol::testing {

enum class Bound : std::uint8_t { none, some, all };

// The text of one file. Not all of them are free of errors: rules conflict as in life.
[[nodiscard]] std::string tenant_policy(std::uint32_t seed, Bound bound);

}  // namespace farol::testing
