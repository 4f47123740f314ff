// A policy along the commits of a repository.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "cli/context.h"
#include "driver/diff.h"
#include "git/revision.h"

namespace farol::cli {

// Compiles a policy as it was in commits, each state of it once.
class History {
 public:
  History(Context& context, std::string path) : context_(context), path_(std::move(path)) {}

  [[nodiscard]] base::FileResult<git::CommitInfo> describe(const std::string& commit) const;
  // Null where the policy is not there, cannot be read or has errors in its syntax or names. What is said follows the
  // language of the state that is asked for first, the newest one.
  [[nodiscard]] const driver::DiffSide* at(const git::CommitInfo& commit);

 private:
  Context& context_;
  std::string path_;
  std::map<std::string, std::optional<driver::DiffSide>> known_;  // by content
};

}  // namespace farol::cli
