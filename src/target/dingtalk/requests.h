// The requests of the platform that Farol makes use of: requests.def as a table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "target/dingtalk/value.h"

namespace farol::dingtalk {

// `api.dingtalk.com`, with the token in a header, and `oapi.dingtalk.com`, with the token in the query.
enum class Host : std::uint8_t { api, oapi };
[[nodiscard]] std::string_view to_string(Host host);  // the address

// A: documented. B: in an official client only; never sent unless that is asked for.
enum class RequestTier : std::uint8_t { A, B };

enum class Call : std::uint8_t {
#define FAROL_CALL(identifier, method, host, path, code, page, package, function, tier, counted) identifier,
#include "target/dingtalk/requests.def"
#undef FAROL_CALL
};

struct CallInfo {
  Call call;
  std::string_view identifier;
  std::string_view method;
  Host host;
  std::string_view path;  // with parameters in braces
  std::string_view permission_code;
  std::string_view page;  // of open.dingtalk.com/document/development/
  std::string_view package, function;
  RequestTier tier;
  bool counted;  // against the calls of a month
};
[[nodiscard]] const std::vector<CallInfo>& all_calls();
[[nodiscard]] const CallInfo& info(Call call);

// What a call takes at most, by the documentation.
namespace limits {
inline constexpr std::size_t role_members = 20;      // users of addrolesforemps
inline constexpr std::size_t role_departments = 50;  // dept_ids of role/scope/update
inline constexpr std::size_t contact_subjects = 50;  // of a rule of the address book, all lists together
inline constexpr std::size_t contact_exceptions = 50;
inline constexpr std::size_t executive_permits = 200;
inline constexpr std::size_t file_members = 30;
inline constexpr std::size_t app_list = 100;  // each list of a call
inline constexpr std::size_t app_total = 2000;
inline constexpr std::size_t page = 100;
inline constexpr std::size_t calls_a_month = 5000;  // of the standard edition
}  // namespace limits

struct Request {
  Call call{};
  Value::Object path;  // the parameters of the path
  Value::Object query;
  Value::Object body;  // empty: none

  bool operator==(const Request&) const = default;
};

// The ids that are missing, sorted.
[[nodiscard]] std::vector<std::string> unbound(const Request& request);
// The path with its parameters filled in. All of them are bound, and need no escape (see bindings.h).
[[nodiscard]] std::string path_of(const Request& request);

}  // namespace farol::dingtalk
