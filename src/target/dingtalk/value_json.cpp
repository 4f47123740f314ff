#include "target/dingtalk/value_json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace farol::dingtalk {

using base::field;
using base::json_object;
using base::JsonNode;
using base::JsonReading;
using base::JsonWriter;

namespace {

using Layout = JsonWriter::Layout;

constexpr std::int64_t largest_number = 9007199254740991;  // that every reader of JSON keeps
constexpr base::JsonRules some_parts{.min_items = 1};
constexpr base::JsonRules bind_rules{.text = &key_form};

void read_json_list(const JsonNode& node, Value::List& values, JsonReading& reading) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const JsonReading::Inside inside{reading, {{}, i}};
    read_json_value(node.items[i], values.emplace_back(), reading);
  }
}

struct Bind {
  std::string bind;
};
constexpr auto json_fields(const Bind*) {
  return json_object("bind", Layout::line, field("bind", &Bind::bind, bind_rules));
}
// A text, or an id that is missing.
struct JoinedPart {};
struct Joined {
  std::vector<JoinedPart> joined;
};
constexpr auto json_fields(const Joined*) {
  return json_object("joined", Layout::line, field("joined", &Joined::joined, some_parts));
}

// Writes `"anyOf": […]` of what each function writes into an object.
void write_any_of(JsonWriter& json, const std::vector<base::JsonSchema::Write>& choices) {
  json.key("anyOf").begin_array();
  for (const auto& choice : choices) {
    json.begin_object(Layout::line);
    choice(json);
    json.end_object();
  }
  json.end_array();
}

void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const JoinedPart*) {
  write_any_of(json, {[&](JsonWriter& choice) { base::write_text_schema(schema, choice, {}); },
                      [&](JsonWriter& choice) { base::write_schema<Bind>(schema, choice); }});
}

}  // namespace

void write_json_value(JsonWriter& json, const Value::Object& members, const base::NoContext&) {
  write(json, object(members));
}

void read_json_value(const JsonNode& node, Value::Object& members, JsonReading& reading) {
  if (node.kind != JsonNode::Kind::object) return reading.expect("an object", node);
  for (const auto& [key, member] : node.members) {
    const JsonReading::Inside inside{reading, {key}};
    members.push_back({key, {}});
    read_json_value(member, members.back().value, reading);
  }
}

void read_json_value(const JsonNode& node, Value& value, JsonReading& reading) {
  switch (node.kind) {
    case JsonNode::Kind::null: return reading.expect("a value", node);
    case JsonNode::Kind::boolean: value = boolean(node.text == "true"); return;
    case JsonNode::Kind::number: {
      std::int64_t read = 0;
      if (base::read_json_number(node, read, reading)) value = number(read);
      return;
    }
    case JsonNode::Kind::text: value = text(node.text); return;
    case JsonNode::Kind::list: read_json_list(node, value.data.emplace<Value::List>(), reading); return;
    case JsonNode::Kind::object: break;
  }
  if (const JsonNode* bind = node.find("bind")) {
    value.data = Unbound{bind->text};
  } else if (const JsonNode* parts = node.find("joined")) {
    read_json_list(*parts, value.data.emplace<Value::Joined>().parts, reading);
  } else {
    read_json_value(node, value.data.emplace<Value::Object>(), reading);
  }
}

void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const Value*) {
  schema.refer(json, "value", [&schema](JsonWriter& definition) {
    definition.key("description").string("JSON in which an id of the tenant may be missing.");
    write_any_of(definition, {[](JsonWriter& choice) { choice.key("type").string("boolean"); },
                              [](JsonWriter& choice) {
                                choice.key("type").string("integer");
                                choice.key("minimum").number(-largest_number);
                                choice.key("maximum").number(largest_number);
                              },
                              [](JsonWriter& choice) { choice.key("type").string("string"); },
                              [&](JsonWriter& choice) { base::write_schema<Bind>(schema, choice); },
                              [&](JsonWriter& choice) { base::write_schema<Joined>(schema, choice); },
                              [&](JsonWriter& choice) { base::write_schema<Value::List>(schema, choice); },
                              [&](JsonWriter& choice) { base::write_schema<Value::Object>(schema, choice); }});
  });
}

void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const Value::Object*) {
  schema.refer(json, "members", [&schema](JsonWriter& definition) {
    definition.key("type").string("object");
    definition.key("additionalProperties").begin_object(Layout::line);
    write_json_schema(schema, definition, static_cast<const Value*>(nullptr));
    definition.end_object();
  });
}

}  // namespace farol::dingtalk
