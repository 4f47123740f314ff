#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "syntax/format.h"

namespace farol::syntax {
namespace {

constexpr std::size_t context = 3;
// How far apart two texts may run before they are taken as different up to there. Formatting moves nothing far.
constexpr std::size_t reach = 200;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

struct Edit {
  char mark = ' ';
  std::string_view line;
};

// Not always the shortest list of edits, but always one that turns the one text into the other.
std::vector<Edit> edits_of(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) {
  std::vector<Edit> edits;
  std::size_t a = 0, b = 0;
  while (a < before.size() && b < after.size()) {
    if (before[a] == after[b]) {
      edits.push_back({' ', before[a]});
      ++a;
      ++b;
      continue;
    }
    // The nearest place at which they agree again.
    std::size_t skip_a = std::min(reach, before.size() - a), skip_b = std::min(reach, after.size() - b);
    bool found = false;
    for (std::size_t sum = 1; sum < 2 * reach && !found; ++sum) {
      for (std::size_t i = 0; i <= sum && !found; ++i) {
        if (a + i >= before.size() || b + sum - i >= after.size() || before[a + i] != after[b + sum - i]) continue;
        skip_a = i;
        skip_b = sum - i;
        found = true;
      }
    }
    for (; skip_a > 0; --skip_a) edits.push_back({'-', before[a++]});
    for (; skip_b > 0; --skip_b) edits.push_back({'+', after[b++]});
  }
  for (; a < before.size(); ++a) edits.push_back({'-', before[a]});
  for (; b < after.size(); ++b) edits.push_back({'+', after[b]});
  return edits;
}

}  // namespace

std::string unified_diff(const std::string& name, const std::string& before, const std::string& after) {
  if (before == after) return {};
  const auto old_lines = lines_of(before), new_lines = lines_of(after);
  const std::vector<Edit> edits = edits_of(old_lines, new_lines);
  std::string out = fmt::format("--- {}\n+++ {}\n", name, name);
  std::size_t old_line = 1, new_line = 1;
  for (std::size_t at = 0; at < edits.size();) {
    if (edits[at].mark == ' ') {
      ++old_line;
      ++new_line;
      ++at;
      continue;
    }
    const std::size_t lead = std::min(context, at);
    std::size_t end = at, quiet = 0;
    for (std::size_t i = at; i < edits.size() && quiet <= 2 * context; ++i) {
      quiet = edits[i].mark == ' ' ? quiet + 1 : 0;
      if (quiet == 0) end = i + 1;
    }
    const std::size_t stop = std::min(edits.size(), end + context);
    std::string hunk;
    std::size_t removed = 0, added = 0;
    for (std::size_t i = at - lead; i < stop; ++i) {
      hunk += edits[i].mark;
      hunk += edits[i].line;
      if (!edits[i].line.ends_with('\n')) hunk += "\n\\ No newline at end of file\n";
      if (edits[i].mark != '+') ++removed;
      if (edits[i].mark != '-') ++added;
    }
    out += fmt::format("@@ -{},{} +{},{} @@\n{}", old_line - lead, removed, new_line - lead, added, hunk);
    old_line += removed - lead;
    new_line += added - lead;
    at = stop;
  }
  return out;
}

}  // namespace farol::syntax
