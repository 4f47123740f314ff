// Files of a revision through the user's own git, for the build that has no libgit2.
#pragma once

#include <string>

#include "git/revision.h"

namespace farol::wasm {

// As git::open_revision and git::describe_commit. Links in a revision are not followed, and say so when they are read.
[[nodiscard]] base::FileResult<git::OpenRevision> open_revision(const std::string& folder,
                                                                const git::Revision& revision);
[[nodiscard]] base::FileResult<git::CommitInfo> describe_commit(const std::string& folder,
                                                                const git::Revision& revision, const std::string& path);

}  // namespace farol::wasm
