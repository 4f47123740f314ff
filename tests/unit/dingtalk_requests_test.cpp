// Every request that is made of random policies, and of what a tenant has beyond them, against the models of the
// vendor's client: fields, types, what is required, the values that its documentation lists, and limits.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apply/facts.h"
#include "support/farol.h"
#include "support/repository.h"
#include "support/simulated_tenant.h"
#include "support/tenant_policies.h"
#include "target/dingtalk/drift.h"
#include "target/dingtalk/lower.h"
#include "target/dingtalk/tenant_export.h"
#include "target/dingtalk/what_to_collect.h"

namespace dingtalk_bodies_test {

using namespace farol;
using Json = nlohmann::json;

namespace {

// The facts of the calls that the vendor's client has, by method and path.
std::map<std::string, Json> facts() {
  const std::string folder = testing::shared_folder();
  std::ifstream file(folder + "/facts/dingtalk-catalog.json");
  std::map<std::string, Json> found;
  if (folder.empty() || !file) {
    fmt::print("NOTE: left out: the fields of requests, because FAROL_SHARED has no facts/dingtalk-catalog.json\n");
    return found;
  }
  const Json all = Json::parse(file);
  for (const Json& api : all["apis"])
    found.emplace(api["http"].get<std::string>() + " " + api["path"].get<std::string>(), api);
  return found;
}

// An id that nothing binds yet stands as `{"bind": …}`, several as `{"joined": …}`.
bool is_open(const Json& value) { return value.is_object() && (value.contains("bind") || value.contains("joined")); }

bool has_type(const Json& value, std::string_view type) {
  if (is_open(value)) return true;
  if (type.ends_with("[]"))
    return value.is_array() && std::all_of(value.begin(), value.end(), [&](const Json& each) {
             return has_type(each, type.substr(0, type.size() - 2));
           });
  if (type == "string") return value.is_string();
  if (type == "number") return value.is_number_integer();
  if (type == "boolean") return value.is_boolean();
  return type == "object" && value.is_object();
}

// What is wrong with a part of a request by the fields of the model; empty: nothing.
std::string fault_in(const Json& sent, const Json& fields, const std::string& place, bool is_whole) {
  for (const auto& item : sent.items()) {
    const std::string& key = item.key();
    const Json& value = item.value();
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const Json& each) { return each["name"] == key; });
    if (field == fields.end()) return place + key + ": the model has no such field";
    const std::string type = (*field)["type"];
    if (!has_type(value, type)) return place + key + ": it is no " + type + ": " + value.dump();
    if (!field->contains("fields")) continue;
    for (const Json& each : value.is_array() ? value : Json::array({value})) {
      const std::string fault = is_open(each) ? "" : fault_in(each, (*field)["fields"], place + key + ".", true);
      if (!fault.empty()) return fault;
    }
  }
  for (const Json& field : fields) {
    if (is_whole && field["required"] == true && !sent.contains(field["name"]))
      return place + field["name"].get<std::string>() + ": it is required";
  }
  return {};
}

// The values that an example of the vendor's model lists: `0：取消锁定 1：锁定` are 0 and 1. Empty: it lists none.
std::set<std::string> listed_values(const Json& field) {
  std::set<std::string> values;
  if (!field.contains("example") || !field["example"].is_string()) return values;
  const auto example = field["example"].get<std::string>();
  constexpr std::string_view colon = "：";
  for (std::size_t at = example.find(colon); at != std::string::npos; at = example.find(colon, at + 1)) {
    std::size_t from = at;
    while (from > 0 && (std::isalnum(static_cast<unsigned char>(example[from - 1])) != 0 || example[from - 1] == '-' ||
                        example[from - 1] == '_'))
      --from;
    if (from < at) values.insert(example.substr(from, at - from));
  }
  return values;
}

// The first value of a request that is none of those which the model lists; empty: there is none.
std::string value_fault(const Json& sent, const Json& fields) {
  for (const Json& field : fields) {
    const auto value = sent.find(field["name"].get<std::string>());
    if (value == sent.end() || is_open(*value)) continue;
    if (field.contains("fields") && value->is_object()) {
      if (std::string fault = value_fault(*value, field["fields"]); !fault.empty()) return fault;
    }
    const std::set<std::string> listed = listed_values(field);
    if (listed.empty() || value->is_structured()) continue;
    const std::string word = value->is_string() ? value->get<std::string>() : value->dump();
    if (!listed.contains(word)) return field["name"].get<std::string>() + ": the model does not list " + word;
  }
  return {};
}

