#include <algorithm>

#include "target/dingtalk/draft.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

// The ways in which the platform has a role.
enum class SubjectKind : std::uint8_t { tag, department, users };

struct Subject {
  SubjectKind kind = SubjectKind::tag;
  std::vector<std::string> departments;  // keys of ids
};

Subject subject_of(const model::Model& model, const model::Role& role) {
  if (role.find("members") != nullptr) return {SubjectKind::users, {}};
  const model::Attribute* departments = role.find("department");
  if (departments == nullptr) return {};
  Subject subject{SubjectKind::department, {}};
  std::size_t in_words = 0;
  for (const model::Value& value : departments->values) {
    const auto* declared = std::get_if<model::Reference>(&value);
    const auto* text = std::get_if<std::string>(&value);
    const std::string name = declared != nullptr ? declared->name : text != nullptr ? *text : std::string{};
    if (model.find_object(name)) {
      subject.departments.push_back("department." + name);
    } else {
      // Only named in words: the id of the role is that of the department.
      ++in_words;
      subject.departments.push_back("role." + role.name);
    }
  }
  // Several ids cannot be bound to one name: then the role is its members.
  if (in_words > 1) return {SubjectKind::users, {}};
  return subject;
}

// Makes the role where no id is bound to it.
std::optional<StepIndex> step_for(Draft& draft, RoleId role) {
  const model::Role& declared = draft.model[role];
  if (draft.bindings.is_bound("role." + declared.name)) return std::nullopt;
  std::vector<StepIndex> after;
  if (!draft.bindings.is_bound("tenant.role_group")) {
    const std::string& title = draft.model.policy.title.text;
    after.push_back(draft.add_request(
        request_step("role group", {Call::role_group_add, {}, {}, {{"name", text(title.empty() ? "Farol" : title)}}},
                     texts(Phrase::step_role_group), label(draft.model.policy))));
  }
  Request request = with_body(Call::role_add, {{"groupId", draft.bindings.number("tenant.role_group")},
                                               {"roleName", text(declared.label({}))}});
  return draft.add_request(request_step("role " + declared.name, std::move(request),
                                        texts(Phrase::step_role, {label(declared)}), label(declared)),
                           std::move(after));
}

// The steps that give the role to its members, after the one that makes it.
std::vector<StepIndex> lower_role_members(Draft& draft, const model::Role& role, const std::vector<StepIndex>& made) {
  std::vector<StepIndex> steps;
  const std::string key = "members." + role.name;
  if (!draft.bindings.is_bound(key)) return steps;
  const Value::List users = draft.bindings.list(key);
  for (std::size_t first = 0; first < users.size(); first += limits::role_members) {
    Value::List some = part(users, first, limits::role_members);
    const Texts count = same(std::to_string(some.size()));
    Request request{
        Call::role_members_add,
        {},
        {},
        {{"roleIds", joined({draft.bindings.text("role." + role.name)})}, {"userIds", joined(std::move(some))}}};
    Step step = request_step("role members " + role.name, std::move(request),
                             texts(Phrase::step_members, {label(role)}), count);
    step.check = read_back(Call::role_members_list,
                           {Call::role_members_add, {}, {}, {{"role_id", draft.bindings.number("role." + role.name)}}});
    steps.push_back(draft.add_request(std::move(step), made, first / limits::role_members + 1));
  }
  return steps;
}

// Sets which departments the members of a role manage: one request for each member.
void lower_role_scope(Draft& draft, const model::Role& role, std::vector<StepIndex> after) {
  std::vector<std::string_view> names = words_of(role, "manages");
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  Value::List ids;
  std::vector<Texts> titles;
  for (const std::string_view name : names) {
    ids.push_back(draft.bindings.text("department." + std::string(name)));
    if (const auto object = draft.model.find_object(name)) titles.push_back(label(draft.model, *object));
  }
  const std::string target = "role scope " + role.name;
  const Texts title = texts(Phrase::step_scope, {label(role), list(titles)});
  // The request replaces the whole list, so it cannot be made in parts.
  if (names.size() > limits::role_departments) {
    Enforcement by_hand;
    by_hand.menu = "通讯录 > 角色管理";
    by_hand.setting = "管理范围";
    draft.add(Phase::console, console_step(target, by_hand, title, list(titles)));
    return;
  }
  const std::string key = "members." + role.name;
  Request request = with_body(Call::role_scope_update, {{"dept_ids", joined(std::move(ids))},
                                                        {"role_id", draft.bindings.number("role." + role.name)},
                                                        {"userid", {Unbound{key}}}});
  Step step = request_step(target, std::move(request), title, list(titles));
  step.for_each = key;
  draft.add_request(std::move(step), std::move(after));
}

}  // namespace

