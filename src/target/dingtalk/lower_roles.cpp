#include <algorithm>

#include "target/dingtalk/config_builder.h"

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
std::optional<StepIndex> step_for(ConfigBuilder& builder, RoleId role) {
  const model::Role& declared = builder.model[role];
  if (!builder.options.plans || builder.bindings.is_bound("role." + declared.name)) return std::nullopt;
  std::vector<StepIndex> after;
  if (!builder.bindings.is_bound("tenant.role_group")) {
    const std::string& title = builder.model.policy.title.text;
    const std::string name = title.empty() ? "Farol" : title;
    Step step = request_step("role group", {Call::role_group_add, {}, {}, {{"name", text(name)}}},
                             texts(Phrase::step_role_group), same(name));
    step.note = texts(Phrase::step_by_hand_too);
    step.makes = "tenant.role_group";
    after.push_back(builder.add_request(std::move(step)));
  }
  Request request = with_body(Call::role_add, {{"groupId", builder.bindings.number("tenant.role_group")},
                                               {"roleName", text(declared.label({}))}});
  // Whoever makes it by hand calls it as the request does, whatever the language of the list.
  Step step = request_step("role " + builder.name_in_tenant(role), std::move(request),
                           texts(Phrase::step_role, {label(builder.model, role)}), same(declared.label({})));
  step.about = label(builder.model, role);
  step.note = lines({step.note, texts(Phrase::step_by_hand_too)});
  step.makes = "role." + declared.name;
  step.undo_request = with_body(Call::role_remove, {{"role_id", builder.bindings.number(step.makes)}});
  return builder.add_request(std::move(step), std::move(after));
}

// A role that was called otherwise, and that the tenant has, is called as before there.
void add_new_name(ConfigBuilder& builder, RoleId id) {
  const model::Role& role = builder.model[id];
  const std::string key = "role." + role.name;
  if (role.find("was") == nullptr || role.find("department") != nullptr || !builder.bindings.is_bound(key)) return;
  Request request =
      with_body(Call::role_rename, {{"roleId", builder.bindings.number(key)}, {"roleName", text(role.label({}))}});
  Step step = request_step("role name " + builder.name_in_tenant(id), std::move(request),
                           texts(Phrase::step_rename, {label(builder.model, id)}), same(role.label({})));
  step.about = label(builder.model, id);
  builder.add_request(std::move(step));
}

// The steps that give the role to its members, after the one that makes it.
std::vector<StepIndex> lower_role_members(ConfigBuilder& builder, RoleId id, const std::vector<StepIndex>& made) {
  const model::Role& role = builder.model[id];
  std::vector<StepIndex> steps;
  const std::string key = "members." + role.name;
  if (!builder.bindings.is_bound(key)) return steps;
  const Value::List users = builder.bindings.list(key);
  for (std::size_t first = 0; first < users.size(); first += limits::role_members) {
    Value::List some = part(users, first, limits::role_members);
    const Texts count = same(std::to_string(some.size()));
    std::vector<std::string> people;
    for (const Value& user : some) people.push_back(std::get<std::string>(user.data));
    Request request{
        Call::role_members_add,
        {},
        {},
        {{"roleIds", joined({builder.bindings.text("role." + role.name)})}, {"userIds", joined(std::move(some))}}};
    Step step = request_step("role members " + builder.name_in_tenant(id), std::move(request),
                             texts(Phrase::step_members, {label(builder.model, id)}), count);
    step.about = label(builder.model, id);
    step.wanted = {wanted_by({}, std::move(people), {})};
    step.check =
        read_back(Call::role_members_list,
                  {Call::role_members_add, {}, {}, {{"role_id", builder.bindings.number("role." + role.name)}}});
    steps.push_back(builder.add_request(std::move(step), made, first / limits::role_members + 1));
  }
  return steps;
}

