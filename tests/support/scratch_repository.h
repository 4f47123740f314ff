// A git repository for one test, made by the real git.
#pragma once

#include <string>
#include <vector>

#include "support/temporary_folder.h"

namespace farol::testing {

class ScratchRepository {
 public:
  // With `main` as its branch and nothing committed. No configuration of the machine has a say; author, day and so the
  // names of all commits are always the same.
  ScratchRepository();

  // From where paths start.
  [[nodiscard]] std::string folder() const { return folder_ / "repository"; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return folder() + "/" + name; }
  // A place beside the repository, for clones and the like.
  [[nodiscard]] std::string beside(const std::string& name) const { return folder_ / name; }

  void write(const std::string& path, const std::string& content) const;
  // What it prints; a command that fails is an exception.
  std::string git(const std::vector<std::string>& words) const { return git_in(folder(), words); }
  static std::string git_in(const std::string& folder, const std::vector<std::string>& words);
  void commit(const std::string& message) const;

 private:
  TemporaryFolder folder_;
};

}  // namespace farol::testing
