// A document as Markdown (CommonMark with tables).
#include <algorithm>

#include "document/document.h"
#include "document/escape.h"
#include "document/line_text.h"

namespace farol::document {
namespace {

using base::Phrase;

constexpr std::size_t most_columns = 9;  // of a table that may be turned round, beside the first

// `+` and `-` would begin a list, so the marks of changes are code.
std::string mark_in_markdown(Mark mark) {
  switch (mark) {
    case Mark::widening:
    case Mark::narrowing:
    case Mark::mixed:
    case Mark::attention: return markdown_code(symbol(mark));
    case Mark::unmarked:
    case Mark::allow:
    case Mark::withheld:
    case Mark::deny:
    case Mark::none:
    case Mark::platform:
    case Mark::done:
    case Mark::open: break;
  }
  return std::string(symbol(mark));
}

std::string in_markdown(const Run& run, bool begins_block) {
  const bool is_code = run.look == Look::code || run.look == Look::name;
  std::string text = is_code ? markdown_code(run.text) : escape_markdown(run.text, begins_block);
  if (run.look == Look::strong) text = "**" + text + "**";
  if (run.link.starts_with("https://") || run.link.starts_with("http://")) {
    std::string address;
    for (const char c : run.link) {
      if (c == '<' || c == '>' || c == '\\') address += '\\';
      address += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return "[" + text + "](<" + address + ">)";
  }
  return run.link.empty() || run.link == run.text ? text : text + " (" + escape_markdown(run.link) + ")";
}

// A line `begins_block` if it is a paragraph or an item.
std::string in_markdown(const Line& line, bool begins_block = false) {
  std::string text = mark_in_markdown(line.mark);
  if (line.mark != Mark::unmarked && !line.runs.empty()) text += ' ';
  for (const Run& run : line.runs) text += in_markdown(run, begins_block && text.empty());
  return text + superscript(line.note);
}

std::string in_markdown(const Cell& cell) {
  std::string text;
  for (const Line& line : cell.lines) {
    if (&line != &cell.lines.front()) text += "<br>";
    text += in_markdown(line);
  }
  return text;
}

class MarkdownRenderer {
 public:
  MarkdownRenderer(const Document& document, const MarkdownOptions& options) : document_(document), options_(options) {}

  std::string run() {
    if (!document_.title.empty()) write_heading(escape_markdown(document_.title), 0);
    for (const Line& line : document_.lead) write_block(line);
    for (const Section& section : document_.sections) write_section(section, 1);
    for (const Line& line : document_.foot) write_block(line);
    if (!document_.frame.digest.empty()) {
      const std::string_view name = base::text(Phrase::report_digest, document_.language);
      write_block(Line(base::fill(Phrase::pair, document_.language, {name, document_.frame.digest})));
    }
    return std::move(out_);
  }

 private:
  // Blocks are parted by blank lines.
  void begin_block() {
    if (!out_.empty()) out_ += '\n';
  }

  void write_heading(const std::string& text, std::size_t depth) {
    begin_block();
    out_ += std::string(std::min<std::size_t>(options_.title_level + depth, 6), '#') + " " + text + "\n";
  }

  void write_section(const Section& section, std::size_t depth) {
    if (!section.fold.empty()) {
      begin_block();
      out_ += "<details><summary>" + section.fold + "</summary>\n";
    }
    if (!section.heading.empty()) write_heading(in_markdown(section.heading), depth);
    for (const Block& block : section.blocks) std::visit([&](const auto& each) { write_block(each); }, block);
    for (const Section& inner : section.sections) write_section(inner, depth + 1);
    if (!section.fold.empty()) out_ += "\n</details>\n";
  }

  void write_block(const Line& line) {
    begin_block();
    out_ += in_markdown(line, true) + "\n";
  }

  void write_block(const List& list) {
    if (list.items.empty()) return;
    begin_block();
    const bool folds = list.shown > 0 && list.items.size() > list.shown;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (folds && i == list.shown) {
        const std::string more = std::to_string(list.items.size() - list.shown);
        out_ += "\n<details><summary>" + base::fill(Phrase::diff_more, document_.language, {more}) + "</summary>\n\n";
      }
      const std::string bullet = list.kind == List::Kind::bullets ? "- " : std::to_string(i + 1) + ". ";
      write_item(list.items[i], "", bullet);
    }
    if (folds) out_ += "\n</details>\n";
  }

  void write_item(const Item& item, const std::string& indent, const std::string& bullet) {
    out_ += indent + bullet + in_markdown(item.line, true) + "\n";
    for (const Item& each : item.items) write_item(each, indent + std::string(bullet.size(), ' '), "- ");
  }

  void write_block(const Fields& fields) {
    if (fields.empty()) return;
    begin_block();
    out_ += "| | |\n|---|---|\n";
    write_fields(fields, "");
  }

  void write_fields(const Fields& fields, const std::string& before) {
    for (const Field& field : fields) {
      out_ += "| " + before + escape_markdown(field.name) + " | " + in_markdown(field.value) + " |\n";
      write_fields(field.fields, before + "– ");
    }
  }

  void write_block(const Signature& signature) {
    begin_block();
    out_ += std::string(symbol(signature.done ? Mark::done : Mark::open)) + " " + escape_markdown(signature.label);
    for (const Field& field : signature.fields) {
      out_ += "  " + escape_markdown(field.name) + " ";
      out_ += field.value.lines.empty() ? "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_" : in_markdown(field.value);
    }
    out_ += "\n";
  }

  void write_block(const Table& table) {
    if (table.rows.empty()) return;
    if (table.turned_head.empty() || table.head.size() <= most_columns + 1)
      return write_part(table, 1, table.head.size());
    const Table other = turned(table);
    for (std::size_t first = 1; first < other.head.size(); first += most_columns)
      write_part(other, first, std::min(first + most_columns, other.head.size()));
  }

  // The first column, and the columns from `first` up to `last`.
  void write_part(const Table& table, std::size_t first, std::size_t last) {
    begin_block();
    write_row(table.head, first, last);
    out_ += "|---|";
    for (std::size_t i = first; i < last; ++i) out_ += table.counts ? "---:|" : "---|";
    out_ += '\n';
    for (const auto& row : table.rows) write_row(row, first, last);
  }

  void write_row(const std::vector<Cell>& row, std::size_t first, std::size_t last) {
    out_ += "| " + in_markdown(row.front()) + " |";
    for (std::size_t i = first; i < last; ++i) out_ += " " + in_markdown(row[i]) + " |";
    out_ += '\n';
  }

  const Document& document_;
  const MarkdownOptions& options_;
  std::string out_;
};

}  // namespace

std::string render_markdown(const Document& document, const MarkdownOptions& options) {
  return MarkdownRenderer{document, options}.run();
}

}  // namespace farol::document
