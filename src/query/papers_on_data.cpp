// Which data there is, where it lies, for how long, and what is told to the authority about it.
#include <algorithm>
#include <map>
#include <set>

#include "base/ids.h"
#include "query/paper.h"

namespace farol::query {
namespace {

using model::Declared;

std::string tier_of(const Paper& paper, Thing thing) {
  std::vector<check::Item> tier;
  paper.say.things().append(thing, "tier", tier);
  if (tier.empty()) return paper.say(Phrase::not_stated);
  return paper.say.label(paper.say.things().declared(std::get<Thing>(tier.front())));
}

// What the stores of a class of data say; of a store or a processor its own.
std::string by_store(const Paper& paper, Thing thing, std::string_view key) {
  const check::CheckedThings& things = paper.say.things();
  if (thing.table != Thing::Table::object) return paper.say.attribute(things.declared(thing), key);
  std::vector<check::Item> stores;
  things.append(thing, "store", stores);
  std::vector<std::string> parts;
  for (const check::Item& store : stores) {
    std::string part = paper.say.attribute(things.declared(std::get<Thing>(store)), key);
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
  }
  return paper.say.list(parts);
}

std::vector<Thing> covering(const Paper& paper, std::string_view kind, Thing data) {
  std::vector<Thing> found;
  for (const Thing fact : paper.say.things().of_kind(kind)) {
    std::vector<check::Item> covered;
    paper.say.things().append(fact, "data", covered);
    if (std::find(covered.begin(), covered.end(), check::Item{data}) != covered.end()) found.push_back(fact);
  }
  return found;
}

// What the class of data says itself, or the `retention` that covers it.
std::string kept(const Paper& paper, Thing thing, std::string_view key) {
  std::string own = paper.say.stated(paper.say.things().declared(thing), key);
  if (!own.empty()) return own;
  for (const Thing rule : covering(paper, "retention", thing)) {
    std::string text = paper.say.stated(paper.say.things().declared(rule), key == "retention" ? "keep" : key);
    if (!text.empty()) return text;
  }
  return paper.say(Phrase::not_stated);
}

// A filing by its number, which an authority knows; by its title where there is none.
std::string numbers_of_filings(const Paper& paper, Thing transfer) {
  std::vector<check::Item> filings;
  paper.say.things().append(transfer, "filing", filings);
  std::vector<std::string> numbers;
  for (const check::Item& filing : filings) {
    const Declared& declared = paper.say.things().declared(std::get<Thing>(filing));
    const std::string number = paper.say.stated(declared, "reference");
    numbers.push_back(number.empty() ? paper.say.label(declared) : number);
  }
  return paper.say.list(numbers);
}

// The roles that may see the data or change it, by some feature and in some context.
std::string reach(const Paper& paper, Thing thing) {
  const model::ObjectId object{thing.index};
  std::vector<std::string> roles;
  for (std::size_t r = 0; r < paper.model.roles.size(); ++r) {
    bool reaches = false;
    for (std::size_t f = 0; f < paper.model.features.size() && !reaches; ++f) {
      reaches = paper.model.features[f].acts_on == model::ActsOn::data &&
                may(paper, model::RoleId{r}, model::FeatureId{f}, object);
    }
    if (reaches) roles.push_back(paper.say.label(paper.model.roles[r]));
  }
  return roles.empty() ? paper.say(Phrase::nobody_reaches) : paper.say.list(roles);
}

// The facts of a kind that are about some of the data.
std::vector<Thing> facts_about(const Paper& paper, std::string_view kind, const std::vector<Thing>& data) {
  std::vector<Thing> facts;
  for (const Thing fact : paper.say.things().of_kind(kind)) {
    if (is_about(paper, fact, data)) facts.push_back(fact);
  }
  return facts;
}

// Those that are given some of the data, and those that run a store of it.
std::vector<Thing> processors_of(const Paper& paper, const std::vector<Thing>& data) {
  const check::CheckedThings& things = paper.say.things();
  std::vector<check::Item> running;
  for (const Thing each : data) {
    std::vector<check::Item> stores;
    things.append(each, "store", stores);
    for (const check::Item& store : stores) things.append(std::get<Thing>(store), "processor", running);
  }
  std::vector<Thing> found;
  for (const Thing processor : things.of_kind("processor")) {
    const bool runs = std::find(running.begin(), running.end(), check::Item{processor}) != running.end();
    if (runs || is_about(paper, processor, data)) found.push_back(processor);
  }
  return found;
}

// The ten items of article 23 of Law 8/2005 for some classes of data, numbered.
void write_article_23(Paper& paper, const std::vector<Thing>& data) {
  const std::size_t before = paper.document.sections.size();
  const Declared& policy = paper.model.policy;
  const auto line = [&](Phrase name, const std::string& text) {
    return document::Item{paper.say(Phrase::pair, {paper.say(name), text})};
  };
  paper.section(Phrase::controller)
      .add(document::List{{line(Phrase::controller, controller_of(paper)),
                           line(Phrase::representative, paper.say.attribute(policy, "representative")),
                           line(Phrase::address, paper.say.attribute(policy, "address")),
                           line(Phrase::contact, paper.say.attribute(policy, "contact")),
                           line(Phrase::registration, paper.say.attribute(policy, "registration"))}});
  const check::CheckedThings& things = paper.say.things();
  add_table(paper, Phrase::purposes, data,
            {{Phrase::data_class, ""}, {Phrase::purpose, "purpose"}, {Phrase::ground, "ground"}});
  add_table(paper, Phrase::people_and_data, data,
            {{Phrase::data_class, ""}, {Phrase::people, "subjects"}, {Phrase::category, "category"}});
  add_table(paper, Phrase::recipients, facts_about(paper, "notice", data),
            {{Phrase::data_class, "data"}, {Phrase::recipients, "recipients"}});
  add_table(paper, Phrase::processors, processors_of(paper, data),
            {{Phrase::processors, ""},
             {Phrase::service, "service"},
             {Phrase::region, "region"},
             {Phrase::contract, "contract"}});
  std::vector<Thing> combined;
  for (const Thing each : data) {
    if (things.declared(each).find("combined") != nullptr) combined.push_back(each);
  }
  add_table(paper, Phrase::combinations, combined, {{Phrase::data_class, ""}, {Phrase::combinations, "combined"}});
  add_table(paper, Phrase::retention, data,
            {{Phrase::data_class, ""}, {Phrase::retention, "retention"}, {Phrase::counted_from, "after"}});
  add_table(paper, Phrase::how_rights, things.of_kind("rights"),
            {{Phrase::owner, "owner"}, {Phrase::contact, "contact"}, {Phrase::within, "within"}});
  add_table(paper, Phrase::transfers, facts_about(paper, "transfer", data),
            {{Phrase::data_class, "data"},
             {Phrase::destination, "to"},
             {Phrase::recipients, "recipient"},
             {Phrase::purpose, "purpose"},
             {Phrase::basis, "basis"},
             {Phrase::filing, "filing"}});
  add_measures(paper, paper.section(Phrase::measures));
  for (std::size_t i = before; i < paper.document.sections.size(); ++i) {
    std::string& heading = paper.document.sections[i].heading.runs.front().text;
    heading = std::to_string(i - before + 1) + ". " + heading;
  }
}

// What is notified together: the classes of one filing; those that no filing covers by their purpose, since one form is
// for one purpose or for several that belong together.
std::vector<std::pair<std::string, std::vector<Thing>>> notifications_of(const Paper& paper) {
  std::vector<std::pair<std::string, std::vector<Thing>>> all;
  std::vector<Thing> left = paper.personal;
  for (const Thing filing : paper.say.things().of_kind("filing")) {
    std::vector<check::Item> kind;
    paper.say.things().append(filing, "kind", kind);
    const bool is_exempt = !kind.empty() && kind.front() == check::Item{check::Word{"exemption"}};
    std::vector<Thing> covered;
    for (const Thing data : paper.personal) {
      if (is_about(paper, filing, {data})) covered.push_back(data);
    }
    std::erase_if(left, [&](Thing data) { return std::find(covered.begin(), covered.end(), data) != covered.end(); });
    if (!covered.empty() && !is_exempt)
      all.emplace_back(paper.say.label(paper.say.things().declared(filing)), std::move(covered));
  }
  for (const Thing data : left) {
    const std::string purpose = cell_of(paper, data, "purpose");
    const auto same = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.first == purpose; });
    if (same == all.end())
      all.emplace_back(purpose, std::vector{data});
    else
      same->second.push_back(data);
  }
  return all;
}

}  // namespace

