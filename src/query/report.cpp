#include "query/report.h"

#include <algorithm>
#include <array>

#include "document/articles.h"
#include "document/page.h"
#include "query/paper.h"

namespace farol::query {
namespace {

struct KindEntry {
  std::string_view name;
  Phrase title;
  void (*write)(Paper&);
};
// In the order of `Kind`.
constexpr std::array<KindEntry, 16> papers = {{
    {"applicability", Phrase::report_applicability, write_applicability},
    {"approvals", Phrase::report_approvals, write_approvals},
    {"assessment", Phrase::report_assessment, write_assessment},
    {"deletion", Phrase::report_deletion, write_deletion},
    {"evidence", Phrase::report_evidence, write_evidence},
    {"incidents", Phrase::report_incidents, write_incidents},
    {"inventory", Phrase::report_inventory, write_inventory},
    {"metadata", Phrase::report_metadata, write_metadata},
    {"notice", Phrase::report_notice, write_notice},
    {"notification", Phrase::report_notification, write_notification},
    {"processors", Phrase::report_processors, write_processors},
    {"requests", Phrase::report_requests, write_requests},
    {"review", Phrase::report_review, write_review},
    {"risk", Phrase::report_risk, write_risk},
    {"training", Phrase::report_training, write_training},
    {"usage", Phrase::report_usage, write_usage},
}};

constexpr auto names = [] {
  std::array<std::string_view, papers.size()> result;
  std::transform(papers.begin(), papers.end(), result.begin(), [](const KindEntry& paper) { return paper.name; });
  return result;
}();

}  // namespace

Paper::Paper(const model::Model& its_model, const decide::Decisions& its_decisions, const Inputs& its_inputs,
             base::Language language)
    : model(its_model), decisions(its_decisions), inputs(its_inputs), say(model, language) {
  document.language = language;
  for (const Thing thing : say.things().of_kind("data")) {
    std::vector<check::Item> is_personal;
    say.things().append(thing, "personal", is_personal);
    if (is_personal.front() == check::Item{true}) personal.push_back(thing);
  }
}

document::Section table_section(const Paper& paper, Phrase heading, const std::vector<Thing>& things,
                                std::initializer_list<Column> columns) {
  document::Table table;
  for (const Column& column : columns) table.head.emplace_back(paper.say(column.head));
  for (const Thing thing : things) {
    std::vector<document::Cell> row;
    for (const Column& column : columns) row.emplace_back(cell_of(paper, thing, column.key));
    table.rows.push_back(std::move(row));
  }
  document::Section section{paper.say(heading)};
  if (table.rows.empty()) section.add(paper.say(Phrase::not_stated));
  section.add(std::move(table));
  return section;
}

void add_table(Paper& paper, Phrase heading, const std::vector<Thing>& things, std::initializer_list<Column> columns) {
  paper.document.sections.push_back(table_section(paper, heading, things, columns));
}

std::string controller_of(const Paper& paper) {
  const std::string stated = paper.say.stated(paper.model.policy, "controller");
  return stated.empty() ? paper.say.label(paper.model.policy) : stated;
}

std::string cited(const Paper& paper, const model::Citation& citation) {
  const std::string& law = citation.law.in(base::tag(paper.say.language()));
  return citation.article.empty()
             ? law
             : paper.say(Phrase::law_and_place, {law, document::article(citation.article, paper.say.language())});
}

std::span<const std::string_view> kinds() { return names; }

std::optional<Kind> find_kind(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Kind>(found - names.begin()));
}

Phrase title_of(Kind kind) { return papers[static_cast<std::size_t>(kind)].title; }

document::Document make(Kind kind, const model::Model& model, const decide::Decisions& decisions, const Inputs& inputs,
                        base::Language language, std::set<std::string>* untranslated) {
  const KindEntry& entry = papers[static_cast<std::size_t>(kind)];
  Paper paper(model, decisions, inputs, language);
  if (untranslated != nullptr) paper.say.note_untranslated(*untranslated);
  document::Document& document = paper.document;
  document.title = paper.say(entry.title);
  document.frame = document::frame_of(model, language, decisions.as_of);
  document.frame.firm = controller_of(paper);
  document.lead.push_back(paper.say(Phrase::pair, {paper.say(Phrase::controller), document.frame.firm}));
  document.lead.push_back(document.frame.date);
  entry.write(paper);
  document.foot.push_back(paper.say(Phrase::report_foot));
  return std::move(document);
}

}  // namespace farol::query
