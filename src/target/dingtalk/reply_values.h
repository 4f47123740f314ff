// Values of a reply as the calls document them. What is wrong is kept, and reading goes on.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "target/dingtalk/json_tree.h"

namespace farol::dingtalk {

class ReplyValues {
 public:
  using Kind = Node::Kind;
  // The faults outlive this.
  explicit ReplyValues(std::vector<Fault>& faults) : faults_(faults) {}

  void fail(const Node& at, std::string reason) const;
  bool is(const Node& node, Kind kind, std::string_view what) const;

  // The member of an object; null where there is none or it is null.
  [[nodiscard]] static const Node* member(const Node& object, std::string_view key);
  // The items of a list; none where there is no list.
  [[nodiscard]] const std::vector<Node>& items(const Node& object, std::string_view key) const;
  // The items of a list that has to be there: an answer without it shows nothing.
  [[nodiscard]] const std::vector<Node>& needed_items(const Node& object, std::string_view key) const;
  [[nodiscard]] std::string text(const Node& object, std::string_view key) const;
  [[nodiscard]] bool flag(const Node& object, std::string_view key) const;
  // An id that is there: a number of digits alone, or a text.
  [[nodiscard]] std::string id(const Node& object, std::string_view key) const;
  [[nodiscard]] std::set<std::string> ids(const Node& object, std::string_view key) const;

  [[nodiscard]] static std::string quoted(std::string_view key);

 private:
  [[nodiscard]] std::string id_at(const Node& node, std::string_view what) const;

  std::vector<Fault>& faults_;
};

}  // namespace farol::dingtalk
