// The registry of findings against the golden cases: none is without an example.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "diag/diagnostic.h"
#include "support/findings.h"

namespace farol::testing {

TEST_CASE("every finding stands in a golden case") {
  std::string shown;
  for (const auto& [path, golden] : all_golden_cases()) {
    for (const GoldenStep& step : golden.steps) shown += step.expected.out + step.expected.err;
  }
  for (const diag::CodeInfo& code : diag::all_codes()) {
    // A failed check shows its own ID.
    if (code.code == diag::Code::failed_check) continue;
    CHECK_MESSAGE(shown.find(fmt::format("[{}] {}: ", code.number, code.name)) != std::string::npos, code.number, " ",
                  code.name, " is in no golden case");
  }
}

}  // namespace farol::testing
