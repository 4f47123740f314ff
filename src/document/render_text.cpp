// A document for a terminal: plain columns, colour where it is asked for.
#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "base/text.h"
#include "document/document.h"
#include "document/line_text.h"
#include "document/text_layout.h"

namespace farol::document {
namespace {

using base::display_width;

constexpr std::size_t gap = 2;            // between columns
constexpr std::size_t widest_label = 28;  // of the first column of a table that is as wide as the terminal
constexpr std::size_t mark_width = 2;     // a mark and its space

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

// Red is what has to be looked at: a refusal, and who may more than before.
std::string_view color_of(Mark mark) {
  switch (mark) {
    case Mark::unmarked:
    case Mark::open: return "";
    case Mark::allow:
    case Mark::narrowing:
    case Mark::done: return "\x1b[32m";
    case Mark::deny:
    case Mark::widening: return "\x1b[31m";
    case Mark::none:
    case Mark::platform: return "\x1b[2m";
    case Mark::withheld:
    case Mark::mixed:
    case Mark::attention: return "\x1b[33m";
  }
  return "";
}

struct StyledLine {
  std::string text;
  Mark mark = Mark::unmarked;
};
using Column = std::vector<StyledLine>;  // a cell, laid out

// Lines of at most `width` columns; of any width if it is 0.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (width == 0) {
      lines.emplace_back(line);
    } else {
      std::vector<std::string> parts = wrap(line, width);
      std::move(parts.begin(), parts.end(), std::back_inserter(lines));
    }
    at = end + 1;
  }
  return lines;
}

std::string shown(const Line& line) { return base::printable(words_of(line)) + superscript(line.note); }

// What a table shows of a line: `✔ up to confidential¹`; the number of a note follows a mark without words at once.
std::string in_cell(const Line& line) {
  if (line.mark == Mark::unmarked) return shown(line);
  return std::string(symbol(line.mark)) + (line.runs.empty() ? "" : " ") + shown(line);
}

bool is_shown(const Line& line) { return !is_name(line); }

// The widest line of a cell, or its widest piece that would not be broken.
std::size_t width_of(const Cell& cell, std::size_t (*measure)(std::string_view), bool first = false) {
  std::size_t width = 0;
  for (const Line& line : cell.lines) {
    if (!is_shown(line)) continue;
    const std::string words = first ? base::one_line(in_cell(line)) : in_cell(line);
    for (const std::string& part : wrapped(words, 0)) width = std::max(width, measure(part));
  }
  return width;
}

bool has_marks(const Cell& cell) {
  return std::any_of(cell.lines.begin(), cell.lines.end(),
                     [](const Line& line) { return line.mark != Mark::unmarked; });
}

// What follows a mark goes on below itself, not below the mark. In the first column a line end inside a text is a
// blank: what goes on there would look like a line of ours.
Column lay_out(const Cell& cell, std::size_t width, bool first) {
  Column column;
  for (const Line& line : cell.lines) {
    if (!is_shown(line)) continue;
    const std::size_t indent = line.mark == Mark::unmarked ? 0 : mark_width;
    std::string before(symbol(line.mark));
    if (indent > 0 && !line.runs.empty()) before += ' ';
    for (const std::string& text :
         wrapped(first ? base::one_line(shown(line)) : shown(line), width > indent ? width - indent : 1)) {
      column.push_back({before + text, line.mark});
      before = std::string(indent, ' ');
    }
  }
  if (column.empty()) column.emplace_back();
  return column;
}

struct Widths {
  std::size_t label = 0;                    // of the first column
  std::vector<std::size_t> least, natural;  // of the others
};

class TextRenderer {
 public:
  TextRenderer(const Document& document, const TextOptions& options) : document_(document), options_(options) {
    for (const Section& section : document.sections) measure_names(section);
  }

  std::string run() {
    if (!document_.title.empty()) {
      write(base::one_line(document_.title), bold);
      new_line();
    }
    for (const Line& line : document_.lead) write_line(line, "");
    for (const Section& section : document_.sections) write_section(section);
    if (!document_.foot.empty()) new_line();
    for (const Line& line : document_.foot) write_line(line, "");
    return std::move(out_);
  }

 private:
  void write(std::string_view text, std::string_view style) {
    const bool styled = options_.color && !style.empty() && !text.empty();
    if (styled) out_ += style;
    out_ += text;
    if (styled) out_ += plain;
  }
  void new_line() { out_ += '\n'; }

