#include "apply/reading.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/json_writer.h"
#include "target/dingtalk/requests.h"

namespace farol::apply {

using dingtalk::Call;
using dingtalk::CallInfo;
using dingtalk::Collected;
using dingtalk::Node;
using dingtalk::Pages;
using dingtalk::Request;

namespace {

// What answers without an end is not asked for ever.
constexpr std::size_t most_pages = 2000;

const Node* node_at(const Node& node, std::string_view path) {
  const Node* at = &node;
  while (at != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    at = at->find(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return at;
}
std::string word_at(const Node& node, std::string_view path) {
  const Node* found = node_at(node, path);
  return found == nullptr || found->kind == Node::Kind::null ? std::string{} : found->text;
}

void collect_words(const Node& node, std::string_view key, std::vector<std::string>& words) {
  for (const Node& each : node.items) collect_words(each, key, words);
  for (const auto& [name, value] : node.members) {
    const bool is_word = value.kind == Node::Kind::number || value.kind == Node::Kind::text;
    if (name == key && is_word) words.push_back(value.text);
    collect_words(value, key, words);
  }
}

std::int64_t number_in(const Request& request, std::string_view key) {
  const dingtalk::Value* found = find_parameter(request, key);
  const auto* number = found == nullptr ? nullptr : std::get_if<std::int64_t>(&found->data);
  return number == nullptr ? 0 : *number;
}

// Makes the request for the page behind an answer. Returns false if that was the last.
bool turn_page(Request& request, const Node& answer) {
  const CallInfo& call = info(request.call);
  const auto size = static_cast<std::int64_t>(call.page_size);
  const auto goes_on = [&](std::string_view key) { return word_at(answer, key) == "true"; };
  const auto follow = [&](dingtalk::Value::Object& part, std::string_view key, std::string_view next) {
    const std::string word = word_at(answer, next);
    if (word.empty()) return false;
    set(part, key, dingtalk::text(word));
    return true;
  };
  switch (call.pages) {
    case Pages::none: break;
    case Pages::offset:
      if (!goes_on("result.hasMore") && !goes_on("result.has_more")) return false;
      set(request.body, "offset", dingtalk::number(number_in(request, "offset") + size));
      return true;
    case Pages::cursor: {
      const std::string next = word_at(answer, "result.next_cursor");
      if (!goes_on("result.has_more") || next.empty()) return false;
      set(request.body, "cursor", dingtalk::number(std::strtoll(next.c_str(), nullptr, 10)));
      return true;
    }
    case Pages::token: return goes_on("hasMore") && follow(request.query, "nextToken", "nextToken");
    case Pages::next_cursor: return goes_on("hasMore") && follow(request.query, "nextToken", "nextCursor");
    case Pages::option: return follow(request.body, "option.nextToken", "nextToken");
    case Pages::number: {
      const std::int64_t page = number_in(request, "pageNumber");
      if (page * size >= std::strtoll(word_at(answer, "total").c_str(), nullptr, 10)) return false;
      set(request.body, "pageNumber", dingtalk::number(page + 1));
      return true;
    }
  }
  return false;
}

std::string entry_of(const Request& request, const Reply& reply) {
  const auto part = [](const dingtalk::Value::Object& object) {
    return object.empty() ? std::string("null") : to_json(dingtalk::object(object));
  };
  std::string text = fmt::format(R"({{"method": "{}", "path": "{}", "query": {}, "body": {}, )",
                                 info(request.call).method, path_of(request), part(request.query), part(request.body));
  if (!reply.text.empty()) return text + "\"response\": " + reply.text + "}";
  base::JsonWriter json;
  std::string why = reply.reason;
  // As a refusal says it, so that the reader finds the codes.
  if (!reply.scopes.empty()) why += fmt::format(" \"requiredScopes\":[{}]", fmt::join(reply.scopes, ","));
  json.string(why);
  std::string quoted = json.take();
  while (quoted.ends_with('\n')) quoted.pop_back();
  return text + "\"error\": " + quoted + "}";
}

}  // namespace

std::vector<Node> Reading::ask(Request request) {
  std::vector<Node> answers;
  for (std::size_t page = 0; page < most_pages && !used_up_; ++page) {
    const std::string address = path_of(request) + to_json(dingtalk::object(request.query)) +
                                to_json(dingtalk::object(request.body)) + std::string(info(request.call).method);
    if (!asked_.insert(address).second) return answers;
    progress_(std::string(info(request.call).method) + " " + path_of(request));
    Reply reply = session_.call(request);
    missing_.insert(reply.scopes.begin(), reply.scopes.end());
    used_up_ = reply.kind == Reply::Kind::used_up;
    entries_.push_back(entry_of(request, reply));
    if (reply.kind != Reply::Kind::done) return answers;
    answers.push_back(std::move(reply.tree));
    if (!turn_page(request, answers.back())) return answers;
  }
  return answers;
}

std::vector<Node> Reading::ask_about(Call call, const std::string& id) {
  const std::string about{info(call).about};
  dingtalk::Value value =
      about == "userid" ? dingtalk::text(id) : dingtalk::number(std::strtoll(id.c_str(), nullptr, 10));
  return ask(read_back(call, {call, {}, {}, {{about, std::move(value)}}}));
}

void Reading::departments() {
  std::vector<std::string> level{"1"};
  std::set<std::string> seen;
  while (!level.empty() && !used_up_) {
    std::vector<std::string> below;
    for (const std::string& id : level) {
      if (!seen.insert(id).second) continue;
      for (const Node& answer : ask_about(Call::department_list, id)) collect_words(answer, "dept_id", below);
    }
    level = std::move(below);
  }
}

void Reading::administrators() {
  std::vector<std::string> people;
  for (const Node& answer : ask({Call::admin_list, {}, {}, {}})) collect_words(answer, "userid", people);
  for (const std::string& person : people) ask_about(Call::admin_scope_read, person);
}

void Reading::roles_and_members(const std::set<std::string>& wanted) {
  for (const Node& answer : ask(read_back(Call::role_list))) {
    const Node* list = node_at(answer, "result.list");
    if (list == nullptr) continue;
    for (const Node& group : list->items) {
      if (const Node* found = group.find("roles")) collect_words(*found, "id", roles_);
    }
  }
  for (const std::string& role : roles_) {
    if (wanted.contains(role)) ask_about(Call::role_members_list, role);
  }
}

void Reading::read(const std::vector<Collected>& calls, const std::set<std::string>& not_yet,
                   const std::set<std::string>& roles) {
  for (const Collected& call : calls) {
    if (used_up_) return;
    switch (call.kind) {
      case Collected::Kind::request: {
        const std::string_view about = info(call.request.call).about;
        const dingtalk::Value* id = about.empty() ? nullptr : find_parameter(call.request, about);
        if (id == nullptr || !not_yet.contains(query_text(*id))) ask(call.request);
        break;
      }
      case Collected::Kind::roles_and_members: roles_and_members(roles); break;
      case Collected::Kind::departments: departments(); break;
      case Collected::Kind::administrators: administrators(); break;
      case Collected::Kind::attendance_groups: ask(read_back(Call::attendance_list)); break;
      case Collected::Kind::left_out: break;
    }
  }
}

std::string Reading::exported(const std::string& time) const {
  return fmt::format("{{\"format\": \"{}\", \"version\": {}, \"collected\": \"{}\", \"calls\": [\n{}\n]}}\n",
                     dingtalk::export_format, dingtalk::export_version, time, fmt::join(entries_, ",\n"));
}

dingtalk::Tenant Reading::tenant() const {
  auto read = dingtalk::read_export(exported({}));
  auto* tenant = std::get_if<dingtalk::Tenant>(&read);
  if (tenant == nullptr) std::abort();  // each answer was read before it was put in
  return std::move(*tenant);
}

}  // namespace farol::apply
