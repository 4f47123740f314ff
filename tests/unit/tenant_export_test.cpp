// Files that claim to be exports: all that is wrong is told at its place, and nothing is made of them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fmt/format.h>

#include "driver/driver.h"
#include "driver/tenant.h"
#include "support/farol.h"
#include "target/dingtalk/import_names.h"
#include "target/dingtalk/tenant_export.h"

namespace tenant_export_test {

using namespace farol;

namespace {

std::string exported(const std::string& calls) {
  return R"({"format": "farol-tenant-export", "version": 1, "collected": "2026-11-24T09:00:00Z", "calls": [)" + calls +
         "]}";
}
std::string roles(const std::string& list) {
  return R"({"method": "POST", "path": "/topapi/role/list", "query": null, "body": {"offset": 0, "size": 200}, "response": {"errcode": 0, "result": {"hasMore": false, "list": [)" +
         list + "]}}}";
}

std::vector<std::string> faults_of(const std::string& text) {
  const auto read = dingtalk::read_export(text);
  std::vector<std::string> reasons;
  if (const auto* faults = std::get_if<std::vector<dingtalk::Fault>>(&read)) {
    for (const dingtalk::Fault& fault : *faults) {
      CHECK(fault.offset <= text.size());
      reasons.push_back(fmt::format("{}: {}", fault.offset, fault.reason));
    }
  }
  return reasons;
}

const base::Date day = *base::parse_date(testing::today);

}  // namespace

TEST_CASE("an id is kept digit for digit, whatever its size") {
  const auto read = dingtalk::read_export(exported(roles(
      R"({"groupId": 1, "name": "g", "roles": [{"id": 9007199254740993, "name": "a"}, {"id": 18446744073709551617, "name": "b"}]})")));
  const auto& tenant = std::get<dingtalk::Tenant>(read);
  REQUIRE(tenant.roles.value);
  CHECK(tenant.roles.value->find("9007199254740993") != nullptr);
  CHECK(tenant.roles.value->find("18446744073709551617") != nullptr);
}

TEST_CASE("every prefix of an export is refused, and none crashes") {
  const std::string whole = exported(roles(R"({"groupId": 1, "name": "默认", "roles": [{"id": 2, "name": "a\"\n"}]})"));
  CHECK(faults_of(whole).empty());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto faults = faults_of(whole.substr(0, size));
    CAPTURE(size);
    CHECK_FALSE(faults.empty());
  }
}

TEST_CASE("what is wrong is told at its place, all of it at once") {
  const std::string text = exported(
      R"({"method": "DELETE", "path": "/topapi/role/list", "response": {}},
         {"method": "POST", "path": "/topapi/role/list", "response": {}, "error": "x"},
         {"method": "POST", "path": "/topapi/role/simplelist", "body": {}, "response": {}},
         {"method": "POST", "path": "/topapi/role/list", "respons": {}})");
  const auto faults = faults_of(text);
  REQUIRE(faults.size() == 3);
  CHECK(faults[0].ends_with("a call has either a `response` or an `error`"));
  CHECK(faults[1].ends_with("a call has no `respons`"));
  CHECK(faults[2].ends_with("a call has either a `response` or an `error`"));
}

TEST_CASE("a call of which nothing can be made is passed over, and told of") {
  const auto read = dingtalk::read_export(exported(
      R"({"method": "DELETE", "path": "/topapi/role/list", "response": {}},
         {"method": "POST", "path": "/topapi/role/simplelist", "body": {}, "response": {}},
         {"method": "POST", "path": "https://example.com/topapi/role/list", "response": {}},)" +
      roles(R"({"groupId": 1, "name": "g", "roles": [{"id": 2, "name": "a"}]})")));
  const auto& tenant = std::get<dingtalk::Tenant>(read);
  REQUIRE(tenant.passed_over.size() == 3);
  CHECK(tenant.passed_over[0].details.front() == "`DELETE /topapi/role/list` is no call that an export is made of");
  CHECK(tenant.passed_over[1].details.front() == "an id is missing here: `role_id`");
  CHECK(tenant.roles.value);
}

