// What the tenant has beyond the policy.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "target/dingtalk/drift_comparison.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

Value member_object(const Record& grant) {
  Value::Object member{{"type", text(grant.one("member.type"))}, {"id", text(grant.one("member.id"))}};
  if (!grant.one("member.corpId").empty()) member.push_back({"corpId", text(grant.one("member.corpId"))});
  return object(std::move(member));
}

// Roles and departments are numbers in the request, people are texts.
Value id_in_scope(const TenantField& field, const std::string& id) {
  return field.wanted == "addUserIds" ? text(id) : id_value(id);
}

}  // namespace

Value id_value(const std::string& id) {
  std::int64_t value = 0;
  const bool is_number = std::from_chars(id.data(), id.data() + id.size(), value).ptr == id.data() + id.size();
  return is_number ? number(value) : text(id);
}

Request without_rule(Call list, const Record& rule) {
  const Call remove = list == Call::contact_restrict_list ? Call::contact_unrestrict
                      : list == Call::contact_hide_list   ? Call::contact_unhide
                                                          : Call::field_unhide;
  return {remove, {{"settingId", text(rule.one("id"))}}, {}, {}};
}

Request Comparison::about_node(Call call, const std::string& node, Value::Object body) const {
  const auto bound = bindings_.ids("tenant.operator");
  const std::string person = bound.empty() ? tenant_.operator_id : bound.front();
  return {call, {{"dentryUuid", text(node)}}, {{"unionId", text(person)}}, std::move(body)};
}

std::optional<Request> Comparison::without_grant(const std::string& node, const Record& grant) const {
  const auto operators = bindings_.ids("tenant.operator_user");
  if (std::find(operators.begin(), operators.end(), grant.one("member.id")) != operators.end()) return std::nullopt;
  return about_node(Call::file_remove, node,
                    {{"roleId", text(grant.one("role.id"))}, {"members", list({member_object(grant)})}});
}

void Comparison::add_extra_members(Drift& drift) const {
  for (const model::Binding& binding : model_.bindings) {
    if (binding.kind != "members" || find_fault(binding)) continue;
    const auto role = bindings_.is_bound("role." + binding.name)
                          ? std::optional(bindings_.ids("role." + binding.name).front())
                          : id_of_role(binding.name);
    const auto declared = model_.find_role(binding.name);
    // The members of a role that is a department or people there are not the members of a label.
    if (!role || !declared || model_[*declared].find("department") != nullptr ||
        model_[*declared].find("members") != nullptr)
      continue;
    const auto live = seen_of(tenant_.members, *role);
    if (!live.value) continue;
    const auto bound = bindings_.ids("members." + binding.name);
    const Role* named = tenant_.roles.value ? tenant_.roles.value->find(*role) : nullptr;
    for (const TenantPerson& member : *live.value) {
      if (!std::binary_search(bound.begin(), bound.end(), member.id))
        drift.extras.push_back(
            {{Phrase::drift_extra_member, {member.id, named == nullptr ? *role : named->name}},
             true,
             with_body(Call::role_members_remove, {{"roleIds", text(*role)}, {"userIds", text(member.id)}})});
    }
  }
}

void Comparison::add_extra_rules(Drift& drift) const {
  for (const Call list : {Call::contact_restrict_list, Call::contact_hide_list, Call::field_hide_list}) {
    const Seen<Records>& live = tenant_.records_of(list);
    if (!live.value) continue;
    const auto claimed = claimed_.find(list);
    for (const Record& rule : *live.value) {
      const bool is_claimed = claimed != claimed_.end() && claimed->second.contains(rule.one("id"));
      // Where the policy says nothing of it, what people have set is theirs; what was made for an earlier one is not.
      const bool counts = speaks_of(list) || is_made_by_farol(rule);
      if (rule.is_on("active") && !is_claimed)
        drift.extras.push_back({{Phrase::drift_extra_rule, {name_of(rule)}}, counts, without_rule(list, rule)});
    }
  }
}

void Comparison::add_extra_grants(Drift& drift) const {
  for (const auto& [node, given] : nodes_) {
    const Seen<Records>& live = tenant_.records_of(Call::file_list, node);
    if (!live.value || !given.is_whole) continue;
    for (const Record& grant : *live.value) {
      const std::string member = member_of(grant);
      const std::string& role = grant.one("role.id");
      if (role == "OWNER" || given.members.contains(member)) continue;
      Extra extra{{Phrase::drift_extra_grant, {member, role, node}}};
      extra.take_away = without_grant(node, grant);
      drift.extras.push_back(std::move(extra));
    }
  }
}

