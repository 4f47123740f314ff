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

// Of the data that a fact is about those that this part of the paper is for.
std::string some_of_data(const Paper& paper, Thing fact) {
  std::vector<std::string> names;
  for (const Thing data : *paper.only) {
    if (is_about(paper, fact, {data})) names.push_back(paper.say.label(paper.say.things().declared(data)));
  }
  return paper.say.list(names);
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

}  // namespace

std::vector<Thing> covering(const Paper& paper, std::string_view kind, Thing data) {
  std::vector<Thing> found;
  for (const Thing fact : paper.say.things().of_kind(kind)) {
    std::vector<check::Item> covered;
    paper.say.things().append(fact, "data", covered);
    if (std::find(covered.begin(), covered.end(), check::Item{data}) != covered.end()) found.push_back(fact);
  }
  return found;
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
  if (key == "data" && paper.only != nullptr) return some_of_data(paper, thing);
  return paper.say.attribute(declared, key);
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

}  // namespace farol::query