TEST_CASE("the hosts of both regions may stand before a path") {
  for (const char* host : {"https://api.dingtalk.com", "https://oapi.dingtalk.com", "https://api.dingtalk.io",
                           "https://oapi.dingtalk.io", ""}) {
    const auto read = dingtalk::read_export(exported(fmt::format(
        R"({{"method": "GET", "path": "{}/v1.0/microApp/allInnerApps", "response": {{"appList": []}}}})", host)));
    CHECK(std::get<dingtalk::Tenant>(read).records_of(dingtalk::Call::app_list).value);
  }
}

TEST_CASE("what says that it shows nothing, or shows something else, is not seen") {
  for (const char* answer : {"{}",
                             R"({"success":false})",
                             R"({"success":"false","list":[]})",
                             R"({"list":null})",
                             R"({"list":{}})",
                             R"({"list":[7]})",
                             R"({"list":[{"name":"without an id"}]})",
                             R"({"result":null})",
                             R"({"result":false,"list":[]})",
                             R"({"error":"unauthorized","list":[]})",
                             R"({"error":{"a":1},"list":[]})",
                             R"({"code":"Forbidden","requestid":"x"})",
                             R"({"code":403,"list":[]})",
                             R"({"errcode":"60011","list":[]})",
                             R"({"ok":true,"data":{"list":[]}})",
                             "[]",
                             "null",
                             "7",
                             R"("list")",
                             R"({"list":[{"id":1,"active":"false"}]})"}) {
    CAPTURE(answer);
    const auto read = dingtalk::read_export(exported(
        fmt::format(R"({{"method": "GET", "path": "/v1.0/contact/restrictions/settings", "response": {}}})", answer)));
    REQUIRE(std::holds_alternative<dingtalk::Tenant>(read));
    const auto& live = std::get<dingtalk::Tenant>(read).records_of(dingtalk::Call::contact_restrict_list);
    CHECK_FALSE(live.value);
    CHECK(live.why_not);
  }
  for (const char* answer :
       {R"({"list":[]})", R"({"code":"0","list":[]})", R"({"success":true,"result":true,"list":[]})",
        R"({"error":null,"list":[{"id":1,"active":false}]})"}) {
    CAPTURE(answer);
    const auto read = dingtalk::read_export(exported(
        fmt::format(R"({{"method": "GET", "path": "/v1.0/contact/restrictions/settings", "response": {}}})", answer)));
    CHECK(std::get<dingtalk::Tenant>(read).records_of(dingtalk::Call::contact_restrict_list).value);
  }
}

TEST_CASE("the permission code that a refusal names is told, however the refusal is written") {
  for (const char* call :
       {R"("response": {"code": "x", "message": "y", "accessdenieddetail": {"requiredScopes": ["A.B.Read", "C.D"]}})",
        R"("response": {"code": "x", "AccessDeniedDetail": {"RequiredScopes": ["A.B.Read", "C.D"]}})",
        R"("response": {"code": "x", "Data": "{\"requiredScopes\":[\"A.B.Read\",\"C.D\"]}"})",
        R"("error": "exit code 5: {\"requiredScopes\": [\"A.B.Read\", \"C.D\"]}")"}) {
    CAPTURE(call);
    const auto read = dingtalk::read_export(
        exported(fmt::format(R"({{"method": "GET", "path": "/v1.0/microApp/allInnerApps", {}}})", call)));
    const auto& live = std::get<dingtalk::Tenant>(read).records_of(dingtalk::Call::app_list);
    REQUIRE(live.why_not);
    CHECK(live.why_not->phrase == base::Phrase::drift_refused_scope);
    CHECK(live.why_not->details.back() == "A.B.Read, C.D");
  }
}

