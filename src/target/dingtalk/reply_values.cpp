#include "target/dingtalk/reply_values.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "target/dingtalk/tenant_export.h"

namespace farol::dingtalk {

void ReplyValues::fail(const Node& at, std::string reason) const {
  if (faults_.size() < max_faults) faults_.push_back({at.offset, std::move(reason)});
}

const Node* ReplyValues::member(const Node& object, std::string_view key) {
  const Node* found = object.find(key);
  return found == nullptr || found->kind == Kind::null ? nullptr : found;
}

bool ReplyValues::is(const Node& node, Kind kind, std::string_view what) const {
  if (node.kind == kind) return true;
  fail(node, fmt::format("{} is {} here, and not {}", what, to_string(node.kind), to_string(kind)));
  return false;
}

const std::vector<Node>& ReplyValues::items(const Node& object, std::string_view key) const {
  static const std::vector<Node> none;
  const Node* found = member(object, key);
  return found != nullptr && is(*found, Kind::list, quoted(key)) ? found->items : none;
}

const std::vector<Node>& ReplyValues::needed_items(const Node& object, std::string_view key) const {
  if (member(object, key) == nullptr) fail(object, fmt::format("it has no list {}", quoted(key)));
  return items(object, key);
}

std::string ReplyValues::text(const Node& object, std::string_view key) const {
  const Node* found = member(object, key);
  return found != nullptr && is(*found, Kind::text, quoted(key)) ? found->text : std::string{};
}

bool ReplyValues::flag(const Node& object, std::string_view key) const {
  const Node* found = member(object, key);
  return found != nullptr && is(*found, Kind::boolean, quoted(key)) && found->text == "true";
}

std::string ReplyValues::id(const Node& object, std::string_view key) const {
  const Node* found = member(object, key);
  if (found == nullptr) {
    fail(object, fmt::format("an id is missing here: {}", quoted(key)));
    return {};
  }
  return id_at(*found, quoted(key));
}
std::string ReplyValues::id_at(const Node& node, std::string_view what) const {
  const bool is_number = node.kind == Kind::number;
  if (!is_number && node.kind != Kind::text) {
    fail(node, fmt::format("{} is {} here, and not an id", what, to_string(node.kind)));
    return {};
  }
  if (node.text.empty() || (is_number && node.text.find_first_not_of("-0123456789") != std::string::npos)) {
    fail(node, fmt::format("{} is no id: `{}`", what, node.text));
    return {};
  }
  if (std::any_of(node.text.begin(), node.text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
    fail(node, fmt::format("{} has a control character in it, which no id has", what));
    return {};
  }
  return node.text;
}
std::set<std::string> ReplyValues::ids(const Node& object, std::string_view key) const {
  std::set<std::string> made;
  for (const Node& each : items(object, key)) made.insert(id_at(each, fmt::format("an id of {}", quoted(key))));
  return made;
}

std::string ReplyValues::quoted(std::string_view key) { return fmt::format("`{}`", key); }

}  // namespace farol::dingtalk
