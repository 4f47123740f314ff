// How JSON holds a text with its translations: `{"default": "Staff", "zh-Hant": "員工"}`.
#pragma once

#include "base/json_fields.h"
#include "model/values.h"

namespace farol::model {

void write_localized(base::JsonWriter& json, const Localized& text);
template <class Context>
void write_json_value(base::JsonWriter& json, const Localized& text, const Context&) {
  write_localized(json, text);
}
void read_json_value(const base::JsonNode& node, Localized& text, base::JsonReading& reading);
void write_json_schema(base::JsonSchema& schema, base::JsonWriter& json, const Localized*);

}  // namespace farol::model
