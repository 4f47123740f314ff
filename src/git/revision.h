// Files as they were in a revision of a git repository, read from its objects: nothing is checked out, nothing written.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/file_system.h"
#include "git/sides.h"

namespace farol::git {

// A commit as people speak of it, and what lies at a path in it.
struct CommitInfo {
  std::string id;   // its full name in hexadecimal digits
  base::Date date;  // of its author, where they were
  std::string author, subject;
  std::vector<std::string> parents;  // ids; the first is the branch that a merge was made on
  std::string content;               // names what is at the path: equal names, equal files; empty: nothing is there
};

struct OpenRevision {
  // Paths mean what they mean on disk: relative ones start at the folder the process was started in, and that folder
  // and what lies above it, up to the top of the repository, is seen as it was. Links are followed within the revision
  // only. In a bare repository its own folder stands for the top. Bytes come as they were committed: no line ends are
  // converted, and no filter runs.
  std::unique_ptr<base::FileSystem> files;
  std::string commit;                    // its full name in hexadecimal digits
  std::optional<CommitInfo> about = {};  // none where the revision is a tree
};

// In the repository that `folder` lies in: a working tree, a bare one, a worktree, a shallow clone. An error is a whole
// sentence, with the nearest branch or tag where a name is not known.
[[nodiscard]] base::FileResult<OpenRevision> open_revision(const std::string& folder, const Revision& revision);

// Without its files. `path` means what it means on disk, from the folder on; it need not be there.
[[nodiscard]] base::FileResult<CommitInfo> describe_commit(const std::string& folder, const Revision& revision,
                                                           const std::string& path);

}  // namespace farol::git
