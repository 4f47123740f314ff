// The answers of `farol who` and `farol what`: who may do something, or what somebody may do; on what, when, with which
// controls, and why.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/phrases.h"
#include "decide/answers.h"
#include "decide/decisions.h"
#include "model/model.h"
#include "query/answers.h"
#include "source/source_map.h"

namespace farol::query {

// One thing that a role may do.
struct Grant {
  model::RoleId role;  // `nobody()`: whoever holds no role
  model::FeatureId feature;
  Answer answer;  // an allow
};

struct Listing {
  // What was asked about: a feature, and perhaps an object; or a role.
  std::optional<model::FeatureId> feature;
  std::string object;
  std::optional<model::RoleId> role;

  std::vector<Grant> grants;
};

// The objects that a name stands for: of a tier its own data and every class on it. Empty: there is no such object.
[[nodiscard]] std::vector<model::ObjectId> find_objects(const model::Model& model, std::string_view name);

// By role. With an object, only what holds for it, or for some of what it stands for; empty: for whatever the feature
// acts on.
[[nodiscard]] Listing who(const model::Model& model, const decide::Decisions& decisions, model::FeatureId feature,
                          std::string_view object = {});
// By feature.
[[nodiscard]] Listing what(const model::Model& model, const decide::Decisions& decisions, model::RoleId role);

struct ListingOptions {
  base::Language language = base::Language::en;
  bool color = false;
};
[[nodiscard]] std::string render_text(const Listing& listing, const model::Model& model,
                                      const decide::Decisions& decisions, const source::SourceMap& sources,
                                      const ListingOptions& options);
// One value of a larger document, and a document of its own.
void write_json(base::JsonWriter& json, const Listing& listing, const model::Model& model,
                const decide::Decisions& decisions, const source::SourceMap& sources, const decide::Answers& answers);
[[nodiscard]] std::string render_json(const Listing& listing, const model::Model& model,
                                      const decide::Decisions& decisions, const source::SourceMap& sources,
                                      const decide::Answers& answers);

}  // namespace farol::query
