// Names of a policy for what other programs call as they like.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace farol::dingtalk {

class Names {
 public:
  // `is_taken` says which names cannot be used: keywords, and what libraries declare.
  explicit Names(std::function<bool(const std::string&)> is_taken) : is_taken_(std::move(is_taken)) {}

  // A legal name that is near to the text and that no other one can be taken for; `kind` and a number where nothing of
  // the text can stand in a name.
  [[nodiscard]] std::string make(std::string_view text, std::string_view kind);

 private:
  [[nodiscard]] bool take(const std::string& name);

  std::function<bool(const std::string&)> is_taken_;
  std::set<std::string> used_;  // folded, and skeletons
};

// In double quotes, with escapes for what cannot stand in a text of a policy; what cannot be seen there is a blank.
[[nodiscard]] std::string quoted_text(std::string_view text);
// For a comment: one line, and nothing that ends it.
[[nodiscard]] std::string comment_text(std::string_view text);

}  // namespace farol::dingtalk
