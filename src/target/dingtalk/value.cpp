#include "target/dingtalk/value.h"

#include <algorithm>
#include <string_view>

namespace farol::dingtalk {

using base::JsonWriter;
using Layout = JsonWriter::Layout;

// Written out, because clang 14 fails on a defaulted comparison of a type that contains itself.
bool Value::operator==(const Value& other) const { return data == other.data; }
bool Value::Joined::operator==(const Joined& other) const { return parts == other.parts; }

Value text(std::string text) { return {std::move(text)}; }
Value number(std::int64_t number) { return {number}; }
Value boolean(bool value) { return {value}; }
Value list(Value::List values) { return {std::move(values)}; }
Value object(Value::Object members) { return {std::move(members)}; }

Value joined(Value::List parts) {
  std::string all;
  for (const Value& part : parts) {
    const auto* text = std::get_if<std::string>(&part.data);
    if (text == nullptr) return {Value::Joined{std::move(parts)}};
    all.append(all.empty() ? "" : ",").append(*text);
  }
  return {std::move(all)};
}

void set(Value::Object& object, std::string_view path, Value value) {
  const std::size_t dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  auto member = std::find_if(object.begin(), object.end(), [&](const Member& each) { return each.key == key; });
  if (member == object.end()) member = object.insert(object.end(), Member{std::string(key), {}});
  if (dot == std::string_view::npos) {
    member->value = std::move(value);
    return;
  }
  if (!std::holds_alternative<Value::Object>(member->value.data)) member->value.data = Value::Object{};
  set(std::get<Value::Object>(member->value.data), path.substr(dot + 1), std::move(value));
}

const Value* find_at(const Value::Object& object, std::string_view path) {
  const std::size_t dot = path.find('.');
  const auto found = std::find_if(object.begin(), object.end(),
                                  [&](const Member& member) { return member.key == path.substr(0, dot); });
  if (found == object.end()) return nullptr;
  if (dot == std::string_view::npos) return &found->value;
  const auto* inner = std::get_if<Value::Object>(&found->value.data);
  return inner == nullptr ? nullptr : find_at(*inner, path.substr(dot + 1));
}

namespace {

void write_object(JsonWriter& json, const Value::Object& object) {
  std::vector<const Member*> members;
  members.reserve(object.size());
  for (const Member& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->key < b->key; });
  json.begin_object(Layout::line);
  for (const Member* member : members) {
    json.key(member->key);
    write(json, member->value);
  }
  json.end_object();
}

void write_list(JsonWriter& json, const Value::List& values) {
  json.begin_array(Layout::line);
  for (const Value& value : values) write(json, value);
  json.end_array();
}

struct Writer {
  JsonWriter& json;

  void operator()(bool value) const { json.boolean(value); }
  void operator()(std::int64_t value) const { json.number(value); }
  void operator()(const std::string& text) const { json.string(text); }
  void operator()(const Unbound& unbound) const {
    json.begin_object(Layout::line);
    json.key("bind").string(unbound.key);
    json.end_object();
  }
  void operator()(const Value::Joined& joined) const {
    json.begin_object(Layout::line);
    write_list(json.key("joined"), joined.parts);
    json.end_object();
  }
  void operator()(const Value::List& values) const { write_list(json, values); }
  void operator()(const Value::Object& object) const { write_object(json, object); }
};

}  // namespace

void write(JsonWriter& json, const Value& value) { std::visit(Writer{json}, value.data); }

std::string to_json(const Value& value) {
  JsonWriter json;
  write(json, value);
  std::string text = json.take();
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void collect_unbound(const Value& value, std::vector<std::string>& keys) {
  if (const auto* unbound = std::get_if<Unbound>(&value.data)) keys.push_back(unbound->key);
  if (const auto* joined = std::get_if<Value::Joined>(&value.data)) {
    for (const Value& part : joined->parts) collect_unbound(part, keys);
  }
  if (const auto* values = std::get_if<Value::List>(&value.data)) {
    for (const Value& each : *values) collect_unbound(each, keys);
  }
  if (const auto* members = std::get_if<Value::Object>(&value.data)) {
    for (const Member& member : *members) collect_unbound(member.value, keys);
  }
}

}  // namespace farol::dingtalk
