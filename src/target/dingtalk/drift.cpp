#include "target/dingtalk/drift.h"

#include <algorithm>
#include <array>

#include "target/dingtalk/comparison.h"

namespace farol::dingtalk {

using base::Phrase;
using dingtalk::Call;
using dingtalk::Value;

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::agrees: return "agrees";
    case Verdict::differs: return "differs";
    case Verdict::unseen: break;
  }
  return "unseen";
}

bool Drift::is_clean() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& each) { return each.verdict == Verdict::differs; }) &&
         std::none_of(extras.begin(), extras.end(), [](const Extra& each) { return each.counts; });
}

const Value* member_of(const Value::Object& object, std::string_view key) {
  const auto found =
      std::find_if(object.begin(), object.end(), [&](const dingtalk::Member& member) { return member.key == key; });
  return found == object.end() ? nullptr : &found->value;
}

const Value::Object* object_of(const Value::Object& object, std::string_view key) {
  static const Value::Object none;
  const Value* found = member_of(object, key);
  const auto* inner = found == nullptr ? nullptr : std::get_if<Value::Object>(&found->data);
  return inner == nullptr ? &none : inner;
}

std::string plain_address(std::string_view address) {
  std::string plain;
  for (const char c : address) {
    if (c == ':' || c == '-') continue;
    plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return plain;
}

bool is_built_in(const std::string& role_name) {
  static constexpr std::array<std::string_view, 4> names = {"负责人", "主管", "主管理员", "子管理员"};
  return std::find(names.begin(), names.end(), role_name) != names.end();
}

Comparison::Comparison(const model::Model& model, const dingtalk::AdminConfig& config, const Tenant& tenant)
    : model_(model), config_(config), tenant_(tenant), bindings_(model) {
  gather();
}

std::optional<std::string> Comparison::id_of_role(const std::string& name) const {
  const auto role = model_.find_role(name);
  if (!role || !tenant_.roles.value) return std::nullopt;
  const Role* live =
      tenant_.roles.value->find_named(model_[*role].title.text.empty() ? name : model_[*role].title.text);
  return live == nullptr ? std::nullopt : std::optional(live->id);
}

std::optional<std::string> Comparison::one(const Value& value) const {
  if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value.data)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&value.data)) return *truth ? "true" : "false";
  if (const auto* unbound = std::get_if<dingtalk::Unbound>(&value.data)) {
    // A role that a step makes has an id once it is made, and is found by its name.
    if (unbound->key.starts_with("role.")) return id_of_role(unbound->key.substr(5));
  }
  return std::nullopt;
}

std::optional<std::string> Comparison::one(const Value::Object& object, std::string_view key) const {
  const Value* found = member_of(object, key);
  return found == nullptr ? std::nullopt : one(*found);
}

std::optional<Ids> Comparison::ids(const Value::Object& object, std::string_view key) const {
  const Value* found = member_of(object, key);
  Ids made;
  if (found == nullptr) return made;
  Value::List parts;
  if (const auto* joined = std::get_if<Value::Joined>(&found->data)) {
    parts = joined->parts;
  } else if (const auto* list = std::get_if<Value::List>(&found->data)) {
    parts = *list;
  } else {
    parts = {*found};
  }
  for (const Value& part : parts) {
    const auto text = one(part);
    if (!text) return std::nullopt;
    for (std::size_t from = 0; from <= text->size();) {
      const std::size_t comma = std::min(text->find(',', from), text->size());
      if (comma > from) made.insert(text->substr(from, comma - from));
      from = comma + 1;
    }
  }
  return made;
}

std::string Comparison::shown(std::string_view list, const std::string& id) const {
  const bool is_role = list.find("TagIds") != std::string_view::npos || list.find("RoleIds") != std::string_view::npos;
  const Role* role = is_role && tenant_.roles.value ? tenant_.roles.value->find(id) : nullptr;
  if (role != nullptr) return id + " (" + role->name + ")";
  if (list.find("DeptIds") == std::string_view::npos || !tenant_.departments.value) return id;
  const auto& all = *tenant_.departments.value;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Department& each) { return each.id == id; });
  return found == all.end() ? id : id + " (" + found->name + ")";
}

