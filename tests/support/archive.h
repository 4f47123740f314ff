// Zip archives of parts, such as a workbook that no program would make.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace farol::testing {

// Returns the bytes of an archive with these parts, by name and content. Of two parts of one name the later counts, and
// one whose name no archive can have is left out.
[[nodiscard]] std::string make_archive(const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace farol::testing
