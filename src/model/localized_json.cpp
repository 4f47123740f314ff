#include "model/localized_json.h"

namespace farol::model {

using base::JsonNode;

void write_localized(base::JsonWriter& json, const Localized& text) {
  json.begin_object(base::JsonWriter::Layout::line);
  json.key("default").string(text.text);
  for (const auto& [language, translation] : text.by_language) json.key(language).string(translation);
  json.end_object();
}

void read_json_value(const JsonNode& node, Localized& text, base::JsonReading& reading) {
  if (node.kind != JsonNode::Kind::object) return reading.expect("an object", node);
  const JsonNode* plain = node.find("default");
  if (plain == nullptr) return reading.complain("`default` is missing");
  const auto read = [&](const JsonNode& from, std::string_view key, std::string& to) {
    const base::JsonReading::Inside inside{reading, {key}};
    base::read_json(from, to, reading, {.text = &base::json_any_text});
  };
  read(*plain, "default", text.text);
  for (const auto& [language, value] : node.members) {
    if (language != "default") read(value, language, text.by_language.emplace_back(language, "").second);
  }
}

void write_json_schema(base::JsonSchema& schema, base::JsonWriter& json, const Localized*) {
  schema.refer(json, "title", [](base::JsonWriter& definition) {
    definition.key("type").string("object");
    definition.key("description").string("A text with its translations.");
    definition.key("properties").begin_object();
    const auto text = [&](std::string_view key) {
      definition.key(key).begin_object(base::JsonWriter::Layout::line);
      definition.key("type").string("string");
      definition.end_object();
    };
    text("default");
    for (const base::Language language : base::all_languages) text(base::tag(language));
    definition.end_object();
    definition.key("required").strings(std::array{"default"});
    definition.key("additionalProperties").boolean(false);
  });
}

}  // namespace farol::model
