#include "support/sarif_cases.h"

#include <algorithm>

#include "support/command_line.h"
#include "support/findings.h"

namespace farol::testing {
namespace {

// The words without the options that say how and where to write, and those that repair first: findings are those of the
// files as they are. Nothing if this is no `check`, `test` or `diff`.
std::vector<std::string> plain_words(const std::string& command) {
  std::vector<std::string> words = split_command(command);
  words.erase(words.begin());
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool takes_value = words[i] == "--error-format" || words[i] == "--format" || words[i] == "-o" ||
                             words[i] == "--output" || words[i] == "--lcov";
    if (takes_value) {
      ++i;
    } else if (words[i] != "--fix" && words[i] != "--interactive") {
      kept.push_back(words[i]);
    }
  }
  const bool finds = std::any_of(kept.begin(), kept.end(), [](const std::string& word) {
    return word == "check" || word == "test" || word == "diff";
  });
  return finds ? kept : std::vector<std::string>{};
}

}  // namespace

std::vector<SarifCase> sarif_cases() {
  std::vector<SarifCase> cases;
  for (const auto& [path, golden] : all_golden_cases()) {
    GoldenFiles files;
    std::size_t number = 0;
    for (const GoldenStep& step : golden.steps) {
      ++number;
      files.prepare(step);
      const base::MemoryFileSystem found = files.now();
      files.pass(step);
      const std::vector<std::string> words = plain_words(step.command);
      if (words.empty()) continue;
      const std::string name = path.substr(std::string("tests/golden/").size());
      SarifCase made{
          name.substr(0, name.rfind('.')) + "-" + std::to_string(number), found, words, files.circumstances(step), {}};
      std::vector<std::string> with_format = words;
      with_format.insert(with_format.end(), {"--error-format", "sarif"});
      base::MemoryFileSystem scratch = found;
      made.sarif = run_farol(scratch, with_format, made.circumstances).out;
      // Nothing: the command line itself was wrong, or asked for help.
      if (made.sarif.starts_with("{")) cases.push_back(std::move(made));
    }
  }
  return cases;
}

}  // namespace farol::testing
