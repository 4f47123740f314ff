// JSON as a tree that knows where each value is: documents in which people have to find a mistake.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace farol::base {

struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, text, list, object };
  Kind kind = Kind::null;
  std::size_t offset = 0;  // of its first byte
  // A text; a number as it is written, so that no digit of an id is lost; `true`, `false` or `null`.
  std::string text{};
  std::vector<JsonNode> items{};
  std::vector<std::pair<std::string, JsonNode>> members{};  // in their order; no key twice

  // Returns null if the object has no such member.
  [[nodiscard]] const JsonNode* find(std::string_view key) const;
};
[[nodiscard]] std::string_view to_string(JsonNode::Kind kind);  // "a number"

// What is wrong with a document, and where: in bytes.
struct JsonFault {
  std::size_t offset = 0;
  std::string reason;
};

// Reads one value and nothing behind it, by the rules of `JsonReader`. A byte-order mark at the start is skipped.
[[nodiscard]] std::variant<JsonNode, JsonFault> read_json_tree(std::string_view text);

}  // namespace farol::base
