// Who reaches what, who was taught about it, and the evidence of both.
#include <algorithm>

#include "base/digest.h"
#include "query/paper.h"

namespace farol::query {
namespace {

// A table, or what the paper says where it has no rows.
void add_rows(const Paper& paper, document::Section& section, document::Table table, Phrase none) {
  if (table.rows.empty()) section.add(paper.say(none));
  section.add(std::move(table));
}

document::Table table_of(const Paper& paper, std::initializer_list<Phrase> head) {
  document::Table table;
  for (const Phrase phrase : head) table.head.emplace_back(paper.say(phrase));
  return table;
}

void add_changes(Paper& paper, const std::string& owner) {
  document::Table table = table_of(
      paper, {Phrase::since_review, Phrase::data_class, Phrase::role, Phrase::features_of_data, Phrase::review_terms});
  for (const AccessChange& each : paper.inputs.changes) {
    if (each.owner == owner) table.rows.push_back({each.change, each.data, each.role, each.feature, each.terms});
  }
  document::Section& section =
      paper.document.add_section(paper.say(Phrase::pair, {owner, paper.say(Phrase::since_review)}));
  add_rows(paper, section, std::move(table), Phrase::review_same);
}

// What somebody has signed, and how many steps nobody has.
void add_confirmations(const Paper& paper, document::Section& section) {
  const auto& steps = paper.inputs.steps;
  const auto count = [&](dingtalk::Standing wanted) {
    return std::count_if(steps.begin(), steps.end(),
                         [&](const dingtalk::SignedStep& step) { return step.status.standing == wanted; });
  };
  if (steps.empty()) return section.add(paper.say(Phrase::word_none));
  const auto asked = static_cast<std::ptrdiff_t>(steps.size()) - count(dingtalk::Standing::withdrawn);
  section.add(paper.say(Phrase::checklist_progress,
                        {std::to_string(count(dingtalk::Standing::current)), std::to_string(asked)}));
  document::Table table = table_of(
      paper, {Phrase::step, Phrase::value, Phrase::standing, Phrase::confirmed, Phrase::evidence, Phrase::file_digest});
  for (const dingtalk::SignedStep& step : steps) {
    const dingtalk::Confirmation* last = step.status.last;
    if (last == nullptr) continue;
    table.rows.push_back({std::vector<document::Line>{step.title, step.id}, step.value,
                          paper.say(dingtalk::phrase_of(step.status.standing)),
                          dingtalk::in_words(step.status, paper.say.language()),
                          last->evidence.empty() ? paper.say(Phrase::word_none) : last->evidence,
                          document::Line().add(last->digest, document::Look::code)});
  }
  section.add(std::move(table));
}

std::string result_of(const Paper& paper, std::size_t check) {
  const check::CheckFindings& findings = paper.inputs.findings;
  const auto has = [check](const std::vector<std::size_t>& list) {
    return std::find(list.begin(), list.end(), check) != list.end();
  };
  if (has(findings.too_large) || has(findings.waiting)) return paper.say(Phrase::result_not_run);
  auto open = static_cast<std::size_t>(
      std::count_if(findings.list.begin(), findings.list.end(), [&](const auto& each) { return each.check == check; }));
  for (const auto& [more, count] : findings.more) open += more == check ? count : 0;
  return open > 0 ? paper.say(Phrase::result_open, {std::to_string(open)}) : paper.say(Phrase::result_met);
}

void add_results(const Paper& paper, document::Section& section) {
  document::Table table = table_of(paper, {Phrase::check_id, Phrase::severity, Phrase::result, Phrase::source});
  for (std::size_t i = 0; i < paper.model.checks.size(); ++i) {
    const model::Check& check = paper.model.checks[i];
    document::Cell sources;
    for (const model::Citation& citation : check.citations) sources.lines.emplace_back(cited(paper, citation));
    table.rows.push_back({check.id, paper.say.word(severities[static_cast<std::size_t>(check.severity)]),
                          result_of(paper, i), std::move(sources)});
  }
  add_rows(paper, section, std::move(table), Phrase::report_no_packs);
}

}  // namespace

std::vector<std::string> allowed(const Paper& paper, model::RoleId role, model::ObjectId object) {
  std::vector<std::string> titles;
  for (std::size_t f = 0; f < paper.model.features.size(); ++f) {
    const auto& possible = paper.model.objects_of(paper.model.features[f].acts_on);
    if (std::find(possible.begin(), possible.end(), object) == possible.end()) continue;
    if (may(paper, role, model::FeatureId{f}, object)) titles.push_back(paper.say.label(paper.model.features[f]));
  }
  return titles;
}

bool may(const Paper& paper, model::RoleId role, model::FeatureId feature, model::ObjectId object) {
  return decide::allows_something(paper.decisions.cell(paper.model, role, feature, object));
}

void write_training(Paper& paper) {
  add_table(paper, Phrase::report_training, paper.say.things().of_kind("training"),
            {{Phrase::topic, "topic"},
             {Phrase::roles, "roles"},
             {Phrase::date, "last"},
             {Phrase::attended, "attended"},
             {Phrase::every, "every"},
             {Phrase::evidence, "evidence"}});
}

// A sheet for each owner of data, with columns to fill in by hand.
void write_review(Paper& paper) {
  if (!paper.inputs.since.empty()) paper.document.lead.push_back(paper.inputs.since);
  const std::vector<Thing> all_data = paper.say.things().of_kind("data");
  std::vector<std::string> owners;
  for (const Thing data : all_data) owners.push_back(cell_of(paper, data, "owner"));
  for (const AccessChange& change : paper.inputs.changes) owners.push_back(change.owner);
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  if (owners.empty()) paper.section(Phrase::owner).add(paper.say(Phrase::not_stated));
  for (const std::string& owner : owners) {
    document::Table table = table_of(paper, {Phrase::data_class, Phrase::role, Phrase::features_of_data,
                                             Phrase::keep_grant, Phrase::decided_by, Phrase::decided_on});
    for (const Thing data : all_data) {
      if (cell_of(paper, data, "owner") != owner) continue;
      for (std::size_t r = 0; r < paper.model.roles.size(); ++r) {
        const auto features = allowed(paper, model::RoleId{r}, model::ObjectId{data.index});
        if (features.empty()) continue;
        table.rows.push_back(
            {cell_of(paper, data, ""), paper.say.label(paper.model.roles[r]), paper.say.list(features), "", "", ""});
      }
    }
    document::Section& section = paper.document.add_section(paper.say(Phrase::pair, {paper.say(Phrase::owner), owner}));
    add_rows(paper, section, std::move(table), Phrase::nobody_reaches);
    if (!paper.inputs.since.empty()) add_changes(paper, owner);
  }
}

// What was checked, with which result, and what the other papers were on that day.
void write_evidence(Paper& paper) {
  document::Table used = table_of(paper, {Phrase::packs_used, Phrase::version_heading});
  for (const model::UsedLibrary& library : paper.model.libraries) used.rows.push_back({library.name, library.version});
  add_rows(paper, paper.section(Phrase::packs_used), std::move(used), Phrase::not_stated);
  add_results(paper, paper.section(Phrase::checks_run));
  document::Table waived = table_of(paper, {Phrase::finding, Phrase::until, Phrase::reason, Phrase::approved_by});
  for (const model::Waiver& waiver : paper.model.waivers) {
    waived.rows.push_back({waiver.finding,
                           waiver.until ? base::to_string(*waiver.until) : paper.say(Phrase::not_stated),
                           waiver.because.in(base::tag(paper.say.language())),
                           waiver.by.empty() ? paper.say(Phrase::not_stated) : waiver.by});
  }
  add_rows(paper, paper.section(Phrase::waivers), std::move(waived), Phrase::word_none);
  add_confirmations(paper, paper.section(Phrase::confirmations));
  document::Table papers = table_of(paper, {Phrase::papers, Phrase::sha256});
  for (std::size_t i = 0; i < kinds().size(); ++i) {
    if (static_cast<Kind>(i) == Kind::evidence) continue;
    const document::Document other =
        make(static_cast<Kind>(i), paper.model, paper.decisions, paper.inputs, paper.say.language());
    const std::string digest = base::sha256_hex(document::render_markdown(other));
    papers.rows.push_back({other.title, document::Line().add(digest, document::Look::code)});
  }
  paper.section(Phrase::papers).add(std::move(papers));
}

}  // namespace farol::query
