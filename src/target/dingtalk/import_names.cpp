#include "target/dingtalk/import_names.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace farol::dingtalk {
namespace {

constexpr std::size_t longest_name = 60;  // characters; what is longer nobody reads

std::string legal(std::string_view raw) {
  const std::string text = base::to_nfkc(raw);
  std::string name;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && count < longest_name;) {
    const base::CodePoint point = base::decode(text, at);
    at += point.size;
    const bool fits = name.empty() ? base::is_name_start(point.value) : base::is_name_continue(point.value);
    if (fits) {
      base::append_utf8(name, point.value);
      ++count;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && (name.back() == '_' || name.back() == '-')) name.pop_back();
  return base::to_nfc(name);
}

bool is_hidden_or_control(char32_t value) {
  return value < 0x20 || value == 0x7F || (value >= 0x80 && value < 0xA0) || base::is_hidden(value) ||
         value == 0x2028 || value == 0x2029;
}

}  // namespace

bool Names::take(const std::string& name) {
  if (name.empty() || is_taken_(name) || !base::is_highly_restrictive(name)) return false;
  const std::string folded = base::fold_case(name);
  const std::string skeleton = "\x1f" + base::fold_case(base::skeleton(name));
  if (used_.contains(folded) || used_.contains(skeleton)) return false;
  used_.insert(folded);
  used_.insert(skeleton);
  return true;
}

std::string Names::make(std::string_view text, std::string_view kind) {
  const std::string wanted = legal(text);
  if (take(wanted)) return wanted;
  const bool is_usable = !wanted.empty() && base::is_highly_restrictive(wanted);
  const std::string stem = is_usable ? wanted : std::string(kind);
  const auto [next, fresh] = next_.try_emplace(stem, is_usable ? 2 : 1);
  while (true) {
    std::string name = fmt::format("{}_{}", stem, next->second++);
    if (take(name)) return name;
  }
}

// No feature's name continues another's with a dot, so none may be a group of others, and none in another.
std::string Names::make_dotted(std::string_view text, std::string_view kind) {
  std::string whole;
  std::vector<std::string> groups;
  bool is_dotted = text.find('.') != std::string_view::npos;
  for (std::size_t from = 0; is_dotted && from <= text.size();) {
    const std::size_t dot = std::min(text.find('.', from), text.size());
    const std::string_view part = text.substr(from, dot - from);
    is_dotted = !part.empty() && legal(part) == part && !is_taken_(std::string(part));
    groups.push_back(whole);
    whole += (whole.empty() ? "" : ".") + std::string(part);
    from = dot + 1;
  }
  const auto is_feature = [&](const std::string& group) { return used_.contains(base::fold_case(group)); };
  is_dotted =
      is_dotted && std::none_of(groups.begin(), groups.end(), is_feature) && !dotted_.contains(base::fold_case(whole));
  if (!is_dotted || !take(whole)) return make(text, kind);
  for (const std::string& group : groups) dotted_.insert(base::fold_case(group));
  return whole;
}

std::string quoted_text(std::string_view text) {
  std::string quoted = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode(text, at);
    const std::string_view here = text.substr(at, point.size);
    at += point.size;
    if (here == "\"" || here == "\\") {
      quoted += '\\';
      quoted += here;
    } else if (here == "\n") {
      quoted += "\\n";
    } else if (here == "\t") {
      quoted += "\\t";
    } else if (is_hidden_or_control(point.value)) {
      // Not even as an escape: a title that shows something else than it says is no title.
      quoted += ' ';
    } else {
      quoted += here;
    }
  }
  return quoted + "\"";
}

std::string comment_text(std::string_view text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode(text, at);
    if (is_hidden_or_control(point.value)) {
      line += ' ';
    } else {
      line += text.substr(at, point.size);
    }
    at += point.size;
  }
  return line;
}

}  // namespace farol::dingtalk
