#include <stdexcept>

#include "support/command_line.h"
#include "support/golden_case.h"

namespace farol::testing {

GoldenCase run_golden(const GoldenCase& golden) {
  GoldenCase actual = golden;
  base::MemoryFileSystem files;
  for (GoldenStep& step : actual.steps) {
    for (const auto& [path, content] : step.files) files.files[path] = content;
    files.unwritable.insert(files.unwritable.end(), step.unwritable.begin(), step.unwritable.end());
    std::vector<std::string> words = split_command(step.command);
    if (words.empty() || words.front() != "farol")
      throw std::invalid_argument("`" + step.command + "` does not run farol");
    words.erase(words.begin());
    step.expected = run_farol(files, words, step.circumstances);
  }
  return actual;
}

}  // namespace farol::testing
