#include "diag/snippet.h"

#include <algorithm>

#include "base/text.h"

namespace farol::diag {
namespace {

constexpr std::size_t tab_width = 4;
constexpr std::size_t longest_shown = 160;  // columns; longer lines are cut
constexpr std::size_t shown_before = 60;    // code points kept before and after the focus of a line that is cut
constexpr std::size_t shown_after = 90;
constexpr std::string_view ellipsis = "…";

void append_printable(std::string& text, base::CodePoint point) {
  const bool harmful = base::is_hidden(point.value) || point.value == '\r';
  base::append_utf8(text, harmful ? char32_t{0xFFFD} : point.value);
}

PrintableLine expand(std::string_view line, std::size_t begin, std::size_t end) {
  PrintableLine shown;
  shown.first_byte = begin;
  std::size_t column = 0;
  if (begin > 0) {
    shown.text = ellipsis;
    column = 1;
  }
  for (std::size_t at = begin; at < end;) {
    const base::CodePoint point = base::decode(line, at);
    shown.columns.insert(shown.columns.end(), point.size, column);
    if (point.value == '\t') {
      const std::size_t spaces = tab_width - column % tab_width;
      shown.text.append(spaces, ' ');
      column += spaces;
    } else {
      const std::size_t before = shown.text.size();
      append_printable(shown.text, point);
      column += base::display_width(std::string_view(shown.text).substr(before));
    }
    at += point.size;
  }
  shown.columns.push_back(column);
  shown.cut = begin > 0 || end < line.size();
  if (end < line.size()) shown.text += ellipsis;
  return shown;
}

std::size_t step_back(std::string_view line, std::size_t at, std::size_t count) {
  for (; count > 0 && at > 0; --count) {
    --at;
    while (at > 0 && (static_cast<unsigned char>(line[at]) & 0xC0u) == 0x80) --at;
  }
  return at;
}

std::size_t step_forward(std::string_view line, std::size_t at, std::size_t count) {
  for (; count > 0 && at < line.size(); --count) at += base::decode(line, at).size;
  return at;
}

struct Column {
  char sign = ' ';
  Style style = Style::frame;
};

std::string underline(const Painter& paint, const std::vector<Column>& row) {
  std::string out;
  for (std::size_t at = 0; at < row.size();) {
    std::size_t end = at;
    while (end < row.size() && row[end].sign == row[at].sign && row[end].style == row[at].style) ++end;
    const std::string run(end - at, row[at].sign);
    out += row[at].sign == ' ' ? run : paint(row[at].style, run);
    at = end;
  }
  return out;
}

// A text that has no room beside the underline of its mark.
struct Hanging {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  Style style = Style::frame;
};

// One row below an underline: a bar for each of `texts` left of `text`, then `text`; without it, only the bars.
std::string hanging_row(const Painter& paint, const std::vector<Hanging>& texts, const Hanging* text) {
  std::string out;
  std::size_t column = 0;
  for (const Hanging& hanging : texts) {
    if (hanging.begin < column || (text != nullptr && hanging.begin >= text->begin)) continue;
    out.append(hanging.begin - column, ' ');
    out += paint(hanging.style, "|");
    column = hanging.begin + 1;
  }
  if (text != nullptr) out.append(text->begin - column, ' ').append(paint(text->style, text->text));
  return out;
}

}  // namespace

std::string Painter::operator()(Style style, std::string_view text) const {
  if (!color_ || text.empty()) return std::string(text);
  std::string_view code;
  switch (style) {
    case Style::error: code = "1;31"; break;
    case Style::warning: code = "1;33"; break;
    case Style::note: code = "1;36"; break;
    case Style::frame: code = "1;34"; break;
    case Style::bold: code = "1"; break;
    case Style::removed: code = "31"; break;
    case Style::added: code = "32"; break;
  }
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::size_t PrintableLine::column(std::size_t byte) const {
  const std::size_t index = byte < first_byte ? 0 : byte - first_byte;
  return columns[std::min(index, columns.size() - 1)];
}

PrintableLine printable_line(std::string_view line, std::size_t focus) {
  // No character takes more than four bytes, so this much cannot fit; a line of megabytes is never walked.
  if (line.size() <= 4 * longest_shown) {
    PrintableLine whole = expand(line, 0, line.size());
    if (whole.columns.back() <= longest_shown) return whole;
  }
  focus = std::min(focus, line.size());
  return expand(line, step_back(line, focus, shown_before), step_forward(line, focus, shown_after));
}

std::string printable_text(std::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode(text, at);
    append_printable(printable, point.value == '\t' ? base::CodePoint{' ', 1} : point);
    at += point.size;
  }
  return printable;
}

std::string SnippetWriter::numbered(std::size_t line) const {
  const std::string number = line == 0 ? "" : std::to_string(line);
  return std::string(gutter_ - std::min(gutter_, number.size()), ' ') + number + " ";
}

void SnippetWriter::write_edge(std::string& out) const { out += paint_(Style::frame, numbered(0) + "|") + "\n"; }

void SnippetWriter::write_note(std::string& out, std::string_view mark, std::string_view text) const {
  const std::string printable = printable_text(text);
  const std::string start = numbered(0) + std::string(mark) + " ";
  out += paint_(Style::frame, start);
  for (const char c : printable) {
    out += c;
    if (c == '\n') out.append(base::display_width(start), ' ');
  }
  out += '\n';
}

void SnippetWriter::write_place(std::string& out, std::string_view arrow, source::Span span) const {
  const source::Position position = sources_.position(span.source, span.begin);
  out += paint_(Style::frame, std::string(gutter_, ' ') + std::string(arrow)) + " " +
         base::one_line(sources_.name(span.source)) + ":" + std::to_string(position.line) + ":" +
         std::to_string(position.column) + "\n";
}

void SnippetWriter::write_change(std::string& out, std::size_t number, bool added, std::string_view line,
                                 std::size_t focus) const {
  const Style style = added ? Style::added : Style::removed;
  out += paint_(Style::frame, numbered(number)) + paint_(style, added ? "+" : "-");
  const std::string text = printable_line(line, focus).text;
  if (!text.empty()) out += " " + paint_(style, text);
  out += '\n';
}

std::vector<SnippetWriter::LineMark> SnippetWriter::split(const std::vector<Mark>& marks) const {
  std::vector<LineMark> split;
  for (const Mark& mark : marks) {
    const source::SourceId id = mark.span.source;
    const std::string_view all = sources_.text(id);
    const source::Position first = sources_.position(id, mark.span.begin);
    const std::string_view first_line = sources_.line(id, first.line);
    const auto offset_in = [&all](std::string_view line, std::size_t offset) {
      const auto start = static_cast<std::size_t>(line.data() - all.data());
      return offset <= start ? std::size_t{0} : std::min(offset - start, line.size());
    };
    const std::size_t begin = offset_in(first_line, mark.span.begin);
    // The last byte decides, not the one behind it: a span that takes in the end of its line is on one line.
    const std::uint32_t last_byte = std::max(mark.span.begin, mark.span.end > 0 ? mark.span.end - 1 : 0);
    const source::Position last = sources_.position(id, last_byte);
    if (last.line == first.line) {
      const std::size_t end = std::max(offset_in(first_line, mark.span.end), begin);
      split.push_back({first.line, begin, end, mark.text, mark.main});
      continue;
    }
    // The first and the last of several lines are shown; the text is below the last, where the reader ends.
    const std::string_view last_line = sources_.line(id, last.line);
    const std::size_t indent = std::min(last_line.find_first_not_of(" \t"), last_line.size());
    split.push_back({first.line, begin, std::max(first_line.size(), begin), "", mark.main});
    split.push_back({last.line, indent, offset_in(last_line, mark.span.end), mark.text, mark.main});
  }
  std::stable_sort(split.begin(), split.end(), [](const LineMark& a, const LineMark& b) { return a.line < b.line; });
  return split;
}

void SnippetWriter::write_marks(std::string& out, const std::vector<Mark>& marks) const {
  const source::SourceId id = marks.front().span.source;
  const std::vector<LineMark> all = split(marks);
  std::size_t shown = 0;  // the last line that was written
  for (auto first = all.begin(); first != all.end();) {
    const auto next =
        std::find_if(first, all.end(), [&first](const LineMark& mark) { return mark.line != first->line; });
    // A single line left out would take as much room as it does.
    if (shown > 0 && first->line == shown + 2) write_line(out, id, shown + 1, {});
    if (shown > 0 && first->line > shown + 2) out += paint_(Style::frame, numbered(0) + ":") + "\n";
    write_line(out, id, first->line, {first, next});
    shown = first->line;
    first = next;
  }
}

void SnippetWriter::write_line(std::string& out, source::SourceId id, std::size_t number,
                               std::vector<LineMark> marks) const {
  const std::string_view line = sources_.line(id, static_cast<std::uint32_t>(number));
  const PrintableLine shown = printable_line(line, marks.empty() ? 0 : marks.front().begin);
  if (shown.cut && marks.size() > 1) {
    // The marks of a long line may be far apart, so each gets a view of its own.
    for (LineMark& mark : marks) write_line(out, id, number, {std::move(mark)});
    return;
  }
  out += paint_(Style::frame, numbered(number) + "|");
  if (!shown.text.empty()) out += " " + shown.text;
  out += '\n';
  if (!marks.empty()) write_underline(out, shown, marks);
}

void SnippetWriter::write_underline(std::string& out, const PrintableLine& shown,
                                    const std::vector<LineMark>& marks) const {
  std::vector<Column> row;
  std::vector<Hanging> texts;
  for (const bool main : {false, true}) {  // the main mark is drawn over the labels
    for (const LineMark& mark : marks) {
      if (mark.main != main) continue;
      const std::size_t begin = shown.column(mark.begin);
      const std::size_t end = std::max(shown.column(mark.end), begin + 1);
      const Style style = main ? main_style_ : Style::frame;
      row.resize(std::max(row.size(), end));
      std::fill(row.begin() + static_cast<std::ptrdiff_t>(begin), row.begin() + static_cast<std::ptrdiff_t>(end),
                Column{main ? '^' : '-', style});
      std::string text = printable_text(mark.text);
      std::replace(text.begin(), text.end(), '\n', ' ');
      if (!text.empty()) texts.push_back({begin, end, std::move(text), style});
    }
  }
  std::stable_sort(texts.begin(), texts.end(), [](const Hanging& a, const Hanging& b) { return a.begin < b.begin; });

  const std::string edge = paint_(Style::frame, numbered(0) + "|") + " ";
  out += edge + underline(paint_, row);
  if (!texts.empty() && texts.back().end == row.size()) {
    out += " " + paint_(texts.back().style, texts.back().text);
    texts.pop_back();
  }
  out += '\n';
  // The other texts are written below their marks, the rightmost first, so that no line crosses a text.
  if (!texts.empty()) out += edge + hanging_row(paint_, texts, nullptr) + "\n";
  for (auto text = texts.rbegin(); text != texts.rend(); ++text)
    out += edge + hanging_row(paint_, texts, &*text) + "\n";
}

}  // namespace farol::diag
