// `farol apply` against a simulated tenant: what it does where all goes well, and every bad input.
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "apply/facts.h"
#include "base/write_ahead.h"
#include "target/dingtalk/calls.h"
#include "world.h"

namespace apply_tests {
namespace {

using Fault = farol::testing::HttpTenant::Fault;

std::string role_named(const farol::testing::HttpTenant& tenant, const std::string& name) {
  for (const auto& [id, role] : tenant.state.roles) {
    if (role.name == name) return id;
  }
  return {};
}

}  // namespace

TEST_CASE("a plan sends nothing, and says what it would send") {
  World world{small_policy()};
  fill(world.tenant);
  const Outcome plan = world.apply({});
  INFO(plan.out, plan.err);
  CHECK(plan.exit == 0);
  CHECK(world.tenant.changes == 0);
  CHECK(world.tenant.problems.empty());
  CHECK(plan.out.find("permission of USER u9 on node-1 (files): EDITOR -> nothing") != std::string::npos);
  CHECK(plan.out.find("permission of USER u1 on node-1 (files): MANAGER -> READER") != std::string::npos);
}

TEST_CASE("a plan and a run are told in four languages, as far as Farol says them") {
  struct Said {
    const char *language, *plan, *run, *wrong;
  };
  for (const Said& said : {Said{"zh-Hant", "USER u9 對 node-1（files） 的權限：EDITOR -> 沒有",
                                "在接口可查看的範圍內，租戶與政策一致", "沒有被中斷的執行"},
                           Said{"zh-Hans", "USER u9 对 node-1（files） 的权限：EDITOR -> 没有",
                                "在接口可查看的范围内，租户与政策一致", "没有被中断的执行"},
                           Said{"pt", "permissão de USER u9 em node-1 (files): EDITOR -> nada",
                                "a organização tem o que a política diz", "nenhuma execução em"}}) {
    CAPTURE(said.language);
    World world{small_policy()};
    fill(world.tenant);
    const std::vector<std::string> in{"--lang", said.language};
    const Outcome plan = world.apply({"-o", world.path("plan.json"), in[0], in[1]});
    CHECK_MESSAGE(plan.out.find(said.plan) != std::string::npos, plan.out);
    const Outcome run = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant", in[0], in[1]});
    CHECK_MESSAGE(run.out.find(said.run) != std::string::npos, run.out, run.err);
    const Outcome wrong = world.apply({"--resume", in[0], in[1]});
    CHECK_MESSAGE(wrong.err.find(said.wrong) != std::string::npos, wrong.err);
    // No English is left but the platform's words and ids.
    for (const char* word : {"sending", "nothing", "there", "calls", "take away", "confirmed", "bound", "wrote"})
      CHECK_MESSAGE((plan.out + run.out + run.err).find(word) == std::string::npos, word);
  }
}

TEST_CASE("what is confirmed is sent, seen, bound and signed, and then there is nothing left to do") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  // Taking away asks for the name of the tenant.
  const Outcome nameless = world.apply({"--confirm", world.path("plan.json")});
  CHECK(nameless.exit == 2);
  CHECK(world.tenant.changes == 0);
  const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
  INFO(sent.out, sent.err);
  CHECK(sent.exit == 0);
  CHECK(world.tenant.problems.empty());
  const auto& grants = world.tenant.state.grants["node-1"];
  CHECK(grants.at("USER u1") == std::set<std::string>{"READER"});
  CHECK_FALSE(grants.contains("USER u9"));
  CHECK(grants.at("USER op") == std::set<std::string>{"OWNER"});
  CHECK(world.tenant.state.inheritance["node-1"] == "BREAK");
  const std::string boss = role_named(world.tenant, "Boss");
  REQUIRE_FALSE(boss.empty());
  CHECK(world.tenant.state.apps["1000111"].roles == std::set<std::string>{boss});
  CHECK(world.tenant.state.apps["1000111"].departments.empty());
  CHECK(world.read("ids.farol").find("bind role boss to " + boss) != std::string::npos);
  CHECK(world.read("confirmations.csv").find("farol apply") != std::string::npos);
  const Outcome again = world.apply({});
  INFO(again.out, again.err);
  CHECK(again.out.find("0 to make, 0 to change, 0 to take away") != std::string::npos);
  // No secret and no token lands in a file or on the screen.
  const std::string journal = world.read("farol-runs/" + run_of(sent) + ".jsonl");
  REQUIRE(journal.find("finished") != std::string::npos);
  for (const std::string& text : {journal, world.read("plan.json"), sent.out, sent.err}) {
    CHECK(text.find("secret-of") == std::string::npos);
    CHECK(text.find("token-") == std::string::npos);
  }
}

