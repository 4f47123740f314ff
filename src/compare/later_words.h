// Texts of the earlier policy in the names of the later one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compare/vocabulary.h"

namespace farol::compare {

// The names and words of a statement, one by one. `drive.read` is one.
[[nodiscard]] std::vector<std::string> names_in(std::string_view text);

// Replaces whole names only. In keys such as `data.payroll` a dot separates names, elsewhere it is a part of one.
enum class Dots : std::uint8_t { join, part };
[[nodiscard]] std::string in_later_words(std::string_view text, const std::vector<Rename>& renames,
                                         Dots dots = Dots::join);

}  // namespace farol::compare
