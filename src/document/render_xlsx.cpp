// Workbooks for spreadsheet programs: Office Open XML (ECMA-376), written by libxlsxwriter.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "base/text.h"
#include "base/workbook.h"
#include "document/document.h"
#include "document/line_text.h"

namespace farol::document {
namespace {

// The most characters of a cell or a comment (ECMA-376), and the rows that Excel has.
constexpr std::size_t max_characters = 32'767;
constexpr std::size_t max_rows = 1'048'575;

// A file that nobody else sees, since the library writes to a path: in memory, and below a root without /proc, where
// no path leads to that, in the folder for temporary files or in this one.
class OwnFile {
 public:
  OwnFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {
    path_ = fmt::format("/proc/self/fd/{}", descriptor_);
    if (descriptor_ < 0 || access(path_.c_str(), W_OK) == 0) return;
    close(descriptor_);
    const char* folder = std::getenv("TMPDIR");
    for (const std::string& each : {std::string(folder == nullptr ? "/tmp" : folder), std::string(".")}) {
      path_ = each + "/farol-XXXXXX";
      descriptor_ = mkostemp(path_.data(), O_CLOEXEC);
      is_named_ = descriptor_ >= 0;
      if (is_named_) return;
    }
  }
  OwnFile(const OwnFile&) = delete;
  OwnFile& operator=(const OwnFile&) = delete;
  ~OwnFile() {
    if (descriptor_ >= 0) close(descriptor_);
    if (is_named_) unlink(path_.c_str());
  }

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string content() const {
    std::string all;
    std::array<char, 65536> buffer{};
    for (off_t at = 0;;) {
      const ssize_t count = pread(descriptor_, buffer.data(), buffer.size(), at);
      if (count <= 0) return all;
      all.append(buffer.data(), static_cast<std::size_t>(count));
      at += count;
    }
  }

 private:
  int descriptor_;
  std::string path_;
  bool is_named_ = false;  // in a folder
};

// At most so many characters as a cell can hold, and a sign where something is missing.
std::string fitting(std::string_view raw) {
  std::string text = base::printable(raw);
  std::size_t characters = 0, at = 0;
  while (at < text.size() && characters + 1 < max_characters) {
    at += base::decode(text, at).size;
    ++characters;
  }
  if (at < text.size()) text = text.substr(0, at) + "…";
  return text;
}

// The colour of a cell whose lines all have a mark; others are white.
std::optional<lxw_color_t> colour_of(Mark mark) {
  switch (mark) {
    case Mark::allow: return 0xE3F4E8;
    case Mark::deny: return 0xFBE4E1;
    case Mark::withheld:
    case Mark::platform: return 0xFDF3D8;
    case Mark::none: return 0xF0F1F3;
    case Mark::unmarked:
    case Mark::widening:
    case Mark::narrowing:
    case Mark::mixed:
    case Mark::attention:
    case Mark::done:
    case Mark::open: break;
  }
  return std::nullopt;
}

class Workbook {
 public:
  explicit Workbook(lxw_workbook* book) : book_(book) {
    head_ = make_format(0xDFE5EC);
    format_set_bold(head_);
    plain_ = make_format(std::nullopt);
  }

  void add(const Sheet& sheet) {
    lxw_worksheet* page = workbook_add_worksheet(book_, sheet.name.c_str());
    notes_ = notes_of(sheet.document);
    std::size_t row = 0, columns = 0;
    std::vector<double> widths;
    const auto write = [&](const std::vector<Cell>& cells, bool is_head) {
      widths.resize(std::max(widths.size(), cells.size()), 8);
      for (std::size_t column = 0; column < cells.size(); ++column)
        widths[column] = std::max(widths[column], write_cell(page, row, column, cells[column], is_head));
      columns = std::max(columns, cells.size());
      ++row;
    };
    for (const Table* table : tables_of(sheet.document)) {
      if (row == 0) write(table->head, true);
      for (const auto& cells : table->rows) {
        if (row < max_rows) write(cells, false);
      }
    }
    for (std::size_t column = 0; column < widths.size(); ++column)
      worksheet_set_column(page, at(column), at(column), std::min(widths[column], 48.0), nullptr);
    worksheet_freeze_panes(page, 1, at(std::min(sheet.fixed_columns, columns)));
    if (row > 0) worksheet_autofilter(page, 0, 0, static_cast<lxw_row_t>(row - 1), at(columns - 1));
    worksheet_set_landscape(page);
    worksheet_set_paper(page, 9);  // A4
    worksheet_fit_to_pages(page, 1, 0);
    worksheet_repeat_rows(page, 0, 0);
  }

