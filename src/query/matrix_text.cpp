// The matrix for a terminal: plain columns, colour where it is asked for.
#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "base/text.h"
#include "document/text_layout.h"
#include "query/matrix.h"

namespace farol::query {
namespace {

using base::display_width;
using document::widest_piece;
using document::wrap;

constexpr std::size_t gap = 2;
constexpr std::size_t widest_label = 28;  // of the first column, which is on every part of a table
constexpr std::size_t mark_width = 2;     // a mark and its space

enum class Style : std::uint8_t { plain, title, good, bad, faint };

Style style_of(Mark mark) {
  switch (mark) {
    case Mark::allow: return Style::good;
    case Mark::deny: return Style::bad;
    case Mark::none:
    case Mark::platform: break;
  }
  return Style::faint;
}

std::string_view escape(Style style) {
  switch (style) {
    case Style::plain: break;
    case Style::title: return "\x1b[1m";
    case Style::good: return "\x1b[32m";
    case Style::bad: return "\x1b[31m";
    case Style::faint: return "\x1b[2m";
  }
  return {};
}

struct StyledLine {
  std::string text;
  Style style = Style::plain;
};
using Block = std::vector<StyledLine>;  // a cell, laid out

std::size_t columns_wide(const Cell& cell, std::size_t (*measure)(std::string_view)) {
  std::size_t width = measure(cell.words);
  for (const Entry& entry : cell.entries) width = std::max(width, measure(entry.text()));
  return width;
}

// What stands behind the mark goes on below itself, not below the mark.
Block lay_out(const Cell& cell, std::size_t width) {
  Block block;
  for (const std::string& line : wrap(cell.words, width)) block.push_back({line, Style::plain});
  if (!cell.entries.empty()) block.clear();
  for (const Entry& entry : cell.entries) {
    const std::string text = entry.text();
    const std::string_view mark = symbol(entry.mark);
    std::string_view rest = std::string_view{text}.substr(mark.size());
    // The number of a note stands at the mark itself where no words are between them.
    const bool blank = rest.starts_with(' ');
    if (blank) rest.remove_prefix(1);
    std::string before = std::string{mark} + (blank ? " " : "");
    for (const std::string& line : wrap(rest, width > mark_width ? width - mark_width : 1)) {
      block.push_back({before + line, style_of(entry.mark)});
      before = std::string(mark_width, ' ');
    }
  }
  return block;
}

Block lay_out(std::string_view text, std::size_t width, Style style) {
  Block block;
  for (std::string& line : wrap(text, width)) block.push_back({std::move(line), style});
  return block;
}

class TextRenderer {
 public:
  TextRenderer(const Matrix& matrix, const TextOptions& options) : matrix_(matrix), options_(options) {}

  std::string run() {
    write_line({matrix_.title, Style::title});
    write_line({matrix_.as_of});
    new_line();
    for (const auto& [mark, meaning] : matrix_.legend) {
      write(symbol(mark), style_of(mark));
      write_item(" ", meaning, mark_width - 1);
    }
    if (!matrix_.everywhere.empty()) write_item("", matrix_.everywhere);
    for (const Table& table : oriented()) write_table(table);
    if (!matrix_.notes.items.empty()) write_notes();
    for (const Section& section : matrix_.sections) write_section(section);
    return std::move(out_);
  }

 private:
  // All tables the one way or the other: as they are if that needs no more parts.
  [[nodiscard]] std::vector<Table> oriented() const {
    std::vector<Table> turned;
    std::size_t parts = 0;
    std::size_t parts_turned = 0;
    for (const Table& table : matrix_.tables) {
      turned.push_back(transposed(table));
      parts += parts_of(measure(table)).size();
      parts_turned += parts_of(measure(turned.back())).size();
    }
    return parts_turned < parts ? turned : matrix_.tables;
  }

  void write(std::string_view text, Style style) {
    const bool styled = options_.color && style != Style::plain && !text.empty();
    if (styled) out_ += escape(style);
    out_ += text;
    if (styled) out_ += "\x1b[0m";
  }
  void new_line() { out_ += '\n'; }
  void write_line(const StyledLine& line) {
    write(line.text, line.style);
    new_line();
  }

  // --- tables

  struct Widths {
    std::size_t label = 0;
    std::vector<std::size_t> least, natural;  // by column
  };

