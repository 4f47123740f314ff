#include <algorithm>

#include "cli/session.h"
#include "driver/format.h"

namespace farol::cli {
namespace {

// What one file may be, as for every verb.
constexpr std::size_t max_file_bytes = std::size_t{64} << 20;

// Nothing is written.
ExitCode show(Session& session, const driver::Formatting& formatting) {
  bool all = true;
  std::string text;
  for (const driver::FormattedFile& file : formatting.files) {
    if (!file.changed()) continue;
    all = false;
    if (session.request().has(OptionId::diff)) {
      text += diff_of(file);
    } else {
      session.complain("`" + session.name_of({file.path}) + "` is not formatted; farol fmt does it");
    }
  }
  const ExitCode written = text.empty() ? done : session.write(text);
  return worse(written, all ? done : no);
}

ExitCode write(Session& session, const driver::Formatting& formatting) {
  std::vector<base::OutputFile> files;
  std::string to_output;
  for (const driver::FormattedFile& file : formatting.files) {
    if (file.path == "-") {
      to_output = file.after;
    } else if (file.changed()) {
      files.push_back({file.path, file.after});
    }
  }
  if (!files.empty()) {
    if (const ExitCode code = session.write(files); code != done) return code;
    for (const base::OutputFile& file : files) session.note("formatted " + file.path);
  }
  return to_output.empty() ? done : session.write(to_output);
}

}  // namespace

int fmt(Session& session) {
  const Request& request = session.request();
  const auto paths = session.policy_paths(request.arguments);
  const bool reads_input = std::find(paths.begin(), paths.end(), "-") != paths.end();
  const driver::Formatting formatting =
      driver::format_files(session.files(), paths, reads_input ? session.standard_input(max_file_bytes) : "");
  if (!formatting.problem.empty()) return session.refuse(formatting.problem);
  session.report(formatting.sources, formatting.sink);
  const ExitCode code = request.has(OptionId::check) || request.has(OptionId::diff) ? show(session, formatting)
                                                                                    : write(session, formatting);
  return worse(code, formatting.unreadable ? misused : formatting.sink.has_errors() ? no : done);
}

}  // namespace farol::cli
