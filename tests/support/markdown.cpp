#include "support/markdown.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace farol::testing {
namespace {

std::string_view without_indent(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

std::size_t count_backticks(std::string_view line) { return std::min(line.find_first_not_of('`'), line.size()); }

Fence open_fence(std::string_view info, std::size_t line, std::size_t begin) {
  Fence fence;
  fence.line = line;
  fence.begin = begin;
  std::istringstream words{std::string(info)};
  words >> fence.language;
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    fence.options[word.substr(0, equals)] = equals == std::string::npos ? "" : word.substr(equals + 1);
  }
  return fence;
}

}  // namespace

std::vector<Fence> find_fences(std::string_view page) {
  std::vector<Fence> fences;
  std::size_t opened_by = 0;  // the number of backticks; 0 outside a fence
  std::size_t number = 0;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = std::min(page.find('\n', at), page.size());
    const std::string_view line = without_indent(page.substr(at, end - at));
    const std::size_t backticks = count_backticks(line);
    ++number;
    if (opened_by == 0 && backticks >= 3) {
      fences.push_back(open_fence(line.substr(backticks), number, end + 1));
      opened_by = backticks;
    } else if (opened_by > 0 && backticks >= opened_by && without_indent(line.substr(backticks)).empty()) {
      fences.back().end = at;
      opened_by = 0;
    }
    at = end + 1;
  }
  if (opened_by > 0)
    throw std::invalid_argument("line " + std::to_string(fences.back().line) + ": the fence is not closed");
  return fences;
}

std::string without_blocks(std::string page) {
  for (const Fence& fence : find_fences(page)) {
    const std::size_t size = fence.end - fence.begin;
    page.replace(fence.begin, size, size, ' ');
  }
  return page;
}

}  // namespace farol::testing
