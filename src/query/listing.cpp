#include "query/listing.h"

#include <algorithm>

#include "base/json_writer.h"
#include "decide/permission_json.h"
#include "query/rule_json.h"

namespace farol::query {
namespace {

using base::JsonWriter;
using model::Model;

void add_grants(const Model& model, const decide::Decisions& decisions, model::RoleId role, model::FeatureId feature,
                const std::vector<model::ObjectId>* only, Listing& listing) {
  for (Answer& answer : answers_of(model, decisions, role, feature)) {
    if (answer.mark != Mark::allow) continue;
    if (only != nullptr) {
      std::erase_if(answer.objects, [&](model::ObjectId object) {
        return std::find(only->begin(), only->end(), object) == only->end();
      });
    }
    if (!answer.objects.empty()) listing.grants.push_back({role, feature, std::move(answer)});
  }
}

void write_grant(JsonWriter& json, const Model& model, const source::SourceMap& sources, const decide::Answers& answers,
                 const Grant& grant) {
  json.begin_object();
  write_role(json.key("role"), model, grant.role);
  json.key("feature").string(model[grant.feature].name);
  decide::write_objects(json.key("objects"), model, grant.answer.objects);
  decide::write_when(json.key("when"), model, grant.answer.when);
  decide::write_controls(json.key("controls"), model, grant.answer.controls);
  decide::write_day(json.key("expires"), grant.answer.expires);
  json.key("rules").begin_array();
  for (const model::RuleId rule : grant.answer.rules) {
    json.begin_object();
    write_rule_members(json, model, sources, rule);
    json.end_object();
  }
  json.end_array();
  write_keepers(json.key("kept_by"),
                answers.keepers(grant.role, grant.feature, grant.answer.objects, grant.answer.rules));
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

Listing who(const Model& model, const decide::Decisions& decisions, model::FeatureId feature, std::string_view object) {
  Listing listing{feature, std::string{object}, {}, {}};
  const auto objects = find_objects(model, object);
  for (const model::RoleId role : decide::all_roles(model)) {
    add_grants(model, decisions, role, feature, object.empty() ? nullptr : &objects, listing);
  }
  return listing;
}

Listing what(const Model& model, const decide::Decisions& decisions, model::RoleId role) {
  Listing listing{{}, {}, role, {}};
  for (std::size_t i = 0; i < model.features.size(); ++i)
    add_grants(model, decisions, role, model::FeatureId{i}, nullptr, listing);
  return listing;
}

void write_json(JsonWriter& json, const Listing& listing, const Model& model, const decide::Decisions& decisions,
                const source::SourceMap& sources, const decide::Answers& answers) {
  json.begin_object();
  json.key("as_of").string(base::to_string(decisions.as_of));
  if (listing.feature) {
    json.key("feature").string(model[*listing.feature].name);
    json.key("governed").boolean(model[*listing.feature].governed);
    if (!listing.object.empty()) json.key("object").string(listing.object);
  } else {
    write_role(json.key("role"), model, *listing.role);
  }
  json.key("grants").begin_array();
  for (const Grant& grant : listing.grants) write_grant(json, model, sources, answers, grant);
  json.end_array();
  json.end_object();
}

std::string render_json(const Listing& listing, const Model& model, const decide::Decisions& decisions,
                        const source::SourceMap& sources, const decide::Answers& answers) {
  JsonWriter json;
  write_json(json, listing, model, decisions, sources, answers);
  return json.take();
}

}  // namespace farol::query