// Words that only some values may be. They are the vendor's if its documentation of the call has them.
std::string word_fault(const Json& body, const std::string& documentation) {
  static const std::set<std::string> keys = {"type",     "roleId",        "inheritance", "status",
                                             "platform", "protectScenes", "hideFields"};
  for (const auto& [key, value] : body.items()) {
    if (value.is_object() || (value.is_array() && !value.empty() && value.front().is_object())) {
      for (const Json& each : value.is_array() ? value : Json::array({value})) {
        if (const std::string fault = word_fault(each, documentation); !fault.empty()) return fault;
      }
    }
    if (!keys.contains(key)) continue;
    for (const Json& each : value.is_array() ? value : Json::array({value})) {
      const std::string word = each.is_string() ? each.get<std::string>() : each.dump();
      if (documentation.find(word) == std::string::npos) return key + ": the documentation does not have " + word;
    }
  }
  return {};
}

// The call whose documentation lists the words: what changes, takes away or lists a thing has those of what makes it.
dingtalk::Call call_with_words(dingtalk::Call call) {
  using dingtalk::Call;
  if (call == Call::file_change || call == Call::file_remove) return Call::file_grant;
  return call == Call::device_list ? Call::device_trust : call;
}

// A limit as the documentation of a call says it, and the lists that it is about, all together; or the number.
struct Limit {
  dingtalk::Call call;
  std::string_view said;  // the number stands behind it
  std::vector<const char*> lists;
};
const std::vector<Limit>& limits() {
  using dingtalk::Call;
  static const std::vector<Limit> all = {
      {Call::contact_restrict, "`subject*` lists: sum ≤ ", {"subjectTagIds", "subjectDeptIds", "subjectUserIds"}},
      {Call::contact_restrict, "`exclude*`: sum ≤ ", {"excludeTagIds", "excludeDeptIds", "excludeUserIds"}},
      {Call::contact_hide, "each list group ≤ ", {"objectTagIds", "objectDeptIds", "objectStaffIds"}},
      {Call::contact_hide, "each list group ≤ ", {"excludeTagIds", "excludeDeptIds", "excludeStaffIds"}},
      {Call::executive_protect, "`permit*` lists sum ≤ ", {"permitTagIds", "permitDeptIds", "permitStaffIds"}},
      {Call::file_grant, "`members` ≤ ", {"members"}},
      {Call::app_scope, "depts, roles ≤ ", {"addRoleIds"}},
      {Call::app_scope, "depts, roles ≤ ", {"addDeptIds"}},
      {Call::app_scope, "depts, roles ≤ ", {"addUserIds"}},
      {Call::app_scope, "depts, roles ≤ ", {"delRoleIds"}},
      {Call::app_scope, "depts, roles ≤ ", {"delDeptIds"}},
      {Call::app_scope, "depts, roles ≤ ", {"delUserIds"}},
      {Call::contact_restrict_list, "`maxResults` ≤ ", {"maxResults"}},
      {Call::contact_hide_list, "(≤ ", {"maxResults"}},
      {Call::field_hide_list, "; ≤ ", {"maxResults"}},
  };
  return all;
}

std::string limit_fault(dingtalk::Call call, const Json& sent, const std::string& documentation) {
  for (const Limit& limit : limits()) {
    if (limit.call != call) continue;
    const std::size_t at = documentation.find(limit.said);
    if (at == std::string::npos) return fmt::format("the documentation does not say `{}`", limit.said);
    const std::size_t most = std::stoul(documentation.substr(at + limit.said.size()));
    std::size_t size = 0;
    for (const char* list : limit.lists) {
      const auto found = sent.find(list);
      if (found == sent.end()) continue;
      size += found->is_number() ? found->get<std::size_t>() : found->size();
    }
    if (size > most) return fmt::format("{} of {}, {} at most", size, limit.lists.front(), most);
  }
  return {};
}

Json json_of(const dingtalk::Value::Object& object) { return Json::parse(to_json(dingtalk::object(object))); }

