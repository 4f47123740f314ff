// Which data there is, where it lies, for how long, and what is told to the authority about it.
#include <algorithm>
#include <set>

#include "query/maker.h"

namespace farol::query {

std::string Maker::tier_of(Thing thing) const {
  std::vector<check::Item> tier;
  say_.things().append(thing, "tier", tier);
  return tier.empty() ? say_(Phrase::not_stated) : say_.label(say_.things().declared(std::get<Thing>(tier.front())));
}

std::string Maker::by_store(Thing thing, Key key) const {
  if (thing.table != Thing::Table::object) return say_.attribute(say_.things().declared(thing), key);
  std::vector<check::Item> stores;
  say_.things().append(thing, "store", stores);
  std::vector<std::string> parts;
  for (const check::Item& store : stores) {
    std::string part = say_.attribute(say_.things().declared(std::get<Thing>(store)), key);
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
  }
  return say_.list(parts);
}

std::string Maker::kept(Thing thing, Key key) const {
  const Declared& declared = say_.things().declared(thing);
  std::string own = say_.stated(declared, key);
  if (!own.empty()) return own;
  for (const Thing rule : covering("retention", thing)) {
    std::string text = say_.stated(say_.things().declared(rule), key == "retention" ? "keep" : key);
    if (!text.empty()) return text;
  }
  return say_(Phrase::not_stated);
}

std::vector<Thing> Maker::covering(std::string_view kind, Thing data) const {
  std::vector<Thing> found;
  for (const Thing fact : say_.things().of_kind(kind)) {
    std::vector<check::Item> covered;
    say_.things().append(fact, "data", covered);
    if (std::find(covered.begin(), covered.end(), check::Item{data}) != covered.end()) found.push_back(fact);
  }
  return found;
}

std::string Maker::reach(Thing thing) const {
  const model::ObjectId object{thing.index};
  std::vector<std::string> roles;
  for (std::size_t r = 0; r < model_.roles.size(); ++r) {
    const bool may = [&] {
      for (std::size_t f = 0; f < model_.features.size(); ++f) {
        if (model_.features[f].acts_on != model::ActsOn::data) continue;
        const auto& cell = decisions_.cell(model_, model::RoleId{r}, model::FeatureId{f}, object);
        for (const decide::Segment& segment : cell.segments) {
          if (segment.effect == decide::Effect::allow) return true;
        }
      }
      return false;
    }();
    if (may) roles.push_back(say_.label(model_.roles[r]));
  }
  return roles.empty() ? say_(Phrase::nobody_reaches) : say_.list(roles);
}

void Maker::inventory() {
  begin(Phrase::report_inventory);
  add_table(section(Phrase::people_and_data), say_.things().of_kind("data"),
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
  add_table(section(Phrase::stored_in), say_.things().of_kind("store"),
            {{Phrase::stored_in, ""},
             {Phrase::region, "region"},
             {Phrase::encrypted, "encryption"},
             {Phrase::processors, "processor"}});
}

void Maker::deletion() {
  begin(Phrase::report_deletion);
  add_table(section(Phrase::retention), personal_,
            {{Phrase::data_class, ""},
             {Phrase::category, "category"},
             {Phrase::retention, "retention"},
             {Phrase::counted_from, "after"},
             {Phrase::and_then, "then"},
             {Phrase::masked, "mask"},
             {Phrase::owner, "owner"}});
}

void Maker::metadata() {
  begin(Phrase::report_metadata);
  add_table(section(Phrase::item), say_.things().of_kind("metadata"),
            {{Phrase::item, "item"},
             {Phrase::handling, "handling"},
             {Phrase::purpose, "purpose"},
             {Phrase::retention, "retention"},
             {Phrase::when_collected, "when"},
             {Phrase::readers, "readers"},
             {Phrase::audited, "audited"}});
}

void Maker::risk() {
  begin(Phrase::report_risk);
  add_table(section(Phrase::report_risk), say_.things().of_kind("risk"),
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
  for (const Thing data : personal_) {
    if (covering("risk", data).empty()) open.push_back(data);
  }
  if (!open.empty())
    add_table(section(Phrase::report_gaps), open,
              {{Phrase::data_class, ""}, {Phrase::category, "category"}, {Phrase::owner, "owner"}});
}

void Maker::article_23() {
  const Declared& policy = model_.policy;
  document::Section& who = section(Phrase::controller);
  who.add(document::List{{{say_(Phrase::pair, {say_(Phrase::controller), controller()})},
                          {say_(Phrase::pair, {say_(Phrase::address), say_.attribute(policy, "address")})},
                          {say_(Phrase::pair, {say_(Phrase::contact), say_.attribute(policy, "contact")})},
                          {say_(Phrase::pair, {say_(Phrase::registration), say_.attribute(policy, "registration")})}}});
  add_table(section(Phrase::purposes), personal_,
            {{Phrase::data_class, ""}, {Phrase::purpose, "purpose"}, {Phrase::ground, "ground"}});
  add_table(section(Phrase::people_and_data), personal_,
            {{Phrase::data_class, ""}, {Phrase::people, "subjects"}, {Phrase::category, "category"}});
  add_table(section(Phrase::recipients), say_.things().of_kind("notice"),
            {{Phrase::data_class, "data"}, {Phrase::recipients, "recipients"}});
  add_table(section(Phrase::processors), say_.things().of_kind("processor"),
            {{Phrase::processors, ""},
             {Phrase::service, "service"},
             {Phrase::region, "region"},
             {Phrase::contract, "contract"}});
  document::Section& combined = section(Phrase::combinations);
  std::vector<Thing> joined;
  for (const Thing data : personal_) {
    if (say_.things().declared(data).find("combined") != nullptr) joined.push_back(data);
  }
  add_table(combined, joined, {{Phrase::data_class, ""}, {Phrase::combinations, "combined"}});
  add_table(section(Phrase::retention), personal_,
            {{Phrase::data_class, ""}, {Phrase::retention, "retention"}, {Phrase::counted_from, "after"}});
  add_table(section(Phrase::how_rights), say_.things().of_kind("rights"),
            {{Phrase::owner, "owner"}, {Phrase::contact, "contact"}, {Phrase::within, "within"}});
  add_table(section(Phrase::transfers), say_.things().of_kind("transfer"),
            {{Phrase::data_class, "data"},
             {Phrase::destination, "to"},
             {Phrase::recipients, "recipient"},
             {Phrase::purpose, "purpose"},
             {Phrase::basis, "basis"},
             {Phrase::filing, "filing"}});
  measures(section(Phrase::measures));
  for (std::size_t i = 0; i < document_.sections.size(); ++i) {
    std::string& heading = document_.sections[i].heading.runs.front().text;
    heading = std::to_string(i + 1) + ". " + heading;
  }
}

void Maker::measures(document::Section& part) {
  document::List list;
  const auto say = [&](std::string line) { list.items.push_back({line}); };
  say(say_(Phrase::access_measure, {std::to_string(model_.roles.size()), std::to_string(model_.rules.size())}));
  std::set<std::uint32_t> required;
  for (const model::Rule& rule : model_.rules) {
    for (const model::ControlId control : rule.controls) required.insert(control.value);
  }
  for (const model::Guardrail& guardrail : model_.guardrails) {
    for (const model::ControlId control : guardrail.controls) required.insert(control.value);
  }
  std::vector<std::string> controls, stores;
  for (const std::uint32_t control : required) controls.push_back(say_.label(model_.controls[control]));
  say(say_(Phrase::control_measure, {say_.list(controls)}));
  for (const Thing store : say_.things().of_kind("store")) {
    std::vector<check::Item> encrypted;
    say_.things().append(store, "encryption", encrypted);
    if (!encrypted.empty() && encrypted.front() == check::Item{true})
      stores.push_back(say_.label(say_.things().declared(store)));
  }
  say(say_(Phrase::encryption_measure, {say_.list(stores)}));
  for (const Thing review : say_.things().of_kind("review")) {
    const Declared& each = say_.things().declared(review);
    say(say_(Phrase::review_measure, {say_.attribute(each, "every"), say_.attribute(each, "last")}));
  }
  for (const Thing training : say_.things().of_kind("training"))
    say(say_(Phrase::training_measure, {say_.attribute(say_.things().declared(training), "last")}));
  part.add(std::move(list));
}

void Maker::notification() {
  begin(Phrase::report_notification);
  document_.lead.push_back(say_(Phrase::filing_language));
  article_23();
}

void Maker::assessment() {
  begin(Phrase::report_assessment);
  article_23();
  document::Section& gaps = section(Phrase::report_gaps);
  if (model_.checks.empty()) {
    gaps.add(say_(Phrase::report_no_packs));
  } else if (findings_.list.empty()) {
    gaps.add(say_(Phrase::report_no_gaps));
  }
  const std::string_view language = base::tag(say_.language());
  document::Table table{{say_(Phrase::finding), say_(Phrase::severity), say_(Phrase::remedy), say_(Phrase::source)},
                        {}};
  for (const check::Finding& finding : findings_.list) {
    const model::Check& check = model_.checks[finding.check];
    std::string source = check.id;
    for (const model::Citation& citation : check.citations) {
      source += "\n" + cited(citation);
    }
    table.rows.push_back({check::render(model_, finding, check.message, language),
                          say_.word(severities[static_cast<std::size_t>(check.severity)]),
                          check::render(model_, finding, check.remedy, language), std::move(source)});
  }
  gaps.add(std::move(table));
}

}  // namespace farol::query
