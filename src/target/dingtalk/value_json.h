// The values of requests in JSON documents: how they are written, read and described.
#pragma once

#include <string_view>

#include "base/json_fields.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {

// The name of an id of the tenant: `role.hr`.
inline constexpr base::JsonTextForm key_form{
    .name = "key",
    .pattern = "^(role|members|department|data|store|creator|app|group|place|tenant)\\..",
    .description = "The name of an id of the tenant: role.hr"};

void write_json_value(base::JsonWriter& json, const Value::Object& members, const base::NoContext& context);
void read_json_value(const base::JsonNode& node, Value::Object& members, base::JsonReading& reading);
void write_json_schema(base::JsonSchema& schema, base::JsonWriter& json, const Value::Object*);

void read_json_value(const base::JsonNode& node, Value& value, base::JsonReading& reading);
void write_json_schema(base::JsonSchema& schema, base::JsonWriter& json, const Value*);

}  // namespace farol::dingtalk
