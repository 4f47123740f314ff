// The files of this repository, which tests read and an update rewrites.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace farol::testing {

// Paths are relative to the root of the repository. A file that is not there is a failure of the test: they throw.
[[nodiscard]] std::string read_repository(const std::string& path);
void write_repository(const std::string& path, std::string_view text);
// All files below a folder with this ending, in the order of their names.
[[nodiscard]] std::vector<std::string> list_repository(const std::string& folder, std::string_view ending);

// FAROL_UPDATE_GOLDEN: expectations are rewritten instead of compared.
[[nodiscard]] bool update_wanted();

// Workloads and data that not every clone has: FAROL_SHARED, or `shared` beside the repository. Empty without.
[[nodiscard]] std::string shared_folder();

}  // namespace farol::testing
