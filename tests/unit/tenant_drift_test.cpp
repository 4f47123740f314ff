// What changes in a tenant is told as just that, and as nothing else.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "driver/driver.h"
#include "support/farol.h"
#include "support/repository.h"
#include "support/simulated_tenant.h"
#include "target/dingtalk/drift.h"
#include "target/dingtalk/lower.h"
#include "target/dingtalk/tenant_export.h"
#include "target/dingtalk/what_to_collect.h"

namespace tenant_drift_test {

using namespace farol;
using testing::SimulatedTenant;
using Lines = std::vector<std::string>;

namespace {

const std::string policy = R"farol(farol 1
policy "Firm" { edition: exclusive }
use dingtalk 2026.12
tiers public < secret
store drive { on: dingtalk kind: folder }
store board { on: dingtalk kind: meeting }
data files: secret { store: drive }
data minutes: secret { store: board }
app crm
group talk { made_by_app: yes }
department sales
role staff { title: "员工" title.en: "Staff" }
role boss inherits staff { title: "老板" manages: sales }
role clerk { title: "文员" }
role seller { department: sales }
allow clerk, seller to contacts.see on all when reach is self or department
allow staff, boss to contacts.see on all
deny exactly staff to contacts.see on sales because "hidden"
deny everyone to contacts.see_mobile
allow boss to contacts.see_mobile on all because "they call"
deny everyone to contacts.reach_executives
allow boss to contacts.reach_executives because "they report"
allow boss, seller to drive.read on files
allow boss to drive.write on files
deny everyone to app.use
allow boss to app.use on crm because "they sell"
deny everyone to chat.post on talk because "quiet"
deny everyone to chat.ding on talk because "quiet"
deny everyone to scheduled.join_external on minutes because "inside"
deny everyone to scheduled.record_automatically on minutes because "inside"
allow boss to device.sign_in because "inside"
bind role staff to 20001
bind role boss to 20002
bind members boss to "u1,u2"
bind department sales to 10001
bind data files to "node-1"
bind store board to "meeting-1"
bind app crm to 1000
bind group talk to "cid+/a=="
bind tenant corp to "ding1"
bind tenant operator to "opU"
bind tenant role_group to 15
bind tenant executives to "ceo"
bind tenant devices_mac to "02:00:00:00:00:01"
)farol";

struct Setup {
  driver::Compilation compilation;
  dingtalk::AdminConfig config = dingtalk::lower(compilation.model, compilation.decisions).config;
  SimulatedTenant tenant{compilation.model};

  explicit Setup(const std::string& text = policy) : compilation(testing::compile_text(text)) {
    REQUIRE(compilation.may_write());
    tenant.apply(config);
  }

  // What the comparison tells, but for what agrees and what cannot be seen.
  [[nodiscard]] Lines drift(const std::string& exported) const {
    const auto read = dingtalk::read_export(exported);
    if (const auto* faults = std::get_if<std::vector<dingtalk::Fault>>(&read)) FAIL(faults->front().reason);
    const auto drift = dingtalk::compare(compilation.model, config, std::get<dingtalk::Tenant>(read));
    Lines lines;
    for (const dingtalk::Finding& finding : drift.findings) {
      const std::string name = finding.step != nullptr ? finding.step->target
                                                       : "bind " + finding.binding->kind + " " + finding.binding->name;
      for (const dingtalk::Difference& each : finding.differences)
        lines.push_back(fmt::format("{}: {} {} -> {}", name, each.what, fmt::join(each.wanted_only, ","),
                                    fmt::join(each.live_only, ",")));
    }
    for (const dingtalk::Extra& extra : drift.extras)
      lines.push_back(fmt::format("{}{} {}", extra.counts ? "+ " : "* ", base::identifier(extra.what.phrase),
                                  fmt::join(extra.what.details, " ")));
    CHECK(drift.is_clean() ==
          std::none_of(lines.begin(), lines.end(), [](const std::string& line) { return !line.starts_with("* "); }));
    return lines;
  }
  [[nodiscard]] Lines drift() { return drift(tenant.exported()); }

