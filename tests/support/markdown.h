// The fenced blocks of a page.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace farol::testing {

// ```farol file=clinic.farol fails=conflict
struct Fence {
  std::size_t line = 0;  // of the opening fence, from 1
  std::string language;
  std::map<std::string, std::string> options;
  std::size_t begin = 0, end = 0;  // the bytes between the fences
};

// Throws std::invalid_argument where a fence is not closed.
[[nodiscard]] std::vector<Fence> find_fences(std::string_view page);
// The page with blanks in the place of its blocks.
[[nodiscard]] std::string without_blocks(std::string page);

}  // namespace farol::testing
