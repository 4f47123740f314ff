// The calls that show what a tenant has set: reads.def as a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "target/dingtalk/requests.h"

namespace farol::dingtalk {

enum class Read : std::uint8_t {
#define FAROL_READ(identifier, method, host, path, code, page, paging) identifier,
#include "target/dingtalk/reads.def"
#undef FAROL_READ
};

enum class Paging : std::uint8_t { none, offset, token, next_cursor, option, cursor, number };

struct ReadInfo {
  Read read;
  std::string_view identifier;
  std::string_view method;
  dingtalk::Host host;
  std::string_view path;  // with a parameter in braces
  std::string_view permission_code;
  std::string_view page;  // of open.dingtalk.com/document/development/
  Paging paging;
};
[[nodiscard]] const std::vector<ReadInfo>& all_reads();
[[nodiscard]] const ReadInfo& read_info(Read read);

// The call of a method and path, and what its path is about: the node of `…/dentries/NODE/permissions/query`.
struct FoundRead {
  Read read{};
  std::string parameter;
};
[[nodiscard]] std::optional<FoundRead> find_read(std::string_view method, std::string_view path);

// The most that a page holds, by the documentation.
namespace page_sizes {
inline constexpr int roles = 200;
inline constexpr int list = 100;
inline constexpr int file_permissions = 30;
}  // namespace page_sizes

}  // namespace farol::dingtalk