void Comparison::add_extra_scopes(Drift& drift) const {
  for (const auto& [app, given] : apps_) {
    const Seen<Records>& live = tenant_.records_of(Call::app_scope_read, app);
    if (!live.value || !given.is_whole) continue;
    for (const TenantField& field : all_fields()) {
      if (field.set_by != Call::app_scope || field.match != FieldMatch::has) continue;
      for (const Record& scope : *live.value) {
        for (const std::string& id : scope.all(field.shown)) {
          // A department that a step removes is a difference of that step.
          const bool is_removed = field.wanted == "addDeptIds" && given.scope.at("delDeptIds").contains(id);
          if (given.scope.at(field.wanted).contains(id) || is_removed) continue;
          drift.extras.push_back(
              {{Phrase::drift_extra_scope, {shown(field.wanted, id), app}},
               true,
               Request{Call::app_scope,
                       {{"agentId", text(app)}},
                       {},
                       {{"del" + std::string(field.wanted.substr(3)), list({id_in_scope(field, id)})}}}});
        }
      }
    }
  }
}

void Comparison::add_extra_devices(Drift& drift) const {
  for (const auto& [platform, addresses] : devices_) {
    const Seen<Records>& live = tenant_.records_of(Call::device_list, platform);
    if (!live.value) continue;
    for (const Record& device : *live.value) {
      if (device.one("status") == "2" && !addresses.contains(plain_address(device.one("macAddress"))))
        drift.extras.push_back({{Phrase::drift_extra_device, {device.one("macAddress"), platform}},
                                true,
                                with_body(Call::device_distrust, {{"kickOff", boolean(false)},
                                                                  {"macAddress", text(device.one("macAddress"))},
                                                                  {"userId", text(device.one("userId"))}})});
    }
  }
}

void Comparison::add_extra_roles(Drift& drift) const {
  if (!tenant_.roles.value) return;
  Ids bound, names;
  for (const model::Binding& binding : model_.bindings) {
    if (binding.kind == "role") bound.insert(binding.id);
  }
  for (const model::Role& role : model_.roles) names.insert(role.label({}));
  for (const Role& role : tenant_.roles.value->roles) {
    if (!bound.contains(role.id) && !names.contains(role.name) && !is_built_in(role.name))
      drift.extras.push_back({{Phrase::drift_extra_role, {role.name, role.id}}, false});
  }
}

// Sub-administrators by what the policy gives. Who the main administrator is, no policy says.
void Comparison::add_extra_administrators(Drift& drift) const {
  const Seen<Records>& live = tenant_.records_of(Call::admin_list);
  if (!live.value || config_.administrators.empty()) return;
  for (const Record& person : *live.value) {
    const std::string& id = person.one("userid");
    if (person.one("sys_level") != "2") continue;
    bool administers = false;
    bool is_whole = false;
    Ids departments;
    for (const Administrator& each : config_.administrators) {
      const auto members = bindings_.ids("members." + model_[each.role].name);
      if (std::find(members.begin(), members.end(), id) == members.end()) continue;
      administers = true;
      is_whole = is_whole || each.is_whole;
      for (const std::string& key : each.departments) {
        for (const std::string& department : bindings_.ids(key)) departments.insert(department);
      }
    }
    if (!administers) {
      drift.extras.push_back({{Phrase::drift_extra_admin, {id}}});
      continue;
    }
    const Seen<Records>& scope = tenant_.records_of(Call::admin_scope_read, id);
    if (is_whole || !scope.value || scope.value->empty()) continue;
    for (const std::string& department : scope.value->front().all("dept_ids")) {
      // Their own department is not known; that it is not the whole organisation is.
      const bool is_beyond = department == "1" || (!departments.empty() && !departments.contains(department));
      if (is_beyond) drift.extras.push_back({{Phrase::drift_extra_admin_scope, {id, shown("DeptIds", department)}}});
    }
  }
}

// What the console restricts for a department, which adds to the rules that requests make.
void Comparison::add_extra_restrictions(Drift& drift) const {
  const auto found = tenant_.records.find(Call::department_read);
  if (found == tenant_.records.end()) return;
  const bool counts = speaks_of(Call::contact_restrict_list);
  for (const auto& [id, live] : found->second) {
    if (!live.value || live.value->empty()) continue;
    const Record& department = live.value->front();
    for (const auto& [key, phrase] :
         {std::pair{"hide_dept", Phrase::drift_console_hides}, std::pair{"outer_dept", Phrase::drift_console_limits}}) {
      if (department.is_on(key))
        drift.extras.push_back(
            {{phrase, {shown("DeptIds", id)}},
             counts,
             with_body(Call::department_update, {{"dept_id", id_value(id)}, {key, boolean(false)}})});
    }
  }
}

void Comparison::add_extras(Drift& drift) const {
  add_extra_members(drift);
  add_extra_rules(drift);
  add_extra_grants(drift);
  add_extra_scopes(drift);
  add_extra_devices(drift);
  add_extra_administrators(drift);
  add_extra_restrictions(drift);
  add_extra_roles(drift);
}

}  // namespace farol::dingtalk
