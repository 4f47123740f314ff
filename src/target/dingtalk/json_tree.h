// JSON that knows where each value stands: what a program wrote, and people have to find a mistake in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace farol::dingtalk {

struct Node {
  enum class Kind : std::uint8_t { null, boolean, number, text, list, object };
  Kind kind = Kind::null;
  std::size_t offset = 0;  // of its first byte
  // A text; a number as it is written, so that no digit of an id is lost; `true` or `false`.
  std::string text{};
  std::vector<Node> items{};
  std::vector<std::pair<std::string, Node>> members{};  // in their order; no key twice

  [[nodiscard]] const Node* find(std::string_view key) const;
};
[[nodiscard]] std::string_view to_string(Node::Kind kind);  // "a number"

// What is wrong with a file, and where: in bytes.
struct Fault {
  std::size_t offset = 0;
  std::string reason;
};

// One value and nothing behind it. Strict: no comments, no key twice in an object, UTF-8, at most 64 levels.
[[nodiscard]] std::variant<Node, Fault> read_json_tree(std::string_view text);

}  // namespace farol::dingtalk