  static Widths measure(const Table& table) {
    Widths widths;
    widths.label = display_width(table.lines_are);
    for (const Line& line : table.lines) widths.label = std::max(widths.label, display_width(line.heading.title));
    widths.label = std::min(widths.label, widest_label);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      std::size_t least = widest_piece(table.columns[i].title);
      std::size_t natural = display_width(table.columns[i].title);
      for (const Line& line : table.lines) {
        const Cell& cell = line.cells[i];
        // A piece may stand behind the mark.
        least = std::max(least, columns_wide(cell, widest_piece) + (cell.entries.empty() ? 0 : mark_width));
        natural = std::max(natural, columns_wide(cell, display_width));
      }
      widths.least.push_back(std::min(least, natural));
      widths.natural.push_back(natural);
    }
    return widths;
  }

  // As many columns at once as the terminal has room for: where each part begins, and where it ends.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> parts_of(const Widths& widths) const {
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    for (std::size_t first = 0; first < widths.least.size();) {
      std::size_t last = first;
      std::size_t used = widths.label;
      while (last < widths.least.size() && (last == first || used + gap + widths.least[last] <= options_.width)) {
        used += gap + widths.least[last++];
      }
      parts.emplace_back(first, last);
      first = last;
    }
    return parts;
  }

  void write_table(const Table& table) {
    const Widths widths = measure(table);
    for (const auto& [first, last] : parts_of(widths)) {
      new_line();
      write_part(table, widths, first, last);
    }
  }

  void write_part(const Table& table, const Widths& widths, std::size_t first, std::size_t last) {
    const std::vector<std::size_t> columns = fit(widths, first, last);
    write_line({table.title, Style::title});
    std::vector<Block> blocks{lay_out(table.lines_are, widths.label, Style::plain)};
    for (std::size_t i = first; i < last; ++i)
      blocks.push_back(lay_out(table.columns[i].title, columns[i - first], Style::plain));
    write_blocks(blocks, widths.label, columns);
    const std::size_t total = std::accumulate(columns.begin(), columns.end(), widths.label + gap * columns.size());
    for (std::size_t i = 0; i < total; ++i) out_ += "─";
    new_line();
    for (const Line& line : table.lines) {
      blocks = {lay_out(line.heading.title, widths.label, Style::plain)};
      for (std::size_t i = first; i < last; ++i) blocks.push_back(lay_out(line.cells[i], columns[i - first]));
      write_blocks(blocks, widths.label, columns);
    }
  }

  // The natural widths, the widest taken back until all fit.
  [[nodiscard]] std::vector<std::size_t> fit(const Widths& widths, std::size_t first, std::size_t last) const {
    std::vector<std::size_t> columns;
    for (std::size_t i = first; i < last; ++i) columns.push_back(widths.natural[i]);
    std::size_t total = std::accumulate(columns.begin(), columns.end(), widths.label + gap * columns.size());
    while (total > options_.width) {
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

  // Blocks side by side, without spaces at the ends of lines.
  void write_blocks(const std::vector<Block>& blocks, std::size_t label, const std::vector<std::size_t>& columns) {
    std::size_t height = 0;
    for (const Block& block : blocks) height = std::max(height, block.size());
    for (std::size_t row = 0; row < height; ++row) {
      std::size_t owed = 0;
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::size_t width = i == 0 ? label : columns[i - 1];
        if (row < blocks[i].size() && !blocks[i][row].text.empty()) {
          out_.append(owed, ' ');
          write(blocks[i][row].text, blocks[i][row].style);
          owed = width - std::min(width, display_width(blocks[i][row].text));
        } else {
          owed += width;
        }
        owed += gap;
      }
      new_line();
    }
  }

  // --- below the tables

  void write_notes() {
    new_line();
    write_line({matrix_.notes.title, Style::title});
    const std::size_t digits = std::to_string(matrix_.notes.items.size()).size();
    for (std::size_t i = 0; i < matrix_.notes.items.size(); ++i) {
      std::string number = std::to_string(i + 1);
      number.insert(0, digits - number.size(), ' ');
      write_item(number + "  ", matrix_.notes.items[i]);
    }
  }

  void write_section(const Section& section) {
    new_line();
    write_line({section.title, Style::title});
    if (!section.text.empty()) write_item("", section.text);
    for (const std::string& item : section.items) write_item("- ", item);
  }

  // `before` stands on the first line only, `written` columns behind what is on it already.
  void write_item(const std::string& before, std::string_view text, std::size_t written = 0) {
    const std::size_t indent = written + display_width(before);
    std::string start = before;
    for (const std::string& line : wrap(text, options_.width > indent ? options_.width - indent : 1)) {
      write_line({start + line});
      start = std::string(indent, ' ');
    }
  }

  const Matrix& matrix_;
  const TextOptions& options_;
  std::string out_;
};

}  // namespace

std::string render_text(const Matrix& matrix, const TextOptions& options) {
  return TextRenderer{matrix, options}.run();
}

}  // namespace farol::query