// Sets which departments the members of a role manage: one request for each member.
void lower_role_scope(ConfigBuilder& builder, RoleId id, std::vector<StepIndex> after) {
  const model::Role& role = builder.model[id];
  std::vector<std::string_view> names = words_of(role, "manages");
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  Value::List ids;
  std::vector<Texts> titles;
  for (const std::string_view name : names) {
    ids.push_back(builder.bindings.text("department." + std::string(name)));
    if (const auto object = builder.model.find_object(name)) titles.push_back(label(builder.model, *object));
  }
  const std::string target = "role scope " + builder.name_in_tenant(id);
  const Texts title = texts(Phrase::step_scope, {label(builder.model, id), list(titles)});
  // The request replaces the whole list, so it cannot be made in parts.
  if (names.size() > limits::role_departments) {
    Enforcement by_hand;
    by_hand.menu = "通讯录 > 角色管理";
    by_hand.setting = "管理范围";
    Step step = console_step(target, by_hand, title, list(titles));
    step.about = label(builder.model, id);
    builder.add(Phase::console, std::move(step));
    return;
  }
  const std::string key = "members." + role.name;
  Request request = with_body(Call::role_scope_update, {{"dept_ids", joined(std::move(ids))},
                                                        {"role_id", builder.bindings.number("role." + role.name)},
                                                        {"userid", {Unbound{key}}}});
  Step step = request_step(target, std::move(request), title, list(titles));
  step.about = label(builder.model, id);
  step.for_each = key;
  builder.add_request(std::move(step), std::move(after));
}

}  // namespace

Value::List part(const Value::List& all, std::size_t first, std::size_t count) {
  const std::size_t from = std::min(first, all.size());
  const std::size_t to = std::min(first + count, all.size());
  return {all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to)};
}

Subjects subjects_of(ConfigBuilder& builder, const std::vector<RoleId>& roles, bool takes_roles, const Apart& apart) {
  Subjects subjects;
  const auto is_out = [&](const std::string& id) { return std::binary_search(apart.out.begin(), apart.out.end(), id); };
  const auto add_user = [&](Value user) {
    // Somebody with two of the roles is one member.
    if (std::find(subjects.users.begin(), subjects.users.end(), user) == subjects.users.end())
      subjects.users.push_back(std::move(user));
  };
  std::vector<std::string> departments;
  for (const RoleId role : roles) {
    if (role == builder.model.nobody()) continue;
    const model::Role& declared = builder.model[role];
    const Subject subject = subject_of(builder.model, declared);
    const std::string members = "members." + declared.name;
    const std::vector<std::string> ids = builder.bindings.ids(members);
    if (std::any_of(ids.begin(), ids.end(), is_out)) {
      subjects.is_snapshot = subjects.is_snapshot || subject.kind != SubjectKind::users;
      for (const std::string& id : ids) {
        if (!is_out(id)) add_user(text(id));
      }
    } else if (subject.kind == SubjectKind::department) {
      departments.insert(departments.end(), subject.departments.begin(), subject.departments.end());
    } else if (subject.kind == SubjectKind::tag && takes_roles) {
      subjects.tags.push_back(builder.bindings.number("role." + declared.name));
      if (const auto made = step_for(builder, role)) subjects.after.push_back(*made);
    } else {
      subjects.is_snapshot = subjects.is_snapshot || subject.kind == SubjectKind::tag;
      for (Value& user : builder.bindings.list(members)) add_user(std::move(user));
    }
  }
  for (const std::string& id : apart.in) {
    subjects.is_snapshot = true;
    add_user(text(id));
  }
  // In an order that does not depend on what the policy calls them.
  std::sort(subjects.tags.begin(), subjects.tags.end(),
            [](const Value& a, const Value& b) { return to_json(a) < to_json(b); });
  std::sort(departments.begin(), departments.end());
  departments.erase(std::unique(departments.begin(), departments.end()), departments.end());
  for (const std::string& key : departments) subjects.departments.push_back(builder.bindings.number(key));
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

void lower_roles(ConfigBuilder& builder) {
  for (std::size_t i = 0; i < builder.model.roles.size(); ++i) {
    const model::Role& role = builder.model.roles[i];
    const bool manages = role.find("manages") != nullptr;
    if (subject_of(builder.model, role).kind != SubjectKind::tag && !manages) continue;
    add_new_name(builder, RoleId{i});
    const auto made = step_for(builder, RoleId{i});
    std::vector<StepIndex> after = made ? std::vector{*made} : std::vector<StepIndex>{};
    const std::vector<StepIndex> members = lower_role_members(builder, RoleId{i}, after);
    after.insert(after.end(), members.begin(), members.end());
    if (manages) lower_role_scope(builder, RoleId{i}, std::move(after));
  }
}

}  // namespace farol::dingtalk
