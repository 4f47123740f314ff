#include "support/text_diff.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "support/text_escapes.h"

namespace farol::testing {
namespace {

constexpr std::size_t context = 3;
constexpr std::size_t most_cells = 16'000'000;

struct Line {
  char mark;  // ' ', '-' or '+'
  std::string_view text;
  std::size_t before, after;  // how many lines of each side come before
};

using Lines = std::vector<std::string_view>;

// The length of the longest common subsequence of what is behind each pair of places.
std::vector<std::uint32_t> common_behind(const Lines& a, const Lines& b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint32_t> length((a.size() + 1) * width);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      length[i * width + j] = a[i] == b[j] ? length[(i + 1) * width + j + 1] + 1
                                           : std::max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  return length;
}

std::vector<Line> compare(const Lines& a, const Lines& b) {
  const bool too_long = (a.size() + 1) * (b.size() + 1) > most_cells;
  const std::vector<std::uint32_t> length = too_long ? std::vector<std::uint32_t>{} : common_behind(a, b);
  const std::size_t width = b.size() + 1;
  std::vector<Line> lines;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      lines.push_back({' ', a[i], i, j});
      ++i, ++j;
    } else if (j == b.size() ||
               (i < a.size() && (too_long || length[(i + 1) * width + j] >= length[i * width + j + 1]))) {
      lines.push_back({'-', a[i], i, j});
      ++i;
    } else {
      lines.push_back({'+', b[j], i, j});
      ++j;
    }
  }
  return lines;
}

void write_hunk(std::string& out, const std::vector<Line>& lines, std::size_t first, std::size_t end) {
  const auto count = [&](char mark) {
    return std::count_if(lines.begin() + static_cast<std::ptrdiff_t>(first),
                         lines.begin() + static_cast<std::ptrdiff_t>(end),
                         [&](const Line& line) { return line.mark == ' ' || line.mark == mark; });
  };
  out += fmt::format("@@ -{},{} +{},{} @@\n", lines[first].before + 1, count('-'), lines[first].after + 1, count('+'));
  for (std::size_t i = first; i < end; ++i) {
    const bool hidden = needs_escapes(lines[i].text);
    out += lines[i].mark + (hidden ? escape(lines[i].text) : std::string(lines[i].text)) + "\n";
  }
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string unified_diff(std::string_view expected, std::string_view actual, std::string_view name) {
  if (expected == actual) return "";
  const std::vector<Line> lines = compare(lines_of(expected), lines_of(actual));
  std::string out = fmt::format("--- {} (expected)\n+++ {} (actual)\n", name, name);
  for (std::size_t i = 0; i < lines.size();) {
    if (lines[i].mark == ' ') {
      ++i;
      continue;
    }
    const std::size_t first = i - std::min(i, context);
    std::size_t end = i + 1;
    for (std::size_t j = i; j < lines.size() && j < end + 2 * context; ++j) {
      if (lines[j].mark != ' ') end = j + 1;
    }
    write_hunk(out, lines, first, std::min(end + context, lines.size()));
    i = end;
  }
  return out;
}

}  // namespace farol::testing
