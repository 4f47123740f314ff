#include "syntax/merge_markers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "diag/messages_syntax.h"
#include "syntax/recovery.h"
#include "syntax/scanner.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {
namespace {

struct MarkedLine {
  std::uint32_t begin = 0, end = 0;  // `end` is behind the line's end
};

bool is_marker(std::string_view line, char mark) {
  constexpr std::size_t length = 7;
  while (line.ends_with('\r') || line.ends_with('\n')) line.remove_suffix(1);
  return line.size() >= length && line.find_first_not_of(mark) >= length &&
         line.substr(0, length).find_first_not_of(mark) == std::string_view::npos &&
         (line.size() == length || line[length] == ' ');
}

// The marks of one place. Without the last one the file was cut, or edited by half.
struct MergePlace {
  MarkedLine ours, middle, theirs;
  std::optional<MarkedLine> base;  // of `merge.conflictStyle = diff3`
};

class MergeReader {
 public:
  MergeReader(source::SourceId source, std::string_view text, diag::Sink& sink)
      : source_(source), text_(text), sink_(sink) {}

  MergeConflicts run() {
    std::optional<MergePlace> open;
    for (std::uint32_t at = 0; at < text_.size();) {
      const auto end = static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size() - 1) + 1);
      const std::string_view line = text_.substr(at, end - at);
      const MarkedLine here{at, end};
      at = end;
      if (is_marker(line, '<')) {
        open = MergePlace{here, {}, {}, {}};
      } else if (open && is_marker(line, '|')) {
        open->base = here;
      } else if (open && is_marker(line, '=')) {
        open->middle = here;
      } else if (open && open->middle.end > 0 && is_marker(line, '>')) {
        open->theirs = here;
        report(*open);
        open.reset();
      }
    }
    return std::move(result_);
  }

 private:
  void blank(std::uint32_t begin, std::uint32_t end) {
    if (result_.text.empty()) result_.text = std::string(text_);
    for (std::uint32_t i = begin; i < end; ++i) {
      if (result_.text[i] != '\n' && result_.text[i] != '\r') result_.text[i] = ' ';
    }
  }
  [[nodiscard]] source::Span line_span(const MarkedLine& line) const {
    std::uint32_t end = line.end;
    while (end > line.begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
    return {source_, line.begin, end};
  }

  void report(const MergePlace& place) {
    const std::uint32_t ours_end = place.base ? place.base->begin : place.middle.begin;
    auto finding = diag::make(diag::Code::syntax_error, line_span(place.ours), message::git_could_not_merge());
    finding.labels.push_back({line_span(place.middle), message::second_version_from_here()});
    finding.labels.push_back({line_span(place.theirs), message::second_version_to_here()});
    const auto cut = [&](std::uint32_t begin, std::uint32_t end) { return diag::Edit{{source_, begin, end}, ""}; };
    finding.fixes.push_back(
        {message::keep_first_version(), {}, {cut(place.ours.begin, place.ours.end), cut(ours_end, place.theirs.end)}});
    finding.fixes.push_back({message::keep_second_version(),
                             {},
                             {cut(place.ours.begin, place.middle.end), cut(place.theirs.begin, place.theirs.end)}});
    sink_.report(std::move(finding));
    blank(place.ours.begin, place.ours.end);
    blank(ours_end, place.theirs.end);
    // Names of the second version are nobody's fault.
    const std::string_view second = text_.substr(place.middle.end, place.theirs.begin - place.middle.end);
    const TextTokens tokens{source_, second, scan(second)};
    BrokenStatement unread;
    unread.span = {source_, place.middle.end, place.theirs.begin};
    unread.is_rule = true;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      if (tokens.kind(i) != Kind::name && tokens.kind(i) != Kind::key) continue;
      std::string_view word = tokens.word(i);
      while (word.ends_with(':')) word.remove_suffix(1);
      unread.declares.push_back({std::string(word), line_span(place.middle)});
    }
    unread.mentions = unread.declares;
    result_.unread.push_back(std::move(unread));
  }

  source::SourceId source_;
  std::string_view text_;
  diag::Sink& sink_;
  MergeConflicts result_;
};

}  // namespace

MergeConflicts find_merge_conflicts(source::SourceId source, std::string_view text, diag::Sink& sink) {
  if (text.find("<<<<<<<") == std::string_view::npos) return {};
  return MergeReader(source, text, sink).run();
}

}  // namespace farol::syntax