  // `before` is on the first line only. A mark alone has its colour, not the words behind it.
  void write_line(const Line& line, std::string before, std::string_view after_mark = " ") {
    std::size_t indent = display_width(before);
    if (line.mark != Mark::unmarked) indent += display_width(symbol(line.mark)) + after_mark.size();
    const std::size_t width = options_.width == 0 ? 0 : options_.width > indent ? options_.width - indent : 1;
    bool first = true;
    const std::string words = shown(line);
    std::string_view rest = words;
    while (true) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      for (const std::string& text : wrapped(rest.substr(0, end), width)) {
        if (std::exchange(first, false)) {
          out_ += before;
          write(symbol(line.mark), color_of(line.mark));
          if (line.mark != Mark::unmarked && !text.empty()) out_ += after_mark;
        } else {
          out_.append(indent, ' ');
        }
        out_ += text;
        new_line();
      }
      if (end == rest.size()) break;
      rest.remove_prefix(end + 1);
      // What goes on after a line end inside a text is seen to go on: it cannot pass for a line of ours.
      indent = std::max(indent, gap);
    }
  }

  void write_heading(const Line& heading) {
    if (heading.empty()) return;
    write(base::one_line(in_cell(heading)), bold);
    new_line();
  }

  void write_section(const Section& section) {
    if (!out_.empty()) new_line();
    write_parts(section);
  }

  void write_parts(const Section& section) {
    write_heading(section.heading);
    heading_ = &section.heading;
    const Block* before = nullptr;
    for (const Block& block : section.blocks) {
      if (before != nullptr && is_apart(*before, block)) new_line();
      std::visit([&](const auto& each) { write_block(each); }, block);
      before = &block;
    }
    bool first = section.blocks.empty();
    for (const Section& inner : section.sections)
      std::exchange(first, false) ? write_parts(inner) : write_section(inner);
  }

  // Tables and fields are set off from what they do not belong to.
  static bool is_apart(const Block& before, const Block& block) {
    const bool closed = std::holds_alternative<Fields>(before) || std::holds_alternative<Table>(before);
    return closed || std::holds_alternative<Table>(block) ||
           (std::holds_alternative<List>(before) && !std::holds_alternative<List>(block));
  }

  void write_block(const Line& line) { write_line(line, ""); }

  // --- lists

  void write_block(const List& list) {
    const std::size_t digits = std::to_string(list.items.size()).size();
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const Item& item = list.items[i];
      std::string before = item.line.mark == Mark::unmarked ? "- " : "  ";
      if (list.kind != List::Kind::bullets) {
        const std::string number = std::to_string(i + 1);
        before = std::string(digits - number.size(), ' ') + number + "  ";
      }
      write_item(item, before);
    }
  }

  void write_item(const Item& item, const std::string& before) {
    write_line(item.line, before);
    std::size_t indent = display_width(before) + gap;
    if (item.line.mark != Mark::unmarked) indent += mark_width;
    for (const Item& each : item.items) write_item(each, std::string(indent, ' '));
  }

  // --- fields

  void measure_names(const Section& section) {
    for (const Block& block : section.blocks) {
      if (const auto* fields = std::get_if<Fields>(&block)) measure_names(*fields);
    }
    for (const Section& inner : section.sections) measure_names(inner);
  }
  void measure_names(const Fields& fields) {
    for (const Field& field : fields) {
      name_width_ = std::max(name_width_, display_width(field.name));
      measure_names(field.fields);
    }
  }

  void write_block(const Fields& fields) { write_fields(fields, 0); }

  void write_fields(const Fields& fields, std::size_t deeper) {
    for (const Field& field : fields) {
      std::string before = std::string(gap + deeper, ' ') + base::one_line(field.name);
      before.append(name_width_ - display_width(field.name) + gap, ' ');
      const std::size_t indent = gap + deeper + name_width_ + gap;
      for (const Line& line : field.value.lines) {
        write_line(line, before);
        before = std::string(indent, ' ');
      }
      if (field.value.lines.empty()) write_line(Line{}, before.substr(0, before.find_last_not_of(' ') + 1));
      write_fields(field.fields, deeper + gap);
    }
  }

  void write_block(const Signature& signature) {
    Line line(signature.done ? Mark::done : Mark::open, signature.label);
    for (const Field& field : signature.fields) {
      line.add("  " + field.name + " ");
      if (field.value.lines.empty()) line.add("____________");
      for (const Line& each : field.value.lines) line.add(words_of(each));
    }
    write_line(line, "");
  }

  // --- tables

  void write_block(const Table& table) {
    if (table.rows.empty()) return;
    write_table(is_turned() && !table.turned_head.empty() ? turned(table) : table);
  }

  // All tables of a document are turned round, or none: as they are, if that needs no more parts.
  bool is_turned() {
    if (!is_turned_) {
      std::size_t parts = 0;
      std::size_t parts_turned = 0;
      for (const Section& section : document_.sections) count_parts(section, parts, parts_turned);
      is_turned_ = parts_turned < parts;
    }
    return *is_turned_;
  }
  void count_parts(const Section& section, std::size_t& parts, std::size_t& parts_turned) const {
    for (const Block& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table == nullptr || table->turned_head.empty()) continue;
      parts += parts_of(measure(*table)).size();
      parts_turned += parts_of(measure(turned(*table))).size();
    }
    for (const Section& inner : section.sections) count_parts(inner, parts, parts_turned);
  }

  [[nodiscard]] Widths measure(const Table& table) const {
    Widths widths;
    for (std::size_t i = 0; i < table.head.size(); ++i) {
      std::size_t least = width_of(table.head[i], widest_piece, i == 0);
      std::size_t natural = width_of(table.head[i], display_width, i == 0);
      for (const auto& row : table.rows) {
        if (i > 0 && is_in_words(table, row)) continue;
        // A piece may follow the mark.
        least = std::max(least, width_of(row[i], widest_piece, i == 0) + (has_marks(row[i]) ? mark_width : 0));
        natural = std::max(natural, width_of(row[i], display_width, i == 0));
      }
      if (i == 0) {
        widths.label = options_.width == 0 ? natural : std::min(natural, widest_label);
      } else {
        widths.least.push_back(std::min(least, natural));
        widths.natural.push_back(natural);
      }
    }
    return widths;
  }

  // As many columns at once as the terminal has room for: where each part begins, and where it ends.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> parts_of(const Widths& widths) const {
    if (options_.width == 0) return {{0, widths.least.size()}};
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    for (std::size_t first = 0; first < widths.least.size();) {
      std::size_t last = first;
      std::size_t used = widths.label;
      while (last < widths.least.size() && (last == first || used + gap + widths.least[last] <= options_.width))
        used += gap + widths.least[last++];
      parts.emplace_back(first, last);
      first = last;
    }
    return parts;
  }

  // The natural widths, the widest taken back until all fit.
  [[nodiscard]] std::vector<std::size_t> fit(const Widths& widths, std::size_t first, std::size_t last) const {
    std::vector<std::size_t> columns(widths.natural.begin() + static_cast<std::ptrdiff_t>(first),
                                     widths.natural.begin() + static_cast<std::ptrdiff_t>(last));
    std::size_t total = std::accumulate(columns.begin(), columns.end(), widths.label + gap * columns.size());
    while (options_.width != 0 && total > options_.width) {
      std::size_t widest = columns.size();
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] > widths.least[first + i] && (widest == columns.size() || columns[i] > columns[widest]))
          widest = i;
      }
      if (widest == columns.size()) break;
      --columns[widest];
      --total;
    }
    return columns;
  }

  // A table in several parts has the heading of its section above each.
  void write_table(const Table& table) {
    const Widths widths = measure(table);
    bool first_part = true;
    for (const auto& [first, last] : parts_of(widths)) {
      if (!std::exchange(first_part, false)) {
        new_line();
        write_heading(*heading_);
      }
      std::vector<std::size_t> columns = fit(widths, first, last);
      columns.insert(columns.begin(), widths.label);
      if (!is_headless(table)) {
        write_row(table.head, first, columns, table.counts);
        const std::size_t total = std::accumulate(columns.begin(), columns.end(), gap * (columns.size() - 1));
        for (std::size_t i = 0; i < total; ++i) out_ += "─";
        new_line();
      }
      for (const auto& row : table.rows) {
        if (is_in_words(table, row)) {
          write_row({row[0], row[1]}, 0, {columns.front(), width_of(row[1], display_width)}, false);
        } else {
          write_row(row, first, columns, table.counts);
        }
      }
    }
  }

  // The first cell of a row, and the cells behind it from the one with the number `first` + 1 on, without blanks at the
  // ends of lines.
  void write_row(const std::vector<Cell>& row, std::size_t first, const std::vector<std::size_t>& widths, bool counts) {
    std::vector<Column> cells{lay_out(row.front(), widths.front(), true)};
    for (std::size_t i = 1; i < widths.size(); ++i) cells.push_back(lay_out(row[first + i], widths[i], false));
    std::size_t height = 0;
    for (const Column& cell : cells) height = std::max(height, cell.size());
    for (std::size_t line = 0; line < height; ++line) {
      std::size_t owed = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (line < cells[i].size() && !cells[i][line].text.empty()) {
          const StyledLine& shown_line = cells[i][line];
          const std::size_t spare = widths[i] - std::min(widths[i], display_width(shown_line.text));
          const bool right = counts && i > 0;
          out_.append(owed + (right ? spare : 0), ' ');
          write(shown_line.text, color_of(shown_line.mark));
          owed = right ? 0 : spare;
        } else {
          owed += widths[i];
        }
        owed += gap;
      }
      new_line();
    }
  }

  const Document& document_;
  const TextOptions& options_;
  std::size_t name_width_ = 0;
  const Line* heading_ = nullptr;  // of the section that is being written
  std::optional<bool> is_turned_;
  std::string out_;
};

}  // namespace

std::string render_text(const Document& document, const TextOptions& options) {
  return TextRenderer{document, options}.run();
}

}  // namespace farol::document