void Comparison::differ(Finding& finding, std::string what, std::vector<std::string> wanted,
                        std::vector<std::string> live) const {
  finding.verdict = Verdict::differs;
  finding.differences.push_back({std::move(what), std::move(wanted), std::move(live)});
}

void Comparison::compare_sets(Finding& finding, std::string_view list, const Ids& wanted, const Ids& live) const {
  std::vector<std::string> missing, beyond;
  std::set_difference(wanted.begin(), wanted.end(), live.begin(), live.end(), std::back_inserter(missing));
  std::set_difference(live.begin(), live.end(), wanted.begin(), wanted.end(), std::back_inserter(beyond));
  if (missing.empty() && beyond.empty()) return;
  for (std::string& id : missing) id = shown(list, id);
  for (std::string& id : beyond) id = shown(list, id);
  differ(finding, std::string(list), std::move(missing), std::move(beyond));
}

void Comparison::leave(Finding& finding, Note why) { finding.unseen.push_back(std::move(why)); }

void Comparison::leave_unbound(Finding& finding, const dingtalk::Request& request) const {
  for (const std::string& key : dingtalk::unbound(request)) {
    if (bindings_.is_bound(key)) continue;
    const bool is_told = std::any_of(finding.unseen.begin(), finding.unseen.end(), [&](const Note& note) {
      return note.phrase == Phrase::drift_unbound && note.details.front() == key;
    });
    if (!is_told) leave(finding, {Phrase::drift_unbound, {key}});
  }
}

void Comparison::compare_step(Finding& finding) {
  if (!finding.step->request) return leave(finding, {Phrase::drift_no_call});
  switch (finding.step->request->call) {
    case Call::role_group_add: return compare_role_group(finding);
    case Call::role_add: return compare_role(finding);
    case Call::role_members_add: return compare_members(finding);
    case Call::role_scope_update: return compare_scope(finding);
    case Call::contact_restrict: return compare_rule(finding, tenant_.restrictions, claimed_restrictions_);
    case Call::contact_hide: return compare_rule(finding, tenant_.hidings, claimed_hidings_);
    case Call::field_hide: return compare_rule(finding, tenant_.hidden_fields, claimed_fields_);
    case Call::executive_protect: return compare_executive(finding);
    case Call::file_inherit: return compare_inheritance(finding);
    case Call::file_grant: return compare_grants(finding);
    case Call::file_list: return compare_no_grants(finding);
    case Call::app_scope: return compare_app(finding);
    case Call::group_update: return compare_group(finding);
    case Call::meeting_update:
    case Call::meeting_read: return compare_meeting(finding);
    case Call::device_trust: return compare_devices(finding);
    // Once all rules of steps are accounted for.
    case Call::contact_restrict_list:
    case Call::field_hide_list: return;
    default: return leave(finding, {Phrase::drift_no_call});
  }
}