Value::List part(const Value::List& all, std::size_t first, std::size_t count) {
  const std::size_t from = std::min(first, all.size());
  const std::size_t to = std::min(first + count, all.size());
  return {all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to)};
}

Subjects subjects_of(Draft& draft, const std::vector<RoleId>& roles, bool takes_roles) {
  Subjects subjects;
  std::vector<std::string> departments;
  for (const RoleId role : roles) {
    if (role == draft.model.nobody()) continue;
    const model::Role& declared = draft.model[role];
    const Subject subject = subject_of(draft.model, declared);
    if (subject.kind == SubjectKind::department) {
      departments.insert(departments.end(), subject.departments.begin(), subject.departments.end());
    } else if (subject.kind == SubjectKind::tag && takes_roles) {
      subjects.tags.push_back(draft.bindings.number("role." + declared.name));
      if (const auto made = step_for(draft, role)) subjects.after.push_back(*made);
    } else {
      subjects.is_snapshot = subjects.is_snapshot || subject.kind == SubjectKind::tag;
      for (Value& user : draft.bindings.list("members." + declared.name)) {
        // Somebody with two of the roles is one member.
        if (std::find(subjects.users.begin(), subjects.users.end(), user) == subjects.users.end())
          subjects.users.push_back(std::move(user));
      }
    }
  }
  std::sort(departments.begin(), departments.end());
  departments.erase(std::unique(departments.begin(), departments.end()), departments.end());
  for (const std::string& key : departments) subjects.departments.push_back(draft.bindings.number(key));
  return subjects;
}

std::vector<Subjects> batches(const Subjects& subjects, std::size_t most_of_each) {
  std::vector<Subjects> made;
  const std::size_t longest = std::max({subjects.tags.size(), subjects.departments.size(), subjects.users.size()});
  for (std::size_t first = 0; first < longest; first += most_of_each) {
    made.push_back({part(subjects.tags, first, most_of_each), part(subjects.departments, first, most_of_each),
                    part(subjects.users, first, most_of_each), subjects.is_snapshot, subjects.after});
  }
  return made;
}

std::vector<Subjects> batches_of_all(const Subjects& subjects, std::size_t most) {
  std::vector<Subjects> made;
  std::size_t room = 0;
  const auto take = [&](const Value& value, Value::List Subjects::*list) {
    if (room == 0) {
      made.push_back({{}, {}, {}, subjects.is_snapshot, subjects.after});
      room = most;
    }
    (made.back().*list).push_back(value);
    --room;
  };
  for (const Value& each : subjects.tags) take(each, &Subjects::tags);
  for (const Value& each : subjects.departments) take(each, &Subjects::departments);
  for (const Value& each : subjects.users) take(each, &Subjects::users);
  return made;
}

void add_lists(Value::Object& body, Call call, const Subjects& subjects) {
  const SubjectLists& keys = subject_lists_of(call);
  const auto add = [&](std::string_view key, const Value::List& values) {
    if (!values.empty()) body.push_back({std::string(key), list(values)});
  };
  add(keys.roles, subjects.tags);
  add(keys.departments, subjects.departments);
  add(keys.people, subjects.users);
}

void lower_roles(Draft& draft) {
  for (std::size_t i = 0; i < draft.model.roles.size(); ++i) {
    const model::Role& role = draft.model.roles[i];
    const bool manages = role.find("manages") != nullptr;
    if (subject_of(draft.model, role).kind != SubjectKind::tag && !manages) continue;
    const auto made = step_for(draft, RoleId{i});
    std::vector<StepIndex> after = made ? std::vector{*made} : std::vector<StepIndex>{};
    const std::vector<StepIndex> members = lower_role_members(draft, role, after);
    after.insert(after.end(), members.begin(), members.end());
    if (manages) lower_role_scope(draft, role, std::move(after));
  }
}

}  // namespace farol::dingtalk
