// Names of a policy for what other programs call as they like.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace farol::dingtalk {

class Names {
 public:
  // `is_taken` returns true for names that cannot be used: keywords, and what libraries declare.
  explicit Names(std::function<bool(const std::string&)> is_taken) : is_taken_(std::move(is_taken)) {}

  // Returns a legal name that is near to the text, in the letters of a keyboard where it has full-width ones, and that
  // no other name can be taken for; `kind` and a number if no part of the text can be in a name.
  [[nodiscard]] std::string make(std::string_view text, std::string_view kind);

  // The same for a feature, which keeps the dots that it has: `job.create`.
  [[nodiscard]] std::string make_dotted(std::string_view text, std::string_view kind);

 private:
  [[nodiscard]] bool take(const std::string& name);

  std::function<bool(const std::string&)> is_taken_;
  std::set<std::string> used_;               // folded, and skeletons
  std::set<std::string> dotted_;             // names of features with dots, and the groups that they are in
  std::map<std::string, std::size_t> next_;  // by stem: the number that may be free
};

// Returns the text in double quotes, escaped as a text of a policy; characters that cannot be seen become blanks.
[[nodiscard]] std::string quoted_text(std::string_view text);
// Returns the text as one line of a comment.
[[nodiscard]] std::string comment_text(std::string_view text);

}  // namespace farol::dingtalk
