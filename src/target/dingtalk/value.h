// The values in a request: JSON in which an id of the tenant may still be missing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/json_writer.h"

namespace farol::dingtalk {

struct Member;

// An id that `bind` has not given yet: `{"bind": "role.hr"}`. A list becomes one element for each of its ids, or in
// a step with `for_each` for one request for each.
struct Unbound {
  std::string key;
  bool operator==(const Unbound&) const = default;
};
// What no `bind` gives: the id of a rule, which the reply of the request that makes it has.
inline constexpr std::string_view id_in_reply = "reply.result";
[[nodiscard]] inline bool is_of_reply(std::string_view key) { return key.starts_with("reply."); }

struct Value {
  using List = std::vector<Value>;
  using Object = std::vector<Member>;
  // Ids in one text, with commas between them, as some old requests want them.
  struct Joined {
    List parts;
    bool operator==(const Joined&) const;
  };

  std::variant<bool, std::int64_t, std::string, Unbound, Joined, List, Object> data;

  bool operator==(const Value&) const;
};

struct Member {
  std::string key;
  Value value;
  bool operator==(const Member&) const = default;
};

[[nodiscard]] Value text(std::string text);
[[nodiscard]] Value number(std::int64_t number);
[[nodiscard]] Value boolean(bool value);
[[nodiscard]] Value list(Value::List values);
[[nodiscard]] Value object(Value::Object members);
// Texts alone give a text.
[[nodiscard]] Value joined(Value::List parts);

// Sets a member, at a path of keys with dots between them: objects on the way are made.
void set(Value::Object& object, std::string_view path, Value value);
// The value at such a path; null if there is none.
[[nodiscard]] const Value* find_at(const Value::Object& object, std::string_view path);

// The members of an object are written in the order of their keys.
void write(base::JsonWriter& json, const Value& value);
// On one line.
[[nodiscard]] std::string to_json(const Value& value);

// The keys of the ids that are missing in it, added to `keys`.
void collect_unbound(const Value& value, std::vector<std::string>& keys);

}  // namespace farol::dingtalk
