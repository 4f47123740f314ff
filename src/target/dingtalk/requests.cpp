#include "target/dingtalk/requests.h"

#include <algorithm>

namespace farol::dingtalk {

std::string_view to_string(Host host) { return host == Host::api ? "api.dingtalk.com" : "oapi.dingtalk.com"; }

const std::vector<CallInfo>& all_calls() {
  static const std::vector<CallInfo> calls = {
#define FAROL_CALL(identifier, method, host, path, code, page, package, function, tier, counted) \
  {Call::identifier, #identifier, method, Host::host, path, code, page, package, function, RequestTier::tier, counted},
#include "target/dingtalk/requests.def"
#undef FAROL_CALL
  };
  return calls;
}

const CallInfo& info(Call call) { return all_calls()[static_cast<std::size_t>(call)]; }

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
