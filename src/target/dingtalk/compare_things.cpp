// Folders, knowledge bases, apps, groups, meetings and devices: one at a time.
#include <algorithm>
#include <array>

#include "target/dingtalk/comparison.h"
#include "target/dingtalk/requests.h"

namespace farol::dingtalk {

using base::Phrase;
using dingtalk::Call;
using dingtalk::Value;

namespace {

// What the answers have, by the documentation; the other switches can be set and not be seen.
constexpr std::array<std::string_view, 6> shown_of_groups = {"chat_banned_type", "searchable",
                                                             "validation_type",  "mention_all_authority",
                                                             "management_type",  "show_history_type"};
constexpr std::array<std::string_view, 9> shown_of_meetings = {"confAllowedCorpId",
                                                               "lockRoom",
                                                               "screenShareForbidden",
                                                               "muteOnJoin",
                                                               "moziConfVirtualExtraSetting.waitingRoom",
                                                               "moziConfVirtualExtraSetting.joinBeforeHost",
                                                               "moziConfVirtualExtraSetting.enableChat",
                                                               "moziConfVirtualExtraSetting.lockNick",
                                                               "moziConfVirtualExtraSetting.enableWebAnonymousJoin"};

std::string member_key(const Grant& grant) { return grant.type + " " + grant.id; }

std::vector<std::string> listed(const Ids& ids) { return {ids.begin(), ids.end()}; }

// Members of objects inside of it too, by their paths.
void flatten(const Value::Object& object, const std::string& path,
             std::vector<std::pair<std::string, const Value*>>& all) {
  for (const dingtalk::Member& member : object) {
    const std::string here = path.empty() ? member.key : path + "." + member.key;
    if (const auto* inner = std::get_if<Value::Object>(&member.value.data)) {
      flatten(*inner, here, all);
    } else {
      all.emplace_back(here, &member.value);
    }
  }
}

}  // namespace

void Comparison::gather() {
  for (const Step& step : config_.steps) {
    if (!step.request) continue;
    const dingtalk::Request& request = *step.request;
    if (request.call == Call::file_grant) {
      const auto node = one(request.path, "dentryUuid");
      const auto* members = member_of(request.body, "members");
      if (!node || members == nullptr) continue;
      for (const Value& each : std::get<Value::List>(members->data)) {
        const auto* member = std::get_if<Value::Object>(&each.data);
        const auto id = member == nullptr ? std::nullopt : one(*member, "id");
        if (!id) {
          nodes_[*node].is_whole = false;
        } else {
          nodes_[*node].roles[*one(*member, "type") + " " + *id].insert(*one(request.body, "roleId"));
        }
      }
    }
    if (request.call == Call::app_scope) {
      const auto app = one(request.path, "agentId");
      if (!app) continue;
      Given& given = apps_[*app];
      for (const auto& [key, into] :
           {std::pair{"addRoleIds", &given.app_roles}, std::pair{"addDeptIds", &given.app_departments},
            std::pair{"addUserIds", &given.app_users}, std::pair{"delDeptIds", &given.app_removed}}) {
        const auto some = ids(request.body, key);
        given.is_whole = given.is_whole && some.has_value();
        if (some) into->insert(some->begin(), some->end());
      }
    }
    if (request.call == Call::device_trust) {
      Ids& addresses = devices_[*one(request.body, "platform")];
      for (const std::string& id : bindings_.ids(step.for_each)) addresses.insert(plain_address(id));
    }
  }
}

const Comparison::Given& Comparison::given_on(const std::string& node) const {
  static const Given nothing;
  const auto found = nodes_.find(node);
  return found == nodes_.end() ? nothing : found->second;
}

void Comparison::compare_inheritance(Finding& finding) {
  const dingtalk::Request& request = *finding.step->request;
  const auto node = one(request.path, "dentryUuid");
  if (!node) return leave_unbound(finding, request);
  const auto live = seen_of(tenant_.inheritance, *node);
  if (!live.value) return leave(finding, *live.why_not);
  const auto wanted = one(request.body, "inheritance");
  if (*live.value != *wanted) differ(finding, "inheritance", {*wanted}, {*live.value});
}

void Comparison::compare_grants(Finding& finding) {
  const dingtalk::Request& request = *finding.step->request;
  const auto node = one(request.path, "dentryUuid");
  if (!node) return leave_unbound(finding, request);
  const auto live = seen_of(tenant_.grants, *node);
  if (!live.value) return leave(finding, *live.why_not);
  std::map<std::string, Ids> roles;
  for (const Grant& grant : *live.value) roles[member_key(grant)].insert(grant.role);
  const std::string wanted = *one(request.body, "roleId");
  const auto& members = std::get<Value::List>(member_of(request.body, "members")->data);
  const auto is_known = [&](const Value& each) {
    const auto* member = std::get_if<Value::Object>(&each.data);
    return member != nullptr && std::all_of(member->begin(), member->end(),
                                            [&](const dingtalk::Member& part) { return one(part.value).has_value(); });
  };
  // Without all its ids the request could not be sent.
  if (!std::all_of(members.begin(), members.end(), is_known)) return leave_unbound(finding, request);
  for (const Value& each : members) {
    const auto& member = std::get<Value::Object>(each.data);
    const auto id = one(member, "id");
    const std::string type = *one(member, "type");
    // The documentation says that the list leaves out the whole organisation.
    if (type == "ORG") {
      leave(finding, {Phrase::drift_not_shown, {"ORG"}});
      continue;
    }
    const std::string key = type + " " + *id;
    ++finding.compared;
    const auto there = roles.find(key);
    const Ids none;
    const Ids& has = there == roles.end() ? none : there->second;
    // A node can be a folder and a knowledge base to a policy, and then has the roles of both.
    const Ids& all = given_on(*node).roles.at(key);
    if (!has.contains(wanted) || !std::includes(all.begin(), all.end(), has.begin(), has.end()))
      differ(finding, key, {wanted}, listed(has));
  }
}

void Comparison::compare_no_grants(Finding& finding) {
  const dingtalk::Request& request = *finding.step->request;
  const auto node = one(request.path, "dentryUuid");
  if (!node) return leave_unbound(finding, request);
  const auto live = seen_of(tenant_.grants, *node);
  if (!live.value) return leave(finding, *live.why_not);
  for (const Grant& grant : *live.value) {
    const auto& given = given_on(*node).roles;
    const auto steps = given.find(member_key(grant));
    const bool is_given = steps != given.end() && steps->second.contains(grant.role);
    if (grant.role != "OWNER" && !is_given) differ(finding, member_key(grant), {}, {grant.role});
  }
}

void Comparison::compare_app(Finding& finding) {
  const dingtalk::Request& request = *finding.step->request;
  const auto app = one(request.path, "agentId");
  if (!app) return leave_unbound(finding, request);
  const auto live = seen_of(tenant_.app_scopes, *app);
  if (!live.value) return leave(finding, *live.why_not);
  for (const std::string_view list : {"addRoleIds", "addDeptIds", "addUserIds"}) {
    if (!ids(request.body, list)) return leave_unbound(finding, request);
  }
  const auto lacks = [&](std::string_view key, const Ids& there) {
    const auto wanted = ids(request.body, key);
    std::vector<std::string> missing;
    std::set_difference(wanted->begin(), wanted->end(), there.begin(), there.end(), std::back_inserter(missing));
    for (std::string& id : missing) id = shown(key, id);
    if (!missing.empty()) differ(finding, std::string(key), std::move(missing), {});
  };
  lacks("addRoleIds", live.value->roles);
  lacks("addDeptIds", live.value->departments);
  lacks("addUserIds", live.value->users);
  const auto removed = ids(request.body, "delDeptIds");
  std::vector<std::string> kept;
  std::set_intersection(removed->begin(), removed->end(), live.value->departments.begin(),
                        live.value->departments.end(), std::back_inserter(kept));
  if (!kept.empty()) differ(finding, "delDeptIds", {}, std::move(kept));
  const auto only = one(request.body, "onlyAdminVisible");
  const std::string is_only = live.value->administrators_only ? "true" : "false";
  if (only && *only != is_only) differ(finding, "onlyAdminVisible", {*only}, {is_only});
}

void Comparison::compare_group(Finding& finding) {
  const dingtalk::Request& request = *finding.step->request;
  const auto group = one(request.body, "open_conversation_id");
  if (!group) return leave_unbound(finding, request);
  const auto live = seen_of(tenant_.groups, *group);
  if (!live.value) return leave(finding, *live.why_not);
  for (const dingtalk::Member& option : *object_of(request.body, "management_options")) {
    const auto there = live.value->find(option.key);
    const bool is_shown =
        std::find(shown_of_groups.begin(), shown_of_groups.end(), option.key) != shown_of_groups.end();
    if (!is_shown || there == live.value->end()) {
      leave(finding, {Phrase::drift_not_shown, {option.key}});
      continue;
    }
    ++finding.compared;
    if (there->second != *one(option.value)) differ(finding, option.key, {*one(option.value)}, {there->second});
  }
}

void Comparison::compare_meeting(Finding& finding) {
  const dingtalk::Request& request = *finding.step->request;
  if (finding.step->only_reads) return leave(finding, {Phrase::drift_no_call});
  const auto meeting = one(request.body, "scheduleConferenceId");
  if (!meeting) return leave_unbound(finding, request);
  const auto live = seen_of(tenant_.meetings, *meeting);
  if (!live.value) return leave(finding, *live.why_not);
  std::vector<std::pair<std::string, const Value*>> wanted;
  flatten(*object_of(request.body, "scheduleConfSettingModel"), {}, wanted);
  for (const auto& [key, value] : wanted) {
    const auto there = live.value->find(key);
    const bool is_shown = std::find(shown_of_meetings.begin(), shown_of_meetings.end(), key) != shown_of_meetings.end();
    const auto text = one(*value);
    if (!is_shown || there == live.value->end()) {
      leave(finding, {Phrase::drift_not_shown, {key}});
    } else if (!text) {
      leave_unbound(finding, request);
    } else {
      ++finding.compared;
      if (there->second != *text) differ(finding, key, {*text}, {there->second});
    }
  }
}

void Comparison::compare_devices(Finding& finding) {
  const Step& step = *finding.step;
  if (!bindings_.is_bound(step.for_each)) return leave_unbound(finding, *step.request);
  const auto live = seen_of(tenant_.devices, *one(step.request->body, "platform"));
  if (!live.value) return leave(finding, *live.why_not);
  for (const std::string& address : bindings_.ids(step.for_each)) {
    const auto device = std::find_if(live.value->begin(), live.value->end(), [&](const Device& each) {
      return plain_address(each.address) == plain_address(address);
    });
    if (device == live.value->end()) {
      differ(finding, "macAddress", {address}, {});
    } else if (device->status != "2") {
      differ(finding, address + " status", {"2"}, {device->status});
    }
  }
}

}  // namespace farol::dingtalk
