// What `check --error-format json` says, read back.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "support/golden_case.h"

namespace farol::testing {

struct FoundEdit {
  std::string file;
  std::size_t begin = 0, end = 0;  // bytes
  std::string text;
};

struct FoundFix {
  std::string title, effect;
  std::vector<FoundEdit> edits;
};

struct Finding {
  std::string code, name, severity, message;
  std::vector<std::string> details;
  std::vector<FoundFix> fixes;
};

[[nodiscard]] std::vector<Finding> read_findings(const std::string& json);
// A fix, made to the files.
void apply(const FoundFix& fix, base::MemoryFileSystem& files);

// Every case, with its path.
[[nodiscard]] std::vector<std::pair<std::string, GoldenCase>> all_golden_cases();

}  // namespace farol::testing
