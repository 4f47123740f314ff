// What each call changes, by its documentation.
#include <algorithm>
#include <optional>

#include "apply/facts.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/drift_comparison.h"
#include "target/dingtalk/step_kinds.h"
#include "target/dingtalk/tenant_fields.h"

namespace farol::apply {

using dingtalk::Call;
using dingtalk::Member;
using dingtalk::Request;
using dingtalk::Value;

namespace {

std::string word(const Request& request, std::string_view key) {
  const Value* found = find_parameter(request, key);
  if (found == nullptr) return {};
  const auto* text = std::get_if<std::string>(&found->data);
  return text != nullptr ? *text : to_json(*found);
}

std::optional<Fact> single(std::string value) { return Fact{{"", std::move(value)}}; }

class Effects {
 public:
  Effects(const Request& request, const Facts& before) : request_(request), before_(before) {}

  std::vector<Effect> run() {
    switch (request_.call) {
      case Call::role_group_add: add({"role_group", word("name")}, Fact{}); break;
      case Call::role_add: add({"role", word("roleName")}, Fact{}); break;
      case Call::role_remove: remove_role(); break;
      case Call::role_rename: add({"role_name", word("roleId")}, single(word("roleName"))); break;
      case Call::role_members_add: members(true); break;
      case Call::role_members_remove: members(false); break;
      case Call::role_scope_update:
        add({"manages", word("role_id"), word("userid")}, single(joined(ids_in(find_parameter(request_, "dept_ids")))));
        break;
      case Call::department_update:
        for (const Member& member : request_.body) {
          if (member.key != "dept_id") add({"department", word("dept_id"), member.key}, single(word(member.key)));
        }
        break;
      case Call::contact_restrict: rule(Call::contact_restrict_list); break;
      case Call::contact_hide: rule(Call::contact_hide_list); break;
      case Call::field_hide: rule(Call::field_hide_list); break;
      case Call::contact_unrestrict: remove_rule(Call::contact_restrict_list); break;
      case Call::contact_unhide: remove_rule(Call::contact_hide_list); break;
      case Call::field_unhide: remove_rule(Call::field_hide_list); break;
      case Call::executive_protect: executive(); break;
      case Call::file_inherit: add({"inheritance", word("dentryUuid")}, single(word("inheritance"))); break;
      case Call::file_grant:
      case Call::file_change:
      case Call::file_remove: grants(); break;
      case Call::app_scope: scope(); break;
      case Call::group_update: switches(Call::group_read, "open_conversation_id"); break;
      case Call::meeting_update: switches(Call::meeting_read, "scheduleConferenceId"); break;
      case Call::attendance_modify: switches(Call::attendance_list, "id"); break;
      case Call::device_trust:
        add({"device", word("platform"), dingtalk::plain_address(word("macAddress"))},
            Fact{{"status", word("status")}, {"address", word("macAddress")}, {"user", word("userId")}});
        break;
      case Call::device_distrust: distrust(); break;
      default: break;
    }
    return std::move(effects_);
  }

 private:
  [[nodiscard]] std::string word(std::string_view key) const { return apply::word(request_, key); }
  void add(Thing thing, std::optional<Fact> after, bool is_shown = true) {
    auto before = find(before_, thing);
    effects_.push_back({std::move(thing), std::move(before), std::move(after), is_shown});
  }

  void remove_role() {
    const auto name = find(before_, {"role_name", word("role_id")});
    if (name) add({"role", name->at("")}, std::nullopt);
    add({"role_name", word("role_id")}, std::nullopt);
  }

  void members(bool adds) {
    for (const std::string& role : ids_in(find_parameter(request_, "roleIds"))) {
      for (const std::string& user : ids_in(find_parameter(request_, "userIds"))) {
        add({"member", role, user}, adds ? std::optional(Fact{}) : std::nullopt);
        if (!adds) add({"manages", role, user}, std::nullopt);
      }
    }
  }

  // With an id a rule is changed, without one it is made.
  void rule(Call list) {
    const std::string id = word("id");
    Fact fields = rule_fields(request_.body);
    // What is made is on, unless the request says otherwise.
    if (!fields.contains("active")) fields["active"] = "true";
    Thing thing{"rule", std::string(info(list).identifier), id.empty() ? known_by(fields) : id};
    add(std::move(thing), std::move(fields));
  }
  void remove_rule(Call list) { add({"rule", std::string(info(list).identifier), word("settingId")}, std::nullopt); }