TEST_CASE("a run is undone to what was there before") {
  World world{small_policy()};
  fill(world.tenant);
  const std::string before = seen_by_people(world.tenant.state);
  const Outcome sent = world.plan_and_send();
  REQUIRE(sent.exit == 0);
  CHECK(seen_by_people(world.tenant.state) != before);
  const Outcome plan = world.apply({"--undo", run_of(sent), "-o", world.path("back.json")});
  INFO(plan.out, plan.err);
  REQUIRE(plan.exit == 0);
  const Outcome undone = world.apply({"--confirm", world.path("back.json"), "--tenant", "Tenant"});
  INFO(undone.out, undone.err);
  CHECK(undone.exit == 0);
  CHECK(seen_by_people(world.tenant.state) == before);
}

TEST_CASE("a rule of the address book that differs in several ways is changed by one request, and brought back") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.plan_and_send().exit == 0);
  const std::string wanted = seen_by_people(world.tenant.state);
  auto& rules = world.tenant.state.rules["/v1.0/contact/staffAttributes/visibilitySettings"];
  REQUIRE(rules.size() == 1);
  // Somebody has let two departments see the field, and has switched the rule off.
  auto& rule = rules.begin()->second;
  rule["excludeDeptIds"] = {10001, 10002};
  rule["active"] = false;
  const std::string before = seen_by_people(world.tenant.state);
  const Outcome sent = world.plan_and_send();
  INFO(sent.out, sent.err);
  CHECK(sent.exit == 0);
  CHECK(sent.out.find("1 done, 0 refused, 0 left") != std::string::npos);
  CHECK(seen_by_people(world.tenant.state) == wanted);
  REQUIRE(world.apply({"--undo", run_of(sent), "-o", world.path("back.json")}).exit == 0);
  CHECK(world.apply({"--confirm", world.path("back.json"), "--tenant", "Tenant"}).exit == 0);
  CHECK(seen_by_people(world.tenant.state) == before);
}

TEST_CASE("a rule that is made again has no switches that its list did not show, and that is said") {
  using namespace farol;
  const std::string list{info(dingtalk::Call::contact_hide_list).identifier};
  const apply::Effect removed{
      {"rule", list, "7"}, apply::Fact{{"id", "7"}, {"name", "hides"}, {"objectDeptIds", "1"}}, std::nullopt};
  const apply::Restoring back = apply::restoring({removed}, {}, {});
  CHECK(back.requests.size() == 1);
  std::vector<apply::Thing> lost;
  for (const auto& each : back.lost) lost.push_back(each.thing);
  CHECK(lost == std::vector<apply::Thing>{{"switch", list, "hides", "hideInSearch"},
                                          {"switch", list, "hides", "hideInUserProfile"}});
}