void Comparison::add_extras(Drift& drift) const {
  const auto& roles = tenant_.roles.value;
  for (const model::Binding& binding : model_.bindings) {
    if (binding.kind != "members" || dingtalk::find_fault(binding)) continue;
    const auto role = bindings_.is_bound("role." + binding.name)
                          ? std::optional(bindings_.ids("role." + binding.name).front())
                          : id_of_role(binding.name);
    const auto declared = model_.find_role(binding.name);
    // Of a role that is a department or people there, these are not the members of a role.
    if (!role || !declared || model_[*declared].find("department") != nullptr ||
        model_[*declared].find("members") != nullptr)
      continue;
    const auto live = seen_of(tenant_.members, *role);
    if (!live.value) continue;
    const auto bound = bindings_.ids("members." + binding.name);
    const Role* named = roles ? roles->find(*role) : nullptr;
    for (const TenantMember& member : *live.value) {
      if (!std::binary_search(bound.begin(), bound.end(), member.id))
        drift.extras.push_back({{Phrase::drift_extra_member, {member.id, named == nullptr ? *role : named->name}}});
    }
  }
  add_extra_rules(drift, tenant_.restrictions, claimed_restrictions_);
  add_extra_rules(drift, tenant_.hidings, claimed_hidings_);
  add_extra_rules(drift, tenant_.hidden_fields, claimed_fields_);
  for (const auto& [node, given] : nodes_) {
    const auto live = seen_of(tenant_.grants, node);
    if (!live.value || !given.is_whole) continue;
    for (const Grant& grant : *live.value) {
      const std::string member = grant.type + " " + grant.id;
      if (grant.role != "OWNER" && !given.roles.contains(member))
        drift.extras.push_back({{Phrase::drift_extra_grant, {member, grant.role, node}}});
    }
  }
  for (const auto& [app, given] : apps_) {
    const auto live = seen_of(tenant_.app_scopes, app);
    if (!live.value || !given.is_whole) continue;
    const auto beyond = [&](std::string_view list, const Ids& there, const Ids& wanted) {
      for (const std::string& id : there) {
        const bool is_told = list == "addDeptIds" && given.app_removed.contains(id);
        if (!wanted.contains(id) && !is_told)
          drift.extras.push_back({{Phrase::drift_extra_scope, {shown(list, id), app}}});
      }
    };
    beyond("addRoleIds", live.value->roles, given.app_roles);
    beyond("addDeptIds", live.value->departments, given.app_departments);
    beyond("addUserIds", live.value->users, given.app_users);
  }
  for (const auto& [platform, addresses] : devices_) {
    const auto live = seen_of(tenant_.devices, platform);
    if (!live.value) continue;
    for (const Device& device : *live.value) {
      if (device.status == "2" && !addresses.contains(plain_address(device.address)))
        drift.extras.push_back({{Phrase::drift_extra_device, {device.address, platform}}});
    }
  }
  if (!roles) return;
  Ids bound, names;
  for (const model::Binding& binding : model_.bindings) {
    if (binding.kind == "role") bound.insert(binding.id);
  }
  for (const model::Role& role : model_.roles) names.insert(role.title.text.empty() ? role.name : role.title.text);
  for (const Role& role : roles->roles) {
    if (!bound.contains(role.id) && !names.contains(role.name) && !is_built_in(role.name))
      drift.extras.push_back({{Phrase::drift_extra_role, {role.name, role.id}}, false});
  }
}

Drift Comparison::run(const std::vector<TenantConfirmation>& confirmations) {
  Drift drift;
  bool has_contacts = false;
  for (const Step& step : config_.steps) {
    Finding finding;
    finding.step = &step;
    compare_step(finding);
    const auto confirmed = std::find_if(confirmations.rbegin(), confirmations.rend(),
                                        [&](const TenantConfirmation& each) { return each.step == step.id; });
    if (confirmed != confirmations.rend()) finding.confirmed = *confirmed;
    has_contacts = has_contacts || (step.request && (step.request->call == Call::contact_restrict ||
                                                     step.request->call == Call::contact_hide ||
                                                     step.request->call == Call::contact_restrict_list));
    drift.findings.push_back(std::move(finding));
  }
  for (Finding& finding : drift.findings) {
    if (!finding.step->request) continue;
    if (finding.step->request->call == Call::contact_restrict_list) compare_open_contacts(finding);
    if (finding.step->request->call == Call::field_hide_list) compare_open_fields(finding);
  }
  compare_bindings(drift);
  for (Finding& finding : drift.findings) {
    if (finding.verdict != Verdict::agrees || finding.unseen.empty()) continue;
    // Where the parts that are shown agree, the step does, as far as can be seen.
    const bool in_part = std::all_of(finding.unseen.begin(), finding.unseen.end(),
                                     [](const Note& note) { return note.phrase == Phrase::drift_not_shown; });
    finding.verdict = in_part && finding.compared > 0 ? Verdict::agrees : Verdict::unseen;
  }
  add_extras(drift);
  if (has_contacts) drift.notes.push_back({Phrase::drift_console_rules});
  return drift;
}

Drift compare(const model::Model& model, const dingtalk::AdminConfig& config, const Tenant& tenant,
              const std::vector<TenantConfirmation>& confirmations) {
  return Comparison{model, config, tenant}.run(confirmations);
}

}  // namespace farol::dingtalk
