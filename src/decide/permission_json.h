// How JSON documents write the parts of a permission: one convention for all of them.
#pragma once

#include <string_view>
#include <vector>

#include "base/json_fields.h"
#include "base/json_writer.h"
#include "decide/boxes.h"
#include "decide/decisions.h"
#include "model/localized_json.h"

namespace farol::decide {

// `{"default": "Staff", "zh-Hant": "員工"}`: the text without a language, or else `otherwise`, then the translations.
void write_text(base::JsonWriter& json, const model::Localized& text, std::string_view otherwise = {});
// The title of a declared thing, or its name.
void write_title(base::JsonWriter& json, const model::Declared& declared);

// The name in documents. What has no name is called `any other app` and the like, which cannot be the name of anything;
// the tier of a policy without tiers is `any other data`.
[[nodiscard]] std::string_view name_in_documents(const Model& model, ObjectId object);
[[nodiscard]] std::string_view other_in_documents(model::ActsOn kind);
// Every object by name. Features that act on nothing have none.
void write_objects(base::JsonWriter& json, const Model& model, const std::vector<ObjectId>& objects);

// The alternatives of which one must hold. In each, every context that is named must have one of its values: `[{}]` is
// always.
void write_when(base::JsonWriter& json, const Model& model, const std::vector<Box>& when);

void write_controls(base::JsonWriter& json, const Model& model, const std::vector<ControlId>& controls);
// For tables of fields: what ids are called. A writer that needs more to know derives its context from this.
struct JsonNames {
  const Model& model;
};
void write_json_value(base::JsonWriter& json, model::RoleId role, const JsonNames& names);  // null for `nobody()`
void write_json_value(base::JsonWriter& json, model::FeatureId feature, const JsonNames& names);
void write_json_value(base::JsonWriter& json, model::ControlId control, const JsonNames& names);
void write_json_value(base::JsonWriter& json, model::RuleId rule, const JsonNames& names);  // its label, or its text
void write_json_value(base::JsonWriter& json, const std::vector<model::ObjectId>& objects, const JsonNames& names);
void write_json_value(base::JsonWriter& json, const std::vector<Box>& when, const JsonNames& names);

// A day, or null.
void write_day(base::JsonWriter& json, const std::optional<base::Date>& day);

}  // namespace farol::decide
