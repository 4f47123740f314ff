// permissions.json read back by another reader of JSON.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "sema_policy.h"
#include "target/dingtalk/lower.h"
#include "target/dingtalk/permissions_as_policy.h"
#include "target/dingtalk/permissions_document.h"
#include "target/dingtalk/permissions_file.h"
#include "target/dingtalk/permissions_of_policy.h"
#include "target/dingtalk/steps_of_policy.h"

namespace permissions_document_test {

using namespace farol;
using testing::Policy;
using Json = nlohmann::ordered_json;

namespace {

constexpr base::Date today{20780};

std::string document(const Policy& policy, base::Language language = base::Language::en) {
  const decide::Decisions decisions = decide::decide(policy.model, today);
  const auto [answers, config] = dingtalk::lower(policy.model, decisions);
  return to_json(dingtalk::permissions_of(policy.model, decisions, answers, config, {}, language, "1.2.3"));
}
std::string steps(const Policy& policy, base::Language language = base::Language::en) {
  const decide::Decisions decisions = decide::decide(policy.model, today);
  const auto config = dingtalk::lower(policy.model, decisions).config;
  return to_json(dingtalk::steps_of(policy.model, decisions, config, language, "1.2.3"));
}

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> found;
  for (const auto& [key, value] : object.items()) found.push_back(key);
  return found;
}
using Keys = std::vector<std::string>;

bool has(const Json& list, const Json& wanted) {
  return std::any_of(list.begin(), list.end(), [&](const Json& each) { return each == wanted; });
}

// The decisions for a role (null: whoever holds none) and a feature, each with the one answer that is about them.
std::vector<Json> entries(const Json& json, const Json& role, std::string_view feature) {
  std::vector<Json> found;
  for (const Json& decision : json["decisions"]) {
    for (const Json& answer : decision["answers"]) {
      if (!has(answer["roles"], role) || !has(answer["features"], feature)) continue;
      Json entry = decision;
      entry.erase("answers");
      for (const auto& [key, value] : answer.items()) entry[key] = value;
      found.push_back(std::move(entry));
    }
  }
  return found;
}

}  // namespace

TEST_CASE("keys in a fixed order, and what the document is in its language") {
  const std::string text = document(testing::in_world("allow staff to chat.send\n"));
  CHECK(text.ends_with("}\n"));
  const Json json = Json::parse(text);
  CHECK(keys(json) == Keys{"read_me",  "schema",  "generator", "as_of",      "language",    "policy",        "summary",
                           "settings", "tiers",   "data",      "things",     "features",    "contexts",      "controls",
                           "roles",    "default", "decisions", "ungoverned", "unsupported", "several_roles", "gaps"});
  CHECK(json["language"] == "en");
  const Json in_chinese = Json::parse(document(
      testing::in_world("allow staff to chat.send because \"w\" because.zh-Hant \"因\"\n"), base::Language::zh_hant));
  CHECK(in_chinese["language"] == "zh-Hant");
  CHECK(in_chinese["decisions"][0]["because"].dump() == "[\"因\"]");
  CHECK(in_chinese["read_me"][0] != json["read_me"][0]);
  CHECK(json["schema"] == "farol-permissions-2");
  CHECK(json["generator"].dump() == R"({"name":"farol","version":"1.2.3"})");
  CHECK(json["as_of"] == "2026-11-23");
  CHECK(json["default"] == "none");
}

