#include "target/dingtalk/replies.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace farol::dingtalk {

namespace {

constexpr Shape shapes[] = {{Call::contact_restrict_list, "", "list"}, {Call::contact_hide_list, "", "list"},
                            {Call::field_hide_list, "", "list"},       {Call::executive_read, "", ""},
                            {Call::file_inherit_read, "", ""},         {Call::file_list, "", "permissions"},
                            {Call::app_list, "", "appList"},           {Call::app_scope_read, "result", ""},
                            {Call::group_read, "result", ""},          {Call::meeting_read, "", ""},
                            {Call::device_list, "", "data"},           {Call::control_hits, "result", ""},
                            {Call::department_read, "result", ""},     {Call::admin_list, "", "result"},
                            {Call::admin_scope_read, "", ""},          {Call::attendance_list, "result", "groups"}};

// Lists that are read by functions of their own, since their items are within items, or differ by the call.
struct ListPlace {
  Call call;
  std::string_view pointer;
};
constexpr ListPlace other_lists[] = {{Call::role_list, "/result/list"},
                                     {Call::role_members_list, "/result/list"},
                                     {Call::department_list, "/result"},
                                     {Call::department_users_list, "/result/list"}};

constexpr Produced produced[] = {{Call::role_group_add, "tenant.role_group", "/groupId"},
                                 {Call::role_add, "role", "/roleId"},
                                 {Call::contact_restrict, "reply.result", "/result"},
                                 {Call::contact_hide, "reply.result", "/result"},
                                 {Call::field_hide, "reply.result", "/result"}};

constexpr Lookup lookups[] = {{"role", Call::role_list, "/result/list/*/roles", "/name", "/id"},
                              {"tenant.role_group", Call::role_list, "/result/list", "/name", "/groupId"},
                              {"members", Call::role_members_list, "/result/list", "", "/userid"},
                              {"department", Call::department_list, "/result", "/name", "/dept_id"},
                              {"app", Call::app_list, "/appList", "/name", "/agentId"},
                              {"place", Call::attendance_list, "/result/groups", "/group_name", "/group_id"}};

}  // namespace

const Shape& shape_of(Call call) {
  const auto* found =
      std::find_if(std::begin(shapes), std::end(shapes), [&](const Shape& each) { return each.call == call; });
  if (found == std::end(shapes)) std::abort();
  return *found;
}

std::optional<std::string> shown_at(Call call) {
  for (const Shape& shape : shapes) {
    if (shape.call != call) continue;
    std::string pointer;
    for (const std::string_view part : {shape.within, shape.list}) {
      if (!part.empty()) pointer.append("/").append(part);
    }
    return pointer;
  }
  for (const ListPlace& each : other_lists) {
    if (each.call == call) return std::string(each.pointer);
  }
  return std::nullopt;
}

std::span<const Sign> signs_of(Call call) {
  static constexpr Sign of_old_calls[] = {{"/errcode", true}};
  static constexpr Sign of_new_calls[] = {{"/success", false}, {"/result", false}};
  if (info(call).reply == Reply::nothing) return {};
  return info(call).host == Host::oapi ? std::span<const Sign>(of_old_calls) : std::span<const Sign>(of_new_calls);
}

const Produced* find_produced(Call call) {
  const auto* found =
      std::find_if(std::begin(produced), std::end(produced), [&](const Produced& each) { return each.call == call; });
  return found == std::end(produced) ? nullptr : found;
}

const Lookup* find_lookup(std::string_view kind) {
  const auto* found =
      std::find_if(std::begin(lookups), std::end(lookups), [&](const Lookup& each) { return each.kind == kind; });
  return found == std::end(lookups) ? nullptr : found;
}

}  // namespace farol::dingtalk
