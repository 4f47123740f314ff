#include "query/matrix.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "document/words.h"
#include "query/matrix_words.h"
#include "query/statement_column.h"

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

Cell title_of(const FeatureLine& line) {
  Cell cell{line.title};
  if (!line.name.empty()) cell.lines.emplace_back().add(line.name, Look::name);
  return cell;
}

Table table_of(const MatrixWords& matrix, const FeatureGroup& group, const Words& words) {
  Table table;
  table.turned_head = words(Phrase::role);
  table.head.emplace_back(words.text(Phrase::feature));
  for (const std::string& role : matrix.roles) table.head.emplace_back(role);
  table.head.emplace_back(words.text(Phrase::kept_by));
  for (const FeatureLine& line : group.lines) {
    std::vector<Cell> row{title_of(line)};
    for (const std::uint32_t cell : line.of_role) row.push_back(cell_of(line.cells[cell]));
    row.emplace_back(line.kept_by);
    table.rows.push_back(std::move(row));
  }
  return table;
}

bool is_listed(const Rows& rows) { return rows.rows.size() * rows.roles.size() > most_cells; }

std::string why_a_list(const Rows& rows, const Words& words) {
  return words(Phrase::matrix_listed, {std::to_string(rows.roles.size()), std::to_string(rows.rows.size()),
                                       std::to_string(rows.rows.size() * rows.roles.size())});
}

bool says_something(const std::vector<CellEntry>& cell) {
  return std::any_of(cell.begin(), cell.end(), [](const CellEntry& entry) {
    return entry.mark != document::Mark::none && entry.mark != document::Mark::platform;
  });
}

// For each cell of a line the first one that reads the same, whatever the rules behind it; nullopt where it says
// nothing.
std::vector<std::optional<std::uint32_t>> read_alike(const FeatureLine& line) {
  std::map<std::vector<std::tuple<document::Mark, std::string, std::size_t>>, std::uint32_t> known;
  std::vector<std::optional<std::uint32_t>> first;
  for (std::uint32_t i = 0; i < line.cells.size(); ++i) {
    std::vector<std::tuple<document::Mark, std::string, std::size_t>> text;
    for (const CellEntry& entry : line.cells[i]) text.emplace_back(entry.mark, entry.on, entry.note);
    const std::uint32_t place = known.try_emplace(std::move(text), i).first->second;
    first.push_back(says_something(line.cells[i]) ? std::optional(place) : std::nullopt);
  }
  return first;
}

// A line of the list of some roles: a feature, and what is said of it.
struct Listed {
  const FeatureGroup* group;
  const FeatureLine* line;
  std::uint32_t cell;

  bool operator==(const Listed&) const = default;
};

// Roles whose lists read the same, in the order of their first ones.
struct AlikeRoles {
  std::vector<std::string> names;
  std::vector<Listed> lines;
};

std::vector<AlikeRoles> alike_roles(const MatrixWords& matrix) {
  std::vector<std::vector<Listed>> lists(matrix.roles.size());
  for (const FeatureGroup& group : matrix.groups) {
    for (const FeatureLine& line : group.lines) {
      const auto alike = read_alike(line);
      for (std::size_t role = 0; role < line.of_role.size(); ++role) {
        if (const auto cell = alike[line.of_role[role]]) lists[role].push_back({&group, &line, *cell});
      }
    }
  }
  const auto key = [](const Listed& listed) { return std::pair{listed.line, listed.cell}; };
  const auto less = [&](std::size_t a, std::size_t b) {
    return std::lexicographical_compare(lists[a].begin(), lists[a].end(), lists[b].begin(), lists[b].end(),
                                        [&](const Listed& x, const Listed& y) { return key(x) < key(y); });
  };
  std::map<std::size_t, std::size_t, decltype(less)> places(less);  // of the roles' first ones, by their lists
  std::vector<AlikeRoles> result;
  for (std::size_t role = 0; role < lists.size(); ++role) {
    const auto [place, fresh] = places.try_emplace(role, result.size());
    if (fresh) result.emplace_back();
    result[place->second].names.push_back(matrix.roles[role]);
  }
  for (const auto& [role, place] : places) result[place].lines = lists[role];
  return result;
}

Document document_in(const Words& words) {
  Document document;
  document.language = words.language();
  return document;
}

// --- the document

// The title, and how to read what follows.
Document head_of(const MatrixWords& matrix, const Words& words) {
  Document document = document_in(words);
  document.title = matrix.title;
  document.lead.emplace_back(matrix.as_of);
  Section& legend = document.add_section(words.text(Phrase::legend));
  List marks;
  for (const document::Mark mark : matrix.marks) marks.items.push_back({Line(mark, words.text(meaning_of(mark)))});
  legend.add(std::move(marks));
  if (!matrix.everywhere.empty()) legend.add(Line(matrix.everywhere));
  return document;
}

void add_explanations(Document& document, const MatrixWords& matrix, const Words& words) {
  if (!matrix.notes.empty())
    document.add_section(words.text(Phrase::notes)).add(list_of(matrix.notes, List::Kind::notes));
  for (const Explanations& part : matrix.below) {
    Section& section = document.add_section(part.title);
    if (!part.text.empty()) section.add(Line(part.text));
    section.add(list_of(part.items));
  }
}

