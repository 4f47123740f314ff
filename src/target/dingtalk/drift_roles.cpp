// Roles: that they are there, who has them, and which departments a member manages.
#include <algorithm>

#include "target/dingtalk/drift_comparison.h"

namespace farol::dingtalk {

using base::Phrase;

void Comparison::compare_role_group(Finding& finding) {
  const auto name = one(finding.step->request->body, "name");
  if (!tenant_.roles.value) return leave(finding, *tenant_.roles.why_not);
  const auto& groups = tenant_.roles.value->groups;
  if (std::none_of(groups.begin(), groups.end(), [&](const RoleGroup& group) { return group.name == *name; }))
    differ(finding, "name", {*name}, {});
}

void Comparison::compare_role(Finding& finding) {
  const auto name = one(finding.step->request->body, "roleName");
  if (!tenant_.roles.value) return leave(finding, *tenant_.roles.why_not);
  if (tenant_.roles.value->find_named(*name) == nullptr) differ(finding, "roleName", {*name}, {});
}

void Comparison::compare_role_name(Finding& finding) {
  const auto& body = finding.step->request->body;
  if (!tenant_.roles.value) return leave(finding, *tenant_.roles.why_not);
  const Role* live = tenant_.roles.value->find(*one(body, "roleId"));
  const std::string name = *one(body, "roleName");
  if (live == nullptr || live->name != name)
    differ_in_value(finding, "roleName", name, live == nullptr ? std::vector<std::string>{} : std::vector{live->name});
}

void Comparison::compare_members(Finding& finding) {
  const auto& body = finding.step->request->body;
  const auto roles = ids(body, "roleIds");
  const auto users = ids(body, "userIds");
  if (!roles || !users) return leave_unbound(finding, *finding.step->request);
  const auto live = seen_of(tenant_.members, *roles->begin());
  if (!live.value) return leave(finding, *live.why_not);
  Ids there;
  for (const TenantPerson& member : *live.value) there.insert(member.id);
  std::vector<std::string> missing;
  std::set_difference(users->begin(), users->end(), there.begin(), there.end(), std::back_inserter(missing));
  // Members whom the policy does not bind are extras: a step has only some of the members.
  if (!missing.empty()) differ(finding, "userIds", std::move(missing), {});
}

void Comparison::compare_scope(Finding& finding) {
  const auto& body = finding.step->request->body;
  const auto role = one(body, "role_id");
  const auto wanted = ids(body, "dept_ids");
  if (!role || !wanted || !bindings_.is_bound(finding.step->for_each))
    return leave_unbound(finding, *finding.step->request);
  const auto live = seen_of(tenant_.members, *role);
  if (!live.value) return leave(finding, *live.why_not);
  for (const std::string& user : bindings_.ids(finding.step->for_each)) {
    const auto member =
        std::find_if(live.value->begin(), live.value->end(), [&](const TenantPerson& each) { return each.id == user; });
    // Somebody without the role manages nothing by it; that they lack it another step says.
    if (member == live.value->end()) continue;
    std::vector<std::string> missing, beyond;
    std::set_difference(wanted->begin(), wanted->end(), member->manages.begin(), member->manages.end(),
                        std::back_inserter(missing));
    std::set_difference(member->manages.begin(), member->manages.end(), wanted->begin(), wanted->end(),
                        std::back_inserter(beyond));
    if (!missing.empty() || !beyond.empty()) differ(finding, user + " dept_ids", std::move(missing), std::move(beyond));
  }
}

void Comparison::compare_bindings(Drift& drift) {
  for (const model::Binding& binding : model_.bindings) {
    if (find_fault(binding)) continue;
    const std::string key = binding.kind + "." + binding.name;
    if (binding.kind != "role" && binding.kind != "department" && binding.kind != "app" && key != "tenant.role_group")
      continue;
    Finding finding;
    finding.binding = &binding;
    compare_binding(finding);
    drift.findings.push_back(std::move(finding));
  }
}

// Checks that the tenant has the id, and that a role is called there as the policy and its checklist call it.
void Comparison::compare_binding(Finding& finding) {
  const model::Binding& binding = *finding.binding;
  const auto must_be = [&](bool is_there) {
    if (!is_there) differ(finding, "id", {binding.id}, {});
  };
  if (binding.kind == "app") {
    const Records* apps = seen(finding, Call::app_list, {});
    if (apps == nullptr) return;
    return must_be(
        std::any_of(apps->begin(), apps->end(), [&](const Record& app) { return app.one("agentId") == binding.id; }));
  }
  const model::Role* role = nullptr;
  if (const auto found = model_.find_role(binding.name); found && binding.kind == "role") role = &model_[*found];
  // A role that is a department there is bound to the department's id.
  const bool is_department = binding.kind == "department" || (role != nullptr && role->find("department") != nullptr);
  if (is_department) {
    if (!tenant_.departments.value) return leave(finding, *tenant_.departments.why_not);
    const bool is_there =
        binding.id == "1" || std::any_of(tenant_.departments.value->begin(), tenant_.departments.value->end(),
                                         [&](const Department& each) { return each.id == binding.id; });
    // Where the list is not whole, only what is in it is known.
    if (!is_there && tenant_.departments.why_not) return leave(finding, *tenant_.departments.why_not);
    return must_be(is_there);
  }
  if (!tenant_.roles.value) return leave(finding, *tenant_.roles.why_not);
  if (role == nullptr) {
    const auto& groups = tenant_.roles.value->groups;
    return must_be(
        std::any_of(groups.begin(), groups.end(), [&](const RoleGroup& group) { return group.id == binding.id; }));
  }
  const Role* live = tenant_.roles.value->find(binding.id);
  must_be(live != nullptr);
  const model::Localized& title = role->title;
  if (live == nullptr || title.empty() || live->name == title.text) return;
  const bool is_known = std::any_of(title.by_language.begin(), title.by_language.end(),
                                    [&](const auto& each) { return each.second == live->name; });
  if (is_known) return;
  differ_in_value(finding, "name", role->label({}), {live->name});
  finding.differences.back().change = with_body(
      Call::role_rename, {{"roleId", bindings_.number("role." + binding.name)}, {"roleName", text(role->label({}))}});
}

}  // namespace farol::dingtalk
