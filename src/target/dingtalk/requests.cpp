#include "target/dingtalk/requests.h"

#include <algorithm>

namespace farol::dingtalk {

std::vector<std::string> unbound(const Request& request) {
  std::vector<std::string> keys;
  for (const Value::Object* part : {&request.path, &request.query, &request.body}) {
    for (const Member& member : *part) collect_unbound(member.value, keys);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
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
