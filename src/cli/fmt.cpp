#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/format.h"
#include "syntax/parser.h"

namespace farol::cli {
namespace {

struct FormattedFile {
  std::string path;
  std::string before, after;

  [[nodiscard]] bool changed() const { return before != after; }
};

struct Formatting {
  source::SourceMap sources;
  diag::Sink sink;  // what is wrong with the files; the statements that it is about stay as they are
  std::vector<FormattedFile> files;
  std::string problem;      // not empty if an input cannot be read: then nothing is to be written
  bool unreadable = false;  // an input is not UTF-8; it stays as it is
};

// Lays out files, and the `.farol` files of folders. What a file includes is not followed.
Formatting format_files(Context& context, const std::vector<std::string>& paths) {
  const base::FileSystem& disk = context.files();
  constexpr std::string_view ending = ".farol";
  Formatting result;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (path == "-" || !disk.is_directory(path)) {
      files.push_back(path);
      continue;
    }
    auto names = disk.list(path);
    if (const auto* error = std::get_if<base::FileError>(&names)) {
      result.problem = said(context, message::cannot_read(path, message::verbatim(error->reason)));
      return result;
    }
    for (const std::string& name : std::get<0>(names)) {
      if (name.ends_with(ending)) files.push_back(base::join_path(path, name));
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  for (const std::string& path : files) {
    constexpr std::size_t limit = syntax::Limits{}.file_bytes;
    auto text = path == "-" ? base::FileResult<std::string>{standard_input(context, limit)} : disk.read(path, limit);
    if (const auto* error = std::get_if<base::FileError>(&text)) {
      result.problem = said(context, message::cannot_read(path, message::verbatim(error->reason)));
      return result;
    }
    const std::string& before = std::get<std::string>(text);
    const auto id = result.sources.add(path == "-" ? "<stdin>" : path, before);
    result.files.push_back({path, before, syntax::format(result.sources, id, result.sink)});
  }
  for (const diag::Diagnostic& diagnostic : result.sink.sorted(result.sources))
    result.unreadable = result.unreadable || diagnostic.code == diag::Code::unreadable_file;
  return result;
}

// Says which files would change, and with `--diff` how.
ExitCode show(Context& context, const Formatting& formatting) {
  bool all = true;
  std::string text;
  for (const FormattedFile& file : formatting.files) {
    if (!file.changed()) continue;
    all = false;
    if (context.request.has(OptionId::diff)) {
      text += syntax::unified_diff(file.path == "-" ? "<stdin>" : file.path, file.before, file.after);
    } else {
      error(context, said(context, message::not_formatted(name_of(context, {file.path}))));
    }
  }
  // What a program is to apply goes out as it is; what people look at does not command their terminal.
  const As as = context.environment.out_is_terminal ? As::text : As::bytes;
  const ExitCode written = text.empty() ? ExitCode::done : write(context, text, as);
  return worse(written, all ? ExitCode::done : ExitCode::failed);
}

ExitCode write(Context& context, const std::vector<std::string>& paths, Formatting& formatting) {
  bool first = true;
  const ExitCode code = rewrite(context, [&]() -> std::variant<std::vector<base::OutputFile>, ExitCode> {
    if (!std::exchange(first, false)) formatting = format_files(context, paths);
    if (!formatting.problem.empty()) return usage_error(context, formatting.problem);
    std::vector<base::OutputFile> files;
    for (const FormattedFile& file : formatting.files) {
      // Those that stay as they are too: what a killed run has left beside them goes.
      if (file.path != "-") files.push_back({file.path, file.after, base::Original{true, file.before}});
    }
    if (files.empty()) return ExitCode::done;
    return files;
  });
  if (code != ExitCode::done) return code;
  std::string to_output;
  for (const FormattedFile& file : formatting.files) {
    if (file.path == "-") {
      to_output = file.after;
    } else if (file.changed()) {
      info(context, message::formatted_file(file.path));
    }
  }
  return to_output.empty() ? ExitCode::done : write(context, to_output, As::bytes);
}

}  // namespace

ExitCode fmt(Context& context) {
  const Request& request = context.request;
  const auto paths = policy_paths(context, request.arguments);
  Formatting formatting = format_files(context, paths);
  if (!formatting.problem.empty()) return usage_error(context, formatting.problem);
  report_findings(context, formatting.sources, formatting.sink);
  const ExitCode code = request.has(OptionId::check) || request.has(OptionId::diff) ? show(context, formatting)
                                                                                    : write(context, paths, formatting);
  return worse(code, formatting.unreadable          ? ExitCode::usage_error
                     : formatting.sink.has_errors() ? ExitCode::failed
                                                    : ExitCode::done);
}

}  // namespace farol::cli
