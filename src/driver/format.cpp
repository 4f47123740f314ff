#include "driver/format.h"

#include <algorithm>

#include "syntax/format.h"
#include "syntax/parser.h"

namespace farol::driver {
namespace {

constexpr std::string_view ending = ".farol";

}  // namespace

Formatting format_files(const base::FileSystem& disk, const std::vector<std::string>& paths,
                        const std::string& standard_input) {
  Formatting result;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (path == "-" || !disk.is_directory(path)) {
      files.push_back(path);
      continue;
    }
    auto names = disk.list(path);
    if (const auto* error = std::get_if<base::FileError>(&names)) {
      result.problem = "cannot read `" + path + "`: " + error->reason;
      return result;
    }
    for (const std::string& name : std::get<0>(names)) {
      if (name.ends_with(ending)) files.push_back(base::join_path(path, name));
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  for (const std::string& path : files) {
    auto text =
        path == "-" ? base::FileResult<std::string>{standard_input} : disk.read(path, syntax::Limits{}.file_bytes);
    if (const auto* error = std::get_if<base::FileError>(&text)) {
      result.problem = "cannot read `" + path + "`: " + error->reason;
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

std::string diff_of(const FormattedFile& file) {
  return syntax::unified_diff(file.path == "-" ? "<stdin>" : file.path, file.before, file.after);
}

}  // namespace farol::driver