TEST_CASE("one answer, with all its parts") {
  const Policy policy = testing::in_world(
      "deny staff to meeting.record\n"
      "minutes: allow manager to meeting.record on internal or below when device is managed "
      "requiring mfa until 2027-06-30\n"
      "  because \"Minutes\" because.zh-Hant \"會議記錄\" kept by \"the host\"\n");
  const Json json = Json::parse(document(policy));
  const Json step = Json::parse(steps(policy))["steps"].back();
  const auto found = entries(json, "manager", "meeting.record");
  REQUIRE(found.size() == 3);
  CHECK(found[0].dump() ==
        R"({"rules":["minutes"],"because":["Minutes"],"effect":"allow","when":[{"device":["managed"]}],)"
        R"("controls":["mfa"],"expires":"2027-06-30","roles":["manager"],"features":["meeting.record"],)" +
            fmt::format(R"("objects":["public","internal"],"kept_by":"people","reason":"nothing","steps":["{}"]}})",
                        step["id"].get<std::string>()));
  CHECK(step["kind"] == "people");
  CHECK(step["title"] == "meeting.record: the host sees to it");
  CHECK(found[1]["effect"] == "deny");
  CHECK(found[1]["when"].dump() == R"([{"device":["personal","unknown"]}])");
  CHECK(found[1]["expires"].is_null());
  CHECK(found[1]["because"].empty());
  CHECK(found[1]["rules"][0] == "deny staff to meeting.record");
  CHECK(found[1]["kept_by"] == "nobody");
  CHECK(found[2]["objects"].dump() == R"(["confidential"])");
  CHECK(found[2]["when"].dump() == "[{}]");
  CHECK(json["summary"].dump() ==
        R"({"rules":2,"permissions":4,"kept_by":{"api":0,"console":0,"people":1,"nobody":3,"withheld":0}})");
}

TEST_CASE("objects: nothing, data by itself, any other one, whoever holds no role") {
  const Json json =
      Json::parse(document(testing::in_world("allow everyone to chat.send\n"
                                             "allow staff to drive.read on confidential\n"
                                             "forbid guest to chat.post\n"
                                             "only manager to chat.post on talk because \"t\"\n")));
  REQUIRE(entries(json, nullptr, "chat.send").size() == 1);
  CHECK(entries(json, nullptr, "chat.send")[0]["objects"].empty());
  CHECK(entries(json, "staff", "drive.read")[0]["objects"].dump() == R"(["confidential","contracts"])");
  std::set<std::string> posts;
  for (const Json& entry : entries(json, "guest", "chat.post")) {
    for (const Json& object : entry["objects"]) posts.insert(object.get<std::string>());
  }
  CHECK(posts == std::set<std::string>{"talk", "any other group"});
  CHECK(json["things"].dump() == R"([{"name":"talk","kind":"group"}])");
}

TEST_CASE("a policy without tiers") {
  const Json json = Json::parse(document(
      Policy{"data contracts\nrole staff\nfeature drive.read { acts_on: data }\nallow staff to drive.read on all\n"}));
  CHECK(json["tiers"].empty());
  CHECK(json["data"][0]["tier"].is_null());
  CHECK(entries(json, "staff", "drive.read")[0]["objects"].dump() == R"(["any other data","contracts"])");
}

TEST_CASE("the vocabulary is what the policy uses") {
  const Json json =
      Json::parse(document(testing::in_world("allow staff to chat.send when device is managed\n"
                                             "require watermark for staff\n"
                                             "deny guest to meeting.join\n")));
  REQUIRE(json["contexts"].size() == 1);
  CHECK(json["contexts"][0]["name"] == "device");
  CHECK(json["contexts"][0]["values"][0].dump() == R"({"name":"managed"})");
  REQUIRE(json["controls"].size() == 1);
  CHECK(json["controls"][0]["of"] == "permission");
  REQUIRE(json["features"].size() == 2);
  CHECK(json["features"][0]["governed"] == true);
  CHECK(json["features"][1]["governed"] == false);
  CHECK(json["ungoverned"].dump() == R"(["chat.post","drive.read","drive.write","meeting.record"])");
}