TEST_CASE("hostile files") {
  const auto first = [](const std::string& text) {
    const auto faults = faults_of(text);
    return faults.empty() ? std::string{} : faults.front();
  };
  CHECK(first("") != "");
  CHECK(first("[]").ends_with("an export is a list here, and not an object"));
  CHECK(first("{}").find("it is no export") != std::string::npos);
  CHECK(first(R"({"format": "farol-tenant-export", "version": 2, "calls": []})").find("reads version 1") !=
        std::string::npos);
  CHECK(first(R"({"format": "farol-tenant-export", "format": "x"})").find("comes twice in one object") !=
        std::string::npos);
  CHECK(first("{\"format\": \"\xFF\"}").find("not UTF-8") != std::string::npos);
  CHECK(first(std::string(100'000, '[')).find("nested deeper than") != std::string::npos);
  CHECK(first(exported("") + "x") != "");
  for (const auto& [odd, why] :
       {std::pair{R"({"groupId": {}, "name": 7, "roles": 5})", "`name`"},
        std::pair{R"({"groupId": 1, "name": "g", "roles": [{"id": "a\u0000b", "name": "x"}]})", "control character"},
        std::pair{R"({"groupId": 1.5, "name": "g", "roles": []})", "is no id"}}) {
    const auto read = dingtalk::read_export(exported(roles(odd)));
    const auto& seen = std::get<dingtalk::Tenant>(read).roles;
    REQUIRE(seen.why_not);
    CHECK(seen.why_not->details.front().find(why) != std::string::npos);
  }
}

TEST_CASE("a list that says it goes on, and does not, is not whole") {
  const std::string page =
      R"({"method": "GET", "path": "/v1.0/contact/restrictions/settings", "query": {"maxResults": 1)";
  const auto restrictions = [&](const std::string& calls) {
    return std::get<dingtalk::Tenant>(dingtalk::read_export(exported(calls)))
        .records_of(dingtalk::Call::contact_restrict_list);
  };
  const std::string one =
      page + R"(}, "response": {"hasMore": true, "nextToken": 5, "list": [{"id": 1, "active": true}]}})";
  const std::string two =
      page + R"(, "nextToken": 5}, "response": {"hasMore": false, "list": [{"id": 2, "active": true}]}})";
  CHECK_FALSE(restrictions(one).value);
  CHECK_FALSE(restrictions(two).value);
  CHECK(restrictions(two + "," + one).value->size() == 2);
  // Pages that lead to each other end, too.
  const std::string loop = page + R"(, "nextToken": 5}, "response": {"hasMore": true, "nextToken": 5, "list": []}})";
  CHECK_FALSE(restrictions(one + "," + loop).value);
}

TEST_CASE("ten thousand members") {
  std::string members;
  for (int i = 0; i < 10'000; ++i)
    members += fmt::format("{}{{\"userid\": \"user{}\", \"name\": \"n\"}}", i == 0 ? "" : ",", i);
  const std::string text = exported(
      roles(R"({"groupId": 1, "name": "g", "roles": [{"id": 20001, "name": "全员"}]})") +
      R"(,{"method": "POST", "path": "/topapi/role/simplelist", "body": {"role_id": 20001, "offset": 0, "size": 100}, "response": {"errcode": 0, "result": {"hasMore": false, "list": [)" +
      members + "]}}}");
  const auto imported = driver::import_policy(day, "t.json", text);
  REQUIRE(std::holds_alternative<driver::ImportedPolicy>(imported));
  const auto& policy = std::get<driver::ImportedPolicy>(imported).policy;
  CHECK(policy.find("user9999") != std::string::npos);
  CHECK(testing::compile_text(policy).may_write());
}

TEST_CASE("what is more than a policy is made of is refused, and not tried for minutes") {
  const auto problem_of = [](const std::string& name, const std::string& text) {
    const auto imported = driver::import_policy(day, name, text);
    const auto* bad = std::get_if<driver::BadFile>(&imported);
    return bad == nullptr ? std::string{} : sentence(bad->faults.front());
  };
  const auto tenant_with = [](std::size_t count, const std::string& more = {}) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i)
      list += fmt::format("{}{{\"id\": {}, \"name\": \"r{}\"}}", i == 0 ? "" : ",", i + 20001, i);
    return exported(roles(R"({"groupId": 1, "name": "g", "roles": [)" + list + "]}") + more);
  };
  CHECK(problem_of("t.json", tenant_with(5'000)).empty());
  CHECK(problem_of("t.json", tenant_with(5'001)).starts_with("t.json: the export names more than 5000 roles, folders"));
  // Of departments the first 500 are taken, and the others are a question, as before.
  std::string departments;
  for (std::size_t i = 0; i < 5'001; ++i) {
    departments +=
        fmt::format(R"(,{{"method": "POST", "path": "/topapi/v2/department/get", "body": {{"dept_id": {}}}, )"
                    R"("response": {{"errcode": 0, "result": {{"dept_id": {}}}}}}})",
                    i + 10'001, i + 10'001);
  }
  const std::string large = tenant_with(1, departments);
  CHECK(std::get<dingtalk::Tenant>(dingtalk::read_export(large)).records.at(dingtalk::Call::department_read).size() ==
        5'001);
  CHECK(problem_of("t.json", large).empty());
  std::string groups;
  for (std::size_t i = 0; i < 200; ++i) {
    groups += fmt::format(R"(,{{"method": "POST", "path": "/topapi/im/chat/scenegroup/get", "body": )"
                          R"({{"open_conversation_id": "cid{}=="}}, "response": {{"errcode": 0, "success": true, )"
                          R"("result": {{"title": "t", "management_options": {{"searchable": "0"}}}}}}}})",
                          i);
  }
  CHECK(problem_of("t.json", tenant_with(1'251, groups)).starts_with("t.json: 1251 roles and 200 departments"));

  std::string wide = "feature";
  for (int i = 0; i < 900; ++i) wide += fmt::format(",r{}", i);
  std::string rows;
  for (int i = 0; i < 600; ++i) rows += fmt::format("f{}\n", i);
  CHECK(problem_of("t.csv", wide + "\n" + rows) == "t.csv: the table has more than 500000 cells");
  std::string people = "姓名,工号,部门,角色\n";
  for (int i = 0; i < 1'000; ++i) people += fmt::format("n,{},d,{}{}\n", i, std::string(5'000, 'r'), i);
  CHECK(problem_of("t.csv", people).starts_with("t.csv: the policy that would be made of it is larger than 4 MiB"));
}

TEST_CASE("whatever a tenant calls its roles, the policy compiles") {
  const std::vector<std::string> names = {
      R"(a\"b)", R"(line\nend)", "role",          "everyone", "人事（部）",
      "",        "x/../y",       R"(\u202Eevil)", "mfa",      "A",
      "a",       "аdmin",        "admin",         "123",      "hr */ allow everyone to everything",
      "hr // x", "Zoé"};
  std::string list;
  int id = 20000;
  for (const std::string& name : names)
    list += fmt::format("{}{{\"id\": {}, \"name\": \"{}\"}}", list.empty() ? "" : ",", ++id, name);
  list += R"(,{"id": 9007199254740993, "name": "大"},{"id": "../x", "name": "路径"})";
  const auto imported =
      driver::import_policy(day, "t.json", exported(roles(R"({"groupId": 1, "name": "g", "roles": [)" + list + "]}")));
  REQUIRE(std::holds_alternative<driver::ImportedPolicy>(imported));
  const auto& result = std::get<driver::ImportedPolicy>(imported);
  const auto compilation = testing::compile_text(result.policy);
  CHECK(compilation.may_write());
  CHECK(compilation.model.roles.size() == names.size());
  CHECK(result.policy.find("9007199254740993") == std::string::npos);
  const auto asks = [&](const std::string& part) {
    return std::any_of(result.questions.begin(), result.questions.end(),
                       [&](const diag::Text& question) { return sentence(question).find(part) != std::string::npos; });
  };
  CHECK(asks("above 2^53"));
  CHECK(asks("is not made of digits alone"));
}

TEST_CASE("names") {
  dingtalk::Names names{[](const std::string& name) { return name == "role"; }};
  CHECK(names.make("人事部", "role") == "人事部");
  CHECK(names.make("人事部", "role") == "人事部_2");
  CHECK(names.make("Human Resources", "role") == "Human_Resources");
  CHECK(names.make("human_resources", "role") == "human_resources_2");
  CHECK(names.make("role", "role") == "role_2");
  CHECK(names.make("7/..", "department") == "department_1");
  CHECK(dingtalk::quoted_text("a\"b\\c\nd") == R"("a\"b\\c\nd")");
}

}  // namespace tenant_export_test
