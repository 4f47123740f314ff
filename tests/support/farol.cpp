#include "support/farol.h"

#include <sstream>

#include "cli/cli.h"

namespace farol::testing {

driver::Compilation compile_text(const std::string& text) {
  base::MemoryFileSystem disk;
  disk.files["p.farol"] = text;
  driver::Options options;
  options.load.paths = {"p.farol"};
  options.as_of = *base::parse_date(today);
  return driver::compile(disk, options);
}

Outcome run_farol(base::MemoryFileSystem& files, const std::vector<std::string>& arguments,
                  const Circumstances& circumstances) {
  const std::map<std::string, std::string> before = files.files;
  std::ostringstream out;
  std::ostringstream err;
  cli::Environment environment{
      .files = files,
      .standard_input = [&](std::size_t limit) { return circumstances.standard_input.substr(0, limit + 1); },
      .out = out,
      .err = err,
      .out_is_terminal = circumstances.terminal,
      .err_is_terminal = circumstances.terminal,
      .no_color = circumstances.no_color,
      .today = base::parse_date(today).value(),
  };
  Outcome outcome;
  outcome.exit = cli::run(arguments, environment);
  outcome.out = out.str();
  outcome.err = err.str();
  for (const auto& [path, content] : files.files) {
    const auto found = before.find(path);
    if (found == before.end() || found->second != content) outcome.wrote[path] = content;
  }
  return outcome;
}

}  // namespace farol::testing