bool is_about(const Paper& paper, Thing fact, const std::vector<Thing>& data) {
  std::vector<check::Item> covered;
  paper.say.things().append(fact, "data", covered);
  return std::any_of(data.begin(), data.end(), [&](Thing each) {
    return std::find(covered.begin(), covered.end(), check::Item{each}) != covered.end();
  });
}

std::string cell_of(const Paper& paper, Thing thing, std::string_view key) {
  const Declared& declared = paper.say.things().declared(thing);
  if (key.empty()) return paper.say.label(declared);
  if (key == "tier") return tier_of(paper, thing);
  if (key == "region" || key == "encryption") return by_store(paper, thing, key);
  if (key == "retention" || key == "after" || key == "then") return kept(paper, thing, key);
  if (key == "reach") return reach(paper, thing);
  if (key == "filing") return numbers_of_filings(paper, thing);
  return paper.say.attribute(declared, key);
}

void add_measures(const Paper& paper, document::Section& section) {
  document::List list;
  const auto add = [&](Phrase phrase, std::initializer_list<std::string_view> arguments) {
    list.items.push_back({paper.say(phrase, arguments)});
  };
  const model::Model& model = paper.model;
  const check::CheckedThings& things = paper.say.things();
  add(Phrase::access_measure, {std::to_string(model.roles.size()), std::to_string(model.rules.size())});
  std::set<std::uint32_t> required;
  for (const model::Rule& rule : model.rules) {
    for (const model::ControlId control : rule.controls) required.insert(control.value);
  }
  for (const model::Guardrail& guardrail : model.guardrails) {
    for (const model::ControlId control : guardrail.controls) required.insert(control.value);
  }
  std::vector<std::string> controls, stores;
  for (const std::uint32_t control : required) controls.push_back(paper.say.label(model.controls[control]));
  add(Phrase::control_measure, {paper.say.list(controls)});
  for (const Thing store : things.of_kind("store")) {
    std::vector<check::Item> encrypted;
    things.append(store, "encryption", encrypted);
    if (!encrypted.empty() && encrypted.front() == check::Item{true})
      stores.push_back(paper.say.label(things.declared(store)));
  }
  add(Phrase::encryption_measure, {paper.say.list(stores)});
  for (const Thing review : things.of_kind("review")) {
    const Declared& each = things.declared(review);
    add(Phrase::review_measure, {paper.say.attribute(each, "every"), paper.say.attribute(each, "last")});
  }
  for (const Thing training : things.of_kind("training"))
    add(Phrase::training_measure, {paper.say.attribute(things.declared(training), "last")});
  section.add(std::move(list));
}

