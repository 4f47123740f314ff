// Who reaches what, who was taught about it, and the evidence of both.
#include <algorithm>
#include <map>
#include <utility>

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

void add_results(const Paper& paper, document::Section& section) {
  document::Table table = table_of(paper, {Phrase::check_id, Phrase::severity, Phrase::result, Phrase::source});
  for (std::size_t i = 0; i < paper.model.checks.size(); ++i) {
    const model::Check& check = paper.model.checks[i];
    document::Cell sources;
    for (const model::Citation& citation : check.citations) sources.lines.emplace_back(cited(paper, citation));
    table.rows.push_back({std::vector<document::Line>{check.id, paper.say.in(check.title)},
                          paper.say.word(severities[static_cast<std::size_t>(check.severity)]),
                          in_words(paper, check::result_of(paper.inputs.findings, i)), std::move(sources)});
  }
  add_rows(paper, section, std::move(table), Phrase::report_no_packs);
}

// What the policy says in the place of the packs' own limits and lists.
void add_parameters(const Paper& paper, document::Section& section) {
  document::Table table =
      table_of(paper, {Phrase::setting_of_pack, Phrase::setting_standard, Phrase::setting_own, Phrase::reason});
  for (const model::Parameter& each : paper.model.parameters)
    table.rows.push_back({document::Line().add(each.pack + "." + each.name, document::Look::code), each.standard,
                          each.value, paper.say.in(each.because)});
  add_rows(paper, section, std::move(table), Phrase::word_none);
}

// What those in charge have to decide: one line for all that a role may do with a class of data under the same terms.
void add_grants(const Paper& paper, document::Section& section, const std::vector<const ReviewedGrant*>& grants) {
  const bool named = paper.inputs.holders != nullptr;
  // Administration is about no data.
  const bool about_data =
      std::any_of(grants.begin(), grants.end(), [](const ReviewedGrant* grant) { return !grant->data.empty(); });
  document::Table table =
      about_data ? table_of(paper, {Phrase::data_class, Phrase::role}) : table_of(paper, {Phrase::role});
  if (named) table.head.emplace_back(paper.say(Phrase::held_by));
  for (const Phrase phrase :
       {Phrase::features_of_data, Phrase::review_terms, Phrase::keep_grant, Phrase::decided_by, Phrase::decided_on})
    table.head.emplace_back(paper.say(phrase));
  using Joined = std::pair<const ReviewedGrant*, std::vector<std::string>>;  // and its features
  std::vector<Joined> lines;
  const auto is_same = [&](const ReviewedGrant& one, const ReviewedGrant& other) {
    return one.data == other.data && one.held_by == other.held_by && one.when == other.when &&
           one.controls == other.controls && one.until == other.until;
  };
  for (const ReviewedGrant* grant : grants) {
    auto line =
        std::find_if(lines.begin(), lines.end(), [&](const Joined& each) { return is_same(*each.first, *grant); });
    if (line == lines.end()) line = lines.insert(lines.end(), {grant, {}});
    line->second.push_back(grant->feature);
  }
  for (const auto& [grant, features] : lines) {
    std::vector<document::Cell> row;
    if (about_data) row.emplace_back(grant->data);
    row.emplace_back(grant->role);
    if (named) row.emplace_back(holders_in_words(paper.inputs.holders, grant->held_by, paper.say.language()));
    row.emplace_back(paper.say.list(features));
    row.emplace_back(grant->terms(paper.say.language()));
    row.resize(table.head.size());
    table.rows.push_back(std::move(row));
  }
  add_rows(paper, section, std::move(table), Phrase::nobody_reaches);
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

// Privileged rights first, then a sheet for each of those in charge, with columns to fill in by hand.
void write_review(Paper& paper) {
  if (!paper.inputs.since.empty()) paper.document.lead.push_back(paper.inputs.since);
  if (paper.inputs.answers == nullptr) return;
  const auto all = grants_of(paper.model, *paper.inputs.answers, paper.say);
  std::vector<const ReviewedGrant*> privileged;
  std::map<std::string, std::vector<const ReviewedGrant*>> by_owner;
  for (const Thing data : paper.say.things().of_kind("data")) by_owner[cell_of(paper, data, "owner")];
  for (const ReviewedGrant& grant : all) (grant.privileged ? privileged : by_owner[grant.owner]).push_back(&grant);
  add_grants(paper, paper.section(Phrase::privileged_rights), privileged);
  for (const auto& [owner, grants] : by_owner)
    add_grants(paper, paper.document.add_section(paper.say(Phrase::pair, {paper.say(Phrase::owner), owner})), grants);
  if (by_owner.empty()) paper.section(Phrase::owner).add(paper.say(Phrase::not_stated));
  if (paper.inputs.since.empty()) return;
  document::Table table = table_of(paper, {Phrase::since_review, Phrase::owner, Phrase::data_class, Phrase::role,
                                           Phrase::features_of_data, Phrase::review_terms});
  for (const AccessChange& each : paper.inputs.changes)
    table.rows.push_back({each.change, each.owner, each.data, each.role, each.feature, each.terms});
  add_rows(paper, paper.section(Phrase::since_review), std::move(table), Phrase::review_same);
}

// What was checked, with which result, and what the other papers were on that day.
void write_evidence(Paper& paper) {
  document::Table used = table_of(paper, {Phrase::packs_used, Phrase::version_heading});
  for (const model::UsedLibrary& library : paper.model.libraries) used.rows.push_back({library.name, library.version});
  add_rows(paper, paper.section(Phrase::packs_used), std::move(used), Phrase::not_stated);
  add_results(paper, paper.section(Phrase::checks_run));
  add_parameters(paper, paper.section(Phrase::settings_of_own));
  document::Table waived = table_of(paper, {Phrase::finding, Phrase::until, Phrase::reason, Phrase::approved_by});
  for (const model::Waiver& waiver : paper.model.waivers) {
    waived.rows.push_back(
        {waiver.finding, waiver.until ? base::to_string(*waiver.until) : paper.say(Phrase::not_stated),
         paper.say.in(waiver.because), waiver.by.empty() ? paper.say(Phrase::not_stated) : waiver.by});
  }
  add_rows(paper, paper.section(Phrase::waivers), std::move(waived), Phrase::word_none);
  add_confirmations(paper, paper.section(Phrase::confirmations));
  add_table(paper, Phrase::reviews_held, paper.say.things().of_kind("review"),
            {{Phrase::every, "every"},
             {Phrase::date, "last"},
             {Phrase::owner, "owner"},
             {Phrase::acknowledged, "acknowledged"},
             {Phrase::evidence, "evidence"}});
  if (paper.inputs.review != nullptr) {
    paper.document.sections.push_back(*paper.inputs.review);
    paper.document.sections.back().heading = paper.say(Phrase::review_result);
  }
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