// All requests that come of a policy, and of a tenant in which another one was made.
std::vector<dingtalk::Request> requests_of(const driver::Compilation& policy, const dingtalk::AdminConfig& config,
                                           const dingtalk::Tenant& live, const std::string& exported,
                                           bool with_way_back) {
  std::vector<dingtalk::Request> requests;
  const auto add = [&](const std::optional<dingtalk::Request>& request) {
    if (request) requests.push_back(*request);
  };
  for (const dingtalk::Step& step : config.steps) add(step.request), add(step.check), add(step.undo_request);
  const dingtalk::Drift drift = dingtalk::compare(policy.model, config, live);
  for (const dingtalk::Finding& finding : drift.findings) {
    for (const dingtalk::Difference& difference : finding.differences) add(difference.change);
  }
  for (const dingtalk::Extra& extra : drift.extras) add(extra.take_away);
  for (const dingtalk::Collected& call : dingtalk::what_to_collect(policy.model, config)) {
    if (call.kind == dingtalk::Collected::Kind::request) requests.push_back(call.request);
  }
  if (!with_way_back) return requests;
  // And what brings back what each of them has changed.
  apply::Facts facts = apply::facts_of(live, exported);
  for (const dingtalk::Request& request : std::vector(requests)) {
    if (info(request.call).effect == dingtalk::CallEffect::read || !unbound(request).empty()) continue;
    const auto effects = apply::effects_of(request, facts);
    apply::come_about(effects, facts);
    for (auto& back : apply::restoring(effects, facts, {"operatorUnion", "manager4711", "ding0001"}).requests)
      requests.push_back(std::move(back.request));
  }
  return requests;
}

}  // namespace

TEST_CASE("what requests send are fields, types, values and numbers that the vendor's models and pages have") {
  const std::map<std::string, Json> known = facts();
  if (known.empty()) return;
  constexpr std::uint32_t policies = 150;
  std::map<std::string_view, std::size_t> checked;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    const auto policy = testing::compile_text(testing::tenant_policy(seed, testing::Bound::all));
    const auto other = testing::compile_text(testing::tenant_policy(seed + policies, testing::Bound::all));
    const auto config = dingtalk::lower(policy.model, policy.decisions).config;
    testing::SimulatedTenant tenant{other.model};
    tenant.apply(dingtalk::lower(other.model, other.decisions).config);
    // Somebody has been given more than any policy gives.
    for (auto& [node, members] : tenant.state.grants) {
      for (auto& [member, roles] : members) {
        if (seed % 3 == 0) roles = {"MANAGER"};
      }
    }
    const std::string exported = tenant.exported();
    const auto live = dingtalk::read_export(exported);
    for (const dingtalk::Request& request :
         requests_of(policy, config, std::get<dingtalk::Tenant>(live), exported, seed % 10 == 0)) {
      const dingtalk::CallInfo& call = info(request.call);
      const auto api = known.find(std::string(call.method) + " " + std::string(call.path));
      // The facts were collected before the client's method for the list of apps was found.
      if (page_in_place_of_client(request) != nullptr || request.call == dingtalk::Call::app_list) continue;
      REQUIRE(api != known.end());
      ++checked[call.identifier];
      const Json body = json_of(request.body), query = json_of(request.query);
      Json all = json_of(request.path);
      all.update(query);
      all.update(body);
      CAPTURE(seed);
      CAPTURE(call.identifier);
      CAPTURE(all.dump());
      // Parameters of the path are not among the fields.
      Json fields = api->second["fields"];
      for (const Json& parameter : api->second["pathParams"])
        fields.push_back({{"name", parameter}, {"type", "string"}, {"required", true}});
      CHECK(fault_in(all, fields, {}, true) == "");
      for (const auto& [part, list] : {std::pair{&body, "bodyParams"}, std::pair{&query, "queryParams"}}) {
        for (const auto& item : part->items())
          CHECK_MESSAGE(std::count(api->second[list].begin(), api->second[list].end(), item.key()) == 1, item.key());
      }
      const dingtalk::CallInfo& documented = info(call_with_words(request.call));
      const Json& words = known.at(std::string(documented.method) + " " + std::string(documented.path));
      CHECK(word_fault(body, words["note_en"]) == "");
      CHECK(value_fault(all, fields) == "");
      CHECK(limit_fault(documented.call, all, words["note_en"]) == "");
    }
  }
  for (const char* call :
       {"contact_restrict",  "contact_unrestrict", "field_hide",     "field_unhide",   "executive_protect",
        "file_inherit",      "file_grant",         "file_change",    "file_remove",    "file_list",
        "app_scope",         "meeting_update",     "device_trust",   "device_list",    "contact_restrict_list",
        "contact_hide_list", "field_hide_list",    "executive_read", "app_scope_read", "meeting_read"})
    CHECK_MESSAGE(checked[call] > 0, std::string(call));
  // What is not the vendor's is seen.
  using dingtalk::Call;
  const Json& restrict = known.at("PUT /v1.0/contact/restrictions/settings")["fields"];
  CHECK(fault_in({{"type", "onlySelf"}, {"subjectTagsIds", {1}}}, restrict, {}, true) != "");
  CHECK(fault_in({{"type", "onlySelf"}, {"subjectTagIds", {"1"}}}, restrict, {}, true) != "");
  CHECK(fault_in({{"subjectTagIds", {1}}}, restrict, {}, true) != "");
  const std::string note = known.at("PUT /v1.0/contact/restrictions/settings")["note_en"];
  CHECK(word_fault({{"type", "onlyFriends"}}, note) != "");
  CHECK(limit_fault(Call::contact_restrict, {{"excludeTagIds", Json(51, 1)}}, note) != "");
  CHECK(limit_fault(Call::contact_restrict, {{"excludeTagIds", Json(50, 1)}}, note) == "");
  CHECK(limit_fault(Call::contact_restrict, {}, "nothing of it") != "");
  const Json& meeting = known.at("PUT /v1.0/conference/scheduleConferences/settings")["fields"];
  CHECK(value_fault({{"scheduleConfSettingModel", {{"lockRoom", 2}}}}, meeting) != "");
  CHECK(value_fault({{"scheduleConfSettingModel", {{"lockRoom", 1}, {"muteOnJoin", -1}}}}, meeting) == "");
  std::size_t all = 0;
  for (const auto& [call, count] : checked) all += count;
  fmt::print("NOTE: {} requests of {} calls have the fields, types and values of the vendor's models\n", all,
             checked.size());
}

