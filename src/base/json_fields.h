// JSON by tables: one table of the fields of a struct writes it, reads it and makes its JSON Schema, so that the three
// cannot come apart.
//
//   constexpr auto json_fields(const Tier*) {
//     return json_object("tier", Layout::lines, field("name", &Tier::name), field("level", &Tier::level));
//   }
//
// The table is a function in the namespace of the struct. Structs, lists, optional values, enumerations (whose words
// `json_words` lists) and texts in every language nest as they do in C++. A type with a form of its own has functions
// beside it: `write_json_value(JsonWriter&, const T&, const Context&)`, `read_json_value(const JsonNode&, T&,
// JsonReading&)` and `write_json_schema(JsonSchema&, JsonWriter&, const T*)`; what is only written needs but the first.
//
// `Context` is whatever a writer needs to know besides the value, such as the model that has the names of ids.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "base/language_texts.h"

namespace farol::base {

// An object whose keys are data, in their order.
template <class T>
using JsonMembers = std::vector<std::pair<std::string, T>>;
struct NoContext {};

// What the texts of a field look like. Those with a name are a definition of the schema.
struct JsonTextForm {
  std::string_view name{};
  std::string_view pattern{};
  std::string_view excluded{};  // a pattern that must not match
  std::string_view description{};
  std::size_t min_length = 0;
};
inline constexpr JsonTextForm json_any_text{};
inline constexpr JsonTextForm json_filled_text{.min_length = 1};

// How an empty value is written, and whether a document may lack the field.
enum class JsonEmpty : std::uint8_t { written, null, omitted };
// Where the items of a list are. Texts are on one line unless the field says otherwise, structs each on its own.
enum class JsonList : std::uint8_t { by_type, line, lines, lines_if_several };

struct JsonRules {
  JsonEmpty empty = JsonEmpty::written;
  JsonList list = JsonList::by_type;
  const JsonTextForm* text = &json_filled_text;
  std::span<const std::string_view> words{};  // if not empty, the only ones that the field may have
  std::size_t min_items = 0;
  bool unique = false;
  bool may_be_absent = false;  // documents of earlier versions lack it
};

// The items of a list have the text form of the field. A key of an object with keys that are data has at least one item
// in its list: without one it would say nothing.
constexpr JsonRules json_item_rules(const JsonRules& rules) { return {.text = rules.text}; }
constexpr JsonRules json_member_rules(const JsonRules& rules) { return {.text = rules.text, .min_items = 1}; }

template <class Owner, class Value>
struct JsonField {
  std::string_view name;
  Value Owner::*member;
  JsonRules rules;
};
// A field whose value is made from the whole struct when it is written. It cannot be read.
template <class Make>
struct JsonComputed {
  std::string_view name;
  Make make;
  JsonRules rules;
};
// A field that has the same text in all documents.
struct JsonConstant {
  std::string_view name, text;
};
// Fields that an object has if its field `tag` is `word`; they come among its own.
template <class Owner, class Part>
struct JsonPart {
  std::string_view tag, word;
  std::optional<Part> Owner::*member;
};

// The fields of another struct, which come among the object's own. They are only written.
template <class Owner, class Part>
struct JsonInlined {
  Part Owner::*inlined;
};

template <class... Members>
struct JsonObject {
  std::string_view name;  // of the definition in the schema
  JsonWriter::Layout layout;
  std::tuple<Members...> members;
  void (*write_conditions)(JsonWriter& schema) = nullptr;  // what the schema says beyond the fields
};

template <class Owner, class Value>
constexpr JsonField<Owner, Value> field(std::string_view name, Value Owner::*member, JsonRules rules = {}) {
  return {name, member, rules};
}
// `make(owner)` or `make(owner, context)` returns the value.
template <class Make>
constexpr JsonComputed<Make> computed(std::string_view name, Make make, JsonRules rules = {}) {
  return {name, make, rules};
}
constexpr JsonConstant constant(std::string_view name, std::string_view text) { return {name, text}; }
template <class Owner, class Part>
constexpr JsonPart<Owner, Part> part(std::string_view tag, std::string_view word, std::optional<Part> Owner::*member) {
  return {tag, word, member};
}
template <class Owner, class Part>
constexpr JsonInlined<Owner, Part> inlined(Part Owner::*member) {
  return {member};
}
template <class... Members>
constexpr JsonObject<Members...> json_object(std::string_view name, JsonWriter::Layout layout, Members... members) {
  return {name, layout, {members...}};
}

template <class T>
concept HasJsonFields = requires(const T* value) {
  json_fields(value);
};
template <class T>
concept HasJsonWords = std::is_enum_v<T> && requires(T value) {
  json_words(value);
};

// Writing ------------------------------------------------------------------------------------------------------------

template <class T>
struct JsonTraits {
  static constexpr bool is_optional = false, is_list = false, is_members = false;
};
template <class T>
struct JsonTraits<std::optional<T>> {
  static constexpr bool is_optional = true, is_list = false, is_members = false;
};
template <class T>
struct JsonTraits<std::vector<T>> {
  static constexpr bool is_optional = false, is_list = true, is_members = false;
};
template <class T>
struct JsonTraits<JsonMembers<T>> {
  static constexpr bool is_optional = false, is_list = false, is_members = true;
};

template <class T>
bool is_empty_json(const T& value) {
  if constexpr (std::is_same_v<T, LanguageTexts>) {
    return value.front().empty();
  } else if constexpr (JsonTraits<T>::is_optional) {
    return !value.has_value();
  } else if constexpr (requires { value.empty(); }) {
    return value.empty();
  } else {
    return false;
  }
}

template <class T, class Context>
void write_json(JsonWriter& json, const T& value, const Context& context, const JsonRules& rules = {});

template <class T, class Context>
void write_json_list(JsonWriter& json, const T& values, const Context& context, const JsonRules& rules) {
  using Item = std::decay_t<decltype(*values.begin())>;
  using Layout = JsonWriter::Layout;
  Layout layout = Layout::line;
  switch (rules.list) {
    case JsonList::by_type: layout = HasJsonFields<Item> ? Layout::lines : Layout::line; break;
    case JsonList::line: break;
    case JsonList::lines: layout = Layout::lines; break;
    case JsonList::lines_if_several: layout = values.size() > 1 ? Layout::lines : Layout::line; break;
  }
  json.begin_array(layout);
  for (const auto& value : values) write_json(json, static_cast<const Item&>(value), context);
  json.end_array();
}

template <class T, class Context>
void write_json_member(JsonWriter& json, std::string_view name, const T& value, const Context& context,
                       const JsonRules& rules) {
  if (rules.empty == JsonEmpty::omitted && is_empty_json(value)) return;
  json.key(name);
  write_json(json, value, context, rules);
}

template <class Owner, class Context, class Member>
void write_json_member_of(JsonWriter& json, const Owner& owner, const Context& context, const Member& member) {
  if constexpr (std::is_same_v<Member, JsonConstant>) {
    json.key(member.name).string(member.text);
  } else if constexpr (requires { member.tag; }) {
    const auto& inner = owner.*member.member;
    if (inner) write_json_members(json, *inner, context);
  } else if constexpr (requires { member.inlined; }) {
    write_json_members(json, owner.*member.inlined, context);
  } else if constexpr (requires { member.make; }) {
    if constexpr (requires { member.make(owner); }) {
      write_json_member(json, member.name, member.make(owner), context, member.rules);
    } else {
      write_json_member(json, member.name, member.make(owner, context), context, member.rules);
    }
  } else {
    write_json_member(json, member.name, owner.*member.member, context, member.rules);
  }
}

// The members of a struct alone, for an object that has more of them.
template <class T, class Context>
void write_json_members(JsonWriter& json, const T& value, const Context& context) {
  static constexpr auto object = json_fields(static_cast<const T*>(nullptr));
  std::apply([&](const auto&... members) { (write_json_member_of(json, value, context, members), ...); },
             object.members);
}

template <class T, class Context>
void write_json(JsonWriter& json, const T& value, const Context& context, const JsonRules& rules) {
  if (rules.empty == JsonEmpty::null && is_empty_json(value)) return json.null();
  if constexpr (requires { write_json_value(json, value, context); }) {
    write_json_value(json, value, context);
  } else if constexpr (HasJsonFields<T>) {
    json.begin_object(json_fields(static_cast<const T*>(nullptr)).layout);
    write_json_members(json, value, context);
    json.end_object();
  } else if constexpr (HasJsonWords<T>) {
    json.string(json_words(value)[static_cast<std::size_t>(value)]);
  } else if constexpr (std::is_enum_v<T>) {
    json.string(to_string(value));
  } else if constexpr (std::is_same_v<T, bool>) {
    json.boolean(value);
  } else if constexpr (std::is_integral_v<T>) {
    json.number(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_same_v<T, Date>) {
    json.string(to_string(value));
  } else if constexpr (JsonTraits<T>::is_optional) {
    if (!value) return json.null();
    JsonRules inner = rules;
    inner.empty = JsonEmpty::written;
    write_json(json, *value, context, inner);
  } else if constexpr (std::is_same_v<T, LanguageTexts>) {
    json.begin_object();
    for (std::size_t i = 0; i < value.size(); ++i) json.key(tag(all_languages[i])).string(value[i]);
    json.end_object();
  } else if constexpr (JsonTraits<T>::is_members) {
    json.begin_object();
    for (const auto& [key, each] : value) write_json(json.key(key), each, context);
    json.end_object();
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    json.string(value);
  } else {
    write_json_list(json, value, context, rules);
  }
}

// The whole document.
template <class T, class Context = NoContext>
[[nodiscard]] std::string to_json(const T& value, const Context& context = {}, std::size_t expected_bytes = 0) {
  JsonWriter json;
  json.expect(expected_bytes);
  write_json(json, value, context);
  return json.take();
}

// Reading ------------------------------------------------------------------------------------------------------------

// What is wrong with a document, each with its place: `permissions[3].effect: …`. What cannot be read keeps its value.
class JsonReading {
 public:
  static constexpr std::size_t max_problems = 20;

  void complain(std::string_view what);
  void expect(std::string_view what, const JsonNode& found);
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

  // The names on the way to the value that is read: a key, or the number of an item.
  struct Step {
    std::string_view key;
    std::size_t item = 0;
  };
  class Inside {
   public:
    Inside(JsonReading& reading, Step step) : reading_(reading) { reading_.path_.push_back(step); }
    ~Inside() { reading_.path_.pop_back(); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    JsonReading& reading_;
  };

 private:
  std::vector<Step> path_;
  std::vector<std::string> problems_;
};

void read_json_text(const JsonNode& node, std::string& value, const JsonRules& rules, JsonReading& reading);
void read_json_boolean(const JsonNode& node, bool& value, JsonReading& reading);
// Returns false after a complaint.
bool read_json_number(const JsonNode& node, std::int64_t& value, JsonReading& reading);
void read_json_date(const JsonNode& node, Date& value, JsonReading& reading);
void read_json_texts(const JsonNode& node, LanguageTexts& texts, JsonReading& reading);
// Returns the index of the text among the words, or nullopt after a complaint.
std::optional<std::size_t> read_json_word(const JsonNode& node, std::span<const std::string_view> words,
                                          JsonReading& reading);

template <class T>
void read_json(const JsonNode& node, T& value, JsonReading& reading, const JsonRules& rules = {});

template <class Owner, class Member>
void read_json_member_of(const JsonNode& node, Owner& owner, JsonReading& reading, const Member& member) {
  if constexpr (requires { member.tag; }) {
    const JsonNode* tag = node.find(member.tag);
    auto& part = owner.*member.member;
    if (tag != nullptr && tag->text == member.word) {
      // The value is given: clang 14 does not make a nested struct with defaults in place.
      read_json_members(node, part.emplace(typename std::decay_t<decltype(part)>::value_type{}), reading);
    }
  } else {
    const JsonReading::Inside inside{reading, {member.name}};
    const JsonNode* found = node.find(member.name);
    if constexpr (std::is_same_v<Member, JsonConstant>) {
      if (found == nullptr || found->text != member.text)
        reading.complain("expected `" + std::string(member.text) + "`");
    } else {
      const bool needed = member.rules.empty != JsonEmpty::omitted && !member.rules.may_be_absent;
      if (found != nullptr) return read_json(*found, owner.*member.member, reading, member.rules);
      if (needed) reading.complain("it is missing");
    }
  }
}

template <class T>
void read_json_members(const JsonNode& node, T& value, JsonReading& reading) {
  static constexpr auto object = json_fields(static_cast<const T*>(nullptr));
  std::apply([&](const auto&... members) { (read_json_member_of(node, value, reading, members), ...); },
             object.members);
}

// Reads a value by its table. Members that the table does not have are passed over, so that a later version may add
// some.
template <class T>
void read_json(const JsonNode& node, T& value, JsonReading& reading, const JsonRules& rules) {
  const bool null = node.kind == JsonNode::Kind::null;
  if (null && rules.empty == JsonEmpty::null) return;
  if constexpr (requires { read_json_value(node, value, reading); }) {
    read_json_value(node, value, reading);
  } else if constexpr (HasJsonFields<T>) {
    if (node.kind != JsonNode::Kind::object) return reading.expect("an object", node);
    read_json_members(node, value, reading);
  } else if constexpr (HasJsonWords<T>) {
    if (const auto which = read_json_word(node, json_words(value), reading)) value = static_cast<T>(*which);
  } else if constexpr (std::is_same_v<T, bool>) {
    read_json_boolean(node, value, reading);
  } else if constexpr (std::is_integral_v<T>) {
    std::int64_t number = 0;
    if (read_json_number(node, number, reading)) value = static_cast<T>(number);
  } else if constexpr (std::is_same_v<T, Date>) {
    read_json_date(node, value, reading);
  } else if constexpr (JsonTraits<T>::is_optional) {
    if (null) return;
    JsonRules inner = rules;
    inner.empty = JsonEmpty::written;
    read_json(node, value.emplace(typename T::value_type{}), reading, inner);
  } else if constexpr (std::is_same_v<T, LanguageTexts>) {
    read_json_texts(node, value, reading);
  } else if constexpr (JsonTraits<T>::is_members) {
    if (node.kind != JsonNode::Kind::object) return reading.expect("an object", node);
    for (const auto& [key, each] : node.members) {
      const JsonReading::Inside inside{reading, {key}};
      read_json(each, value.emplace_back(key, typename T::value_type::second_type{}).second, reading,
                json_member_rules(rules));
    }
  } else if constexpr (std::is_same_v<T, std::string>) {
    read_json_text(node, value, rules, reading);
  } else {
    static_assert(JsonTraits<T>::is_list, "a type without a JSON form");
    if (node.kind != JsonNode::Kind::list) return reading.expect("a list", node);
    if (node.items.size() < rules.min_items) reading.complain("the list is empty");
    value.resize(node.items.size());
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const JsonReading::Inside inside{reading, {{}, i}};
      read_json(node.items[i], value[i], reading, json_item_rules(rules));
    }
  }
}

// JSON Schema (2020-12) ----------------------------------------------------------------------------------------------

// Collects definitions as they are referred to. What is written under `$defs` may refer to further ones.
class JsonSchema {
 public:
  using Write = std::function<void(JsonWriter& json)>;
  // Writes `"$ref": "#/$defs/name"` into an object, and keeps the definition.
  void refer(JsonWriter& json, std::string_view name, Write write);
  // The whole schema, with all definitions; `root` writes what an instance must be.
  std::string document(std::string_view id, std::string_view title, std::string_view description, const Write& root);

 private:
  std::vector<std::pair<std::string, Write>> definitions_;
};

void write_text_schema(JsonSchema& schema, JsonWriter& json, const JsonRules& rules);
void write_texts_schema(JsonSchema& schema, JsonWriter& json);
void write_date_schema(JsonSchema& schema, JsonWriter& json);
void write_count_schema(JsonSchema& schema, JsonWriter& json);
void write_words_schema(JsonWriter& json, std::span<const std::string_view> words);

// Writes the keywords that describe a type, into an object that is begun.
template <class T>
void write_schema(JsonSchema& schema, JsonWriter& json, const JsonRules& rules = {});

template <class Owner, class Value>
Value json_value_of(const JsonField<Owner, Value>& field);  // for its type alone

template <class T>
void write_schema_object(JsonSchema& schema, JsonWriter& json, const JsonRules& rules) {
  json.begin_object(JsonWriter::Layout::line);
  write_schema<T>(schema, json, rules);
  json.end_object();
}

// Visits the fields of a struct, with those of a part if the tag is `word`.
template <class T, class Visit>
void for_each_json_field(std::string_view word, const Visit& visit) {
  static constexpr auto object = json_fields(static_cast<const T*>(nullptr));
  const auto each = [&](const auto& member) {
    if constexpr (requires { member.tag; }) {
      using Part = typename std::decay_t<decltype(std::declval<T&>().*member.member)>::value_type;
      if (member.word == word) for_each_json_field<Part>({}, visit);
    } else {
      visit(member);
    }
  };
  std::apply([&](const auto&... members) { (each(members), ...); }, object.members);
}

// `tag` is the field that is just `word` in this variant of the object; empty if the object has no parts.
template <class T>
void write_object_schema(JsonSchema& schema, JsonWriter& json, std::string_view tag = {}, std::string_view word = {}) {
  static constexpr auto object = json_fields(static_cast<const T*>(nullptr));
  json.key("type").string("object");
  json.key("properties").begin_object();
  std::vector<std::string_view> required;
  for_each_json_field<T>(word, [&](const auto& member) {
    using Member = std::decay_t<decltype(member)>;
    json.key(member.name);
    if constexpr (std::is_same_v<Member, JsonConstant>) {
      required.push_back(member.name);
      json.begin_object(JsonWriter::Layout::line);
      json.key("const").string(member.text);
      json.end_object();
    } else {
      if (member.rules.empty != JsonEmpty::omitted && !member.rules.may_be_absent) required.push_back(member.name);
      if (!tag.empty() && member.name == tag) {
        json.begin_object(JsonWriter::Layout::line);
        json.key("const").string(word);
        json.end_object();
      } else {
        using Value = std::decay_t<decltype(json_value_of(member))>;
        write_schema_object<Value>(schema, json, member.rules);
      }
    }
  });
  json.end_object();
  json.key("required").strings(required);
  json.key("additionalProperties").boolean(false);
  if (object.write_conditions != nullptr) object.write_conditions(json);
}

// The words of the tag on which the parts of an object depend; empty if it has none.
template <class T>
std::pair<std::string_view, std::vector<std::string_view>> json_variants() {
  static constexpr auto object = json_fields(static_cast<const T*>(nullptr));
  std::string_view tag;
  std::vector<std::string_view> words;
  const auto find_tag = [&](const auto& member) {
    if constexpr (requires { member.tag; }) tag = member.tag;
  };
  std::apply([&](const auto&... members) { (find_tag(members), ...); }, object.members);
  const auto find_words = [&](const auto& member) {
    if constexpr (requires { json_words(json_value_of(member)); }) {
      if (member.name != tag) return;
      const auto all = json_words(decltype(json_value_of(member)){});
      words.assign(all.begin(), all.end());
    }
  };
  std::apply([&](const auto&... members) { (find_words(members), ...); }, object.members);
  return {tag, words};
}

template <class T>
void write_struct_schema(JsonSchema& schema, JsonWriter& json) {
  static constexpr auto object = json_fields(static_cast<const T*>(nullptr));
  const auto [tag, words] = json_variants<T>();
  if (tag.empty()) {
    schema.refer(json, object.name, [&schema](JsonWriter& definition) { write_object_schema<T>(schema, definition); });
    return;
  }
  json.key("oneOf").begin_array();
  for (const std::string_view word : words) {
    json.begin_object();
    schema.refer(
        json, std::string(word) + "_" + std::string(object.name),
        [&schema, tag = tag, word](JsonWriter& definition) { write_object_schema<T>(schema, definition, tag, word); });
    json.end_object();
  }
  json.end_array();
}

template <class T>
void write_schema(JsonSchema& schema, JsonWriter& json, const JsonRules& rules) {
  if (rules.empty == JsonEmpty::null || JsonTraits<T>::is_optional) {
    JsonRules inner = rules;
    inner.empty = JsonEmpty::written;
    json.key("anyOf").begin_array();
    if constexpr (JsonTraits<T>::is_optional) {
      write_schema_object<typename T::value_type>(schema, json, inner);
    } else {
      write_schema_object<T>(schema, json, inner);
    }
    json.begin_object();
    json.key("type").string("null");
    json.end_object();
    json.end_array();
  } else if constexpr (requires { write_json_schema(schema, json, static_cast<const T*>(nullptr)); }) {
    write_json_schema(schema, json, static_cast<const T*>(nullptr));
  } else if constexpr (HasJsonFields<T>) {
    write_struct_schema<T>(schema, json);
  } else if constexpr (HasJsonWords<T>) {
    const auto words = json_words(T{});
    write_words_schema(json, rules.words.empty() ? std::span<const std::string_view>(words) : rules.words);
  } else if constexpr (std::is_same_v<T, bool>) {
    json.key("type").string("boolean");
  } else if constexpr (std::is_unsigned_v<T>) {
    write_count_schema(schema, json);
  } else if constexpr (std::is_integral_v<T>) {
    json.key("type").string("integer");
  } else if constexpr (std::is_same_v<T, Date>) {
    write_date_schema(schema, json);
  } else if constexpr (std::is_same_v<T, LanguageTexts>) {
    write_texts_schema(schema, json);
  } else if constexpr (JsonTraits<T>::is_members) {
    json.key("type").string("object");
    json.key("additionalProperties");
    write_schema_object<typename T::value_type::second_type>(schema, json, json_member_rules(rules));
  } else if constexpr (JsonTraits<T>::is_list) {
    json.key("type").string("array");
    json.key("items");
    write_schema_object<typename T::value_type>(schema, json, json_item_rules(rules));
    if (rules.min_items > 0) json.key("minItems").number(static_cast<std::int64_t>(rules.min_items));
    if (rules.unique) json.key("uniqueItems").boolean(true);
  } else {
    write_text_schema(schema, json, rules);
  }
}

}  // namespace farol::base
