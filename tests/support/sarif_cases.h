// The findings of the golden cases in SARIF: every `check` and `test` of them, with `--error-format sarif` instead.
#pragma once

#include <string>
#include <vector>

#include "support/farol.h"

namespace farol::testing {

struct SarifCase {
  std::string name;  // `conflicts/lists-1`, the step by its number
  base::MemoryFileSystem files;
  std::vector<std::string> words;  // of the command line, without the format
  Circumstances circumstances;
  std::string sarif;
};

[[nodiscard]] std::vector<SarifCase> sarif_cases();

}  // namespace farol::testing
