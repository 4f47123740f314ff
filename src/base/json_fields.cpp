#include "base/json_fields.h"

#include <algorithm>

#include <fmt/format.h>

namespace farol::base {
namespace {

using Layout = JsonWriter::Layout;

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", word);
  return text;
}

}  // namespace

void JsonReading::complain(std::string_view what) {
  if (problems_.size() == max_problems) return;
  std::string place;
  for (const Step& step : path_) {
    if (step.key.empty()) {
      place += fmt::format("[{}]", step.item);
    } else {
      place += fmt::format("{}{}", place.empty() ? "" : ".", step.key);
    }
  }
  problems_.push_back(place.empty() ? std::string(what) : fmt::format("{}: {}", place, what));
}

void JsonReading::expect(std::string_view what, const JsonNode& found) {
  complain(fmt::format("expected {}, not {}", what, to_string(found.kind)));
}

void read_json_text(const JsonNode& node, std::string& value, const JsonRules& rules, JsonReading& reading) {
  if (node.kind != JsonNode::Kind::text) return reading.expect("a text", node);
  value = node.text;
  if (value.size() < rules.text->min_length) reading.complain("the text is empty");
}

void read_json_boolean(const JsonNode& node, bool& value, JsonReading& reading) {
  if (node.kind != JsonNode::Kind::boolean) return reading.expect("true or false", node);
  value = node.text == "true";
}

bool read_json_number(const JsonNode& node, std::int64_t& value, JsonReading& reading) {
  const char* end = node.text.data() + node.text.size();
  const bool whole = node.kind == JsonNode::Kind::number && std::from_chars(node.text.data(), end, value).ptr == end;
  if (!whole) reading.expect("a whole number", node);
  return whole;
}

void read_json_date(const JsonNode& node, Date& value, JsonReading& reading) {
  const auto day = node.kind == JsonNode::Kind::text ? parse_date(node.text) : std::nullopt;
  if (!day) return reading.complain("expected a day, written 2026-11-23");
  value = *day;
}

void read_json_texts(const JsonNode& node, LanguageTexts& texts, JsonReading& reading) {
  if (node.kind != JsonNode::Kind::object) return reading.expect("an object", node);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const JsonReading::Inside inside{reading, {tag(all_languages[i])}};
    const JsonNode* found = node.find(tag(all_languages[i]));
    if (found == nullptr) {
      reading.complain("it is missing");
    } else {
      read_json_text(*found, texts[i], {}, reading);
    }
  }
}

std::optional<std::size_t> read_json_word(const JsonNode& node, std::span<const std::string_view> words,
                                          JsonReading& reading) {
  const auto found = node.kind == JsonNode::Kind::text ? std::find(words.begin(), words.end(), node.text) : words.end();
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  reading.complain(fmt::format("expected one of {}", joined(words)));
  return std::nullopt;
}

void JsonSchema::refer(JsonWriter& json, std::string_view name, Write write) {
  json.key("$ref").string("#/$defs/" + std::string(name));
  const auto known = std::find_if(definitions_.begin(), definitions_.end(),
                                  [&](const auto& definition) { return definition.first == name; });
  if (known == definitions_.end()) definitions_.emplace_back(name, std::move(write));
}

std::string JsonSchema::document(std::string_view id, std::string_view title, std::string_view description,
                                 const Write& root) {
  JsonWriter json;
  json.begin_object();
  json.key("$schema").string("https://json-schema.org/draft/2020-12/schema");
  json.key("$id").string(id);
  json.key("title").string(title);
  json.key("description").string(description);
  root(json);
  json.key("$defs").begin_object();
  // Writing a definition may add further ones.
  for (std::size_t i = 0; i < definitions_.size(); ++i) {
    const auto [name, write] = definitions_[i];
    json.key(name).begin_object();
    write(json);
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return json.take();
}

namespace {

void write_text_form(JsonWriter& json, const JsonTextForm& form) {
  json.key("type").string("string");
  if (!form.description.empty()) json.key("description").string(form.description);
  if (form.min_length > 0) json.key("minLength").number(static_cast<std::int64_t>(form.min_length));
  if (!form.pattern.empty()) json.key("pattern").string(form.pattern);
  if (form.excluded.empty()) return;
  json.key("not").begin_object(Layout::line);
  json.key("pattern").string(form.excluded);
  json.end_object();
}

}  // namespace

void write_text_schema(JsonSchema& schema, JsonWriter& json, const JsonRules& rules) {
  if (!rules.words.empty()) return write_words_schema(json, rules.words);
  const JsonTextForm& form = *rules.text;
  if (form.name.empty()) return write_text_form(json, form);
  schema.refer(json, form.name, [&form](JsonWriter& definition) { write_text_form(definition, form); });
}

void write_texts_schema(JsonSchema& schema, JsonWriter& json) {
  schema.refer(json, "texts", [](JsonWriter& definition) {
    definition.key("type").string("object");
    definition.key("description").string("The same text in each language; lines are separated by a line feed.");
    definition.key("properties").begin_object();
    std::vector<std::string_view> tags;
    for (const Language language : all_languages) {
      tags.push_back(tag(language));
      definition.key(tag(language)).begin_object(Layout::line);
      write_text_form(definition, json_filled_text);
      definition.end_object();
    }
    definition.end_object();
    definition.key("required").strings(tags);
    definition.key("additionalProperties").boolean(false);
  });
}

void write_date_schema(JsonSchema& schema, JsonWriter& json) {
  static constexpr JsonTextForm day{.name = "day", .pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"};
  JsonRules rules;
  rules.text = &day;
  write_text_schema(schema, json, rules);
}

void write_count_schema(JsonSchema& schema, JsonWriter& json) {
  schema.refer(json, "count", [](JsonWriter& definition) {
    definition.key("type").string("integer");
    definition.key("minimum").number(0);
  });
}

void write_words_schema(JsonWriter& json, std::span<const std::string_view> words) { json.key("enum").strings(words); }

}  // namespace farol::base
