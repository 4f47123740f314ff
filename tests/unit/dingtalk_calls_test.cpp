// The calls and the catalogue against what was collected from the vendor's client and documentation.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sema/schemas.h"
#include "sema_policy.h"
#include "support/repository.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/console_words.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/requests.h"
#include "target/dingtalk/step_kinds.h"
#include "target/dingtalk/tenant_fields.h"

namespace dingtalk_requests_test {

using namespace farol;
using Json = nlohmann::json;

namespace {

Json facts() {
  const std::string folder = testing::shared_folder();
  std::ifstream file(folder + "/facts/dingtalk-catalog.json");
  if (folder.empty() || !file) {
    fmt::print(
        "NOTE: left out: the vendor's fields and limits, because FAROL_SHARED has no facts/dingtalk-catalog.json\n");
    return {};
  }
  return Json::parse(file);
}

const Json* find_api(const Json& facts, const dingtalk::CallInfo& call) {
  for (const Json& api : facts["apis"]) {
    if (api["http"] == call.method && api["path"] == call.path) return &api;
  }
  return nullptr;
}

const testing::Policy& catalogue() {
  static const testing::Policy policy{"use dingtalk 2026.12\n"};
  return policy;
}

}  // namespace

TEST_CASE("every call that the vendor's client has: method, path, tier, permission code, page") {
  const Json known = facts();
  if (known.is_null()) return;
  for (const dingtalk::CallInfo& call : dingtalk::all_calls()) {
    CAPTURE(call.identifier);
    const Json* api = find_api(known, call);
    // The facts were collected before this one was found; tests/npm/dingtalk/send.mjs holds it to the client itself.
    if (!call.client.empty() && call.call != dingtalk::Call::app_list) REQUIRE(api != nullptr);
    if (api == nullptr) continue;
    if (!call.client.empty()) {
      CHECK((*api)["package"] == call.package());
      CHECK((*api)["method"] == call.function());
    }
    CHECK((*api)["tier"] == (call.tier == dingtalk::Tier::A ? "A-documented" : "B-sdk-only"));
    if (call.tier == dingtalk::Tier::B) {
      CHECK(call.permission_code.empty());
      continue;
    }
    CHECK((*api)["permissionScopes"][0] == call.permission_code);
    CHECK((*api)["publicDoc"][0] == "https://open.dingtalk.com/document/development/" + std::string(call.page));
  }
}

TEST_CASE("every call is in the table once, documented or of tier B, with pages only where it reads") {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const dingtalk::CallInfo& call : dingtalk::all_calls()) {
    CAPTURE(call.identifier);
    CHECK(seen.emplace(call.method, call.path).second);
    CHECK(&dingtalk::info(call.call) == &call);
    CHECK(call.page.empty() == (call.tier == dingtalk::Tier::B));
    CHECK(call.permission_code.empty() == call.page.empty());
    CHECK((call.page_size > 0) == (call.pages != dingtalk::Pages::none));
    if (call.effect == dingtalk::CallEffect::read) continue;
    CHECK(call.method != "GET");
    CHECK(call.pages == dingtalk::Pages::none);
    CHECK(call.about.empty());
  }
}

TEST_CASE("what the vendor's client lacks names its page, the sentence that was read there, and the day") {
  std::set<dingtalk::Call> without_client;
  for (const dingtalk::PageSays& page : dingtalk::all_pages()) {
    const dingtalk::CallInfo& call = dingtalk::info(page.call);
    CAPTURE(call.identifier);
    CHECK(dingtalk::address_of_page(call).starts_with("https://open.dingtalk.com/document/development/"));
    CHECK(page.sentence.ends_with("。"));
    const auto day = base::parse_date(page.day);
    REQUIRE(day);
    CHECK(base::to_string(*day) == page.day);
    // Of a call that the client has it lacks a part.
    CHECK(page.lacks.empty() == call.client.empty());
    if (page.lacks.empty()) CHECK(without_client.insert(page.call).second);
  }
  for (const dingtalk::CallInfo& call : dingtalk::all_calls()) {
    CAPTURE(call.identifier);
    CHECK(call.client.empty() == without_client.contains(call.call));
  }
}