TEST_CASE("the catalogue has each area that its readers ask about") {
  const auto policy = testing::compile_text("farol 1\npolicy \"P\" { }\nuse dingtalk 2026.12\nrole staff\n");
  struct Area {
    std::string_view what;
    std::vector<std::string_view> features;
  };
  const std::array areas = {
      Area{"recordings",
           {"meeting.record", "recording.watch", "recording.download", "recording.share", "recording.share_external",
            "recording.delete", "scheduled.own_recording"}},
      Area{"minutes that AI makes",
           {"scheduled.summarise", "scheduled.start_summary", "scheduled.receive_minutes", "scheduled.share_minutes",
            "minutes.generate", "minutes.delete"}},
      Area{"departments in the address book", {"contacts.see"}},
      Area{"sub-administrators",
           {"admin.roles", "admin.members", "admin.security", "admin.delegate", "admin.apps", "attendance.export",
            "approval.export", "contacts.export"}},
      Area{"personnel", {"hr.see", "hr.edit", "hr.export", "hr.manage"}},
      Area{"calendars", {"calendar.see_busy", "calendar.see_titles", "calendar.see_details", "calendar.edit"}},
      Area{"groups", {"chat.post_file", "chat.ding", "chat.mention_all", "chat.join_unconfirmed", "chat.invite"}},
      Area{"what leaves by apps", {"app.add_webhook", "app.connect", "app.subscribe_events", "app.add_robot"}},
      Area{"leavers", {"admin.sign_out", "admin.disable", "admin.hand_over", "chat.stay_after_leaving"}},
      Area{"attendance managers", {"attendance.manage", "attendance.see_location"}},
      Area{"AI tables and assistants",
           {"table.read", "table.edit", "table.share", "table.manage", "assistant.create", "assistant.feed"}},
      Area{"outside the company", {"contacts.add_external", "contacts.see_external", "partner.see"}},
      Area{"announcements", {"notice.publish"}},
      Area{"approvals", {"approval.see_all", "approval.export", "approval.design"}},
      Area{"links and the default share", {"drive.share_link", "doc.open_to_company"}},
      Area{"codes of apps, and of the command line", {"app.grant_api", "app.command_line"}},
  };
  for (const Area& area : areas) {
    CAPTURE(area.what);
    for (const std::string_view feature : area.features)
      CHECK_MESSAGE(policy.model.find_feature(feature).has_value(), feature);
  }
}

}  // namespace dingtalk_bodies_test
