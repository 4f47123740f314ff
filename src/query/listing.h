// Who may do something, or what somebody may do; on what, when, with which controls, and why: `farol who` and
// `farol what`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/phrases.h"
#include "decide/answers.h"
#include "decide/people.h"
#include "document/document.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

struct Listing {
  // What was asked about: a feature, and perhaps an object; or a role; or a person, as people speak of them.
  std::optional<model::FeatureId> feature;
  std::string object;
  std::optional<model::RoleId> role;
  std::string person{};
  std::vector<model::RoleId> held{};  // of the person

  // Allows, each for one role and by rules that decide on all its objects; of a person by the roles that have it.
  std::vector<decide::Answer> grants;
};

// The objects that a name stands for: of a tier its own data and every class on it. Empty if there is no such object.
[[nodiscard]] std::vector<model::ObjectId> find_objects(const model::Model& model, std::string_view name);

// Ordered by role. With an object, only what holds for it, or for some of what it stands for; an empty object means
// whatever the feature acts on.
[[nodiscard]] Listing who(const model::Model& model, const decide::Answers& answers, model::FeatureId feature,
                          std::string_view object = {});
// Ordered by feature.
[[nodiscard]] Listing what(const model::Model& model, const decide::Answers& answers, model::RoleId role);

// All that somebody may do, by all their roles.
[[nodiscard]] Listing what(const model::Model& model, const decide::Decisions& decisions, const decide::Person& person,
                           std::string name, std::vector<model::RoleId> held);

[[nodiscard]] document::Document listing_document(const Listing& listing, const model::Model& model, base::Date as_of,
                                                  const source::SourceMap& sources, base::Language language);
// One value of a larger document, and a document of its own.
void write_json(base::JsonWriter& json, const Listing& listing, const model::Model& model, base::Date as_of,
                const decide::Answers& answers, const source::SourceMap& sources);
[[nodiscard]] std::string render_json(const Listing& listing, const model::Model& model, base::Date as_of,
                                      const decide::Answers& answers, const source::SourceMap& sources);

}  // namespace farol::query
