// A request: a call of the platform with its parameters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "target/dingtalk/calls.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {

// The most that a call takes, by the documentation. For lists of subjects, see step_kinds.def.
namespace limits {
inline constexpr std::size_t role_members = 20;         // users of role_members_add
inline constexpr std::size_t role_departments = 50;     // dept_ids of role_scope_update
inline constexpr std::size_t contact_departments = 50;  // that a rule of the address book is about, or leaves out
inline constexpr std::size_t file_members = 30;
inline constexpr std::size_t app_list = 100;        // each list of app_scope
inline constexpr std::size_t calls_a_second = 20;   // of one app
inline constexpr std::size_t calls_a_month = 5000;  // of the standard edition
}  // namespace limits

struct Request {
  Call call{};
  Value::Object path;  // the parameters of the path
  Value::Object query;
  Value::Object body;  // empty: none

  bool operator==(const Request&) const = default;
};

// A request whose parameters are all in its body.
[[nodiscard]] Request with_body(Call call, Value::Object body);
// The ids that are missing, sorted.
[[nodiscard]] std::vector<std::string> unbound(const Request& request);
// Returns the parameter with a key, whatever part of the request has it; null if none has.
[[nodiscard]] const Value* find_parameter(const Request& request, std::string_view key);
// The request for the first page of what a call shows of the thing that another request is about.
[[nodiscard]] Request read_back(Call read, const Request& about = {});
// What was read of what the vendor's client lacks to send the request; null if it lacks nothing.
[[nodiscard]] const PageSays* page_in_place_of_client(const Request& request);
// The path with its parameters filled in. All of them are bound, and need no escape (see bindings.h).
[[nodiscard]] std::string path_of(const Request& request);

}  // namespace farol::dingtalk
