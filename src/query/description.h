// What a name of a policy is: how it was declared, what it acts on, what enforces it, and which statements name it.
// `farol explain NAME`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "decide/decisions.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

// Places in the tables of the model that have no ids of their own.
struct ConditionIndex {
  std::size_t index = 0;
};
struct EntityIndex {
  std::size_t index = 0;
};
struct GuardrailIndex {
  std::size_t index = 0;
};
struct SeparationIndex {
  std::size_t index = 0;
};

// Whatever has a name or a label.
using Thing =
    std::variant<model::RoleId, model::FeatureId, model::NamespaceId, model::TierId, model::ObjectId, model::ContextId,
                 model::ControlId, ConditionIndex, EntityIndex, model::RuleId, GuardrailIndex, SeparationIndex>;

// `name` in NFC. Names come before groups of features (`device.*`), and those before labels; a tier is found as a tier,
// not as the object that it also is.
[[nodiscard]] std::optional<Thing> find_thing(const model::Model& model, std::string_view name);
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

[[nodiscard]] Description describe(const model::Model& model, const decide::Decisions& decisions,
                                   const source::SourceMap& sources, const Thing& thing, base::Language language);

[[nodiscard]] std::string render_text(const Description& description, base::Language language, bool color);
[[nodiscard]] std::string render_json(const Description& description, base::Date as_of);

}  // namespace farol::query