void write_inventory(Paper& paper) {
  add_table(paper, Phrase::people_and_data, paper.say.things().of_kind("data"),
            {{Phrase::data_class, ""},
             {Phrase::tier, "tier"},
             {Phrase::category, "category"},
             {Phrase::people, "subjects"},
             {Phrase::purpose, "purpose"},
             {Phrase::ground, "ground"},
             {Phrase::stored_in, "store"},
             {Phrase::retention, "retention"},
             {Phrase::owner, "owner"},
             {Phrase::who_reaches, "reach"}});
  add_table(paper, Phrase::stored_in, paper.say.things().of_kind("store"),
            {{Phrase::stored_in, ""},
             {Phrase::region, "region"},
             {Phrase::encrypted, "encryption"},
             {Phrase::processors, "processor"}});
}

void write_deletion(Paper& paper) {
  add_table(paper, Phrase::retention, paper.personal,
            {{Phrase::data_class, ""},
             {Phrase::category, "category"},
             {Phrase::retention, "retention"},
             {Phrase::counted_from, "after"},
             {Phrase::and_then, "then"},
             {Phrase::masked, "mask"},
             {Phrase::owner, "owner"}});
  add_table(paper, Phrase::deletion_done, paper.say.things().of_kind("retention"),
            {{Phrase::data_class, "data"},
             {Phrase::and_then, "then"},
             {Phrase::done_on, "last"},
             {Phrase::owner, "owner"},
             {Phrase::evidence, "evidence"}});
}

void write_metadata(Paper& paper) {
  add_table(paper, Phrase::item, paper.say.things().of_kind("metadata"),
            {{Phrase::item, "item"},
             {Phrase::handling, "handling"},
             {Phrase::purpose, "purpose"},
             {Phrase::retention, "retention"},
             {Phrase::when_collected, "when"},
             {Phrase::readers, "readers"},
             {Phrase::audited, "audited"}});
}

// Each department, or role where none is named, with each class of personal data that it reaches, and how: what the
// policy shows by itself. How likely harm is, and how bad, is for a person to judge.
void add_exposure(Paper& paper) {
  document::Table table;
  for (const Phrase head : {Phrase::department, Phrase::data_class, Phrase::category, Phrase::features_of_data,
                            Phrase::likelihood, Phrase::impact})
    table.head.emplace_back(paper.say(head));
  std::map<std::pair<std::string, std::string>, std::pair<Thing, std::vector<std::string>>> rows;
  for (std::size_t r = 0; r < paper.model.roles.size(); ++r) {
    const model::Role& role = paper.model.roles[r];
    // A department that is named without being declared has no title in other languages; the role has.
    const model::Attribute* in = role.find("department");
    const bool is_declared = in != nullptr && std::holds_alternative<model::Reference>(in->values.front());
    const std::string department = is_declared ? paper.say.stated(role, "department") : paper.say.label(role);
    for (const Thing data : paper.personal) {
      auto features = allowed(paper, model::RoleId{r}, model::ObjectId{data.index});
      if (features.empty()) continue;
      const std::pair key(department, cell_of(paper, data, ""));
      auto& row = rows.try_emplace(key, data, std::vector<std::string>{}).first->second;
      for (std::string& feature : features) {
        if (std::find(row.second.begin(), row.second.end(), feature) == row.second.end())
          row.second.push_back(std::move(feature));
      }
    }
  }
  for (const auto& [key, row] : rows) {
    const std::vector<Thing> entries = covering(paper, "risk", row.first);
    const auto judged = [&](std::string_view attribute) {
      return entries.empty() ? paper.say(Phrase::to_be_judged) : cell_of(paper, entries.front(), attribute);
    };
    table.rows.push_back({key.first, key.second, cell_of(paper, row.first, "category"), paper.say.list(row.second),
                          judged("likelihood"), judged("impact")});
  }
  document::Section& section = paper.section(Phrase::exposure);
  if (table.rows.empty()) section.add(paper.say(Phrase::not_stated));
  section.add(std::move(table));
}

