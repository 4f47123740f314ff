// Coverage and results of the tests of a policy, for other programs.
#pragma once

#include <string>
#include <vector>

#include "driver/driver.h"

namespace farol::driver {

// The rules in force that the policy's own files hold, by file and place, and how many expectations ask about a
// point that the rule decides or refuses.
struct TestCoverage {
  struct Entry {
    model::RuleId rule;
    std::size_t expectations = 0;
    bool decides = true;  // somewhere, so that a test can reach it at all
  };
  std::vector<Entry> rules;

  [[nodiscard]] std::size_t covered() const;
  // Rounded down, so that 100 means all. A policy without rules is covered.
  [[nodiscard]] std::size_t percent() const;
};
// The policy may be written: see `Compilation::may_write`.
[[nodiscard]] TestCoverage find_coverage(const Compilation& compilation);

// The records of one policy in the tracefile format of lcov(1). A line is the first one of a rule, its count how many
// expectations reach the rule; of several rules on one line the one that is reached least counts.
[[nodiscard]] std::string render_lcov(const Compilation& compilation, const TestCoverage& coverage);

// One <testsuite>: a <testcase> for each expectation, with the test as its class. Where the policy has errors, and was
// not tested, the one test case is the policy, with `findings` as its error.
[[nodiscard]] std::string render_junit_suite(const std::string& name, const Compilation& compilation,
                                             const std::vector<TestResult>& results, const std::string& findings);
// The document that holds the suites.
[[nodiscard]] std::string render_junit(const std::string& suites);

}  // namespace farol::driver
