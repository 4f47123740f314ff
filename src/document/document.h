// A page before it has a form: what it says, in one language. A feature fills a Document with plain text and with
// meaning (marks, looks, notes); the renderers at the end of this file choose symbols, colours, classes and layout.
//
// Text may hold anything that a policy or a tenant may hold. Only the renderers escape it, each for its own form, so no
// member of these types ever holds markup. A line end inside a text is a line break in every form.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/phrases.h"

namespace farol::document {

// What a line means, beside its words.
enum class Mark : std::uint8_t {
  unmarked,
  allow,      // an answer: a rule allows it
  withheld,   // a rule allows it, and the platform cannot give it to just these people
  deny,       // a rule refuses it
  none,       // no rule allows it
  platform,   // the policy leaves it to the platform
  widening,   // a change: somebody may more, or something is new
  narrowing,  // somebody may less, or something is gone
  mixed,      // neither of the two alone
  attention,  // what the reader has to look at
  done,       // a step of work: finished
  open,       // still to do
};
// `✔`. Marks differ by form, not by colour alone. Empty for `unmarked`.
[[nodiscard]] std::string_view symbol(Mark mark);
// `allow`: the class in HTML, and the name in data of ours.
[[nodiscard]] std::string_view name_of(Mark mark);

enum class Look : std::uint8_t {
  plain,
  strong,
  code,  // what is typed or sent as it is
  name,  // the technical name beside a title; a table leaves it out as text
};

struct Run {
  std::string text;
  Look look = Look::plain;
  std::string link;  // an address that begins with https:// or http://; another one is shown and not linked

  bool operator==(const Run&) const = default;
};

// One statement, and a paragraph where it is a block.
struct Line {
  Line() = default;
  template <std::convertible_to<std::string_view> Text>
  Line(const Text& text) : Line(Mark::unmarked, text) {}
  Line(Mark its_mark, std::string_view text, std::size_t number_of_note = 0);

  Line& add(std::string_view text, Look look = Look::plain, std::string_view link = {});
  [[nodiscard]] bool empty() const { return mark == Mark::unmarked && runs.empty(); }

  Mark mark = Mark::unmarked;
  std::vector<Run> runs;
  std::size_t note = 0;  // of the list of notes, from 1; 0: none

  bool operator==(const Line&) const = default;
};

struct Item {
  Line line;
  std::vector<Item> items{};  // below it: reasons, details
};

struct List {
  enum class Kind : std::uint8_t {
    bullets,
    numbers,
    notes,  // numbered from 1; `Line::note` of any line of the document refers to them
  };
  std::vector<Item> items;
  Kind kind = Kind::bullets;
  std::size_t shown = 0;  // Markdown folds the items behind so many; 0: none
};

// What a table or a field shows in one place: lines below each other.
struct Cell {
  Cell() = default;
  template <std::convertible_to<std::string_view> Text>
  Cell(const Text& text) {
    if (!std::string_view(text).empty()) lines.emplace_back(text);
  }
  Cell(Line line) : lines{std::move(line)} {}
  Cell(std::vector<Line> several) : lines(std::move(several)) {}

  std::vector<Line> lines;

  bool operator==(const Cell&) const = default;
};

// A table without rows is left out by every renderer but CSV.
struct Table {
  std::vector<Cell> head;               // its first column names the rows; all empty: a table without a head
  std::vector<std::vector<Cell>> rows;  // each as long as the head
  // Not empty: where the columns do not fit, the table may be turned round, and this heads its first column then.
  std::string turned_head{};
  bool counts = false;  // all columns but the first hold numbers
};

// A name and what belongs to it, such as a part of a step of a checklist. Names line up through the whole document.
struct Field {
  std::string name;
  Cell value;
  std::vector<Field> fields{};  // below it
};
using Fields = std::vector<Field>;

// A box that is ticked, and fields to fill in by hand where they are empty.
struct Signature {
  bool done = false;
  std::string label;
  Fields fields;
};

using Block = std::variant<Line, List, Table, Fields, Signature>;

struct Section {
  Line heading;  // empty: none
  std::vector<Block> blocks{};
  std::vector<Section> sections{};  // behind the blocks
  std::string id{};                 // a link's target in HTML
  bool card = false;                // framed, and never torn apart by the end of a page
  bool sheet = false;               // printed on paper of its own, such as a form among several
  bool on_paper = true;             // a page prints it
  std::string fold{};               // not empty: Markdown closes the section under this line until it is opened

  void add(Block block) { blocks.push_back(std::move(block)); }
  // The reference holds until the next section is added.
  Section& add_section(Line its_heading);
};

// What the head and the foot of every printed page say; what is empty is left out.
struct Frame {
  std::string firm;
  std::string date;    // in words: "As of 2026-11-24"
  std::string digest;  // of the policy that the page is made from, as 64 hexadecimal digits
};

struct Document {
  base::Language language = base::Language::en;
  std::string title;
  std::vector<Line> lead{};  // under the title: whose, of which day
  std::vector<Section> sections{};
  std::vector<Line> foot{};  // the digest of the frame follows
  Frame frame{};

  // The reference holds until the next section is added.
  Section& add_section(Line heading = {});
};

struct TextOptions {
  bool color = false;
  std::size_t width = 0;  // of the terminal, in columns; 0: lines are as long as they are
};
// For a terminal. Control characters and hidden ones become blanks, so that no text commands the terminal.
[[nodiscard]] std::string render_text(const Document& document, const TextOptions& options = {});

struct MarkdownOptions {
  std::size_t title_level = 1;  // `#`; a comment on a code host begins with `##`
};
// CommonMark with tables, as GitHub reads it. A table that is too wide is turned round or set in parts.
[[nodiscard]] std::string render_markdown(const Document& document, const MarkdownOptions& options = {});

// One file that needs no network and runs no script, for the screen and for A4; a document with a wide table is printed
// across.
[[nodiscard]] std::string render_html(const Document& document);

// The tables below the head of the first one, which all of them have; see base/csv.h. Notes are spelled out. Where it
// `goes_on` with the text of another document of the same head, it has only the rows.
[[nodiscard]] std::string render_csv(const Document& document, bool goes_on = false);

// One page of a workbook: the tables below the head of the first one.
struct Sheet {
  std::string name;  // of at most 31 characters, none of them one of []:*?/ and a backslash
  Document document;
  std::size_t fixed_columns = 0;  // that stay in view
};
// Whether this build has what makes workbooks.
[[nodiscard]] bool renders_workbooks();
// A workbook for spreadsheet programs, with frozen heads, filters, colours by mark, and notes as comments. The same
// sheets give the same bytes. Returns an empty text if its parts cannot be kept in files for a while. What is longer
// than a cell may be is cut, with `…` at its end.
[[nodiscard]] std::string render_xlsx(const std::vector<Sheet>& sheets, const base::Date& day);

}  // namespace farol::document
