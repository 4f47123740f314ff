// Folders, knowledge bases, apps, groups, meetings and devices: one at a time.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "target/dingtalk/drift_comparison.h"
#include "target/dingtalk/requests.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

// The members of an object and of the objects inside of it, by their paths.
void flatten(const Value::Object& object, const std::string& path,
             std::vector<std::pair<std::string, const Value*>>& all) {
  for (const Member& member : object) {
    const std::string here = path.empty() ? member.key : path + "." + member.key;
    if (const auto* inner = std::get_if<Value::Object>(&member.value.data)) {
      flatten(*inner, here, all);
    } else {
      all.emplace_back(here, &member.value);
    }
  }
}

}  // namespace

bool lapses(const Record& grant) {
  const std::string& seconds = grant.one("duration");
  return !seconds.empty() && seconds != "0" && !seconds.starts_with("-");
}

std::string member_of(const Record& grant) { return grant.one("member.type") + " " + grant.one("member.id"); }

void Comparison::gather_members(const Request& request) {
  const auto node = one(request.path, "dentryUuid");
  const auto* members = find_at(request.body, "members");
  if (!node || members == nullptr) return;
  Given& given = nodes_[*node];
  for (const Value& each : std::get<Value::List>(members->data)) {
    const auto* member = std::get_if<Value::Object>(&each.data);
    const auto id = member == nullptr ? std::nullopt : one(*member, "id");
    if (!id) {
      given.is_whole = false;
    } else {
      given.members[*one(*member, "type") + " " + *id].insert(*one(request.body, "roleId"));
    }
  }
}

void Comparison::gather_scope(const Request& request) {
  const auto app = one(request.path, "agentId");
  if (!app) return;
  Given& given = apps_[*app];
  for (const TenantField& field : all_fields()) {
    if (field.set_by != Call::app_scope || field.match == FieldMatch::equal) continue;
    const auto some = ids(request.body, field.wanted);
    given.is_whole = given.is_whole && some.has_value();
    Ids& all = given.scope[field.wanted];
    if (some) all.insert(some->begin(), some->end());
  }
}

void Comparison::gather() {
  for (const Step& step : config_.steps) {
    if (!step.request) continue;
    if (step.request->call == Call::file_grant) gather_members(*step.request);
    if (step.request->call == Call::app_scope) gather_scope(*step.request);
    if (const auto description = one(step.request->body, "description")) descriptions_.insert(*description);
    if (step.request->call == Call::device_trust) {
      Ids& addresses = devices_[*one(step.request->body, "platform")];
      for (const std::string& id : bindings_.ids(step.for_each)) addresses.insert(plain_address(id));
    }
  }
}

void Comparison::compare_thing(Finding& finding) {
  const Request& request = *finding.step->request;
  const auto field = std::find_if(all_fields().begin(), all_fields().end(),
                                  [&](const TenantField& each) { return each.set_by == request.call; });
  const Records* live = seen(finding, field->read);
  if (live == nullptr) return;
  const Record& thing = live->empty() ? Record{} : live->front();
  if (request.call == Call::group_update || request.call == Call::meeting_update)
    return compare_switches(finding, thing);
  if (!has_all_ids(request)) return leave_unbound(finding, request);
  compare_fields(finding, thing);
}

void Comparison::compare_switches(Finding& finding, const Record& live) const {
  const Request& request = *finding.step->request;
  for (const Member& part : request.body) {
    const auto* switches = std::get_if<Value::Object>(&part.value.data);
    if (switches == nullptr) continue;
    std::vector<std::pair<std::string, const Value*>> wanted;
    flatten(*switches, {}, wanted);
    for (const auto& [key, value] : wanted) {
      const auto field =
          std::find_if(all_fields().begin(), all_fields().end(), [&, key = key](const TenantField& each) {
            return each.set_by == request.call && each.wanted == part.key + "." + key;
          });
      const auto text = one(*value);
      if (field == all_fields().end() || !live.shows(field->shown)) {
        leave(finding, {Phrase::drift_not_shown, {key}});
      } else if (!text) {
        leave_unbound(finding, request);
      } else {
        ++finding.compared;
        if (live.one(field->shown) != *text) differ_in_value(finding, key, *text, {live.one(field->shown)});
      }
    }
  }
}