TEST_CASE("nothing is sent where something has moved since the plan") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  SUBCASE("the tenant") {
    world.tenant.state.grants["node-1"]["USER u8"] = {"READER"};
    const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
    CHECK(sent.exit == 1);
    CHECK(sent.err.find("it has moved since the plan was made") != std::string::npos);
  }
  SUBCASE("the policy") {
    world.write("policy.farol", small_policy() + "allow staff to app.use on orders\n");
    const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
    CHECK(sent.exit != 0);
  }
  SUBCASE("the policy, to one that is sound as well") {
    world.write("policy.farol", small_policy() + "allow staff to contacts.see_email on all\n");
    const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
    CHECK(sent.exit == 2);
    CHECK(sent.err.find("from another policy") != std::string::npos);
  }
  SUBCASE("the plan is for another tenant") {
    std::string plan = world.read("plan.json");
    const std::string corp = "\"corp\": \"ding1\"";
    plan.replace(plan.find(corp), corp.size(), "\"corp\": \"ding2\"");
    world.write("plan.json", plan);
    const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
    CHECK(sent.exit == 2);
    CHECK(sent.err.find("ding2") != std::string::npos);
  }
  SUBCASE("the hour") {
    world.now += 3601;
    const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
    CHECK(sent.exit == 2);
    CHECK(sent.err.find("plan.json") != std::string::npos);
  }
  SUBCASE("half of the file is gone") {
    const std::string plan = world.read("plan.json");
    world.write("plan.json", plan.substr(0, plan.size() / 2));
    CHECK(world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"}).exit == 2);
  }
  CHECK(world.tenant.changes == 0);
}

TEST_CASE("who may not send is told why") {
  World world{small_policy()};
  fill(world.tenant);
  std::string said;
  const auto fails = [&] {
    const Outcome outcome = world.apply({"-o", world.path("plan.json")});
    said = outcome.err;
    return outcome.exit == 2 && world.tenant.changes == 0 && world.tenant.requests == 0;
  };
  SUBCASE("an app of another organisation") {
    world.tenant.corp = "ding2";
    CHECK(fails());
    CHECK(said.find("the platform gives no token for the organisation ding1") != std::string::npos);
  }
  SUBCASE("a secret that is not the app's") {
    world.app_secret = "expired";
    CHECK(fails());
    CHECK(said.find("invalid.client") != std::string::npos);
  }
  SUBCASE("no secret") {
    world.app_secret.clear();
    CHECK(fails());
    CHECK(said.find("DWS_CLIENT_SECRET") != std::string::npos);
  }
  SUBCASE("a secret that others can read") {
    world.write("app.env", "DWS_CLIENT_ID=dingapp\nDWS_CLIENT_SECRET=secret-of-the-app\n");
    const Outcome outcome = world.apply({"--credentials", world.path("app.env")});
    CHECK(outcome.exit == 2);
    CHECK(outcome.err.find("chmod 600") != std::string::npos);
  }
  SUBCASE("a server that is not on this machine") {
    const Outcome outcome = world.apply({"--server", "http://192.0.2.1:80"});
    CHECK(outcome.exit == 2);
  }
}

TEST_CASE("a refusal names the permission code that the app lacks, and is not taken for agreement") {
  World world{small_policy()};
  fill(world.tenant);
  const std::size_t calls = 10;
  std::size_t unseen = 0;
  for (std::size_t refused = 1; refused <= calls; ++refused) {
    const std::size_t first = world.tenant.requests;
    world.tenant.fault = [=](std::size_t number, bool) {
      return number == first + refused ? Fault::refuse : Fault::none;
    };
    const Outcome plan = world.apply({});
    INFO(plan.out, plan.err);
    unseen += plan.exit == 3 ? 1 : 0;
    if (plan.exit == 3) CHECK(plan.out.find("lacks the permission code Some.Code") != std::string::npos);
  }
  CHECK(unseen >= 4);
}

TEST_CASE("calls that come too often wait and come again") {
  World world{small_policy()};
  fill(world.tenant);
  world.tenant.fault = [](std::size_t number, bool) { return number % 3 == 0 ? Fault::too_often : Fault::none; };
  const Outcome sent = world.plan_and_send();
  INFO(sent.out, sent.err);
  CHECK(sent.exit == 0);
  for (const auto& made : world.tenant.made) CHECK_MESSAGE(made.second == 1, made.first);
}

