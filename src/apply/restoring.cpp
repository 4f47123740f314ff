// Brings things back to the state that was read before a run, whatever the requests of the run were.
#include <algorithm>
#include <optional>
#include <set>

#include "apply/facts.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/drift_comparison.h"
#include "target/dingtalk/tenant_fields.h"

namespace farol::apply {

using base::Phrase;
using dingtalk::Call;
using dingtalk::Request;
using dingtalk::text;
using dingtalk::Value;

namespace {

std::string value_of(const std::optional<Fact>& fact, const std::string& field = {}) {
  if (!fact) return {};
  const auto found = fact->find(field);
  return found == fact->end() ? std::string{} : found->second;
}

// A number or truth value where it looks like one, as these calls want their switches.
Value switch_value(const std::string& word) {
  if (word == "true" || word == "false") return dingtalk::boolean(word == "true");
  return dingtalk::id_value(word);
}

class Restorer {
 public:
  Restorer(const Facts& now, const Operator& by) : now_(now), by_(by) {}

  void add(std::size_t index, const Effect& effect) {
    index_ = index;
    effect_ = &effect;
    const std::string& kind = effect.thing.front();
    if (!effect.is_shown) return lose(Phrase::apply_was_hidden);
    const auto now = find(now_, effect.thing);
    if (agrees(now, effect.before) && now.has_value() == effect.before.has_value()) return;
    if (kind == "role_group") return lose(Phrase::apply_group_stays);
    if (kind == "role") return role(effect, now);
    if (kind == "role_name") return role_name(effect);
    if (kind == "member") return member(effect);
    if (kind == "manages") return manages(effect);
    if (kind == "rule") return rule(effect, now);
    if (kind == "executive") return executive(effect);
    if (kind == "inheritance")
      return about_node(Call::file_inherit, effect.thing[1], {{"inheritance", text(value_of(effect.before))}});
    if (kind == "grant") return grant(effect, now);
    if (kind == "scope") return scope(effect);
    if (kind == "administrators_only")
      return send({Call::app_scope,
                   {{"agentId", text(effect.thing[1])}},
                   {},
                   {{"onlyAdminVisible", dingtalk::boolean(value_of(effect.before) == "true")}}});
    if (kind == "switch") return one_switch(effect);
    if (kind == "department")
      return send(with_body(Call::department_update,
                            {{"dept_id", dingtalk::id_value(effect.thing[1])},
                             {effect.thing[2], dingtalk::boolean(value_of(effect.before) == "true")}}));
    if (kind == "device") device(effect, now);
  }
  Restoring take() { return std::move(made_); }

 private:
  void send(Request request) { made_.requests.push_back({index_, std::move(request)}); }
  void lose(Phrase why) { lose(effect_->thing, why); }
  void lose(Thing thing, Phrase why) { made_.lost.push_back({std::move(thing), why}); }
  void about_node(Call call, const std::string& node, Value::Object body) {
    send({call, {{"dentryUuid", text(node)}}, {{"unionId", text(by_.person)}}, std::move(body)});
  }

  void role(const Effect& effect, const std::optional<Fact>& now) {
    if (effect.before) return lose(Phrase::apply_new_id);
    send(with_body(Call::role_remove, {{"role_id", dingtalk::id_value(value_of(now, "id"))}}));
  }
  void role_name(const Effect& effect) {
    if (!effect.before) return;
    send(with_body(Call::role_rename,
                   {{"roleId", dingtalk::id_value(effect.thing[1])}, {"roleName", text(value_of(effect.before))}}));
  }
  void member(const Effect& effect) {
    const Call call = effect.before ? Call::role_members_add : Call::role_members_remove;
    send(with_body(call, {{"roleIds", text(effect.thing[1])}, {"userIds", text(effect.thing[2])}}));
  }
  void manages(const Effect& effect) {
    if (!effect.before) return;
    if (value_of(effect.before).empty()) {
      if (value_of(effect.after).empty()) return;
      return lose(Phrase::apply_manages_stays);
    }
    send(with_body(Call::role_scope_update, {{"dept_ids", text(value_of(effect.before))},
                                             {"role_id", dingtalk::id_value(effect.thing[1])},
                                             {"userid", text(effect.thing[2])}}));
  }

  void rule(const Effect& effect, const std::optional<Fact>& now) {
    const bool restricts = effect.thing[1] == info(Call::contact_restrict_list).identifier;
    const bool hides = effect.thing[1] == info(Call::contact_hide_list).identifier;
    if (!effect.before) {
      const Call remove = restricts ? Call::contact_unrestrict : hides ? Call::contact_unhide : Call::field_unhide;
      return send({remove, {{"settingId", text(value_of(now, "id"))}}, {}, {}});
    }
    const Call call = restricts ? Call::contact_restrict : hides ? Call::contact_hide : Call::field_hide;
    if (!now) lose_hidden_switches(effect, call);
    Value::Object body;
    for (const auto& [key, value] : *effect.before) {
      if (key == "id") continue;
      const bool is_list = key.ends_with("Ids") || key == "hideFields";
      if (!is_list) {
        const bool is_text = key == "name" || key == "description" || key == "type";
        body.push_back({key, is_text ? text(value) : switch_value(value)});
        continue;
      }
      Value::List ids;
      const bool are_numbers = key.ends_with("TagIds") || key.ends_with("DeptIds");
      for (const std::string& id : split(value)) ids.push_back(are_numbers ? dingtalk::id_value(id) : text(id));
      if (!ids.empty() || now) body.push_back({key, dingtalk::list(std::move(ids))});
    }
    // A rule that is gone gets another id; one that is there keeps its own.
    if (now) body.push_back({"id", dingtalk::id_value(value_of(now, "id"))});
    send(with_body(call, std::move(body)));
  }
  // A rule that is made again has those of its switches that its list had shown.
  void lose_hidden_switches(const Effect& effect, Call call) {
    for (const dingtalk::TenantField& field : dingtalk::all_fields()) {
      const std::string name{field.shown};
      if (field.set_by == call && field.kind == dingtalk::FieldKind::flag && !effect.before->contains(name))
        lose({"switch", effect.thing[1], value_of(effect.before, "name"), name}, Phrase::apply_was_hidden);
    }
  }

