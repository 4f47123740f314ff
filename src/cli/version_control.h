// The files that make git, pre-commit and a server know a repository of policies, as examples/version-control has them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "cli/context.h"

namespace farol::cli {

// Where those files expect the policy.
inline constexpr std::string_view policy_folder = "policies";

// Returns what `server`, `github` or `gitlab`, needs, to be written below `root`. None of it may be there already.
[[nodiscard]] std::vector<base::OutputFile> version_control_files(std::string_view server, const std::string& root);
// Returns the matrix of the policy in `folder`, which is that of `files` or lies on the disk. Returns nullopt where it
// has one, and where errors keep it from having one.
[[nodiscard]] std::optional<base::OutputFile> first_matrix(Context& context, const std::vector<base::OutputFile>& files,
                                                           const std::string& folder);
// What is typed once in every clone of such a repository.
[[nodiscard]] std::span<const std::string_view> commands_for_a_clone();

}  // namespace farol::cli
