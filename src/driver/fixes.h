// Repairs that are carried out: each is tried, and what it would change is known before anything is written.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "driver/driver.h"

namespace farol::driver {

// Says which repair of a finding is to be tried, or none. It is asked once for each finding.
using ChooseFix = std::function<std::optional<std::size_t>(const diag::Diagnostic&, const source::SourceMap&)>;

// The repair that is safe without a question: the only one there is, of an error for which nothing is decided yet, or
// one whose effect is that no permission changes.
[[nodiscard]] std::optional<std::size_t> safe_fix(const diag::Diagnostic& finding);

struct AppliedFix {
  std::string place;  // `policy.farol:5:34`
  diag::Text finding, title;
};
struct FixedFile {
  std::string path, before, after;
};
struct Fixes {
  std::vector<AppliedFix> applied;
  std::vector<FixedFile> files;                  // of the policy; most stay as they are
  std::size_t refused = 0;                       // repairs that were tried and did not hold
  base::Language language = base::Language::en;  // of what is said about the policy
};

// Carries out repairs, a round at a time, until none is chosen. A repair holds if its finding is gone; where the policy
// compiled before and the repair was not chosen by somebody, no decision may change. Writes nothing.
[[nodiscard]] Fixes try_fixes(const base::FileSystem& disk, const Options& options, const ChooseFix& choose,
                              bool may_change_decisions);

}  // namespace farol::driver
