// A request: a call of the platform with its parameters.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "target/dingtalk/calls.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {

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
