#include "support/scratch_repository.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <variant>

#include "base/process.h"

namespace farol::testing {

ScratchRepository::ScratchRepository() {
  for (const auto& [name, value] : {std::pair("GIT_CONFIG_NOSYSTEM", "1"),
                                    {"GIT_AUTHOR_NAME", "Lin"},
                                    {"GIT_AUTHOR_EMAIL", "lin@example.org"},
                                    {"GIT_AUTHOR_DATE", "2026-11-24T09:00:00Z"},
                                    {"GIT_COMMITTER_NAME", "Lin"},
                                    {"GIT_COMMITTER_EMAIL", "lin@example.org"},
                                    {"GIT_COMMITTER_DATE", "2026-11-24T09:00:00Z"}})
    ::setenv(name, value, 1);
  ::setenv("HOME", folder_.path().c_str(), 1);
  // Git sets some of these for what it calls, such as a hook that runs the tests.
  for (const char* name : {"XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_GLOBAL"})
    ::unsetenv(name);
  git_in(folder_.path(), {"init", "--quiet", "--initial-branch=main", "repository"});
}

void ScratchRepository::write(const std::string& path, const std::string& content) const {
  const std::filesystem::path file = *this / path;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

std::string ScratchRepository::git_in(const std::string& folder, const std::vector<std::string>& words) {
  std::vector<std::string> command{
      "git", "-C", folder, "-c", "core.autocrlf=false", "-c", "protocol.file.allow=always"};
  command.insert(command.end(), words.begin(), words.end());
  auto output = base::run_program(command, "");
  if (const auto* error = std::get_if<base::FileError>(&output))
    throw std::runtime_error("git " + words.front() + ": " + error->reason);
  std::string text = std::get<std::string>(std::move(output));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void ScratchRepository::commit(const std::string& message) const {
  git({"add", "--all"});
  git({"commit", "--quiet", "--allow-empty", "--message=" + message});
}

}  // namespace farol::testing
