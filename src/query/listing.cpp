#include "query/listing.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "decide/boxes.h"
#include "decide/permission_json.h"
#include "document/words.h"
#include "query/answers.h"
#include "query/rule_json.h"
#include "query/statements.h"

namespace farol::query {
namespace {

using base::JsonWriter;
using base::Phrase;
using decide::Answer;
using document::Cell;
using document::Document;
using document::Words;
using model::Model;

void add_grants(const Model& model, const decide::Answers& answers, model::RoleId role, model::FeatureId feature,
                const WantedObject& wanted, Listing& listing) {
  for (Answer& answer : summary_of(model, answers, role, feature, Reasons::apart, wanted)) {
    if (answer.effect == decide::Effect::allow) listing.grants.push_back(std::move(answer));
  }
}

std::string question(const Listing& listing, const Model& model, const Words& words) {
  if (!listing.person.empty()) return words(Phrase::what_may, {listing.person});
  if (listing.role) return words(Phrase::what_may, {words.full_name_of(*listing.role)});
  const std::string feature = words.title_and_name(model[*listing.feature]);
  if (listing.object.empty()) return words(Phrase::who_may, {feature});
  const auto object = model.find_object(listing.object);
  return words(Phrase::who_may_on, {feature, object ? words.title(model[*object]) : listing.object});
}

// A feature that acts on nothing has no "on".
document::Fields fields_of(const Listing& listing, const Answer& grant, const Model& model,
                           const source::SourceMap& sources, const Words& words) {
  document::Fields fields;
  const auto add = [&](Phrase name, Cell value) { fields.push_back({words(name), std::move(value)}); };
  const model::ActsOn kind = model[grant.feature].acts_on;
  if (kind != model::ActsOn::nothing) {
    const std::string objects = words.objects(grant.objects, kind);
    add(Phrase::field_on, objects.empty() ? words(Phrase::everything) : objects);
  }
  add(Phrase::field_when, words.condition_or_always(grant.when));
  if (!grant.controls.empty()) add(Phrase::field_requires, words.controls(grant.controls));
  if (grant.expires) add(Phrase::field_until, base::to_string(*grant.expires));
  if (!listing.person.empty()) add(Phrase::field_by_role, words.roles(grant.roles, grant.roles.size()));
  Cell rules;
  for (const model::RuleId rule : grant.rules) rules.lines.emplace_back(rule_in_full(model[rule], sources, words));
  add(Phrase::field_rule, std::move(rules));
  return fields;
}

void write_grant(JsonWriter& json, const Answer& grant, const Model& model, const decide::Answers& answers,
                 const source::SourceMap& sources) {
  const model::RoleId role = grant.roles.front();
  json.begin_object();
  write_role(json.key("role"), model, role);
  json.key("feature").string(model[grant.feature].name);
  decide::write_objects(json.key("objects"), model, grant.objects);
  decide::write_when(json.key("when"), model, decide::boxes_of(model, grant.when));
  decide::write_controls(json.key("controls"), model, grant.controls);
  decide::write_day(json.key("expires"), grant.expires);
  json.key("rules").begin_array();
  for (const model::RuleId rule : grant.rules) {
    json.begin_object();
    write_rule_members(json, model, sources, rule);
    json.end_object();
  }
  json.end_array();
  write_keepers(json.key("kept_by"), answers.keepers(role, grant.feature, grant.objects, grant.rules));
  json.end_object();
}

}  // namespace

std::vector<model::ObjectId> find_objects(const Model& model, std::string_view name) {
  const auto found = model.find_object(name);
  if (!found) return {};
  if (model[*found].kind != model::ActsOn::tier) return {*found};
  std::vector<model::ObjectId> objects;
  for (const model::ObjectId object : model.objects_of(model::ActsOn::data)) {
    if (model[object].tier == model[*found].tier) objects.push_back(object);
  }
  return objects;
}

Listing who(const Model& model, const decide::Answers& answers, model::FeatureId feature, std::string_view object) {
  Listing listing{feature, std::string{object}, {}, {}, {}, {}};
  WantedObject wanted;
  if (!object.empty()) {
    wanted = [objects = find_objects(model, object)](model::ObjectId each) {
      return std::find(objects.begin(), objects.end(), each) != objects.end();
    };
  }
  for (const model::RoleId role : decide::all_roles(model)) add_grants(model, answers, role, feature, wanted, listing);
  return listing;
}

Listing what(const Model& model, const decide::Answers& answers, model::RoleId role) {
  Listing listing{{}, {}, role, {}, {}, {}};
  for (std::size_t i = 0; i < model.features.size(); ++i)
    add_grants(model, answers, role, model::FeatureId{i}, {}, listing);
  return listing;
}

Listing what(const Model& model, const decide::Decisions& decisions, const decide::Person& person, std::string name,
             std::vector<model::RoleId> held) {
  Listing listing{{}, {}, {}, std::move(name), std::move(held), {}};
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    auto grants = decide::grants_of_person(model, decisions, person, model::FeatureId{i});
    std::move(grants.begin(), grants.end(), std::back_inserter(listing.grants));
  }
  return listing;
}

Document listing_document(const Listing& listing, const Model& model, base::Date as_of,
                          const source::SourceMap& sources, base::Language language) {
  const Words words{model, language};
  Document document;
  document.language = language;
  document.title = question(listing, model, words);
  if (!listing.person.empty())
    document.lead.emplace_back(words(
        Phrase::pair, {words(Phrase::roles), listing.held.empty() ? words(Phrase::no_role)
                                                                  : words.roles(listing.held, listing.held.size())}));
  document.lead.emplace_back(words(Phrase::as_of, {base::to_string(as_of)}));
  if (listing.grants.empty()) {
    document::Section& section = document.add_section();
    section.add(document::Line(words.text(listing.feature ? Phrase::nobody : Phrase::nothing)));
    if (listing.feature && !model[*listing.feature].governed)
      section.add(document::Line(words.text(Phrase::not_governed)));
  }
  std::string last;
  for (const Answer& grant : listing.grants) {
    const std::string heading =
        listing.feature ? words.full_name_of(grant.roles.front()) : words.title_and_name(model[grant.feature]);
    if (heading != last) document.add_section(heading);
    last = heading;
    document.sections.back().add(fields_of(listing, grant, model, sources, words));
  }
  return document;
}

void write_json(JsonWriter& json, const Listing& listing, const Model& model, base::Date as_of,
                const decide::Answers& answers, const source::SourceMap& sources) {
  json.begin_object();
  json.key("as_of").string(base::to_string(as_of));
  if (listing.feature) {
    json.key("feature").string(model[*listing.feature].name);
    json.key("governed").boolean(model[*listing.feature].governed);
    if (!listing.object.empty()) json.key("object").string(listing.object);
  } else if (!listing.person.empty()) {
    json.key("person").string(listing.person);
    json.key("roles").begin_array();
    for (const model::RoleId role : listing.held) json.string(model[role].name);
    json.end_array();
  } else {
    write_role(json.key("role"), model, *listing.role);
  }
  json.key("grants").begin_array();
  for (const Answer& grant : listing.grants) write_grant(json, grant, model, answers, sources);
  json.end_array();
  json.end_object();
}

std::string render_json(const Listing& listing, const Model& model, base::Date as_of, const decide::Answers& answers,
                        const source::SourceMap& sources) {
  JsonWriter json;
  write_json(json, listing, model, as_of, answers, sources);
  return json.take();
}

}  // namespace farol::query
