#include "target/dingtalk/requests.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace farol::dingtalk {

Request with_body(Call call, Value::Object body) { return {call, {}, {}, std::move(body)}; }

std::vector<std::string> unbound(const Request& request) {
  std::vector<std::string> keys;
  for (const Value::Object* part : {&request.path, &request.query, &request.body}) {
    for (const Member& member : *part) collect_unbound(member.value, keys);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

const Value* find_parameter(const Request& request, std::string_view key) {
  for (const Value::Object* part : {&request.path, &request.query, &request.body}) {
    const auto found = std::find_if(part->begin(), part->end(), [&](const Member& each) { return each.key == key; });
    if (found != part->end()) return &found->value;
  }
  return nullptr;
}

Request read_back(Call read, const Request& about) {
  const CallInfo& call = info(read);
  Request request{read, {}, {}, {}};
  const bool in_path = call.path.find('{') != std::string_view::npos;
  Value::Object& part = in_path ? request.path : call.asks_in_query() ? request.query : request.body;
  const Value* id = find_parameter(about, call.about);
  if (id != nullptr) part.push_back({std::string(call.about), *id});
  // Folders are asked for in the name of a person.
  if (const Value* person = find_parameter(about, "unionId")) request.query.push_back({"unionId", *person});
  const Value size = number(static_cast<std::int64_t>(call.page_size));
  switch (call.pages) {
    case Pages::none: break;
    case Pages::offset: set(request.body, "offset", number(0)), set(request.body, "size", size); break;
    case Pages::cursor: set(request.body, "cursor", number(0)), set(request.body, "size", size); break;
    case Pages::next_cursor: set(request.query, "nextToken", number(-1)); [[fallthrough]];
    case Pages::token: set(request.query, "maxResults", size); break;
    case Pages::option: set(request.body, "option.maxResults", size); break;
    case Pages::number: set(request.body, "pageNumber", number(1)), set(request.body, "pageSize", size); break;
  }
  return request;
}

const PageSays* page_in_place_of_client(const Request& request) {
  const auto& pages = all_pages();
  const auto found = std::find_if(pages.begin(), pages.end(), [&](const PageSays& page) {
    return page.call == request.call && (page.lacks.empty() || find_at(request.body, page.lacks) != nullptr);
  });
  return found == pages.end() ? nullptr : &*found;
}

std::string path_of(const Request& request) {
  std::string path{info(request.call).path};
  for (const Member& parameter : request.path) {
    const std::string placeholder = "{" + parameter.key + "}";
    const std::size_t at = path.find(placeholder);
    if (at == std::string::npos) continue;
    const auto* value = std::get_if<std::string>(&parameter.value.data);
    if (value != nullptr) path.replace(at, placeholder.size(), *value);
  }
  return path;
}

}  // namespace farol::dingtalk
