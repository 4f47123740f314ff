// The inverse of lowering: from settings of a tenant to statements whose steps set just that.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "diag/messages_target.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/import_tenant.h"
#include "target/dingtalk/step_kinds.h"

namespace farol::dingtalk {
namespace {

constexpr std::size_t max_departments = 500;

// More than any policy has, of what each of the others is held against.
constexpr std::size_t max_of_a_kind = 5'000;
// Every role is held against every department, folder, app and group, several times.
constexpr std::size_t max_pairs = 250'000;

bool has_too_many(const Tenant& tenant) {
  if (tenant.roles.value && tenant.roles.value->roles.size() > max_of_a_kind) return true;
  constexpr Call lists_of_rules[] = {Call::contact_restrict_list, Call::contact_hide_list, Call::field_hide_list};
  for (const Call call : lists_of_rules) {
    const auto& rules = tenant.records_of(call);
    if (rules.value && rules.value->size() > max_of_a_kind) return true;
  }
  constexpr Call calls_for_each[] = {Call::file_list, Call::app_scope_read, Call::group_read};
  return std::any_of(std::begin(calls_for_each), std::end(calls_for_each), [&](Call call) {
    const auto of_call = tenant.records.find(call);
    return of_call != tenant.records.end() && of_call->second.size() > max_of_a_kind;
  });
}

}  // namespace

TenantImporter::TenantImporter(const Tenant& tenant, const model::Model& catalogue, std::string_view version,
                               Names names, base::Language language)
    : tenant_(tenant), catalogue_(catalogue), names_(std::move(names)), language_(language) {
  draft_.declarations = head_of_policy(message::import_title_tenant(), version, language);
}

PolicyDraft TenantImporter::run() {
  add_departments();
  add_roles();
  add_contacts();
  add_fields();
  add_executives();
  add_files();
  add_apps();
  add_groups();
  if (tenant_.records.contains(Call::meeting_read)) ask(message::import_meetings());
  for (const auto& [platform, devices] : things(Call::device_list)) {
    if (devices.value && !devices.value->empty()) ask(message::import_devices(devices.value->size(), platform));
  }
  if (tenant_.departments.value) declare_departments();
  ask_about_administrators();
  finish_declarations();
  ask(message::import_console());
  ask(message::import_tenant_reasons());
  return std::move(draft_);
}

const std::map<std::string, Seen<Records>>& TenantImporter::things(Call call) const {
  static const std::map<std::string, Seen<Records>> none;
  const auto found = tenant_.records.find(call);
  return found == tenant_.records.end() ? none : found->second;
}

void TenantImporter::ask(diag::Text question) {
  if (asked_.insert(question).second) draft_.questions.push_back(std::move(question));
}

bool TenantImporter::bind(const std::string& kind, const std::string& name, const std::string& id) {
  const model::Binding binding{kind, name, id, {}};
  if (const auto fault = find_fault(binding)) {
    ask(message::import_id_left_out(kind, name, *fault));
    return false;
  }
  draft_.bindings += fmt::format("bind {} {} to {}\n", kind, name, quoted_text(id));
  return true;
}

void TenantImporter::add_departments() {
  if (!tenant_.departments.value) {
    why(message::import_of_departments(), tenant_.departments.why_not);
    return;
  }
  if (tenant_.departments.why_not) why(message::import_of_some_departments(), tenant_.departments.why_not);
  std::vector<std::string> left_out;
  for (const Department& each : *tenant_.departments.value) {
    if (department_names_.size() == max_departments) {
      left_out.push_back(each.name);
      continue;
    }
    const std::string name = names_.make(each.name, "department");
    if (!bind("department", name, each.id)) continue;
    department_names_[each.id] = name;
  }
  if (!left_out.empty()) ask(message::import_departments_left(left_out.size(), max_departments, std::move(left_out)));
}

// Which department each is within, and whose role is its head: people, whom the tenant names one by one.
void TenantImporter::declare_departments() {
  std::string declared;
  for (const Department& each : *tenant_.departments.value) {
    const auto name = department_names_.find(each.id);
    if (name == department_names_.end()) continue;
    std::string block = fmt::format(" title: {}", quoted_text(each.name));
    if (const auto above = department_names_.find(each.parent); above != department_names_.end())
      block += fmt::format(" within: {}", above->second);
    const Seen<Records>& full = tenant_.records_of(Call::department_read, each.id);
    if (full.value && !full.value->empty()) {
      const Ids& heads = full.value->front().all("dept_manager_userid_list");
      if (!heads.empty()) block += fmt::format(" head: {}", subjects_[role_of(heads)].name);
      ask_about_restrictions(each, full.value->front());
    }
    declared += fmt::format("department {} {{{} }}\n", name->second, block);
  }
  declarations_ = declared + declarations_;
}

void TenantImporter::ask_about_restrictions(const Department& department, const Record& full) {
  if (full.is_on("hide_dept")) ask(message::import_department_hidden(department.name));
  if (full.is_on("outer_dept")) ask(message::import_department_outer(department.name));
}

std::size_t TenantImporter::role_of(const Ids& users) {
  const auto known = by_members_.find(users);
  return known == by_members_.end() ? of_people(users) : known->second;
}

void TenantImporter::why(diag::Text what, const std::optional<Note>& note) {
  ask(message::import_unknown(std::move(what), note ? note->filled() : std::vector<std::string>{}));
}

void TenantImporter::add_roles() {
  if (!tenant_.roles.value) {
    why(message::import_of_roles(), tenant_.roles.why_not);
    return;
  }
  for (const Role& role : tenant_.roles.value->roles) {
    // The platform's own; no call gives them to anybody.
    if (is_built_in(role.name)) continue;
    ImportedRole subject{names_.make(role.name, "role"), role.id, {}, {}};
    if (!bind("role", subject.name, role.id)) continue;
    std::string block = fmt::format(" title: {}", quoted_text(role.name));
    const auto members = seen_of(tenant_.members, role.id);
    if (members.value) {
      for (const TenantPerson& member : *members.value) subject.members.insert(member.id);
      if (!members.value->empty()) bind_members(subject);
      block += manages(subject, *members.value);
    } else {
      why(message::import_of_members(role.name), members.why_not);
    }
    declarations_ += fmt::format("role {} {{{} }}\n", subject.name, block);
    by_tag_[role.id] = subjects_.size();
    by_members_.try_emplace(subject.members, subjects_.size());
    subjects_.push_back(std::move(subject));
  }
}

void TenantImporter::bind_members(const ImportedRole& subject) {
  bind("members", subject.name, fmt::format("{}", fmt::join(subject.members, ",")));
}

std::string TenantImporter::manages(const ImportedRole& subject, const std::vector<TenantPerson>& members) {
  if (members.empty()) return {};
  const bool equal = std::all_of(members.begin(), members.end(),
                                 [&](const TenantPerson& each) { return each.manages == members.front().manages; });
  if (!equal) {
    ask(message::import_manage_differ(subject.name));
    return {};
  }
  std::vector<std::string> names;
  for (const std::string& id : members.front().manages) {
    const auto known = department_names_.find(id);
    if (known == department_names_.end()) {
      ask(message::import_manage_unknown(subject.name, id));
      return {};
    }
    names.push_back(known->second);
  }
  return names.empty() ? "" : fmt::format(" manages: {}", fmt::join(names, ", "));
}

std::optional<std::size_t> TenantImporter::of_department(const std::string& id) {
  if (const auto known = by_department_.find(id); known != by_department_.end()) return known->second;
  const auto name = department_names_.find(id);
  if (name == department_names_.end()) return std::nullopt;
  ImportedRole subject{names_.make("in_" + name->second, "members"), {}, id, {}};
  declarations_ += fmt::format("role {} {{ department: {} }}\n", subject.name, name->second);
  by_department_[id] = subjects_.size();
  subjects_.push_back(std::move(subject));
  return subjects_.size() - 1;
}

std::size_t TenantImporter::of_people(const std::set<std::string>& users) {
  if (const auto known = by_people_.find(users); known != by_people_.end()) return known->second;
  ImportedRole subject{names_.make("people_" + std::to_string(by_people_.size() + 1), "people"), {}, {}, users};
  declarations_ +=
      fmt::format("role {} {{ members: {} }}\n", subject.name, quoted_text(fmt::format("{}", fmt::join(users, ", "))));
  bind_members(subject);
  by_people_[users] = subjects_.size();
  subjects_.push_back(std::move(subject));
  return subjects_.size() - 1;
}

std::optional<std::set<std::size_t>> TenantImporter::subjects_of(const diag::Text& what, const Ids& tags,
                                                                 const Ids& departments, const Ids& users) {
  std::set<std::size_t> made;
  for (const std::string& tag : tags) {
    const auto known = by_tag_.find(tag);
    if (known == by_tag_.end()) {
      ask(message::import_names_role(what, tag));
      return std::nullopt;
    }
    made.insert(known->second);
  }
  for (const std::string& department : departments) {
    const auto known = of_department(department);
    if (!known) {
      ask(message::import_names_department(what, department));
      return std::nullopt;
    }
    made.insert(*known);
  }
  if (!users.empty()) made.insert(of_people(users));
  return made;
}

std::optional<std::set<std::size_t>> TenantImporter::subjects_of(const Record& rule, Call set_by) {
  const SubjectLists& lists = subject_lists_of(set_by);
  return subjects_of(title_of(rule), rule.all(lists.roles), rule.all(lists.departments), rule.all(lists.people));
}

const Records* TenantImporter::seen(diag::Text what, const Seen<Records>& live) {
  if (live.value) return &*live.value;
  why(std::move(what), live.why_not);
  return nullptr;
}

diag::Text title_of(const Record& rule) { return message::import_of_rule(name_of(rule)); }

// Who administers what is read, but not what each may do there: so it is a question, and no rule.
void TenantImporter::ask_about_administrators() {
  const auto& admins = tenant_.records_of(Call::admin_list);
  if (!admins.value) return;
  for (const Record& each : *admins.value) {
    if (each.one("sys_level") != "2") continue;
    const std::string& id = each.one("userid");
    const auto& scope = tenant_.records_of(Call::admin_scope_read, id);
    std::vector<diag::Text> names;
    if (scope.value && !scope.value->empty()) {
      for (const std::string& department : scope.value->front().all("dept_ids")) {
        const auto known = department_names_.find(department);
        names.push_back(department == "1"
                            ? message::import_whole_organisation()
                            : message::verbatim(known == department_names_.end() ? department : known->second));
      }
    }
    ask(names.empty() ? message::import_subadministrator(id)
                      : message::import_subadministrator_of(id, std::move(names)));
  }
}

void TenantImporter::finish_declarations() {
  if (!declarations_.empty()) draft_.declarations += "\n" + declarations_;
}

std::variant<PolicyDraft, diag::Text> draft_from_tenant(const Tenant& tenant, const model::Model& catalogue,
                                                        std::string_view version, Names names,
                                                        base::Language language) {
  if (has_too_many(tenant)) return message::import_too_many(max_of_a_kind);
  TenantImporter importer{tenant, catalogue, version, std::move(names), language};
  PolicyDraft draft = importer.run();
  if (importer.roles() * importer.things() > max_pairs)
    return message::import_too_many_pairs(importer.roles(), importer.things(), max_pairs);
  return draft;
}

}  // namespace farol::dingtalk
