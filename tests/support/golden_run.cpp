#include <stdexcept>

#include "git/sides.h"
#include "support/command_line.h"
#include "support/golden_case.h"

namespace farol::testing {

void GoldenFiles::prepare(const GoldenStep& step) {
  for (const auto& [path, content] : step.files) {
    if (!git::names_revision(path)) {
      files_.files[base::normalise_path(path)] = content;
      continue;
    }
    const auto sides = git::parse_sides({path});
    if (const auto* error = std::get_if<base::FileError>(&sides)) throw std::invalid_argument(error->reason);
    const git::Side& side = std::get<git::Sides>(sides).before;
    revisions_[side.revision->name].files[side.path] = content;
  }
  files_.unwritable.insert(files_.unwritable.end(), step.unwritable.begin(), step.unwritable.end());
}

Circumstances GoldenFiles::circumstances(const GoldenStep& step) const {
  Circumstances found = step.circumstances;
  found.revisions = revisions_;
  return found;
}

Outcome GoldenFiles::run(const GoldenStep& step) {
  std::vector<std::string> words = split_command(step.command);
  if (words.empty() || words.front() != "farol")
    throw std::invalid_argument("`" + step.command + "` does not run farol");
  words.erase(words.begin());
  return run_farol(files_, words, circumstances(step));
}

void GoldenFiles::pass(const GoldenStep& step) {
  if (!step.expected.wrote.empty()) run(step);
}

GoldenCase run_golden(const GoldenCase& golden) {
  GoldenCase actual = golden;
  GoldenFiles files;
  for (GoldenStep& step : actual.steps) {
    files.prepare(step);
    step.circumstances = files.circumstances(step);
    step.expected = files.run(step);
  }
  return actual;
}

}  // namespace farol::testing
