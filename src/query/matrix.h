// Who may do what, as a table that can be read, signed and compared. Built once from the decisions, in the words of one
// language; renderers lay it out and decide nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/phrases.h"
#include "decide/decisions.h"
#include "decide/keeping.h"
#include "model/model.h"
#include "query/answers.h"
#include "source/source_map.h"

namespace farol::query {

[[nodiscard]] std::string_view symbol(Mark mark);  // told apart by form, not by colour

// One answer in a cell: `✔ up to confidential¹`.
struct Entry {
  Mark mark = Mark::none;
  std::string on;                      // empty: everything that the feature acts on
  std::size_t note = 0;                // into `Matrix::notes`, from 1; 0: always, and without controls
  std::vector<model::RuleId> rules{};  // the deciding ones, sorted
  std::vector<model::TierId> tiers{};  // of the data that it is about, sorted; of what is no data none

  [[nodiscard]] std::string text() const;
};

// Answers, or plain words: what keeps the feature.
struct Cell {
  std::vector<Entry> entries;
  std::string words;
};

struct Heading {
  std::string title;
  std::string name;  // empty where the title is the name
};

struct Line {
  Heading heading;
  std::vector<Cell> cells;  // as many as the table has columns
};

// The features of one namespace. What keeps each of them is the last column. Renderers turn a table round, or lay it
// out in parts, where it does not fit.
struct Table {
  std::string title;
  std::string lines_are, columns_are;  // "Feature", "Role"
  std::vector<Heading> columns;
  std::vector<Line> lines;
};
[[nodiscard]] Table transposed(const Table& table);

struct Section {
  std::string title;
  std::string text;  // before the items; may be empty
  std::vector<std::string> items;
};

struct Matrix {
  std::string title;
  std::string as_of;
  std::string groups_are, names_are;  // headings for a table of all features: "Group", "Name"
  std::string legend_title;
  std::vector<std::pair<Mark, std::string>> legend;
  std::string everywhere;  // the controls that every allow requires, and that notes do not repeat; or nothing
  std::vector<Table> tables;
  Section notes;  // items are numbered from 1
  std::vector<Section>
      sections;  // how to read it, reasons, what nobody may, what is left to the platform, what keeps it
};

// Each list that is not empty narrows the matrix to what it names.
struct MatrixOptions {
  base::Language language = base::Language::en;
  std::vector<model::RoleId> roles;
  std::vector<model::FeatureId> features;
  std::vector<model::TierId> tiers;      // with all data on them
  std::vector<model::ObjectId> objects;  // data classes, apps …
  std::optional<base::Date> stated;      // the day that it says it is of, where that is not the day of the decisions
  // Every note says all controls: a spreadsheet has no line above its table for those that every allow requires.
  bool all_controls_in_notes = false;
};

[[nodiscard]] Matrix build_matrix(const model::Model& model, const decide::Decisions& decisions,
                                  const decide::Keeping& keeping, const MatrixOptions& options);

struct TextOptions {
  bool color = false;
  std::size_t width = 100;  // of the terminal, in columns
};
[[nodiscard]] std::string render_text(const Matrix& matrix, const TextOptions& options);
[[nodiscard]] std::string render_markdown(const Matrix& matrix);
// One table for a spreadsheet (RFC 4180, with a byte-order mark): a line for each feature, a column for each role,
// notes spelled out, and in the last heading the day. No cell is taken for a formula.
[[nodiscard]] std::string render_csv(const Matrix& matrix);
// One page for a browser that needs nothing else: all languages, filters, and the rules behind every cell. `options`
// says which language it opens in.
[[nodiscard]] std::string render_html(const model::Model& model, const decide::Decisions& decisions,
                                      const decide::Keeping& keeping, const source::SourceMap& sources,
                                      MatrixOptions options);

}  // namespace farol::query