  void executive(const Effect& effect) {
    Value::Object body{{"seniorStaffId", text(effect.thing[1])}};
    const std::vector<std::string> scenes = split(value_of(effect.before, "scenes"));
    const std::vector<std::string> reach = split(value_of(effect.before, "reach"));
    const bool is_on = !scenes.empty() || !reach.empty();
    body.push_back({"open", dingtalk::boolean(is_on)});
    Value::List people, departments, roles, words;
    for (const std::string& each : reach) {
      const std::string id = each.substr(2);
      if (each.starts_with("1:")) people.push_back(text(id));
      if (each.starts_with("2:")) departments.push_back(dingtalk::id_value(id));
      if (each.starts_with("3:")) roles.push_back(dingtalk::id_value(id));
    }
    for (const std::string& scene : scenes) words.push_back(text(scene));
    for (auto& [key, list] : {std::pair<const char*, Value::List&>{"permitStaffIds", people},
                              {"permitDeptIds", departments},
                              {"permitTagIds", roles},
                              {"protectScenes", words}}) {
      if (!list.empty()) body.push_back({key, dingtalk::list(std::move(list))});
    }
    send(with_body(Call::executive_protect, std::move(body)));
  }

  void grant(const Effect& effect, const std::optional<Fact>& now) {
    const std::vector<std::string> before = split(value_of(effect.before));
    const std::vector<std::string> there = split(value_of(now));
    Value::Object member{{"type", text(effect.thing[2])}, {"id", text(effect.thing[3])}};
    if (effect.thing[2] == "DEPT") member.push_back({"corpId", text(by_.corp)});
    const auto ask = [&](Call call, const std::string& role) {
      about_node(call, effect.thing[1],
                 {{"roleId", text(role)}, {"members", dingtalk::list({dingtalk::object(member)})}});
    };
    if (before.size() == 1 && there.size() == 1) return ask(Call::file_change, before.front());
    for (const std::string& role : there) {
      if (std::find(before.begin(), before.end(), role) == before.end()) ask(Call::file_remove, role);
    }
    for (const std::string& role : before) {
      if (std::find(there.begin(), there.end(), role) == there.end()) ask(Call::file_grant, role);
    }
  }

  void scope(const Effect& effect) {
    const std::string& list = effect.thing[2];
    const std::string key = list == "roleIds" ? "RoleIds" : list == "deptIds" ? "DeptIds" : "UserIds";
    const std::string& id = effect.thing[3];
    send({Call::app_scope,
          {{"agentId", text(effect.thing[1])}},
          {},
          {{(effect.before ? "add" : "del") + key,
            dingtalk::list({list == "userIds" ? text(id) : dingtalk::id_value(id)})}}});
  }

  void one_switch(const Effect& effect) {
    if (!effect.before) return lose(Phrase::apply_was_hidden);
    const std::string& read = effect.thing[1];
    const std::string& id = effect.thing[2];
    const auto fields = dingtalk::all_fields();
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const dingtalk::TenantField& each) {
      return each.set_by && info(each.read).identifier == read && each.shown == effect.thing[3];
    });
    if (field == fields.end()) return lose(Phrase::apply_not_set);
    Request request = with_body(*field->set_by, {});
    set(request.body, field->wanted, switch_value(value_of(effect.before)));
    if (*field->set_by == Call::group_update) set(request.body, "open_conversation_id", text(id));
    if (*field->set_by == Call::attendance_modify) {
      set(request.body, "top_group.id", dingtalk::id_value(id));
      set(request.body, "op_user_id", text(by_.user));
    }
    if (*field->set_by == Call::meeting_update) {
      set(request.body, "scheduleConferenceId", text(id));
      set(request.body, "creatorUnionId", text(effect.by));
    }
    send(std::move(request));
  }

  void device(const Effect& effect, const std::optional<Fact>& now) {
    if (!effect.before) {
      return send(with_body(Call::device_distrust, {{"kickOff", dingtalk::boolean(false)},
                                                    {"macAddress", text(value_of(now, "address"))},
                                                    {"userId", text(value_of(now, "user"))}}));
    }
    send(with_body(Call::device_trust, {{"macAddress", text(value_of(effect.before, "address"))},
                                        {"platform", text(effect.thing[1])},
                                        {"status", dingtalk::id_value(value_of(effect.before, "status"))},
                                        {"title", text("farol")},
                                        {"userId", text(value_of(effect.before, "user"))}}));
  }

  const Facts& now_;
  const Operator& by_;
  const Effect* effect_ = nullptr;  // in hand
  std::size_t index_ = 0;           // of it
  Restoring made_;
};

}  // namespace

Restoring restoring(const std::vector<Effect>& effects, const Facts& now, const Operator& by) {
  Restorer restorer{now, by};
  std::set<Thing> seen;
  // Of a thing that was changed twice, the first change knows what was there before.
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if (seen.insert(effects[i].thing).second) restorer.add(i, effects[i]);
  }
  return restorer.take();
}

}  // namespace farol::apply
