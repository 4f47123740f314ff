#include "check/missing_facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace farol::check {
namespace {

// Statements that stand by themselves: a file beside the policy can have them.
constexpr std::string_view statements[] = {"transfer", "filing",  "processor", "metadata", "review",  "training",
                                           "incident", "notice",  "retention", "rights",   "leavers", "assessment",
                                           "usage",    "testing", "risk",      "request"};

std::string_view first_word_of(std::string_view text) { return text.substr(0, text.find(' ')); }

}  // namespace

std::vector<std::string> code_in(std::string_view text) {
  std::vector<std::string> code;
  for (std::size_t open = text.find('`'); open != std::string_view::npos; open = text.find('`', open + 1)) {
    const std::size_t close = text.find('`', open + 1);
    if (close == std::string_view::npos) break;
    code.emplace_back(text.substr(open + 1, close - open - 1));
    open = close;
  }
  return code;
}

namespace {

// The attributes of `notice { data: wages  purpose: "…" }`: remedies part them by two blanks.
std::vector<std::string> attributes_in(std::string_view statement) {
  std::vector<std::string> attributes;
  const std::size_t open = statement.find('{'), close = statement.rfind('}');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return attributes;
  std::string_view inside = statement.substr(open + 1, close - open - 1);
  while (!inside.empty()) {
    const std::size_t end = std::min(inside.find("  "), inside.size());
    std::string_view part = inside.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) attributes.emplace_back(part);
    inside.remove_prefix(std::min(end + 1, inside.size()));
  }
  return attributes;
}

// A value that only whoever writes the policy knows: a day, a role, a word of a list. What kind of filing there is, is
// one too: a filing that says it would count as made.
bool is_open(std::string_view statement, std::string_view attribute) {
  if (statement == "filing" && attribute.starts_with("kind: ")) return true;
  const std::size_t colon = attribute.find(": ");
  if (colon == std::string_view::npos) return true;
  const std::string_view value = attribute.substr(colon + 2);
  return value == left_open || value == "ROLE" || value == "NAME" || value.find(" … ") != std::string_view::npos ||
         value.ends_with(" …");
}

// One statement: its kind, what it is about, what is known, and the keys that are still to be written.
struct Skeleton {
  std::vector<std::string> known, open;
};

void add(std::map<std::pair<std::string, std::string>, Skeleton>& skeletons, const std::string& statement) {
  const std::string kind(first_word_of(statement));
  if (std::find(std::begin(statements), std::end(statements), kind) == std::end(statements)) return;
  std::string about;
  std::vector<std::string> attributes = attributes_in(statement);
  if (attributes.empty()) return;
  for (const std::string& each : attributes) {
    for (const std::string_view key : {"data: ", "features: ", "kind: ", "to: "}) {
      if (each.starts_with(key)) about += each + " ";
    }
    // An example of what else one may write, about nothing in particular.
    if (each == "data: …" || each == left_open) return;
  }
  Skeleton& skeleton = skeletons[{kind, about}];
  for (std::string& each : attributes) {
    const std::string key = each.substr(0, each.find(':'));
    const auto has_key = [&](const std::string& other) { return other.substr(0, other.find(':')) == key; };
    if (std::any_of(skeleton.known.begin(), skeleton.known.end(), has_key)) continue;
    if (!is_open(kind, each))
      skeleton.known.push_back(std::move(each));
    else if (std::find(skeleton.open.begin(), skeleton.open.end(), key) == skeleton.open.end())
      skeleton.open.push_back(key);
  }
}

// Each line of a text as a comment.
std::string as_comment(std::string_view text) {
  std::string comment = "// ";
  for (const char c : text) {
    comment += c;
    if (c == '\n') comment += "// ";
  }
  return comment + "\n";
}

}  // namespace

std::string missing_facts(const model::Model& model, const CheckFindings& findings, base::Language language) {
  std::map<std::pair<std::string, std::string>, Skeleton> skeletons;
  const std::span<const Finding> all(findings.list);
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end].check == all[begin].check) ++end;
    const std::string remedy =
        render(model, all.subspan(begin, end - begin), model.checks[all[begin].check].remedy, {});
    for (const std::string& statement : code_in(remedy)) add(skeletons, statement);
  }
  if (skeletons.empty()) return {};
  std::string text = "farol 1\n\n" + as_comment(fill(base::Phrase::missing_facts_head, language, {left_open}));
  for (const auto& [head, skeleton] : skeletons) {
    text += "\n";
    if (!skeleton.open.empty()) {
      const std::string keys = fmt::format("{}", fmt::join(skeleton.open, " "));
      text += as_comment(fill(base::Phrase::missing_facts_open, language, {keys}));
    }
    text += head.first + " {\n";
    for (const std::string& each : skeleton.known) text += "  " + each + "\n";
    text += "}\n";
  }
  return text;
}

}  // namespace farol::check
