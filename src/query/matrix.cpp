#include "query/matrix.h"

#include <utility>

#include "document/words.h"
#include "query/matrix_words.h"

namespace farol::query {
namespace {

using base::Phrase;
using document::Cell;
using document::Document;
using document::Line;
using document::List;
using document::Look;
using document::Section;
using document::Table;
using document::Words;

List list_of(const std::vector<std::string>& texts, List::Kind kind = List::Kind::bullets) {
  List list;
  list.kind = kind;
  for (const std::string& text : texts) list.items.push_back({text});
  return list;
}

Cell cell_of(const std::vector<CellEntry>& entries) {
  std::vector<Line> lines;
  for (const CellEntry& entry : entries) lines.emplace_back(entry.mark, entry.on, entry.note);
  return lines;
}

Table table_of(const MatrixWords& matrix, const FeatureGroup& group, const Words& words) {
  Table table;
  table.turned_head = words(Phrase::role);
  table.head.emplace_back(words.text(Phrase::feature));
  for (const std::string& role : matrix.roles) table.head.emplace_back(role);
  table.head.emplace_back(words.text(Phrase::kept_by));
  for (const FeatureLine& line : group.lines) {
    std::vector<Cell> row{line.title};
    if (!line.name.empty()) row.front().lines.emplace_back().add(line.name, Look::name);
    for (const auto& entries : line.cells) row.push_back(cell_of(entries));
    row.emplace_back(line.kept_by);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Document matrix_document(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                         const MatrixOptions& options) {
  const Words words{model, options.language};
  const Rows rows = collect_rows(model, decisions, answers, options);
  const MatrixWords matrix = in_words(model, rows, options.stated.value_or(decisions.as_of), words);
  Document document;
  document.language = options.language;
  document.title = matrix.title;
  document.lead.emplace_back(matrix.as_of);
  Section& legend = document.add_section(words.text(Phrase::legend));
  List marks;
  for (const document::Mark mark : matrix.marks) marks.items.push_back({Line(mark, words.text(meaning_of(mark)))});
  legend.add(std::move(marks));
  if (!matrix.everywhere.empty()) legend.add(Line(matrix.everywhere));
  for (const FeatureGroup& group : matrix.groups) document.add_section(group.title).add(table_of(matrix, group, words));
  if (!matrix.notes.empty())
    document.add_section(words.text(Phrase::notes)).add(list_of(matrix.notes, List::Kind::notes));
  for (const Explanations& part : matrix.below) {
    Section& section = document.add_section(part.title);
    if (!part.text.empty()) section.add(Line(part.text));
    section.add(list_of(part.items));
  }
  return document;
}

Document matrix_sheet(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                      const MatrixOptions& options) {
  const Words words{model, options.language};
  Rows rows = collect_rows(model, decisions, answers, options);
  rows.everywhere.clear();  // a sheet has no line above its table that would say these controls
  const MatrixWords matrix = in_words(model, rows, options.stated.value_or(decisions.as_of), words);
  Table table;
  for (const Phrase head : {Phrase::page_group, Phrase::feature, Phrase::name})
    table.head.emplace_back(words.text(head));
  for (const std::string& role : matrix.roles) table.head.emplace_back(role);
  table.head.emplace_back(words.text(Phrase::kept_by));
  table.head.emplace_back(matrix.as_of);
  for (const FeatureGroup& group : matrix.groups) {
    for (const FeatureLine& line : group.lines) {
      std::vector<Cell> row{group.title, line.title, line.name.empty() ? line.title : line.name};
      for (const auto& entries : line.cells) row.push_back(cell_of(entries));
      row.emplace_back(line.kept_by);
      row.emplace_back();
      table.rows.push_back(std::move(row));
    }
  }
  Document document;
  document.language = options.language;
  Section& section = document.add_section();
  section.add(std::move(table));
  section.add(list_of(matrix.notes, List::Kind::notes));
  return document;
}

}  // namespace farol::query
