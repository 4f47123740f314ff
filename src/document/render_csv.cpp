// The tables of a document for spreadsheets.
#include "base/csv.h"
#include "base/text.h"
#include "document/document.h"
#include "document/line_text.h"

namespace farol::document {
namespace {

class CsvRenderer {
 public:
  explicit CsvRenderer(const Document& document) : document_(document) {
    for (const Section& section : document.sections) find_notes(section);
  }

  std::string run() {
    for (const Section& section : document_.sections) write(section);
    return csv_.take();
  }

 private:
  void find_notes(const Section& section) {
    for (const Block& block : section.blocks) {
      const auto* list = std::get_if<List>(&block);
      if (list != nullptr && list->kind == List::Kind::notes) notes_ = list;
    }
    for (const Section& inner : section.sections) find_notes(inner);
  }

  void write(const Section& section) {
    for (const Block& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table == nullptr) continue;
      if (!has_head_) write(table->head);
      has_head_ = true;
      for (const auto& row : table->rows) write(row);
    }
    for (const Section& inner : section.sections) write(inner);
  }

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
  const List* notes_ = nullptr;
  bool has_head_ = false;
  base::CsvWriter csv_;
};

}  // namespace

std::string render_csv(const Document& document) { return CsvRenderer{document}.run(); }

}  // namespace farol::document
