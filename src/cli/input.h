// How a verb reads: policies, files that are no policy, revisions, and the confirmations beside a policy.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "cli/context.h"
#include "compare/review.h"
#include "driver/driver.h"
#include "git/revision.h"
#include "people/census.h"
#include "target/dingtalk/confirmations.h"

namespace farol::cli {

// Returns a path as it was given, seen from where the process was started.
[[nodiscard]] std::string located(const Request& request, std::string_view path);
[[nodiscard]] std::string located(const Context& context, std::string_view path);
// Returns the paths of a policy; the folder that farol works in if none is given.
[[nodiscard]] std::vector<std::string> policy_paths(const Context& context, const std::vector<std::string>& given);
// Returns how a line of output names a policy: its paths; the name of the folder that farol works in.
[[nodiscard]] std::string name_of(const Context& context, const std::vector<std::string>& paths);

// Returns what the common options say about how a policy is compiled.
[[nodiscard]] driver::Options compile_options(Context& context, const std::vector<std::string>& paths);
// With `--verbose` it also says what was read. `when` is a condition to be read with the policy, see
// `syntax::LoadOptions`.
[[nodiscard]] driver::Compilation compile_policy(Context& context, const std::vector<std::string>& paths,
                                                 const std::string& when = {});
// What is said from now on is in the language that the policy asks for, where the command line names none.
void follow_language(Context& context, const driver::Compilation& compilation);
// The same for a verb that asks the policy for nothing else. There may be no policy at the paths.
void follow_language(Context& context, const std::vector<std::string>& paths);
// Returns all of standard input, read once; an input of more than `limit` bytes is cut one byte later.
[[nodiscard]] const std::string& standard_input(Context& context, std::size_t limit);
// Returns the whole of a file, or of standard input for `-`; more than `limit` bytes are an error.
[[nodiscard]] base::FileResult<std::string> read_input(Context& context, const std::string& path, std::size_t limit);
// A tenant's export, and what it is called in messages.
struct Export {
  std::string name, text;
};
// Returns nullopt if there is none, and says so. `-` is standard input.
[[nodiscard]] std::optional<Export> read_export(Context& context, const std::string& path);
// Returns a list of people at a path; `-` is standard input, which may hold 64 MiB.
[[nodiscard]] people::List people_list(Context& context, const std::string& path);
// Returns the error if standard input would be read for more than one of the policy and the lists of people (null:
// none).
[[nodiscard]] std::optional<ExitCode> refuse_shared_input(Context& context, const std::vector<std::string>& paths,
                                                          std::initializer_list<const std::string*> lists);
// Opens the files of a revision, in the repository of the folder that farol works in.
[[nodiscard]] base::FileResult<git::OpenRevision> open_revision(const Context& context, const git::Revision& revision);
// In the repository of the folder that farol works in.
[[nodiscard]] base::FileResult<git::CommitInfo> describe_commit(const Context& context, const git::Revision& revision,
                                                                const std::string& path);
// As outputs speak of it: its name is shortened.
[[nodiscard]] compare::Commit commit_of(const git::CommitInfo& info);

// Returns the path of a file that belongs to a policy: in its folder, beside its first file, or for standard input in
// the folder that farol works in.
[[nodiscard]] std::string beside_policy(const Context& context, const std::vector<std::string>& policy_paths,
                                        std::string_view name);
// Returns where the confirmations of a policy are: what `--confirmations` says, otherwise the file beside the policy.
[[nodiscard]] std::string ledger_path(const Context& context, const std::vector<std::string>& policy_paths);
// Returns nullopt if the file cannot be used, and says so. A file that was named must be there.
[[nodiscard]] std::optional<dingtalk::Ledger> read_ledger(Context& context, const model::Model& model,
                                                          const std::vector<std::string>& policy_paths);

// What the folder of a policy's own files is called: `cafe` for `clients/cafe` and for `cafe.farol`.
[[nodiscard]] std::string folder_name(const Context& context, const std::string& path);
// Two of the paths have one name: the first such name.
[[nodiscard]] std::optional<std::string> name_of_two(const Context& context, const std::vector<std::string>& paths);

}  // namespace farol::cli