void write_risk(Paper& paper) {
  add_exposure(paper);
  add_table(paper, Phrase::report_risk, paper.say.things().of_kind("risk"),
            {{Phrase::department, "department"},
             {Phrase::data_class, "data"},
             {Phrase::likelihood, "likelihood"},
             {Phrase::impact, "impact"},
             {Phrase::treatment, "treatment"},
             {Phrase::measures, "measures"},
             {Phrase::owner, "owner"},
             {Phrase::date, "date"}});
  // Personal data without an entry is what the register is read for.
  std::vector<Thing> open;
  for (const Thing data : paper.personal) {
    if (covering(paper, "risk", data).empty()) open.push_back(data);
  }
  if (!open.empty())
    add_table(paper, Phrase::report_gaps, open,
              {{Phrase::data_class, ""}, {Phrase::category, "category"}, {Phrase::owner, "owner"}});
}

// One form for each filing, and for each purpose that none covers, with its place for stamp and signature.
void write_notification(Paper& paper) {
  paper.document.lead.push_back(paper.say(Phrase::filing_language));
  const auto all = notifications_of(paper);
  if (all.empty()) write_article_23(paper, {});
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<std::string> names;
    for (const Thing data : all[i].second) names.push_back(cell_of(paper, data, ""));
    paper.document
        .add_section(
            paper.say(Phrase::notification_of, {std::to_string(i + 1), std::to_string(all.size()), all[i].first}))
        .add(paper.say.list(names));
    write_article_23(paper, all[i].second);
    paper.section(Phrase::stamp_and_signature).add(paper.say(Phrase::stamp_line));
  }
}

// What a person decides who reads it: how much is open, and what that means.
std::string conclusion_of(const Paper& paper) {
  if (paper.model.checks.empty()) return paper.say(Phrase::conclusion_unchecked);
  std::size_t errors = 0, others = 0;
  for (const check::Finding& finding : paper.inputs.findings.list)
    ++(paper.model.checks[finding.check].severity == model::Check::Severity::error ? errors : others);
  const std::string open[] = {std::to_string(errors), std::to_string(others)};
  if (errors > 0) return paper.say(Phrase::conclusion_open, {open[0], open[1]});
  return others > 0 ? paper.say(Phrase::conclusion_advice, {open[1]}) : paper.say(Phrase::conclusion_clear);
}

void write_assessment(Paper& paper) {
  write_article_23(paper, paper.personal);
  document::Section& conclusion = paper.section(Phrase::conclusion);
  conclusion.add(conclusion_of(paper));
  conclusion.add(paper.say(Phrase::conclusion_by));
  document::Section& gaps = paper.section(Phrase::report_gaps);
  if (paper.model.checks.empty()) {
    gaps.add(paper.say(Phrase::report_no_packs));
  } else if (paper.inputs.findings.list.empty()) {
    gaps.add(paper.say(Phrase::report_no_gaps));
  }
  gaps.add(paper.say(Phrase::gaps_for_the_house));
  const std::string_view language = base::tag(paper.say.language());
  document::Table table{
      {paper.say(Phrase::finding), paper.say(Phrase::severity), paper.say(Phrase::remedy), paper.say(Phrase::source)},
      {}};
  for (const check::Finding& finding : paper.inputs.findings.list) {
    const model::Check& check = paper.model.checks[finding.check];
    document::Cell source(check.id);
    for (const model::Citation& citation : check.citations) source.lines.emplace_back(cited(paper, citation));
    table.rows.push_back({check::render(paper.model, finding, check.message, language),
                          paper.say.word(severities[static_cast<std::size_t>(check.severity)]),
                          check::render(paper.model, finding, check.remedy, language), std::move(source)});
  }
  gaps.add(std::move(table));
}

}  // namespace farol::query
