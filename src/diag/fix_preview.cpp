#include "diag/fix_preview.h"

#include <algorithm>
#include <tuple>

namespace farol::diag {
namespace {

// Edits that touch the same lines, shown as one change of whole lines.
struct Hunk {
  source::SourceId source;
  std::size_t first = 0;  // lines, from 1
  std::size_t last = 0;
  std::vector<const Edit*> edits;  // in the order of the text
};

// Returns the hunks of the file `main` first, then those of other files by name.
std::vector<Hunk> hunks_of(const source::SourceMap& sources, const Fix& fix, source::SourceId main) {
  std::vector<const Edit*> edits;
  for (const Edit& edit : fix.edits) {
    if (!edit.span.is_none()) edits.push_back(&edit);
  }
  std::stable_sort(edits.begin(), edits.end(), [&](const Edit* a, const Edit* b) {
    const auto key = [&](source::Span span) {
      return std::tuple(span.source != main, std::string_view(sources.name(span.source)), span.begin);
    };
    return key(a->span) < key(b->span);
  });
  std::vector<Hunk> hunks;
  for (const Edit* edit : edits) {
    const source::SourceId id = edit->span.source;
    const std::size_t first = sources.position(id, edit->span.begin).line;
    const std::size_t last = sources.position(id, edit->span.end).line;
    if (hunks.empty() || hunks.back().source != id || first > hunks.back().last) hunks.push_back({id, first, last, {}});
    hunks.back().last = std::max(hunks.back().last, last);
    hunks.back().edits.push_back(edit);
  }
  return hunks;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      lines.emplace_back();
    } else if (text[i] != '\r') {
      lines.back() += text[i];
    }
  }
  return lines;
}

std::size_t first_difference(std::string_view a, std::string_view b) {
  const auto found = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(found.first - a.begin());
}

void write_hunk(std::string& out, const source::SourceMap& sources, const SnippetWriter& writer, const Hunk& hunk) {
  const std::string_view all = sources.text(hunk.source);
  const std::string_view first_line = sources.line(hunk.source, static_cast<std::uint32_t>(hunk.first));
  const std::string_view last_line = sources.line(hunk.source, static_cast<std::uint32_t>(hunk.last));
  const auto begin = static_cast<std::size_t>(first_line.data() - all.data());
  const auto end = static_cast<std::size_t>(last_line.data() + last_line.size() - all.data());

  std::string changed;
  std::size_t at = begin;
  for (const Edit* edit : hunk.edits) {
    if (edit->span.begin > at) changed += all.substr(at, edit->span.begin - at);
    changed += edit->text;
    at = std::max(at, std::size_t{edit->span.end});
  }
  if (end > at) changed += all.substr(at, end - at);

  const std::vector<std::string> before = lines_of(all.substr(begin, end - begin));
  const std::vector<std::string> after = lines_of(changed);
  const auto shorter = std::min(before.size(), after.size());
  std::size_t same = 0;
  while (same < shorter && before[same] == after[same]) ++same;
  std::size_t same_end = 0;
  while (same_end < shorter - same && before[before.size() - 1 - same_end] == after[after.size() - 1 - same_end])
    ++same_end;

  const auto focus = [&](std::size_t i) {
    return i < before.size() - same_end && i < after.size() - same_end ? first_difference(before[i], after[i])
                                                                       : std::size_t{0};
  };
  for (std::size_t i = same; i < before.size() - same_end; ++i)
    writer.write_change(out, hunk.first + i, false, before[i], focus(i));
  for (std::size_t i = same; i < after.size() - same_end; ++i)
    writer.write_change(out, hunk.first + i, true, after[i], focus(i));
}

}  // namespace

void write_fix_preview(std::string& out, const source::SourceMap& sources, const SnippetWriter& writer, const Fix& fix,
                       source::SourceId main) {
  source::SourceId current = main;
  for (const Hunk& hunk : hunks_of(sources, fix, main)) {
    if (hunk.source != current) writer.write_place(out, ":::", hunk.edits.front()->span);
    current = hunk.source;
    write_hunk(out, sources, writer, hunk);
  }
}

}  // namespace farol::diag