TEST_CASE("the organisation and its roles") {
  const Policy policy{
      "policy \"Lotus\" { title.pt: \"Lótus\" jurisdiction: MO, HK sector: health headcount: 84 }\n"
      "tiers public < internal\n"
      "department front { title: \"Front desk\" }\n"
      "/// Everyone.\n"
      "role staff\n"
      "role hr inherits staff { clearance: internal department: \"Human Resources\", front admin: yes }\n"
      "role board { members: \"somebody\" }\n"};
  const Json json = Json::parse(document(policy));
  CHECK(json["policy"]["title"] == "Lotus");
  CHECK(Json::parse(document(policy, base::Language::pt))["policy"]["title"] == "Lótus");
  CHECK(json["policy"]["jurisdiction"].dump() == R"(["MO","HK"])");
  CHECK(json["policy"]["headcount"] == 84);
  CHECK(json["policy"]["edition"].is_null());
  CHECK(json["policy"]["digest"].get<std::string>().size() == 7 + 64);
  REQUIRE(json["roles"].size() == 3);
  CHECK(json["roles"][0]["subjects"].dump() == R"([{"kind":"users","name":null}])");
  CHECK(json["roles"][1].dump() ==
        R"({"name":"hr","inherits":["staff"],"subjects":[{"kind":"department","name":"Human Resources"},)"
        R"({"kind":"department","name":"Front desk"}],"clearance":"internal","admin":true})");
  CHECK(json["roles"][2]["doc"] == "Everyone.");
  CHECK(json["roles"][2]["subjects"].dump() == R"([{"kind":"role","name":"staff"}])");
}

TEST_CASE("as a policy it has the names and the bounds of the language") {
  using Document = dingtalk::PermissionsDocument;
  const auto problems_of = [](const Document& document) {
    const auto policy = dingtalk::as_policy(document);
    const auto* problems = std::get_if<dingtalk::NotPermissions>(&policy);
    return problems == nullptr ? std::string{} : fmt::format("{}", fmt::join(problems->problems, "; "));
  };
  const auto with_roles = [](std::vector<std::string> names) {
    Document document;
    for (std::string& name : names) document.roles.emplace_back().name = std::move(name);
    return document;
  };
  CHECK(problems_of(with_roles({"hr", "staff", "員工"})).empty());
  CHECK(problems_of(with_roles({"hr", "hr"})) == "roles: `hr` is there twice");
  CHECK(problems_of(with_roles({"hr", "HR"})) == "roles: `hr` and `HR` differ by their case alone");
  CHECK(problems_of(with_roles({""})) == "roles: a name is empty");
  CHECK(problems_of(with_roles({"a\n::error::x"})) ==
        "roles: the name `a ::error::x` has characters that are not seen");
  CHECK(problems_of(with_roles({"a\u202E"})) == "roles: the name `a ` has characters that are not seen");
  CHECK(problems_of(with_roles({" a"})) == "roles: the name ` a` has characters that are not seen");
  CHECK(problems_of(with_roles({"e\u0301"})) == "roles: the name `e\u0301` is not in normal form C");

  Document twins;
  twins.tiers.resize(2);
  twins.tiers[0].name = twins.tiers[1].name = "secret";
  twins.features.resize(2);
  twins.features[0].name = twins.features[1].name = "f";
  twins.contexts.resize(1);
  twins.contexts[0].name = "net";
  twins.contexts[0].values.resize(2);
  twins.contexts[0].values[0].name = twins.contexts[0].values[1].name = "office";
  CHECK(problems_of(twins) ==
        "tiers: `secret` is there twice; features: `f` is there twice; contexts: `office` is there twice");

  Document circle = with_roles({"a", "b"});
  circle.roles[0].inherits = {"b"};
  circle.roles[1].inherits = {"a"};
  CHECK(problems_of(circle) == "roles: `a` inherits itself");

  Document many;
  many.features.emplace_back().name = "f";
  many.decisions.resize(1);
  many.decisions.front().answers.resize(1);
  many.decisions.front().answers.front().features = {"f"};
  many.decisions.front().answers.front().roles.resize(1);
  many.decisions.front().when.resize(4096);
  CHECK(problems_of(many).empty());
  many.decisions.front().when.resize(4097);
  CHECK(problems_of(many) == "decisions[0]: more than 4096 alternatives of `when`");

  Document without_tiers;
  without_tiers.data.emplace_back().name = "files";
  CHECK(problems_of(without_tiers).empty());
}

TEST_CASE("equal policies give equal bytes") {
  const std::string a =
      document(testing::in_world("allow staff to chat.send\nforbid guest to drive.* on confidential\n"));
  const std::string b = document(
      testing::in_world("\n// moved\nforbid guest   to drive.* on confidential\n\nallow staff to chat.send\n"));
  CHECK(a == b);
  CHECK(a != document(testing::in_world("allow staff to chat.send\n")));
}

}  // namespace permissions_document_test
