#include "source/source_map.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace farol::source {

std::vector<std::uint32_t> starts_of_lines(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  // A loop of our own: looking for one of two characters anew from each line on takes ten times as long.
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n' && text[at] != '\r') continue;
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return starts;
}

SourceId SourceMap::add(std::string name, std::string text, bool library) {
  const SourceId id{files_.size()};
  files_.push_back({std::move(name), std::move(text), library, {}, {}});
  return id;
}

std::vector<SourceId> SourceMap::own() const {
  std::vector<SourceId> ids;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (!files_[i].library) ids.push_back(SourceId{i});
  }
  return ids;
}

const std::vector<std::uint32_t>& SourceMap::line_starts(SourceId id) const {
  const File& file = files_[id.index()];
  if (file.line_starts.empty()) file.line_starts = starts_of_lines(file.text);
  return file.line_starts;
}

Position SourceMap::position(SourceId id, std::uint32_t offset) const {
  const std::string_view all = text(id);
  offset = std::min(offset, static_cast<std::uint32_t>(all.size()));
  const auto& starts = line_starts(id);
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - starts.begin());
  // Many positions on one long line are asked for from left to right: each goes on where the one before ended.
  Position& last = files_[id.index()].last;
  const bool is_in_character = last.offset < all.size() && (all[last.offset] & 0xC0) == 0x80;
  const bool goes_on = last.line == line && last.offset <= offset && !is_in_character;
  const Position from = goes_on ? last : Position{line, 1, *std::prev(next)};
  const auto between = base::count_code_points(all.substr(from.offset, offset - from.offset));
  last = {line, from.column + static_cast<std::uint32_t>(between), offset};
  return last;
}

std::string_view SourceMap::line(SourceId id, std::uint32_t line) const {
  const auto& starts = line_starts(id);
  if (line == 0 || line > starts.size()) return {};
  const std::string_view all = text(id);
  const std::size_t begin = starts[line - 1];
  std::string_view found = all.substr(begin, (line < starts.size() ? starts[line] : all.size()) - begin);
  if (found.ends_with('\n')) found.remove_suffix(1);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

}  // namespace farol::source