  // A rule of the address book by a part of its name.
  static SimulatedTenant::Json& rule(std::map<std::string, SimulatedTenant::Json>& rules, const std::string& name) {
    for (auto& [id, each] : rules) {
      if (each["name"].get<std::string>().find(name) != std::string::npos) return each;
    }
    FAIL("no rule ", name);
    return rules.begin()->second;
  }
};

struct Change {
  std::string name;
  std::function<void(SimulatedTenant&)> make;
  Lines told;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("what the steps make agrees with them") {
  Setup setup;
  CHECK(setup.drift() == Lines{});
  // Every kind of request is among them, so that every kind of change can be told.
  std::set<dingtalk::Call> calls;
  for (const dingtalk::Step& step : setup.config.steps) {
    if (step.request && !step.only_reads) calls.insert(step.request->call);
  }
  using dingtalk::Call;
  for (const Call call :
       {Call::role_add, Call::role_members_add, Call::role_scope_update, Call::contact_restrict, Call::contact_hide,
        Call::field_hide, Call::executive_protect, Call::file_inherit, Call::file_grant, Call::app_scope,
        Call::group_update, Call::meeting_update, Call::device_trust}) {
    CAPTURE(dingtalk::info(call).identifier);
    CHECK(calls.contains(call));
  }
}

TEST_CASE("the examples: what their steps make agrees with them") {
  for (const std::string folder : {"bank", "clinic", "construction", "shop"}) {
    CAPTURE(folder);
    base::MemoryFileSystem disk;
    driver::Options options;
    options.as_of = *base::parse_date(testing::today);
    for (const std::string& file : testing::list_repository("examples/" + folder, ".farol")) {
      disk.files[file] = testing::read_repository(file);
      options.load.paths.push_back(file);
    }
    const driver::Compilation compilation = driver::compile(disk, options);
    REQUIRE(compilation.may_write());
    const auto config = dingtalk::lower(compilation.model, compilation.decisions).config;
    SimulatedTenant simulated{compilation.model};
    simulated.apply(config);
    const auto read = dingtalk::read_export(simulated.exported(2));
    REQUIRE(std::holds_alternative<dingtalk::Tenant>(read));
    const auto drift = dingtalk::compare(compilation.model, config, std::get<dingtalk::Tenant>(read));
    CHECK(drift.is_clean());
    CHECK_FALSE(drift.findings.empty());
  }
}

TEST_CASE("each change is told as just that") {
  const std::vector<Change> changes = {
      {"member added to a role",
       [](auto& t) { t.state.roles["20002"].members["u9"]; },
       {"+ drift_extra_member u9 老板"}},
      {"member taken from a role",
       [](auto& t) { t.state.roles["20002"].members.erase("u2"); },
       {"role members 20002 #1: userIds u2 -> "}},
      {"department taken from what a member manages",
       [](auto& t) { t.state.roles["20002"].members["u1"].clear(); },
       {"role scope 20002: u1 dept_ids 10001 -> "}},
      {"member manages more",
       [](auto& t) { t.state.roles["20002"].members["u1"].insert("10009"); },
       {"role scope 20002: u1 dept_ids  -> 10009"}},
      {"bound role missing", [](auto& t) { t.state.roles.erase("20001"); }, {"bind role staff: id 20001 -> "}},
      {"bound role renamed",
       [](auto& t) { t.state.roles["20001"].name = "临时工"; },
       {"bind role staff: name 员工 -> 临时工"}},
      {"role has its name in another language", [](auto& t) { t.state.roles["20001"].name = "Staff"; }, {}},
      {"role that a step makes missing",
       [](auto& t) { std::erase_if(t.state.roles, [](const auto& each) { return each.second.name == "文员"; }); },
       {"role 文员: roleName 文员 -> "}},
      {"role of somebody else's",
       [](auto& t) {
         t.state.roles["30000"] = {"前台", "1", {}};
       },
       {"* drift_extra_role 前台 30000"}},
      {"department missing",
       [](auto& t) { t.state.departments.erase("10001"); },
       {"bind department sales: id 10001 -> "}},
      {"app missing", [](auto& t) { t.state.apps.erase("1000"); }, {"bind app crm: id 1000 -> "}},
      {"department hidden no longer",
       [](auto& t) { Setup::rule(t.hidings(), "hidden sales")["active"] = false; },
       {"contacts hidden sales: active true -> false"}},
      {"rule that hides is gone",
       [](auto& t) { t.hidings().clear(); },
       {"contacts hidden sales: name farol contacts hidden sales -> "}},
      {"hidden department seen by one more role",
       [](auto& t) { Setup::rule(t.hidings(), "hidden sales")["excludeTagIds"].push_back(20001); },
       {"contacts hidden sales: excludeTagIds  -> 20001 (员工)"}},
      {"visibility narrowed",
       [](auto& t) { Setup::rule(t.restrictions(), "DeptAndChild")["type"] = "onlySelf"; },
       {"contacts onlySelfDeptAndChild #1: type onlySelfDeptAndChild -> onlySelf"}},
      {"visibility widened to a role",
       [](auto& t) {
         Setup::rule(t.restrictions(), "DeptAndChild")["subjectDeptIds"] = SimulatedTenant::Json::array();
       },
       {"contacts onlySelfDeptAndChild #1: subjectDeptIds 10001 (sales) -> "}},
      {"search no longer restricted",
       [](auto& t) { Setup::rule(t.restrictions(), "DeptAndChild")["restrictInSearch"] = false; },
       {"contacts onlySelfDeptAndChild #1: restrictInSearch true -> false"}},
      {"another rule of the address book",
       [](auto& t) {
         t.restrictions()["9"] = {
             {"id", 9}, {"name", "手工"}, {"active", true}, {"type", "onlySelf"}, {"subjectTagIds", {20002}}};
       },
       {"+ drift_extra_rule 手工"}},
      {"another rule that is switched off",
       [](auto& t) {
         t.restrictions()["9"] = {
             {"id", 9}, {"name", "手工"}, {"active", false}, {"type", "onlySelf"}, {"subjectTagIds", {20002}}};
       },
       {}},
      {"field shown to one more role",
       [](auto& t) { t.fields().begin()->second["excludeTagIds"].push_back(20001); },
       {"fields contacts.see_mobile everybody #1: excludeTagIds  -> 20001 (员工)"}},
      {"other fields hidden",
       [](auto& t) { t.fields().begin()->second["hideFields"] = {"email"}; },
       {"fields contacts.see_mobile everybody #1: hideFields mobile -> email"}},
      {"executive reached by another role",
       [](auto& t) { t.state.executives["ceo"]["permitTagIds"].push_back(20001); },
       {"executives contacts.reach_executives: ceo permitTagIds, permitDeptIds, permitStaffIds  -> 20001 (员工)"}},
      {"executive no longer protected from calls",
       [](auto& t) {
         auto& scenes = t.state.executives["ceo"]["protectScenes"];
         scenes.erase(std::find(scenes.begin(), scenes.end(), "CALL"));
       },
       {"executives contacts.reach_executives: ceo protectScenes CALL -> "}},
      {"inheritance turned on again",
       [](auto& t) { t.state.inheritance["node-1"] = "PASS_ON"; },
       {"files data.files inheritance: inheritance BREAK -> PASS_ON"}},
      {"permission changed from READER to EDITOR",
       [](auto& t) { t.state.grants["node-1"]["DEPT 10001"] = {"EDITOR"}; },
       {"files data.files READER #1: DEPT 10001 READER -> EDITOR"}},
      {"permission taken away",
       [](auto& t) { t.state.grants["node-1"].erase("USER u1"); },
       {"files data.files EDITOR #1: USER u1 EDITOR -> "}},
      {"permission for somebody else",
       [](auto& t) { t.state.grants["node-1"]["USER u7"] = {"READER"}; },
       {"+ drift_extra_grant USER u7 READER node-1"}},
      {"app opened to everybody",
       [](auto& t) { t.state.apps["1000"].departments.insert("1"); },
       {"app crm #1: delDeptIds  -> 1"}},
      {"app opened to one more",
       [](auto& t) { t.state.apps["1000"].users.insert("u5"); },
       {"+ drift_extra_scope u5 1000"}},
      {"app closed to a role",
       [](auto& t) { t.state.apps["1000"].roles.clear(); },
       {"app crm #1: addRoleIds 20002 (老板) -> "}},
      {"app for administrators only",
       [](auto& t) { t.state.apps["1000"].administrators_only = true; },
       {"app crm #1: onlyAdminVisible false -> true"}},
      {"switch of a group off",
       [](auto& t) { t.state.groups_of_chat["cid+/a=="]["chat_banned_type"] = 0; },
       {"group talk: chat_banned_type 1 -> 0"}},
      {"switch of a group that no call shows",
       [](auto& t) { t.state.groups_of_chat["cid+/a=="]["only_admin_can_ding"] = 0; },
       {}},
      {"meeting opened",
       [](auto& t) { t.state.meetings["meeting-1"]["confAllowedCorpId"] = ""; },
       {"meeting board: confAllowedCorpId ding1 -> "}},
      {"device no longer trusted",
       [](auto& t) { t.state.devices["Mac"]["02:00:00:00:00:01"]["status"] = 3; },
       {"devices Mac: 02:00:00:00:00:01 status 2 -> 3"}},
      {"another trusted device",
       [](auto& t) {
         t.state.devices["Mac"]["02-00-00-00-00-0A"] = {{"status", 2}, {"userId", "0"}};
       },
       {"+ drift_extra_device 02-00-00-00-00-0A Mac"}},
      {"order changed", [](auto& t) { t.backwards = true; }, {}},
      {"time changed", [](auto& t) { t.time = "2031-02-03T04:05:06Z"; }, {}},
      {"fields that are not documented", [](auto& t) { t.has_unknown_fields = true; }, {}},
  };
  for (const Change& change : changes) {
    Setup setup;
    CAPTURE(change.name);
    change.make(setup.tenant);
    CHECK(setup.drift() == change.told);
    const auto in_pages = setup.drift(setup.tenant.exported(1));
    std::string told;
    for (const std::string& line : in_pages) told += line + "\n";
    INFO(told);
    CHECK(in_pages == change.told);
  }
  CHECK(changes.size() > 20);
}

TEST_CASE("a rule of the address book that another step makes is not taken for one's own") {
  Setup setup{replaced(policy, "deny everyone to contacts.reach_executives",
                       "deny everyone to contacts.see_email\nallow boss to contacts.see_email on all because \"they "
                       "write\"\ndeny everyone to contacts.reach_executives")};
  REQUIRE(setup.drift().empty());
  auto& rules = setup.tenant.fields();
  std::erase_if(rules, [](const auto& each) { return each.second["hideFields"] == SimulatedTenant::Json{"email"}; });
  REQUIRE(rules.size() == 1);
  // It says what the rule that is gone has said.
  rules.begin()->second["hideFields"] = {"email"};
  CHECK(setup.drift() ==
        Lines{"fields contacts.see_email everybody #1: name farol fields contacts.see_email everybody #1 -> ",
              "fields contacts.see_mobile everybody #1: hideFields mobile -> email"});
}

TEST_CASE("what a call does not answer cannot be seen, and is never taken for absent") {
  Setup setup;
  std::string exported = setup.tenant.exported();
  const auto unseen = [&](const std::string& text) {
    const auto read = dingtalk::read_export(text);
    REQUIRE(std::holds_alternative<dingtalk::Tenant>(read));
    std::size_t count = 0;
    for (const auto& finding :
         dingtalk::compare(setup.compilation.model, setup.config, std::get<dingtalk::Tenant>(read)).findings)
      count += finding.verdict == dingtalk::Verdict::unseen ? 1 : 0;
    return count;
  };
  const std::size_t before = unseen(exported);
  SUBCASE("the platform refuses it") {
    exported = replaced(exported, R"("response": {
        "hasMore": false,)",
                        R"("response": {"code": "Forbidden", "message": "no",
        "hasMore": false,)");
  }
  SUBCASE("the program fails") {
    const std::size_t at = exported.find("\"response\"", exported.find("contactHideSettings"));
    const std::size_t end = exported.find("\n      }", at);
    exported = exported.substr(0, at) + "\"error\": \"exit code 7\"" + exported.substr(end + 8);
  }
  SUBCASE("a page is missing") {
    const auto last = exported.rfind("\"hasMore\": false", exported.find("DeptAndChild"));
    exported = exported.substr(0, last) + "\"hasMore\": true" + exported.substr(last + 16);
  }
  CHECK(setup.drift(exported) == Lines{});
  CHECK(unseen(exported) > before);
}

TEST_CASE("which controls hit somebody stands beside the settings of security that no call shows") {
  const auto compilation = testing::compile_text(R"(farol 1
policy "Firm" { edition: exclusive }
use dingtalk 2026.12
role staff { title: "Staff" }
deny everyone to device.screenshot because "Patients are on the screen"
allow everyone to contacts.see on all
bind role staff to 20001
bind members staff to "u1,u2"
)");
  REQUIRE(compilation.may_write());
  const auto config = dingtalk::lower(compilation.model, compilation.decisions).config;
  // One of each role is asked about.
  std::vector<std::string> asked;
  for (const auto& call : dingtalk::what_to_collect(compilation.model, config)) {
    if (call.kind == dingtalk::Collected::Kind::request && call.request.call == dingtalk::Call::control_hits)
      asked.push_back(to_json(dingtalk::object(call.request.query)));
  }
  CHECK(asked == std::vector<std::string>{R"({"userId": "u1"})"});

  SimulatedTenant tenant{compilation.model};
  tenant.apply(config);
  tenant.state.roles["20001"].members = {{"u1", {}}, {"u2", {}}};
  const auto compare = [&] {
    const auto read = dingtalk::read_export(tenant.exported());
    REQUIRE(std::holds_alternative<dingtalk::Tenant>(read));
    return dingtalk::compare(compilation.model, config, std::get<dingtalk::Tenant>(read));
  };
  const auto told = [&](const dingtalk::Drift& drift) {
    Lines lines;
    for (const dingtalk::Finding& finding : drift.findings) {
      if (finding.step == nullptr || !dingtalk::is_security_control(*finding.step)) continue;
      CHECK(finding.verdict == dingtalk::Verdict::unseen);
      for (const dingtalk::Note& note : finding.unseen) {
        if (note.phrase != base::Phrase::drift_no_call)
          lines.push_back(fmt::format("{}", fmt::join(note.details, ": ")));
      }
    }
    return lines;
  };
  auto& answer = tenant.state.controls["u1"];
  const std::string name = "信息保护_截屏管控:生效中";
  answer = {{"success", true}, {"result", {{"controlStatus", 1}, {"controlList", {name}}}}};
  CHECK(told(compare()) == Lines{"u1: " + name});
  CHECK(compare().has_seen());
  // Whom none hits, and why.
  answer = {{"success", true},
            {"result", {{"controlStatus", 0}, {"reason", "主企业设置错误"}, {"controlList", Lines{}}}}};
  CHECK(told(compare()) == Lines{"u1: 主企业设置错误"});
  // A refusal shows nothing, and is no sign that none hits them.
  answer = {{"code", "Forbidden.AccessDenied.AccessTokenPermissionDenied"}, {"message", "no"}};
  CHECK(told(compare()).size() == 1);
  CHECK_FALSE(compare().has_seen());
}

TEST_CASE("confirmations stand beside what cannot be seen; the last one counts") {
  Setup setup;
  const auto console = std::find_if(setup.config.steps.begin(), setup.config.steps.end(),
                                    [](const auto& step) { return step.kind == dingtalk::StepKind::console; });
  REQUIRE(console != setup.config.steps.end());
  const auto read = dingtalk::read_export(setup.tenant.exported());
  const auto& live = std::get<dingtalk::Tenant>(read);
  const auto drift = dingtalk::compare(setup.compilation.model, setup.config, live,
                                       {{console->id, "Ana", "2026-01-01", true},
                                        {console->id, "Lin", "2026-11-01", false},
                                        {"s-gone", "Lin", "2026-11-01", false}});
  const std::string text =
      farol::document::render_text(document_of(drift, live, setup.compilation.model, setup.compilation.sources, {}));
  CHECK(text.find("last confirmed on 2026-11-01 by Lin") != std::string::npos);
  CHECK(text.find("Ana") == std::string::npos);
}

}  // namespace tenant_drift_test
