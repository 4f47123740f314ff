// The tables of a document for spreadsheets.
#include "base/csv.h"
#include "base/text.h"
#include "document/document.h"
#include "document/line_text.h"

namespace farol::document {
namespace {

class CsvRenderer {
 public:
  CsvRenderer(const Document& document, bool goes_on)
      : document_(document),
        notes_(notes_of(document)),
        has_head_(goes_on),
        csv_(base::CsvReader::spreadsheet, goes_on) {}

  std::string run() {
    for (const Table* table : tables_of(document_)) {
      if (!has_head_) write(table->head);
      has_head_ = true;
      for (const auto& row : table->rows) write(row);
    }
    return csv_.take();
  }

 private:
  void write(const std::vector<Cell>& row) {
    for (const Cell& cell : row) csv_.cell(base::printable(in_words(cell)));
    csv_.end_row();
  }

  [[nodiscard]] std::string in_words(const Cell& cell) const {
    std::string text;
    for (const Line& line : cell.lines) {
      if (!text.empty()) text += '\n';
      text += symbol(line.mark);
      if (line.mark != Mark::unmarked && !line.runs.empty()) text += ' ';
      text += words_of(line);
      if (line.note > 0 && notes_ != nullptr && line.note <= notes_->items.size())
        text += " [" + words_of(notes_->items[line.note - 1].line) + "]";
    }
    return text;
  }

  const Document& document_;
  const List* notes_;
  bool has_head_;
  base::CsvWriter csv_;
};

}  // namespace

std::string render_csv(const Document& document, bool goes_on) { return CsvRenderer{document, goes_on}.run(); }

}  // namespace farol::document
