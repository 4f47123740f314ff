#include "target/dingtalk/reads.h"

namespace farol::dingtalk {

const std::vector<ReadInfo>& all_reads() {
  using dingtalk::Host;
  static const std::vector<ReadInfo> reads = {
#define FAROL_READ(identifier, method, host, path, code, page, paging) \
  {Read::identifier, #identifier, method, Host::host, path, code, page, Paging::paging},
#include "target/dingtalk/reads.def"
#undef FAROL_READ
  };
  return reads;
}

const ReadInfo& read_info(Read read) { return all_reads()[static_cast<std::size_t>(read)]; }

std::optional<FoundRead> find_read(std::string_view method, std::string_view path) {
  for (const ReadInfo& each : all_reads()) {
    if (each.method != method) continue;
    if (each.path == path) return FoundRead{each.read, {}};
    const std::size_t open = each.path.find('{');
    if (open == std::string_view::npos) continue;
    const std::string_view head = each.path.substr(0, open);
    const std::string_view tail = each.path.substr(each.path.find('}') + 1);
    if (path.size() <= head.size() + tail.size() || !path.starts_with(head) || !path.ends_with(tail)) continue;
    const std::string_view parameter = path.substr(head.size(), path.size() - head.size() - tail.size());
    if (parameter.find('/') == std::string_view::npos && parameter.find("..") == std::string_view::npos)
      return FoundRead{each.read, std::string(parameter)};
  }
  return std::nullopt;
}

}  // namespace farol::dingtalk