  void executive() {
    std::vector<std::string> reach;
    const dingtalk::SubjectLists& lists = dingtalk::subject_lists_of(Call::executive_protect);
    const auto collect = [&](std::string_view key, const std::string& kind) {
      for (const std::string& id : ids_in(find_parameter(request_, key))) reach.push_back(kind + ":" + id);
    };
    const bool is_on = word("open") == "true";
    if (is_on) collect(lists.people, "1"), collect(lists.departments, "2"), collect(lists.roles, "3");
    std::sort(reach.begin(), reach.end());
    const std::string scenes = is_on ? joined(ids_in(find_parameter(request_, "protectScenes"))) : std::string{};
    add({"executive", word("seniorStaffId")}, Fact{{"scenes", scenes}, {"reach", joined(reach)}});
  }

  void grants() {
    const Value* members = find_parameter(request_, "members");
    const auto* list = members == nullptr ? nullptr : std::get_if<Value::List>(&members->data);
    if (list == nullptr) return;
    for (const Value& each : *list) {
      const auto* member = std::get_if<Value::Object>(&each.data);
      if (member == nullptr) continue;
      const Request about{request_.call, {}, {}, *member};
      grant(apply::word(about, "type"), apply::word(about, "id"));
    }
  }
  void grant(const std::string& type, const std::string& id) {
    const Thing thing{"grant", word("dentryUuid"), type, id};
    const std::string role = word("roleId");
    const auto before = find(before_, thing);
    std::vector<std::string> roles = before ? split(before->at("")) : std::vector<std::string>{};
    if (request_.call == Call::file_change) roles = {role};
    std::erase(roles, role);
    if (request_.call != Call::file_remove) roles.push_back(role);
    std::sort(roles.begin(), roles.end());
    // The documentation says that the list leaves out the whole organisation.
    add(thing, roles.empty() ? std::nullopt : single(joined(roles)), type != "ORG");
  }

  void scope() {
    const std::string app = word("agentId");
    for (const auto& [key, list] :
         {std::pair{"RoleIds", "roleIds"}, std::pair{"DeptIds", "deptIds"}, std::pair{"UserIds", "userIds"}}) {
      for (const std::string& id : ids_in(find_parameter(request_, "add" + std::string(key))))
        add({"scope", app, list, id}, Fact{});
      for (const std::string& id : ids_in(find_parameter(request_, "del" + std::string(key))))
        add({"scope", app, list, id}, std::nullopt);
    }
    const std::string only = word("onlyAdminVisible");
    if (!only.empty()) add({"administrators_only", app}, single(only));
  }

  void distrust() {
    const std::string address = dingtalk::plain_address(word("macAddress"));
    for (const auto& [thing, fact] : before_) {
      if (thing.front() == "device" && thing[2] == address) return add(thing, std::nullopt);
    }
  }

  // Each switch by the path under which the reply shows it, if it does.
  void switches(Call read, std::string_view about) {
    std::string id = word(about);
    for (const Member& part : request_.body) {
      if (const auto* object = std::get_if<Value::Object>(&part.value.data)) {
        if (const Value* inner = dingtalk::find_at(*object, about)) id = to_json(*inner);
        switches_in(read, *object, part.key);
      }
    }
    for (Effect& effect : effects_) {
      effect.thing[2] = id;
      effect.before = find(before_, effect.thing);
      effect.by = word("creatorUnionId");
    }
  }
  void switches_in(Call read, const Value::Object& object, const std::string& path) {
    for (const Member& member : object) {
      const std::string here = path + "." + member.key;
      if (here == "top_group.id") continue;
      if (const auto* inner = std::get_if<Value::Object>(&member.value.data)) {
        switches_in(read, *inner, here);
        continue;
      }
      const auto fields = dingtalk::all_fields();
      const auto field = std::find_if(fields.begin(), fields.end(), [&](const dingtalk::TenantField& each) {
        return each.set_by == request_.call && each.wanted == here;
      });
      const auto* text = std::get_if<std::string>(&member.value.data);
      const bool is_shown = field != fields.end();
      const std::string shown{is_shown ? field->shown : std::string_view(here)};
      effects_.push_back({{"switch", std::string(info(read).identifier), {}, shown},
                          std::nullopt,
                          single(text != nullptr ? *text : to_json(member.value)),
                          is_shown});
    }
  }

  const Request& request_;
  const Facts& before_;
  std::vector<Effect> effects_;
};

}  // namespace

std::vector<Effect> effects_of(const Request& request, const Facts& before) { return Effects{request, before}.run(); }

void come_about(const std::vector<Effect>& effects, Facts& facts) {
  for (const Effect& effect : effects) {
    if (effect.after) {
      facts[effect.thing] = *effect.after;
    } else {
      facts.erase(effect.thing);
    }
  }
}

}  // namespace farol::apply
