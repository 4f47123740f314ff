// Statements in the order of their canonical text, so that nothing depends on how a policy is laid out.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "sema/canonical.h"
#include "sema/statements.h"

namespace farol::sema {

template <class Node>
struct WithText {
  Entry<Node> entry;
  std::string_view text;  // without the label
};

// Holds the texts, one behind the other, and the statements in their order. Views go into it, so it stays where it is.
template <class Node>
class InTextOrder {
 public:
  // Equal texts in the order of their labels; those that are equal in that too can only be told apart by their place.
  explicit InTextOrder(const std::vector<Entry<Node>>& entries) {
    std::vector<std::size_t> ends;
    ends.reserve(entries.size());
    for (const Entry<Node>& entry : entries) {
      append_canonical(texts_, entry.statement->node);
      ends.push_back(texts_.size());
    }
    sorted_.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::size_t begin = i == 0 ? 0 : ends[i - 1];
      sorted_.push_back({entries[i], std::string_view(texts_).substr(begin, ends[i] - begin)});
    }
    std::sort(sorted_.begin(), sorted_.end(), [](const WithText<Node>& a, const WithText<Node>& b) {
      if (const int order = a.text.compare(b.text); order != 0) return order < 0;
      if (const int order = label(a).compare(label(b)); order != 0) return order < 0;
      return a.text.data() < b.text.data();
    });
  }
  InTextOrder(const InTextOrder&) = delete;
  InTextOrder& operator=(const InTextOrder&) = delete;

  [[nodiscard]] auto begin() const { return sorted_.begin(); }
  [[nodiscard]] auto end() const { return sorted_.end(); }
  [[nodiscard]] std::size_t size() const { return sorted_.size(); }

 private:
  static std::string_view label(const WithText<Node>& each) {
    return each.entry.statement->label ? std::string_view(each.entry.statement->label->text) : std::string_view();
  }

  std::string texts_;
  std::vector<WithText<Node>> sorted_;
};

}  // namespace farol::sema
