// Every request that is made of random policies, and of what a tenant has beyond them, against the models of the
// vendor's client: fields, types, what is required, the values that its documentation lists, and limits.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
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

#include "support/farol.h"
#include "support/repository.h"
#include "support/simulated_tenant.h"
#include "support/tenant_policies.h"
#include "target/dingtalk/drift.h"
#include "target/dingtalk/lower.h"
#include "target/dingtalk/tenant_export.h"

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

// Words that only some values may be. They are the vendor's if its documentation of the call has them.
std::string word_fault(const Json& body, const std::string& documentation) {
  static const std::set<std::string> keys = {"type",     "roleId",        "inheritance",
                                             "platform", "protectScenes", "hideFields"};
  for (const auto& [key, value] : body.items()) {
    if (value.is_object() || (value.is_array() && !value.empty() && value.front().is_object())) {
      for (const Json& each : value.is_array() ? value : Json::array({value})) {
        if (const std::string fault = word_fault(each, documentation); !fault.empty()) return fault;
      }
    }
    if (!keys.contains(key)) continue;
    for (const Json& each : value.is_array() ? value : Json::array({value})) {
      const std::string word = each.get<std::string>();
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

std::size_t size_of(const Json& body, std::initializer_list<const char*> lists) {
  std::size_t size = 0;
  for (const char* list : lists) size += body.contains(list) ? body[list].size() : 0;
  return size;
}

std::string limit_fault(dingtalk::Call call, const Json& body) {
  using dingtalk::Call;
  const auto over = [](std::size_t size, std::size_t most, std::string_view what) {
    return size > most ? fmt::format("{} {}, {} at most", size, what, most) : std::string{};
  };
  switch (call) {
    case Call::file_grant:
    case Call::file_change:
    case Call::file_remove: return over(body["members"].size(), 30, "members");
    case Call::contact_restrict: {
      const std::string subjects =
          over(size_of(body, {"subjectTagIds", "subjectDeptIds", "subjectUserIds"}), 50, "subjects");
      return subjects.empty()
                 ? over(size_of(body, {"excludeTagIds", "excludeDeptIds", "excludeUserIds"}), 50, "excluded")
                 : subjects;
    }
    case Call::app_scope: {
      std::string fault;
      for (const auto& [key, list] : body.items()) {
        if (list.is_array() && fault.empty()) fault = over(list.size(), 100, key);
      }
      return fault;
    }
    default: return {};
  }
}

Json json_of(const dingtalk::Value::Object& object) { return Json::parse(to_json(dingtalk::object(object))); }

// All requests that come of a policy, and of a tenant in which another one was made.
std::vector<dingtalk::Request> requests_of(const driver::Compilation& policy, const dingtalk::AdminConfig& config,
                                           const dingtalk::Tenant& live) {
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
    const auto live = dingtalk::read_export(tenant.exported());
    for (const dingtalk::Request& request : requests_of(policy, config, std::get<dingtalk::Tenant>(live))) {
      const dingtalk::CallInfo& call = info(request.call);
      const auto api = known.find(std::string(call.method) + " " + std::string(call.path));
      if (call.client.empty()) continue;
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
      CHECK(limit_fault(request.call, body) == "");
    }
  }
  for (const char* call :
       {"contact_restrict", "contact_unrestrict", "field_hide", "field_unhide", "executive_protect", "file_inherit",
        "file_grant", "file_remove", "file_list", "app_scope", "meeting_update", "device_trust"})
    CHECK_MESSAGE(checked[call] > 0, call);
  // What is not the vendor's is seen.
  const Json& restrict = known.at("PUT /v1.0/contact/restrictions/settings")["fields"];
  CHECK(fault_in({{"type", "onlySelf"}, {"subjectTagsIds", {1}}}, restrict, {}, true) != "");
  CHECK(fault_in({{"type", "onlySelf"}, {"subjectTagIds", {"1"}}}, restrict, {}, true) != "");
  CHECK(fault_in({{"subjectTagIds", {1}}}, restrict, {}, true) != "");
  CHECK(word_fault({{"type", "onlyFriends"}}, known.at("PUT /v1.0/contact/restrictions/settings")["note_en"]) != "");
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
