// Files that are no policy: what a tenant has, a table.
#pragma once

#include <cstddef>
#include <string>

#include "base/file_system.h"
#include "cli/session.h"

namespace farol::cli {

// The whole of a file, or of standard input for `-`; more than `limit` bytes are an error.
[[nodiscard]] base::FileResult<std::string> read_input(Session& session, const std::string& path, std::size_t limit);

}  // namespace farol::cli
