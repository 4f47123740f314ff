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
void append_mark(std::string& out, Mark mark) {
  switch (mark) {
    case Mark::widening:
    case Mark::narrowing:
    case Mark::mixed:
    case Mark::attention: return append_markdown_code(out, symbol(mark));
    case Mark::unmarked:
    case Mark::allow:
    case Mark::withheld:
    case Mark::deny:
    case Mark::none:
    case Mark::platform:
    case Mark::done:
    case Mark::open: break;
  }
  out += symbol(mark);
}

void append_as_markdown(std::string& out, const Run& run, bool begins_block) {
  const bool is_address = run.link.starts_with("https://") || run.link.starts_with("http://");
  const std::string_view around = run.look == Look::strong ? "**" : "";
  if (is_address) out += '[';
  out += around;
  if (run.look == Look::code || run.look == Look::name) {
    append_markdown_code(out, run.text);
  } else {
    append_markdown(out, run.text, begins_block);
  }
  out += around;
  if (is_address) {
    out += "](<";
    for (const char c : run.link) {
      if (c == '<' || c == '>' || c == '\\') out += '\\';
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    out += ">)";
  } else if (!run.link.empty() && run.link != run.text) {
    out += " (";
    append_markdown(out, run.link);
    out += ')';
  }
}

// A line `begins_block` if it is a paragraph or an item.
void append_as_markdown(std::string& out, const Line& line, bool begins_block = false) {
  const std::size_t before = out.size();
  append_mark(out, line.mark);
  if (line.mark != Mark::unmarked && !line.runs.empty()) out += ' ';
  for (const Run& run : line.runs) append_as_markdown(out, run, begins_block && out.size() == before);
  out += superscript(line.note);
}

void append_as_markdown(std::string& out, const Cell& cell) {
  for (const Line& line : cell.lines) {
    if (&line != &cell.lines.front()) out += "<br>";
    append_as_markdown(out, line);
  }
}

class MarkdownRenderer {
 public:
  MarkdownRenderer(const Document& document, const MarkdownOptions& options) : document_(document), options_(options) {}

  std::string run() {
    if (!document_.title.empty()) write_heading(document_.title, 0);
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

  void write_heading(const Line& line, std::size_t depth) {
    begin_block();
    out_.append(std::min<std::size_t>(options_.title_level + depth, 6), '#') += ' ';
    append_as_markdown(out_, line);
    out_ += '\n';
  }

  void write_section(const Section& section, std::size_t depth) {
    if (!section.fold.empty()) {
      begin_block();
      out_ += "<details><summary>" + section.fold + "</summary>\n";
    }
    if (!section.heading.empty()) write_heading(section.heading, depth);
    for (const Block& block : section.blocks) std::visit([&](const auto& each) { write_block(each); }, block);
    for (const Section& inner : section.sections) write_section(inner, depth + 1);
    if (!section.fold.empty()) out_ += "\n</details>\n";
  }

  void write_block(const Line& line) {
    begin_block();
    append_as_markdown(out_, line, true);
    out_ += '\n';
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
    out_.append(indent).append(bullet);
    append_as_markdown(out_, item.line, true);
    out_ += '\n';
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
      out_.append("| ").append(before);
      append_markdown(out_, field.name);
      out_ += " | ";
      append_as_markdown(out_, field.value);
      out_ += " |\n";
      write_fields(field.fields, before + "– ");
    }
  }

  void write_block(const Signature& signature) {
    begin_block();
    out_.append(symbol(signature.done ? Mark::done : Mark::open)) += ' ';
    append_markdown(out_, signature.label);
    for (const Field& field : signature.fields) {
      out_ += "  ";
      append_markdown(out_, field.name);
      out_ += ' ';
      if (field.value.lines.empty()) out_ += "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_";
      append_as_markdown(out_, field.value);
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
    out_ += "| ";
    append_as_markdown(out_, row.front());
    for (std::size_t i = first; i < last; ++i) {
      out_ += " | ";
      append_as_markdown(out_, row[i]);
    }
    out_ += " |\n";
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