void Comparison::compare_grants(Finding& finding) {
  const Request& request = *finding.step->request;
  const Records* live = seen(finding, Call::file_list);
  if (live == nullptr) return;
  std::map<std::string, Ids> roles;
  for (const Record& grant : *live) {
    // What lapses by itself is not what the policy gives.
    if (!lapses(grant)) roles[member_of(grant)].insert(grant.one("role.id"));
  }
  const std::string wanted = *one(request.body, "roleId");
  const auto& members = std::get<Value::List>(find_at(request.body, "members")->data);
  const auto is_known = [&](const Value& each) {
    const auto* member = std::get_if<Value::Object>(&each.data);
    return member != nullptr &&
           std::all_of(member->begin(), member->end(), [&](const Member& part) { return one(part.value).has_value(); });
  };
  // Without all its ids the request could not be sent.
  if (!std::all_of(members.begin(), members.end(), is_known)) return leave_unbound(finding, request);
  const Given& given = nodes_.at(*one(request.path, "dentryUuid"));
  for (const Value& each : members) {
    const auto& member = std::get<Value::Object>(each.data);
    const std::string type = *one(member, "type");
    // The documentation says that the list leaves out the whole organisation.
    if (type == "ORG") {
      leave(finding, {Phrase::drift_not_shown, {"ORG"}});
      continue;
    }
    const std::string key = type + " " + *one(member, "id");
    ++finding.compared;
    const Ids& has = roles[key];
    // Owners may do all of it, and stay what they are, whether the policy gives them something or not.
    if (has.contains("OWNER")) continue;
    // A node can be a folder and a knowledge base to a policy, and then has the roles of both.
    const Ids& all = given.members.at(key);
    if (has.contains(wanted) && std::includes(all.begin(), all.end(), has.begin(), has.end())) continue;
    differ_in_value(finding, key, wanted, {has.begin(), has.end()});
    // The request that adds lowers nobody: no page says so. This one changes what somebody has.
    if (!has.empty())
      finding.differences.back().change = about_node(Call::file_change, *one(request.path, "dentryUuid"),
                                                     {{"roleId", text(wanted)}, {"members", list({each})}});
  }
}

void Comparison::compare_no_grants(Finding& finding) {
  const Records* live = seen(finding, Call::file_list);
  if (live == nullptr) return;
  const auto given = nodes_.find(*one(finding.step->request->path, "dentryUuid"));
  for (const Record& grant : *live) {
    const std::string member = member_of(grant);
    const std::string& role = grant.one("role.id");
    const bool is_given = given != nodes_.end() && given->second.members.contains(member) &&
                          given->second.members.at(member).contains(role);
    if (role == "OWNER" || is_given) continue;
    differ(finding, member, {}, {role});
    finding.differences.back().change = without_grant(*one(finding.step->request->path, "dentryUuid"), grant);
  }
}

// One attendance group; a list shows all of them.
void Comparison::compare_attendance(Finding& finding) {
  const Request& request = *finding.step->request;
  const auto id = one(request.body, "top_group.id");
  if (!id) return leave_unbound(finding, request);
  const Records* live = seen(finding, Call::attendance_list, {});
  if (live == nullptr) return;
  const auto group =
      std::find_if(live->begin(), live->end(), [&](const Record& each) { return each.one("group_id") == *id; });
  if (group == live->end()) return differ_in_value(finding, "group_id", *id, {});
  compare_switches(finding, *group);
  std::erase_if(finding.unseen, [](const Note& note) {
    return note.phrase == Phrase::drift_not_shown && note.details.front() == "id";
  });
}

void Comparison::compare_devices(Finding& finding) {
  const Step& step = *finding.step;
  if (!bindings_.is_bound(step.for_each)) return leave_unbound(finding, *step.request);
  const Records* live = seen(finding, Call::device_list);
  if (live == nullptr) return;
  for (const std::string& address : bindings_.ids(step.for_each)) {
    const auto device = std::find_if(live->begin(), live->end(), [&](const Record& each) {
      return plain_address(each.one("macAddress")) == plain_address(address);
    });
    if (device == live->end()) {
      differ(finding, "macAddress", {address}, {});
    } else if (device->one("status") != "2") {
      differ_in_value(finding, address + " status", "2", {device->one("status")});
    }
  }
}

}  // namespace farol::dingtalk
