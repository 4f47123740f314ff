// The registry of findings against the golden cases: none is without an example.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "diag/diagnostic.h"
#include "support/findings.h"

namespace farol::testing::codes_test {

TEST_CASE("every finding stands in a golden case") {
  std::string shown;
  for (const auto& [path, golden] : all_golden_cases()) {
    for (const GoldenStep& step : golden.steps) shown += step.expected.out + step.expected.err;
  }
  for (const diag::CodeInfo& code : diag::all_codes()) {
    // A failed check shows its own ID.
    if (code.code == diag::Code::failed_check) continue;
    // What changes from one policy to the next is shown in sentences, and as findings for machines only.
    const bool of_change = is_of_change(code);
    // What waits for an error is the last line of the text, and a finding for machines only.
    const bool waits = code.code == diag::Code::not_evaluated;
    const std::string sign = of_change ? fmt::format("title={} {}::", code.number, code.name)
                             : waits   ? fmt::format("\"code\": \"{}\"", code.number)
                                       : fmt::format("[{}] {}: ", code.number, code.name);
    CHECK_MESSAGE(shown.find(sign) != std::string::npos, code.number, " ", code.name, " is in no golden case");
  }
}

}  // namespace farol::testing::codes_test