Document list_document(const AlikeRoles& alike, const Words& words) {
  Document document = document_in(words);
  Section& section = document.add_section(words.list(alike.names));
  if (alike.lines.empty()) section.add(Line(words.text(Phrase::nothing_here)));
  Table table;
  for (const Phrase head : {Phrase::feature, Phrase::fact_answer, Phrase::kept_by})
    table.head.emplace_back(words.text(head));
  for (const Listed& each : alike.lines)
    table.rows.push_back({title_of(*each.line), cell_of(each.line->cells[each.cell]), each.line->kept_by});
  section.add(std::move(table));
  return document;
}

// --- the sheet

// A sheet has no line above its table that would say what everything requires.
Rows rows_of_sheet(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                   const MatrixOptions& options) {
  Rows rows = collect_rows(model, decisions, answers, options);
  rows.everywhere.clear();
  return rows;
}

std::string last_head(const MatrixOptions& options, const MatrixWords& matrix, base::Date day, const Words& words) {
  return options.statements.empty() ? matrix.as_of : words(Phrase::sheet_statements, {base::to_string(day)});
}

Document sheet_of(const MatrixWords& matrix, std::string last_head, const std::vector<std::string>& statements,
                  const Words& words) {
  std::size_t rows = 0;
  for (const FeatureGroup& group : matrix.groups) rows += group.lines.size();
  StatementColumn column(statements, rows);
  Table table;
  for (const Phrase head : {Phrase::page_group, Phrase::feature, Phrase::name})
    table.head.emplace_back(words.text(head));
  for (const std::string& role : matrix.roles) table.head.emplace_back(role);
  table.head.emplace_back(words.text(Phrase::kept_by));
  table.head.emplace_back(last_head);
  for (const FeatureGroup& group : matrix.groups) {
    for (const FeatureLine& line : group.lines) {
      std::vector<Cell> row{group.title, line.title, line.name.empty() ? line.title : line.name};
      for (const std::uint32_t cell : line.of_role) row.push_back(cell_of(line.cells[cell]));
      row.emplace_back(line.kept_by);
      row.push_back(column.next());
      table.rows.push_back(std::move(row));
    }
  }
  Document document = document_in(words);
  Section& section = document.add_section();
  section.add(std::move(table));
  section.add(list_of(matrix.notes, List::Kind::notes));
  return document;
}

// Its notes are numbered for themselves, so that a part carries only those that it refers to.
Document list_sheet(const AlikeRoles& alike, const MatrixWords& matrix, Table table, StatementColumn& column,
                    const Words& words) {
  List notes;
  notes.kind = List::Kind::notes;
  const std::string names = words.list(alike.names);
  for (const auto& [group, line, cell] : alike.lines) {
    Cell answer = cell_of(line->cells[cell]);
    for (Line& each : answer.lines) {
      if (each.note == 0) continue;
      notes.items.push_back({matrix.notes[each.note - 1]});
      each.note = notes.items.size();
    }
    table.rows.push_back({names, group->title, line->title, line->name.empty() ? line->title : line->name,
                          std::move(answer), line->kept_by, column.next()});
  }
  Document document = document_in(words);
  Section& section = document.add_section();
  section.add(std::move(table));
  section.add(std::move(notes));
  return document;
}

}  // namespace

void matrix_document(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                     const MatrixOptions& options, const TakePart& take) {
  const Words words{model, options.language};
  const Rows rows = collect_rows(model, decisions, answers, options);
  const MatrixWords matrix = in_words(model, rows, options.stated.value_or(decisions.as_of), words);
  Document document = head_of(matrix, words);
  if (is_listed(rows)) {
    document.lead.emplace_back(why_a_list(rows, words));
    take(document);
    for (const AlikeRoles& alike : alike_roles(matrix)) take(list_document(alike, words));
    document = document_in(words);
  } else {
    for (const FeatureGroup& group : matrix.groups)
      document.add_section(group.title).add(table_of(matrix, group, words));
  }
  add_explanations(document, matrix, words);
  take(document);
}

void matrix_sheet(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                  const MatrixOptions& options, const TakePart& take) {
  const Words words{model, options.language};
  const Rows rows = rows_of_sheet(model, decisions, answers, options);
  const base::Date day = options.stated.value_or(decisions.as_of);
  const MatrixWords matrix = in_words(model, rows, day, words);
  std::string last = last_head(options, matrix, day, words);
  if (!is_listed(rows)) return take(sheet_of(matrix, std::move(last), options.statements, words));
  Table table;
  for (const Phrase head :
       {Phrase::role, Phrase::page_group, Phrase::feature, Phrase::name, Phrase::fact_answer, Phrase::kept_by})
    table.head.emplace_back(words.text(head));
  table.head.emplace_back(words(Phrase::next_sentence, {last, why_a_list(rows, words)}));
  const auto lists = alike_roles(matrix);
  std::size_t lines = 0;
  for (const AlikeRoles& alike : lists) lines += alike.lines.size();
  StatementColumn column(options.statements, lines);
  for (const AlikeRoles& alike : lists) take(list_sheet(alike, matrix, table, column, words));
}

Document matrix_sheet(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                      const MatrixOptions& options) {
  const Rows rows = rows_of_sheet(model, decisions, answers, options);
  const Words words{model, options.language};
  const base::Date day = options.stated.value_or(decisions.as_of);
  const MatrixWords matrix = in_words(model, rows, day, words);
  return sheet_of(matrix, last_head(options, matrix, day, words), options.statements, words);
}

}  // namespace farol::query