TEST_CASE("menus and settings of the catalogue have a gloss for readers of other languages") {
  for (const model::Feature& feature : catalogue().model.features) {
    CAPTURE(feature.name);
    const auto enforcement = dingtalk::enforcement_of(catalogue().model, feature, model::KeptBy::nobody);
    CHECK(dingtalk::is_glossed(enforcement.menu));
    CHECK(dingtalk::is_glossed(enforcement.setting));
  }
  CHECK(dingtalk::gloss_of("钉钉管理后台 > 会议", base::Language::en) == "Admin console > Meetings");
  CHECK(dingtalk::gloss_of("商务开通后：第三方加密", base::Language::pt) ==
        "Depois de encomendado: Cifragem por terceiros");
  CHECK(dingtalk::gloss_of("会议", base::Language::zh_hant).empty());
  CHECK(dingtalk::gloss_of("Custom.OpFileAudit.Read", base::Language::en).empty());
  CHECK_FALSE(dingtalk::is_glossed("会议 > 没有"));
}

TEST_CASE("limits and values that the facts state") {
  const Json known = facts();
  if (known.is_null()) return;
  const auto note = [&](std::string_view method) {
    for (const Json& api : known["apis"]) {
      if (api["method"] == method) return api["note_en"].get<std::string>();
    }
    return std::string{};
  };
  const auto says = [](const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; };
  CHECK(says(note("updateContactRestrictSetting"),
             fmt::format("sum ≤ {}", dingtalk::subject_lists_of(dingtalk::Call::contact_restrict).most)));
  CHECK(says(note("updateSeniorSetting"),
             fmt::format("sum ≤ {}", dingtalk::subject_lists_of(dingtalk::Call::executive_protect).most)));
  CHECK(says(note("setMicroAppScope"), fmt::format("≤ {} a call each", dingtalk::limits::app_list)));
  CHECK(
      says(note("setMicroAppScope"), fmt::format("≤ {}", dingtalk::subject_lists_of(dingtalk::Call::app_scope).most)));
  for (const model::Feature& feature : catalogue().model.features) {
    CAPTURE(feature.name);
    const dingtalk::Enforcement enforcement =
        dingtalk::enforcement_of(catalogue().model, feature, model::KeptBy::nobody);
    std::string allowed_in;
    if (enforcement.request == "field_hiding") allowed_in = note("updateEmpAttrbuteVisibilitySetting");
    if (enforcement.request == "executive_mode") allowed_in = note("updateSeniorSetting");
    if (enforcement.request == "folder_role" || enforcement.request == "space_role") allowed_in = note("addPermission");
    if (allowed_in.empty()) continue;
    for (const dingtalk::Option& option : enforcement.options) CHECK(says(allowed_in, option.key));
  }
}

TEST_CASE(
    "what is sent and what is looked at are fields of the vendor's model, and the values those that it documents") {
  const Json known = facts();
  if (known.is_null()) return;
  std::size_t checked = 0;
  const auto has_field = [&](dingtalk::Call call, std::string_view path) {
    const dingtalk::CallInfo& info = dingtalk::info(call);
    if (info.client.empty()) return true;  // the vendor's client lacks the call, or the field
    const Json* api = find_api(known, info);
    REQUIRE(api != nullptr);
    ++checked;
    const std::string key{path.substr(0, path.find('.'))};
    for (const char* list : {"bodyParams", "queryParams"}) {
      if (std::any_of((*api)[list].begin(), (*api)[list].end(), [&](const Json& each) { return each == key; }))
        return true;
    }
    return false;
  };
  using dingtalk::Call;
  for (const Call call :
       {Call::contact_restrict, Call::contact_hide, Call::field_hide, Call::executive_protect, Call::app_scope}) {
    const dingtalk::SubjectLists& lists = dingtalk::subject_lists_of(call);
    for (const std::string_view key : {lists.roles, lists.departments, lists.people}) {
      CAPTURE(key);
      CHECK(has_field(call, key));
    }
  }
  for (const dingtalk::TenantField& field : dingtalk::all_fields()) {
    if (!field.set_by) continue;
    CAPTURE(field.wanted);
    CHECK(has_field(*field.set_by, field.wanted));
  }
  CHECK(checked > 40);
  CHECK_FALSE(has_field(Call::contact_restrict, "subjectTagsIds"));
  const auto note = [&](Call call) { return (*find_api(known, dingtalk::info(call)))["note_en"].get<std::string>(); };
  for (const char* type : {"onlySelf", "onlySelfDeptAndChild", "excludeNode"}) {
    CAPTURE(type);
    CHECK(note(Call::contact_restrict).find(type) != std::string::npos);
  }
  for (const char* how : {"BREAK", "PASS_ON"}) CHECK(note(Call::file_inherit).find(how) != std::string::npos);
  CHECK(note(Call::file_grant).find(fmt::format("≤ {}", dingtalk::limits::file_members)) != std::string::npos);
}

