#include "cli/version_control.h"

#include "cli/input.h"
#include "cli/starters.h"
#include "driver/documents.h"

namespace farol::cli {
namespace {

struct KitFile {
  std::string_view server;  // empty: for each
  std::string_view source;  // in the repository of farol
  std::string_view target;  // in that of the policies
};
constexpr KitFile kit[] = {
    {"", "examples/version-control/.gitattributes", ".gitattributes"},
    {"", "examples/version-control/.pre-commit-config.yaml", ".pre-commit-config.yaml"},
    {"github", "examples/version-control/.github/workflows/policy.yml", ".github/workflows/policy.yml"},
    {"github", ".github/actions/farol/action.yml", ".github/actions/farol/action.yml"},
    {"gitlab", "examples/version-control/.gitlab-ci.yml", ".gitlab-ci.yml"},
    {"gitlab", ".ci/gitlab/farol.yml", ".ci/gitlab/farol.yml"},
};

}  // namespace

std::vector<base::OutputFile> version_control_files(std::string_view server, const std::string& root) {
  std::vector<base::OutputFile> files;
  for (const KitFile& file : kit) {
    if (!file.server.empty() && file.server != server) continue;
    for (const Starter& starter : version_control()) {
      if (starter.name == file.source)
        files.push_back({base::join_path(root, file.target), std::string(starter.text), base::Original{}});
    }
  }
  return files;
}

std::optional<base::OutputFile> first_matrix(Context& context, const std::vector<base::OutputFile>& files,
                                             const std::string& folder) {
  const std::string path = base::join_path(folder, "matrix.md");
  if (context.files().exists(path)) return std::nullopt;
  base::MemoryFileSystem written;
  for (const base::OutputFile& file : files) {
    if (file.path.ends_with(".farol")) written.files[file.path] = file.content;
  }
  const base::FileSystem* disk = &context.files();
  if (!written.files.empty()) disk = &written;
  const driver::Compilation compilation = driver::compile(*disk, compile_options(context, {folder}));
  if (!compilation.may_write()) return std::nullopt;
  // In the language in which the hooks ask for it: none is given there.
  driver::MatrixOptions matrix;
  matrix.language = driver::wished_language(compilation.model).value_or(base::Language::en);
  matrix.format = driver::MatrixFormat::markdown;
  return base::OutputFile{path, driver::render_matrix(compilation, matrix), base::Original{}};
}

std::span<const std::string_view> commands_for_a_clone() {
  static constexpr std::string_view commands[] = {
      "git config diff.farol.textconv \"farol list permissions\"",
      "git config merge.farol.driver true",
      "pre-commit install",
  };
  return commands;
}

}  // namespace farol::cli
