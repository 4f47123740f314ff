#include "compare/table.h"

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "base/page_phrases.h"

namespace farol::compare {
namespace {

using base::Phrase;

constexpr std::array headings = {
    Phrase::diff_policy,        Phrase::diff_column_wider, Phrase::diff_column_narrower, Phrase::diff_column_otherwise,
    Phrase::diff_column_weaker, Phrase::diff_column_new,   Phrase::diff_column_solved,   Phrase::diff_column_steps};
std::array<std::size_t, headings.size() - 1> counts_of(const TableRow& row) {
  return {row.wider, row.narrower, row.otherwise, row.weaker, row.new_findings, row.solved_findings, row.steps};
}

std::string_view in_words(TableRow::State state, base::Language language) {
  switch (state) {
    case TableRow::State::compared: return {};
    case TableRow::State::is_new: return base::text(Phrase::diff_policy_new, language);
    case TableRow::State::is_gone: return base::text(Phrase::diff_policy_gone, language);
    case TableRow::State::has_errors: break;
  }
  return base::text(Phrase::diff_policy_errors, language);
}

// Names inside the page of one policy stay apart from those of the next.
void name_below(const std::string& above, std::vector<document::Section>& sections) {
  for (std::size_t i = 0; i < sections.size(); ++i) {
    document::Section& section = sections[i];
    section.id = above + "-" + (section.id.empty() ? std::to_string(i + 1) : section.id);
    name_below(section.id, section.sections);
  }
}

}  // namespace

TableRow row_of(std::string name, const Review& review) {
  TableRow row{std::move(name)};
  row.wider = review.count(Direction::widening);
  row.narrower = review.count(Direction::narrowing);
  row.otherwise = review.count(Direction::mixed) + review.difference.governed.size();
  row.weaker = review.difference.weaker_safeguards();
  row.solved_findings = review.count(FindingChange::Kind::solved);
  row.new_findings = review.count(FindingChange::Kind::added);
  row.steps = review.steps.size();
  return row;
}

document::Document document_of(const std::vector<TableRow>& rows, base::Language language) {
  document::Table table;
  table.counts = true;
  for (const Phrase heading : headings) table.head.emplace_back(base::text(heading, language));
  for (const TableRow& row : rows) {
    std::vector<document::Cell> cells{row.name};
    for (const std::size_t count : counts_of(row)) cells.emplace_back(count == 0 ? "·" : std::to_string(count));
    if (row.state != TableRow::State::compared) {
      std::fill(cells.begin() + 1, cells.end(), document::Cell());
      cells[1] = in_words(row.state, language);
    }
    table.rows.push_back(std::move(cells));
  }
  document::Document document;
  document.language = language;
  document.add_section().add(std::move(table));
  return document;
}

document::Document page_of(const std::vector<TableRow>& rows, std::vector<document::Document> pages,
                           base::Language language) {
  document::Document document = document_of(rows, language);
  document.title = base::fill(base::pages::diff_each_title, language, {std::to_string(rows.size())});
  auto& table = std::get<document::Table>(document.sections.front().blocks.front());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    document::Document& page = pages[i];
    if (page.sections.empty()) continue;
    const std::string id = "policy-" + std::to_string(i + 1);
    table.rows[i].front() = document::Line().add(rows[i].name, document::Look::plain, "#" + id);
    document::Section& section = document.add_section(rows[i].name);
    section.id = id;
    for (document::Line& line : page.lead) section.add(std::move(line));
    document::Section all;
    all.fold = page.title;
    all.sections = std::move(page.sections);
    section.sections.push_back(std::move(all));
    name_below(id, section.sections);
    document.frame.date = page.frame.date;
  }
  return document;
}

std::string render_json(const std::vector<TableRow>& rows, std::string_view version) {
  constexpr std::array states = {"compared", "new", "gone", "errors"};
  constexpr std::array keys = {"widening",     "narrowing",       "mixed", "weaker_safeguards",
                               "new_findings", "solved_findings", "steps"};
  std::string out;
  for (const TableRow& row : rows) {
    base::JsonWriter json;
    json.begin_object(base::JsonWriter::Layout::line);
    json.key("path").string(row.name);
    json.key("farol").string(version);
    json.key("state").string(states[static_cast<std::size_t>(row.state)]);
    const auto counts = counts_of(row);
    for (std::size_t i = 0; i < counts.size(); ++i) json.key(keys[i]).number(static_cast<std::int64_t>(counts[i]));
    json.end_object();
    out += json.take();
  }
  return out;
}

}  // namespace farol::compare
