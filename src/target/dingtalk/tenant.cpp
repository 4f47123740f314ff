#include "target/dingtalk/tenant.h"

#include <algorithm>

namespace farol::dingtalk {

const Role* Roles::find(const std::string& id) const {
  const auto found = std::lower_bound(roles.begin(), roles.end(), id,
                                      [](const Role& role, const std::string& wanted) { return role.id < wanted; });
  return found == roles.end() || found->id != id ? nullptr : &*found;
}

const Role* Roles::find_named(const std::string& name) const {
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : &roles[found->second];
}

const Ids& Record::all(std::string_view path) const {
  static const Ids none;
  const auto found = fields.find(path);
  return found == fields.end() ? none : found->second;
}

const std::string& Record::one(std::string_view path) const {
  static const std::string none;
  const Ids& values = all(path);
  return values.empty() ? none : *values.begin();
}

const Seen<Records>& Tenant::records_of(Call call, const std::string& about) const {
  static const Seen<Records> not_called{{}, Note{base::Phrase::drift_not_called}};
  const auto of_call = records.find(call);
  if (of_call == records.end()) return not_called;
  const auto found = of_call->second.find(about);
  return found == of_call->second.end() ? not_called : found->second;
}

}  // namespace farol::dingtalk
