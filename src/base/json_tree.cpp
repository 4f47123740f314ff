#include "base/json_tree.h"

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "base/file_system.h"
#include "base/json_reader.h"

namespace farol::base {
namespace {

using Kind = JsonNode::Kind;

std::optional<Kind> kind_of(JsonToken token) {
  switch (token) {
    case JsonToken::object: return Kind::object;
    case JsonToken::list: return Kind::list;
    case JsonToken::text: return Kind::text;
    case JsonToken::number: return Kind::number;
    case JsonToken::boolean: return Kind::boolean;
    case JsonToken::null: return Kind::null;
    case JsonToken::key:
    case JsonToken::object_end:
    case JsonToken::list_end:
    case JsonToken::end:
    case JsonToken::error: break;
  }
  return std::nullopt;
}

// Makes the node of the value that starts with `token`, with all below it. Returns false at the end of the list or
// object around it, and after an error. The reader bounds the depth.
bool read_node(JsonReader& reader, JsonToken token, JsonNode& node) {
  const auto kind = kind_of(token);
  if (!kind) return false;
  node.kind = *kind;
  node.offset = reader.offset();
  switch (*kind) {
    case Kind::object:
      while (reader.next() == JsonToken::key) {
        auto& [key, value] = node.members.emplace_back(std::move(reader.text()), JsonNode{});
        if (!read_node(reader, reader.next(), value)) return false;
      }
      break;
    case Kind::list:
      while (read_node(reader, reader.next(), node.items.emplace_back())) {
      }
      node.items.pop_back();
      break;
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
    case Kind::text: node.text = std::move(reader.text()); break;
  }
  return reader.problem().empty();
}

}  // namespace

const JsonNode* JsonNode::find(std::string_view key) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.first == key; });
  return found == members.end() ? nullptr : &found->second;
}

std::string_view to_string(JsonNode::Kind kind) {
  switch (kind) {
    case Kind::null: return "nothing";
    case Kind::boolean: return "true or false";
    case Kind::number: return "a number";
    case Kind::text: return "a text";
    case Kind::list: return "a list";
    case Kind::object: break;
  }
  return "an object";
}

std::variant<JsonNode, JsonFault> read_json_tree(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const std::size_t start = text.starts_with(mark) ? mark.size() : 0;
  const auto stream = stream_of(std::string(text.substr(start)));
  Bytes bytes{*stream};
  JsonReader reader{bytes};
  JsonNode root;
  read_node(reader, reader.next(), root);
  if (reader.problem().empty()) reader.next();
  if (!reader.problem().empty()) return JsonFault{start + reader.offset(), reader.problem()};
  return root;
}

}  // namespace farol::base
