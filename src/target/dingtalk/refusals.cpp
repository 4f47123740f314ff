#include "target/dingtalk/refusals.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "target/dingtalk/reply_values.h"

namespace farol::dingtalk {

using Kind = Node::Kind;

namespace {

// The permission codes that a refusal says are missing, wherever it says so.
void find_scopes(const Node& node, std::vector<std::string>& scopes) {
  if (node.kind == Kind::text) {
    for (std::string& each : scopes_in(node.text)) scopes.push_back(std::move(each));
  }
  for (const Node& each : node.items) find_scopes(each, scopes);
  for (const auto& [key, value] : node.members) {
    if (base::fold_case(key) == "requiredscopes") {
      if (value.kind == Kind::text) scopes.push_back(value.text);
      for (const Node& each : value.items) scopes.push_back(each.text);
    } else {
      find_scopes(value, scopes);
    }
  }
}

}  // namespace

std::vector<std::string> scopes_in(std::string_view text) {
  std::vector<std::string> scopes;
  const std::size_t key = base::fold_case(text).find("requiredscopes");
  const std::size_t open = key == std::string_view::npos ? key : text.find('[', key);
  if (open == std::string_view::npos) return scopes;
  std::string word;
  for (const char c : text.substr(open + 1)) {
    const bool is_of_word =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_';
    if (is_of_word) word += c;
    if (!is_of_word && !word.empty()) scopes.push_back(std::exchange(word, {}));
    if (c == ']') break;
  }
  return scopes;
}

Note with_scopes(base::Phrase phrase, std::string why, const std::vector<std::string>& scopes) {
  if (scopes.empty()) return {phrase, {std::move(why)}};
  return {base::Phrase::drift_refused_scope, {std::move(why), fmt::format("{}", fmt::join(scopes, ", "))}};
}

// Old calls answer 200 whatever happened, and say in the answer what it was; new ones have a code and a message; and
// some say no more than that it was no success.
std::optional<Note> refusal_in(const Node& response) {
  std::vector<std::string> words;
  const auto add = [&](std::string_view key) {
    const Node* found = ReplyValues::member(response, key);
    if (found != nullptr && !found->text.empty()) words.push_back(found->text);
  };
  const auto says_no = [&](std::string_view key) {
    const Node* found = ReplyValues::member(response, key);
    return found != nullptr && (found->kind == Kind::boolean || found->kind == Kind::text) && found->text == "false";
  };
  const auto has = [&](std::string_view key, std::initializer_list<std::string_view> good) {
    const Node* found = ReplyValues::member(response, key);
    return found != nullptr && std::find(good.begin(), good.end(), found->text) == good.end();
  };
  if (has("errcode", {"0"})) {
    add("errcode"), add("errmsg");
  } else if (has("code", {"0", "200", "OK", "ok", "success", "SUCCESS"})) {
    add("code"), add("message"), add("msg");
  } else if (const Node* error = ReplyValues::member(response, "error");
             error != nullptr && error->text != "false" && (!error->text.empty() || error->kind != Kind::text)) {
    words.emplace_back("error"), add("error"), add("message");
  } else if (says_no("success") || says_no("result")) {
    words.emplace_back(says_no("success") ? "success: false" : "result: false");
    add("errorMsg"), add("errmsg"), add("message");
  } else {
    return std::nullopt;
  }
  std::vector<std::string> scopes;
  find_scopes(response, scopes);
  return with_scopes(base::Phrase::drift_refused, fmt::format("{}", fmt::join(words, " ")), scopes);
}

}  // namespace farol::dingtalk
