// tenant_policies FOLDER COUNT: writes random policies of an organisation, each to a file of its own.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "support/tenant_policies.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto count = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    // Most have their ids bound: these are what is sent.
    const auto bound = seed % 8 == 0   ? farol::testing::Bound::none
                       : seed % 8 == 1 ? farol::testing::Bound::some
                                       : farol::testing::Bound::all;
    std::ofstream file(fmt::format("{}/tenant-{:03}.farol", argv[1], seed));
    file << farol::testing::tenant_policy(seed, bound);
    if (!file) return 1;
  }
  return 0;
}