TEST_CASE("the calls of a month are used up: it stops, and goes on in the next one") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  const std::size_t reads = 5000 - world.tenant.month;
  world.tenant.month = reads + 2;
  const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
  INFO(sent.out, sent.err);
  CHECK(sent.exit == 3);
  CHECK(sent.err.find("used up") != std::string::npos);
  world.tenant.month = 5000;
  const Outcome rest = world.resume_to_the_end();
  INFO(rest.out, rest.err);
  CHECK(rest.exit == 0);
}

TEST_CASE("lists that are late are asked again") {
  World world{small_policy()};
  fill(world.tenant);
  world.tenant.late = 4;
  const Outcome sent = world.plan_and_send();
  INFO(sent.out, sent.err);
  CHECK(sent.exit == 0);
}

TEST_CASE("a server that lies about success is found out, whatever it lies about") {
  std::size_t all = 0;
  {
    World world{small_policy()};
    fill(world.tenant);
    REQUIRE(world.plan_and_send().exit == 0);
    all = world.tenant.changes;
  }
  for (std::size_t lie = 0; lie < all; ++lie) {
    CAPTURE(lie);
    World world{small_policy()};
    fill(world.tenant);
    bool has_lied = false;
    world.tenant.fault = [&](std::size_t, bool changes) {
      return changes && world.tenant.changes == lie && !std::exchange(has_lied, true) ? Fault::lie : Fault::none;
    };
    const Outcome sent = world.plan_and_send();
    INFO(sent.out, sent.err);
    CHECK(sent.exit == 3);
    CHECK(sent.out.find("not seen") != std::string::npos);
    CHECK(world.read("farol-runs/" + run_of(sent) + ".jsonl").find("finished") == std::string::npos);
  }
}

TEST_CASE("who makes the changes goes on managing what they manage") {
  std::string policy = small_policy();
  policy.replace(policy.find("\"u1,u2\""), 7, "\"u1,op\"");
  World world{policy};
  fill(world.tenant);
  SUBCASE("an owner agrees with whatever the policy gives") {
    CHECK(world.plan_and_send().exit == 0);
    CHECK(world.tenant.state.grants["node-1"]["USER op"] == std::set<std::string>{"OWNER"});
  }
  SUBCASE("and who is to have less than managing it is named, and stays") {
    world.tenant.state.grants["node-1"]["USER op"] = {"MANAGER"};
    const Outcome sent = world.plan_and_send();
    INFO(sent.out, sent.err);
    CHECK(sent.exit == 1);
    CHECK(sent.out.find("op makes the changes, and goes on managing it") != std::string::npos);
    CHECK(world.tenant.state.grants["node-1"]["USER op"] == std::set<std::string>{"MANAGER"});
    CHECK(world.tenant.state.grants["node-1"]["USER u1"] == std::set<std::string>{"READER"});
  }
}

TEST_CASE("a plan back names what it cannot bring back") {
  World world{small_policy()};
  fill(world.tenant);
  const Outcome sent = world.plan_and_send();
  REQUIRE(sent.exit == 0);
  const Outcome plan = world.apply({"--undo", run_of(sent)});
  INFO(plan.out, plan.err);
  CHECK(plan.out.find("  ! group of roles Tenant: ") != std::string::npos);
}

TEST_CASE("two who apply at once: the second is refused") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  farol::base::DiskWriteAhead disk;
  const auto held = disk.hold(world.path("farol-runs") + "/ding1.lock");
  REQUIRE(std::holds_alternative<std::unique_ptr<farol::base::HeldFile>>(held));
  const auto exit = world.apply_in_child({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
  REQUIRE(exit);
  CHECK(*exit == 2);
  CHECK(world.tenant.changes == 0);
}

}  // namespace apply_tests
