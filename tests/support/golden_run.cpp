#include <stdexcept>

#include "git/sides.h"
#include "support/command_line.h"
#include "support/golden_case.h"

namespace farol::testing {

GoldenCase run_golden(const GoldenCase& golden) {
  GoldenCase actual = golden;
  base::MemoryFileSystem files;
  std::map<std::string, base::MemoryFileSystem> revisions;
  for (GoldenStep& step : actual.steps) {
    for (const auto& [path, content] : step.files) {
      if (!git::names_revision(path)) {
        files.files[path] = content;
        continue;
      }
      const auto sides = git::parse_sides({path});
      if (const auto* error = std::get_if<base::FileError>(&sides)) throw std::invalid_argument(error->reason);
      const git::Side& side = std::get<git::Sides>(sides).before;
      revisions[side.revision->name].files[side.path] = content;
    }
    files.unwritable.insert(files.unwritable.end(), step.unwritable.begin(), step.unwritable.end());
    std::vector<std::string> words = split_command(step.command);
    if (words.empty() || words.front() != "farol")
      throw std::invalid_argument("`" + step.command + "` does not run farol");
    words.erase(words.begin());
    step.circumstances.revisions = revisions;
    step.expected = run_farol(files, words, step.circumstances);
  }
  return actual;
}

}  // namespace farol::testing
