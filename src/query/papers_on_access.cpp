// Who reaches what, what people are told and taught about it, and the evidence of both.
#include <algorithm>
#include <set>

#include "base/digest.h"
#include "query/maker.h"

namespace farol::query {
void Maker::training() {
  begin(Phrase::report_training);
  add_table(section(Phrase::report_training), say_.things().of_kind("training"),
            {{Phrase::topic, "topic"},
             {Phrase::roles, "roles"},
             {Phrase::date, "last"},
             {Phrase::attended, "attended"},
             {Phrase::every, "every"},
             {Phrase::evidence, "evidence"}});
}

void Maker::notice() {
  begin(Phrase::report_notice);
  for (const Thing thing : say_.things().of_kind("notice")) {
    const Declared& each = say_.things().declared(thing);
    document::List list;
    const std::pair<Phrase, Key> lines[] = {{Phrase::purpose, "purpose"},
                                            {Phrase::recipients, "recipients"},
                                            {Phrase::obligatory, "obligatory"},
                                            {Phrase::rights_title, "rights"},
                                            {Phrase::contact, "contact"}};
    for (const auto& [head, key] : lines)
      list.items.push_back({say_(Phrase::pair, {say_(head), say_.attribute(each, key)})});
    document_.add_section(say_.attribute(each, "data")).add(std::move(list));
  }
  if (document_.sections.empty()) section(Phrase::purpose).add(say_(Phrase::not_stated));
}

std::vector<std::string> Maker::allowed(model::RoleId role, model::ObjectId object) const {
  std::vector<std::string> titles;
  for (std::size_t f = 0; f < model_.features.size(); ++f) {
    const auto& possible = model_.objects_of(model_.features[f].acts_on);
    if (std::find(possible.begin(), possible.end(), object) == possible.end()) continue;
    if (may(decisions_.cell(model_, role, model::FeatureId{f}, object)))
      titles.push_back(say_.label(model_.features[f]));
  }
  return titles;
}

bool Maker::may(const decide::Cell& cell) {
  return std::any_of(cell.segments.begin(), cell.segments.end(),
                     [](const decide::Segment& segment) { return segment.effect == decide::Effect::allow; });
}

void Maker::review() {
  begin(Phrase::report_review);
  if (!inputs_.since.empty()) document_.lead.push_back(inputs_.since);
  std::vector<std::string> owners;
  for (const Thing data : say_.things().of_kind("data")) owners.push_back(cell(data, "owner"));
  for (const AccessChange& change : inputs_.changes) owners.push_back(change.owner);
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  if (owners.empty()) section(Phrase::owner).add(say_(Phrase::not_stated));
  for (const std::string& owner : owners) {
    document_.add_section(say_(Phrase::pair, {say_(Phrase::owner), owner}));
    document::Table table{{say_(Phrase::data_class), say_(Phrase::role), say_(Phrase::features_of_data),
                           say_(Phrase::keep_grant), say_(Phrase::decided_by), say_(Phrase::decided_on)},
                          {}};
    for (const Thing data : say_.things().of_kind("data")) {
      if (cell(data, "owner") != owner) continue;
      for (std::size_t r = 0; r < model_.roles.size(); ++r) {
        const auto features = allowed(model::RoleId{r}, model::ObjectId{data.index});
        if (features.empty()) continue;
        table.rows.push_back({cell(data, ""), say_.label(model_.roles[r]), say_.list(features), "", "", ""});
      }
    }
    if (table.rows.empty()) document_.sections.back().add(say_(Phrase::nobody_reaches));
    document_.sections.back().add(std::move(table));
    if (!inputs_.since.empty()) add_changes(owner);
  }
}

void Maker::add_changes(const std::string& owner) {
  document::Table table{{say_(Phrase::since_review), say_(Phrase::data_class), say_(Phrase::role),
                         say_(Phrase::features_of_data), say_(Phrase::review_terms)},
                        {}};
  for (const AccessChange& each : inputs_.changes) {
    if (each.owner == owner) table.rows.push_back({each.change, each.data, each.role, each.feature, each.terms});
  }
  document_.add_section(say_(Phrase::pair, {owner, say_(Phrase::since_review)}));
  if (table.rows.empty()) document_.sections.back().add(say_(Phrase::review_same));
  document_.sections.back().add(std::move(table));
}

void Maker::usage() {
  begin(Phrase::report_usage);
  document::Section& never = section(Phrase::never_heading);
  std::vector<std::string> lines;
  for (const model::Rule& rule : model_.rules) {
    const bool refuses = rule.verb == model::Verb::forbid || rule.verb == model::Verb::only;
    if (!refuses || !rule.is_live(decisions_.as_of)) continue;
    const std::string& because = rule.because.in(base::tag(say_.language()));
    const std::string& line = because.empty() ? rule.text : because;
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
  }
  if (lines.empty()) never.add(say_(Phrase::not_stated));
  document::List list;
  for (const std::string& line : lines) list.items.push_back({line});
  never.add(std::move(list));
  measures(section(Phrase::safeguards_heading));
  for (std::size_t r = 0; r < model_.roles.size(); ++r) {
    document_.add_section(say_(Phrase::may_heading, {say_.label(model_.roles[r])}));
    document::List may_do;
    for (std::size_t f = 0; f < model_.features.size(); ++f) {
      const auto& objects = model_.objects_of(model_.features[f].acts_on);
      const bool some = std::any_of(objects.begin(), objects.end(), [&](model::ObjectId object) {
        return may(decisions_.cell(model_, model::RoleId{r}, model::FeatureId{f}, object));
      });
      if (some) may_do.items.push_back({say_.label(model_.features[f])});
    }
    if (may_do.items.empty()) document_.sections.back().add(say_(Phrase::may_nothing));
    document_.sections.back().add(std::move(may_do));
  }
}

void Maker::evidence() {
  begin(Phrase::report_evidence);
  document::Section& libraries = section(Phrase::packs_used);
  document::Table used{{say_(Phrase::packs_used), say_(Phrase::version_heading)}, {}};
  for (const model::UsedLibrary& library : model_.libraries) used.rows.push_back({library.name, library.version});
  if (used.rows.empty()) libraries.add(say_(Phrase::not_stated));
  libraries.add(std::move(used));
  add_results(section(Phrase::checks_run));
  document::Section& waived = section(Phrase::waivers);
  document::Table table{{say_(Phrase::finding), say_(Phrase::until), say_(Phrase::reason), say_(Phrase::approved_by)},
                        {}};
  for (const model::Waiver& waiver : model_.waivers) {
    table.rows.push_back({waiver.finding, waiver.until ? base::to_string(*waiver.until) : say_(Phrase::not_stated),
                          waiver.because.in(base::tag(say_.language())),
                          waiver.by.empty() ? say_(Phrase::not_stated) : waiver.by});
  }
  if (table.rows.empty()) waived.add(say_(Phrase::word_none));
  waived.add(std::move(table));
  add_confirmations(section(Phrase::confirmations));
  document::Table papers{{say_(Phrase::papers), say_(Phrase::sha256)}, {}};
  for (std::size_t i = 0; i < kinds().size(); ++i) {
    if (static_cast<Kind>(i) == Kind::evidence) continue;
    const document::Document paper = query::make(static_cast<Kind>(i), model_, decisions_, inputs_, say_.language());
    papers.rows.push_back({paper.title, base::sha256_hex(render_markdown(paper))});
  }
  section(Phrase::papers).add(std::move(papers));
}

void Maker::add_confirmations(document::Section& part) {
  const auto standing = [](dingtalk::Standing wanted) {
    return [wanted](const dingtalk::SignedStep& step) { return step.status.standing == wanted; };
  };
  const auto& steps = inputs_.steps;
  if (steps.empty()) {
    part.add(say_(Phrase::word_none));
    return;
  }
  const auto current = std::count_if(steps.begin(), steps.end(), standing(dingtalk::Standing::current));
  const auto gone = std::count_if(steps.begin(), steps.end(), standing(dingtalk::Standing::withdrawn));
  part.add(say_(Phrase::checklist_progress,
                                 {std::to_string(current), std::to_string(static_cast<long>(steps.size()) - gone)}));
  document::Table table{{say_(Phrase::step), say_(Phrase::value), say_(Phrase::standing), say_(Phrase::confirmed),
                         say_(Phrase::evidence), say_(Phrase::file_digest)},
                        {}};
  for (const dingtalk::SignedStep& step : steps) {
    const dingtalk::Confirmation* last = step.status.last;
    if (last == nullptr) continue;
    table.rows.push_back({step.title + "\n" + step.id, step.value, say_(dingtalk::phrase_of(step.status.standing)),
                          dingtalk::in_words(step.status, say_.language()),
                          last->evidence.empty() ? say_(Phrase::word_none) : last->evidence, last->digest});
  }
  part.add(std::move(table));
}

void Maker::add_results(document::Section& part) {
  if (model_.checks.empty()) part.add(say_(Phrase::report_no_packs));
  document::Table table{{say_(Phrase::check_id), say_(Phrase::severity), say_(Phrase::result), say_(Phrase::source)},
                        {}};
  const auto stands_in = [](const std::vector<std::size_t>& list, std::size_t check) {
    return std::find(list.begin(), list.end(), check) != list.end();
  };
  for (std::size_t i = 0; i < model_.checks.size(); ++i) {
    const model::Check& check = model_.checks[i];
    auto open = static_cast<std::size_t>(
        std::count_if(findings_.list.begin(), findings_.list.end(), [i](const auto& each) { return each.check == i; }));
    for (const auto& [more, count] : findings_.more) open += more == i ? count : 0;
    std::string result = say_(Phrase::result_met);
    if (open > 0) result = say_(Phrase::result_open, {std::to_string(open)});
    if (stands_in(findings_.too_large, i) || stands_in(findings_.waiting, i)) result = say_(Phrase::result_not_run);
    std::vector<std::string> sources;
    for (const model::Citation& citation : check.citations) sources.push_back(cited(citation));
    std::string source;
    for (const std::string& each : sources) source += (source.empty() ? "" : "\n") + each;
    table.rows.push_back({check.id, say_.word(severities[static_cast<std::size_t>(check.severity)]), std::move(result),
                          std::move(source)});
  }
  part.add(std::move(table));
}

}  // namespace farol::query
