// What the tenant has beyond the policy.
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>

#include "target/dingtalk/drift_comparison.h"

namespace farol::dingtalk {

using base::Phrase;

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
        drift.extras.push_back({{Phrase::drift_extra_member, {member.id, named == nullptr ? *role : named->name}}});
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
      if (rule.is_on("active") && !is_claimed) drift.extras.push_back({{Phrase::drift_extra_rule, {name_of(rule)}}});
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
      if (role != "OWNER" && !given.members.contains(member))
        drift.extras.push_back({{Phrase::drift_extra_grant, {member, role, node}}});
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
          if (!given.scope.at(field.wanted).contains(id) && !is_removed)
            drift.extras.push_back({{Phrase::drift_extra_scope, {shown(field.wanted, id), app}}});
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
        drift.extras.push_back({{Phrase::drift_extra_device, {device.one("macAddress"), platform}}});
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

void Comparison::add_extras(Drift& drift) const {
  add_extra_members(drift);
  add_extra_rules(drift);
  add_extra_grants(drift);
  add_extra_scopes(drift);
  add_extra_devices(drift);
  add_extra_roles(drift);
}

}  // namespace farol::dingtalk