TEST_CASE("the switches of meetings are fields of the vendor's model") {
  const Json known = facts();
  if (known.is_null()) return;
  const Json* settings = nullptr;
  for (const Json& api : known["apis"]) {
    if (api["method"] != "updateScheduleConfSettings") continue;
    for (const Json& field : api["fields"]) {
      if (field["name"] == "scheduleConfSettingModel") settings = &field;
    }
  }
  REQUIRE(settings != nullptr);
  std::size_t checked = 0;
  for (const model::Feature& feature : catalogue().model.features) {
    const auto enforcement = dingtalk::enforcement_of(catalogue().model, feature, model::KeptBy::nobody);
    if (!enforcement.request.starts_with("meeting_")) continue;
    for (const dingtalk::Option& option : enforcement.options) {
      CAPTURE(option.key);
      const std::string path = "scheduleConfSettingModel." + option.key;
      const auto& pages = dingtalk::all_pages();
      const bool is_lacked = std::any_of(pages.begin(), pages.end(), [&](const dingtalk::PageSays& page) {
        return page.call == dingtalk::Call::meeting_update && path.starts_with(std::string(page.lacks) + ".");
      });
      const Json* here = settings;
      for (std::string rest = option.key; here != nullptr && !rest.empty();) {
        const std::string key = rest.substr(0, rest.find('.'));
        rest = rest.size() > key.size() ? rest.substr(key.size() + 1) : "";
        const Json* found = nullptr;
        for (const Json& field : (*here)["fields"]) {
          if (field["name"] == key) found = &field;
        }
        here = found;
      }
      // What is on the page of the call and not in the client's model is known to be so.
      CHECK((here == nullptr) == is_lacked);
      if (here == nullptr) continue;
      const std::string type = (*here)["type"];
      const bool fits = option.value.starts_with("$")                       ? type == "string"
                        : option.value == "true" || option.value == "false" ? type == "boolean"
                                                                            : type == "number";
      CHECK(fits);
      ++checked;
    }
  }
  CHECK(checked >= 7);
}

TEST_CASE("every feature of the catalogue says how it is enforced, in four languages") {
  const model::Model& model = catalogue().model;
  CHECK(catalogue().finding() == "");
  CHECK(model.features.size() >= 80);
  std::set<std::string> titles;
  for (const model::Feature& feature : model.features) {
    CAPTURE(feature.name);
    for (const std::string_view language : {"zh-Hans", "zh-Hant", "pt"}) {
      CAPTURE(language);
      const auto& translations = feature.title.by_language;
      CHECK(std::any_of(translations.begin(), translations.end(),
                        [&](const auto& each) { return each.first == language; }));
    }
    CHECK(titles.insert(feature.title.text).second);
    for (const std::string_view key : {"class", "since", "source", "confidence"}) {
      CAPTURE(key);
      CHECK_FALSE(dingtalk::word_of(feature, key).empty());
    }
    const auto enforcement = dingtalk::enforcement_of(model, feature, feature.kept_by);
    using model::KeptBy;
    CHECK((feature.kept_by != KeptBy::api || !enforcement.request.empty()));
    CHECK((feature.kept_by != KeptBy::console || !enforcement.menu.empty()));
    CHECK((feature.kept_by == KeptBy::nobody || feature.find("scope") != nullptr));
    CHECK(enforcement.menu.empty() == (feature.find("menu_confidence") == nullptr));
    // What the setting carries is a context of the catalogue.
    CHECK(enforcement.carries.size() == dingtalk::words_of(feature, "carries").size());
  }
}

TEST_CASE("a policy that is pinned to an older catalogue does not see what came later") {
  const testing::Policy older{"use dingtalk 2026.11\n"};
  CHECK(older.finding() == "");
  CHECK(older.model.features.size() == 48);
  CHECK_FALSE(older.model.find_feature("scheduled.join_external"));
  // What a setting carries may be a context that the policy cannot name yet.
  const auto see = dingtalk::enforcement_of(older.model, older.feature("contacts.see"), model::KeptBy::api);
  CHECK(see.carries.empty());
}

}  // namespace dingtalk_requests_test