 private:
  static lxw_col_t at(std::size_t column) { return static_cast<lxw_col_t>(column); }

  lxw_format* make_format(std::optional<lxw_color_t> colour) {
    lxw_format* format = workbook_add_format(book_);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(format, LXW_BORDER_HAIR);
    if (colour) format_set_bg_color(format, *colour);
    return format;
  }

  lxw_format* format_of(const Cell& cell) {
    if (cell.lines.empty()) return plain_;
    const Mark mark = cell.lines.front().mark;
    const bool same =
        std::all_of(cell.lines.begin(), cell.lines.end(), [&](const Line& line) { return line.mark == mark; });
    const auto colour = same ? colour_of(mark) : std::nullopt;
    if (!colour) return plain_;
    lxw_format*& format = formats_[mark];
    if (format == nullptr) format = make_format(colour);
    return format;
  }

  // Returns the width that the cell would like. A text is written as a text, so that none is a formula.
  double write_cell(lxw_worksheet* page, std::size_t row, std::size_t column, const Cell& cell, bool is_head) {
    std::string text, comment;
    double width = 0;
    for (const Line& line : cell.lines) {
      std::string words(symbol(line.mark));
      if (line.mark != Mark::unmarked && !line.runs.empty()) words += ' ';
      words += words_of(line);
      width = std::max(width, static_cast<double>(base::display_width(words)) + 2);
      text += (text.empty() ? "" : "\n") + words;
      if (line.note > 0 && notes_ != nullptr && line.note <= notes_->items.size()) {
        // A note is of one line, so where there are several it says of which.
        if (cell.lines.size() > 1) comment += (comment.empty() ? "" : "\n") + words + ":";
        comment += (comment.empty() ? "" : "\n") + words_of(notes_->items[line.note - 1].line);
      }
    }
    const auto at_row = static_cast<lxw_row_t>(row);
    worksheet_write_string(page, at_row, at(column), fitting(text).c_str(), is_head ? head_ : format_of(cell));
    if (!comment.empty()) worksheet_write_comment(page, at_row, at(column), fitting(comment).c_str());
    return width;
  }

  lxw_workbook* book_;
  lxw_format *head_ = nullptr, *plain_ = nullptr;
  std::map<Mark, lxw_format*> formats_;
  const List* notes_ = nullptr;
};

}  // namespace

bool renders_workbooks() { return true; }

std::string render_xlsx(const std::vector<Sheet>& sheets, const base::Date& day) {
  const OwnFile file;
  if (!file.is_open()) return {};
  lxw_workbook* workbook = workbook_new(file.path().c_str());
  if (workbook == nullptr) return {};
  // The library would write the time of the clock, and no two files would be the same.
  lxw_doc_properties properties{};
  properties.created = static_cast<time_t>(day.days) * 86'400;
  workbook_set_properties(workbook, &properties);
  Workbook book{workbook};
  for (const Sheet& sheet : sheets) book.add(sheet);
  if (workbook_close(workbook) != LXW_NO_ERROR) return {};
  // The library keeps each part in a file of its own, and takes an error of reading it for its end.
  std::string made = file.content();
  return base::is_whole_workbook(made) ? made : std::string{};
}

}  // namespace farol::document
