#include "target/dingtalk/calls.h"

namespace farol::dingtalk {
namespace {

constexpr bool counted = true;  // the words of the column `quota`
constexpr bool free = false;

}  // namespace

std::string_view address_of(Host host, Region region) {
  switch (region) {
    case Region::mainland: break;
    case Region::international: return host == Host::api ? "api.dingtalk.io" : "oapi.dingtalk.io";
  }
  return host == Host::api ? "api.dingtalk.com" : "oapi.dingtalk.com";
}

const std::vector<CallInfo>& all_calls() {
  static const std::vector<CallInfo> calls = {
#define FAROL_CALL(identifier, effect, method, host, tier, quota, pages, size, about, reply, path, code, page, client) \
  {Call::identifier, #identifier, CallEffect::effect, #method, Host::host, Tier::tier, quota, Pages::pages,            \
   size##U,          about,       Reply::reply,       path,    code,       page,       client},
#define FAROL_PAGE(call, lacks, day, sentence)
#include "target/dingtalk/calls.def"
#undef FAROL_PAGE
#undef FAROL_CALL
  };
  return calls;
}

const CallInfo& info(Call call) { return all_calls()[static_cast<std::size_t>(call)]; }

std::string address_of_page(const CallInfo& call) {
  return call.page.empty() ? std::string{} : "https://open.dingtalk.com/document/development/" + std::string(call.page);
}

const std::vector<PageSays>& all_pages() {
  static const std::vector<PageSays> pages = {
#define FAROL_CALL(identifier, effect, method, host, tier, quota, pages, size, about, reply, path, code, page, client)
#define FAROL_PAGE(call, lacks, day, sentence) {Call::call, lacks, day, sentence},
#include "target/dingtalk/calls.def"
#undef FAROL_PAGE
#undef FAROL_CALL
  };
  return pages;
}

std::optional<ReadCall> find_read(std::string_view method, std::string_view path) {
  for (const CallInfo& each : all_calls()) {
    if (each.effect != CallEffect::read || each.method != method) continue;
    if (each.path == path) return ReadCall{each.call, {}};
    const std::size_t open = each.path.find('{');
    if (open == std::string_view::npos) continue;
    const std::string_view head = each.path.substr(0, open);
    const std::string_view tail = each.path.substr(each.path.find('}') + 1);
    if (path.size() <= head.size() + tail.size() || !path.starts_with(head) || !path.ends_with(tail)) continue;
    const std::string_view parameter = path.substr(head.size(), path.size() - head.size() - tail.size());
    if (parameter.find('/') == std::string_view::npos && parameter.find("..") == std::string_view::npos)
      return ReadCall{each.call, std::string(parameter)};
  }
  return std::nullopt;
}

}  // namespace farol::dingtalk
