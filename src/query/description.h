// What a name of a policy is: how it was declared, what it acts on, what enforces it, and which statements name it.
// `farol explain NAME`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/phrases.h"
#include "decide/answers.h"
#include "document/document.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

// Whatever has a name or a label. Conditions, lists, entities, guardrails and separations are positions in their
// tables.
using NamedThing =
    std::variant<model::RoleId, model::FeatureId, model::NamespaceId, model::TierId, model::ObjectId, model::ContextId,
                 model::ControlId, base::Id<model::NamedCondition>, base::Id<model::NamedSet>, base::Id<model::Entity>,
                 model::RuleId, base::Id<model::Guardrail>, base::Id<model::Separation>>;

// `name` is in NFC. Names come before groups of features (`device.*`), and those before labels; a tier is found as a
// tier, not as the object that it also is. Returns nullopt if nothing has the name.
[[nodiscard]] std::optional<NamedThing> find_thing(const model::Model& model, std::string_view name);
// Every name and label, to say which is nearest.
[[nodiscard]] std::vector<std::string_view> names_of_things(const model::Model& model);

struct Description {
  struct Value {
    std::string raw;    // as the policy writes it
    std::string words;  // in the language
  };
  struct Field {
    std::string key;    // `kept_by`
    std::string title;  // in the language, or the key
    std::vector<Value> values;
  };
  std::string kind;   // `feature`
  std::string words;  // "a feature"
  std::string name;
  std::string title;  // in the language, or the name
  std::string doc;    // of `///`
  std::vector<Field> fields;
};

[[nodiscard]] Description describe(const model::Model& model, const decide::Answers& answers,
                                   const source::SourceMap& sources, const NamedThing& thing, base::Language language);

[[nodiscard]] document::Document description_document(const Description& description, base::Language language);
[[nodiscard]] std::string render_json(const Description& description, base::Date as_of);

}  // namespace farol::query
