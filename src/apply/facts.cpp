#include "apply/facts.h"

#include <algorithm>
#include <set>

#include "target/dingtalk/calls.h"
#include "target/dingtalk/drift_comparison.h"
#include "target/dingtalk/tenant_fields.h"

namespace farol::apply {

using dingtalk::Call;
using dingtalk::Node;
using dingtalk::Record;
using dingtalk::Value;

std::vector<std::string> split(std::string_view text) {
  std::set<std::string> words;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) words.insert(std::string(text.substr(0, comma)));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return {words.begin(), words.end()};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

namespace {

std::string in_order(const dingtalk::Ids& ids) { return apply::joined({ids.begin(), ids.end()}); }

std::string plain(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
  return to_json(value);
}

void add_roles(const dingtalk::Tenant& live, Facts& facts) {
  if (live.roles.value) {
    for (const auto& group : live.roles.value->groups) facts[{"role_group", group.name}] = {{"id", group.id}};
    for (const auto& role : live.roles.value->roles) {
      facts[{"role", role.name}] = {{"id", role.id}};
      facts[{"role_name", role.id}] = {{"", role.name}};
    }
  }
  for (const auto& [role, members] : live.members) {
    if (!members.value) continue;
    for (const auto& member : *members.value) {
      facts[{"member", role, member.id}] = {};
      facts[{"manages", role, member.id}] = {{"", in_order(member.manages)}};
    }
  }
}

// A list that a reply leaves out is empty.
Fact fields_of(Call list, const Record& rule) {
  Fact fields;
  for (const auto& [path, values] : rule.fields) {
    if (path != "id") fields[path] = in_order(values);
  }
  for (const dingtalk::TenantField& field : dingtalk::all_fields()) {
    if (field.read == list && field.kind == dingtalk::FieldKind::ids) fields.try_emplace(std::string(field.shown));
  }
  return fields;
}

void add_rules(const dingtalk::Tenant& live, Facts& facts) {
  for (const Call list : {Call::contact_restrict_list, Call::contact_hide_list, Call::field_hide_list}) {
    const auto& rules = live.records_of(list);
    if (!rules.value) continue;
    for (const Record& rule : *rules.value) {
      Fact fields = fields_of(list, rule);
      fields["id"] = rule.one("id");
      facts[{"rule", std::string(info(list).identifier), rule.one("id")}] = std::move(fields);
    }
  }
}

void add_nodes(const dingtalk::Tenant& live, Facts& facts) {
  const auto all_of = [&](Call call) {
    const auto found = live.records.find(call);
    return found == live.records.end() ? std::map<std::string, dingtalk::Seen<dingtalk::Records>>{} : found->second;
  };
  for (const auto& [node, seen] : all_of(Call::file_inherit_read)) {
    if (seen.value && !seen.value->empty())
      facts[{"inheritance", node}] = {{"", seen.value->front().one("inheritance")}};
  }
  for (const auto& [node, seen] : all_of(Call::file_list)) {
    if (!seen.value) continue;
    std::map<Thing, dingtalk::Ids> roles;
    for (const Record& grant : *seen.value) {
      if (!lapses(grant))
        roles[{"grant", node, grant.one("member.type"), grant.one("member.id")}].insert(grant.one("role.id"));
    }
    for (const auto& [thing, ids] : roles) facts[thing] = {{"", in_order(ids)}};
  }
  for (const auto& [app, seen] : all_of(Call::app_scope_read)) {
    if (!seen.value || seen.value->empty()) continue;
    const Record& scope = seen.value->front();
    for (const std::string_view list : {"roleIds", "deptIds", "userIds"}) {
      for (const std::string& id : scope.all(list)) facts[{"scope", app, std::string(list), id}] = {};
    }
    facts[{"administrators_only", app}] = {{"", scope.is_on("onlyAdminVisible") ? "true" : "false"}};
  }
  for (const auto& [platform, seen] : all_of(Call::device_list)) {
    if (!seen.value) continue;
    for (const Record& device : *seen.value)
      facts[{"device", platform, dingtalk::plain_address(device.one("macAddress"))}] = {
          {"status", device.one("status")}, {"address", device.one("macAddress")}, {"user", device.one("userId")}};
  }
}

// Groups, meetings, departments and attendance groups: one fact for each switch that is shown.
void add_switches(const dingtalk::Tenant& live, Facts& facts) {
  const auto add = [&](Call read, const std::string& id, const Record& record) {
    for (const auto& [path, values] : record.fields) {
      if (path != "group_id")
        facts[{"switch", std::string(info(read).identifier), id, path}] = {{"", in_order(values)}};
    }
  };
  for (const Call read : {Call::group_read, Call::meeting_read}) {
    const auto found = live.records.find(read);
    if (found == live.records.end()) continue;
    for (const auto& [id, seen] : found->second) {
      if (seen.value && !seen.value->empty()) add(read, id, seen.value->front());
    }
  }
  if (const auto departments = live.records.find(Call::department_read); departments != live.records.end()) {
    for (const auto& [id, seen] : departments->second) {
      if (!seen.value || seen.value->empty()) continue;
      for (const char* key : {"hide_dept", "outer_dept"})
        facts[{"department", id, key}] = {{"", seen.value->front().is_on(key) ? "true" : "false"}};
    }
  }
  const auto& groups = live.records_of(Call::attendance_list);
  if (!groups.value) return;
  for (const Record& group : *groups.value) add(Call::attendance_list, group.one("group_id"), group);
}

std::string word_of(const Node& object, std::string_view key) {
  const Node* found = object.find(key);
  return found == nullptr || found->kind == Node::Kind::null ? std::string{} : found->text;
}

// Whom executives are reached by, with the kind of each: 1 a person, 2 a department, 3 a role.
void add_executives(std::string_view exported, Facts& facts) {
  const auto read = base::read_json_tree(exported);
  const auto* root = std::get_if<Node>(&read);
  const Node* calls = root == nullptr ? nullptr : root->find("calls");
  if (calls == nullptr) return;
  for (const Node& call : calls->items) {
    if (!word_of(call, "path").ends_with("/contact/seniorSettings")) continue;
    const Node* answer = call.find("response");
    const Node* query = call.find("query");
    if (answer == nullptr || query == nullptr) continue;
    std::set<std::string> scenes, reach;
    if (const Node* list = answer->find("protectScenes")) {
      for (const Node& scene : list->items) scenes.insert(scene.text);
    }
    if (const Node* list = answer->find("seniorWhiteList")) {
      for (const Node& each : list->items) reach.insert(word_of(each, "type") + ":" + word_of(each, "id"));
    }
    facts[{"executive", word_of(*query, "seniorStaffId")}] = {{"scenes", in_order(scenes)}, {"reach", in_order(reach)}};
  }
}

}  // namespace

Facts facts_of(const dingtalk::Tenant& live, std::string_view exported) {
  Facts facts;
  add_roles(live, facts);
  add_rules(live, facts);
  add_nodes(live, facts);
  add_switches(live, facts);
  add_executives(exported, facts);
  return facts;
}

std::vector<std::string> ids_in(const Value* value) {
  std::set<std::string> ids;
  if (value == nullptr) return {};
  const auto* list = std::get_if<Value::List>(&value->data);
  for (const Value& each : list == nullptr ? Value::List{*value} : *list) {
    for (std::string& id : split(plain(each))) ids.insert(std::move(id));
  }
  return {ids.begin(), ids.end()};
}

Fact rule_fields(const Value::Object& body) {
  Fact fields;
  for (const dingtalk::Member& member : body) {
    if (member.key == "id") continue;
    const bool is_list = std::holds_alternative<Value::List>(member.value.data);
    fields[member.key] = is_list ? joined(ids_in(&member.value)) : plain(member.value);
  }
  return fields;
}

std::string known_by(const Fact& rule) {
  for (const char* key : {"description", "name"}) {
    const auto field = rule.find(key);
    if (field != rule.end() && !field->second.empty()) return field->second;
  }
  return {};
}

std::optional<Fact> find(const Facts& facts, const Thing& thing) {
  const auto found = facts.find(thing);
  if (found != facts.end()) return found->second;
  if (thing.front() != "rule") return std::nullopt;
  for (const auto& [each, fields] : facts) {
    if (each.front() != "rule" || each[1] != thing[1]) continue;
    if (known_by(fields) == thing[2]) return fields;
  }
  return std::nullopt;
}

bool agrees(const std::optional<Fact>& there, const std::optional<Fact>& wanted) {
  if (!there || !wanted) return there.has_value() == wanted.has_value();
  return std::all_of(wanted->begin(), wanted->end(), [&](const auto& field) {
    if (field.first == "id") return true;
    const auto found = there->find(field.first);
    return found == there->end() || found->second == field.second;
  });
}

}  // namespace farol::apply
