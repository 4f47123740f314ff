#include "support/farol.h"

#include <memory>
#include <optional>
#include <sstream>

#include "base/digest.h"
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

namespace {

base::FileResult<git::OpenRevision> open(const Circumstances& circumstances, const git::Revision& revision) {
  const std::string name = revision.branch.empty() ? revision.name : revision.name + "..." + revision.branch;
  const auto found = circumstances.revisions.find(name);
  if (found == circumstances.revisions.end()) return base::FileError{"there is no revision `" + name + "`"};
  constexpr std::size_t digits = 40;  // as many as git's names have
  return git::OpenRevision{std::make_unique<base::MemoryFileSystem>(found->second),
                           base::sha256_hex(name).substr(0, digits)};
}

}  // namespace

Outcome run_farol(base::MemoryFileSystem& files, const std::vector<std::string>& arguments,
                  const Circumstances& circumstances) {
  const std::map<std::string, std::string> before = files.files;
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream typed(circumstances.standard_input);
  cli::Environment environment{
      .files = files,
      .standard_input = [&](std::size_t limit) { return circumstances.standard_input.substr(0, limit + 1); },
      .out = out,
      .err = err,
      .out_is_terminal = circumstances.terminal,
      .err_is_terminal = circumstances.terminal,
      .no_color = circumstances.no_color,
      .now = {std::int64_t{base::parse_date(today).value().days} * 86'400 + 43'200},  // noon, UTC
      .read_line = [&]() -> std::optional<std::string> {
        std::string line;
        return std::getline(typed, line) ? std::optional(line) : std::nullopt;
      },
      .open_revision = [&](const std::string&, const git::Revision& revision) { return open(circumstances, revision); },
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
