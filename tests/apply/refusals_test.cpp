// What the platform refuses while a plan is being sent: nothing is lost, nothing is done twice, and it is said.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string>

#include "world.h"

namespace apply_tests {
namespace {

using Fault = farol::testing::HttpTenant::Fault;

// What the plan comes to where nothing goes wrong.
std::string whole() {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.plan_and_send().exit == 0);
  return seen_by_people(world.tenant.state);
}

void check_nothing_twice(const World& world) {
  CHECK(world.tenant.problems.empty());
  for (const auto& made : world.tenant.made) CHECK_MESSAGE(made.second == 1, made.first);
}

}  // namespace

TEST_CASE("a token that is void in mid-run is renewed once, and then it is said") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  const std::vector<std::string> confirm{"--confirm", world.path("plan.json"), "--tenant", "Tenant"};
  const std::size_t given = world.tenant.tokens;
  SUBCASE("at one request") {
    world.tenant.fault = [&](std::size_t, bool changes) {
      return changes && world.tenant.changes == 2 && world.tenant.tokens == given + 1 ? Fault::expire : Fault::none;
    };
    const Outcome sent = world.apply(confirm);
    INFO(sent.out, sent.err);
    CHECK(sent.exit == 0);
    CHECK(world.tenant.tokens == given + 2);
  }
  SUBCASE("at every request from then on") {
    world.tenant.fault = [&](std::size_t, bool changes) {
      return changes && world.tenant.changes >= 2 ? Fault::expire : Fault::none;
    };
    const Outcome sent = world.apply(confirm);
    INFO(sent.out, sent.err);
    CHECK(sent.exit == 3);
    CHECK(sent.out.find("not taken: ") != std::string::npos);
    CHECK(sent.out.find("40014") != std::string::npos);
    CHECK(world.tenant.tokens == given + 2);
  }
  SUBCASE("and the app has another secret by then") {
    world.tenant.fault = [&](std::size_t, bool changes) {
      if (!changes || world.tenant.changes != 2) return Fault::none;
      world.tenant.app_secret = "another";
      return Fault::expire;
    };
    const Outcome sent = world.apply(confirm);
    INFO(sent.out, sent.err);
    CHECK(sent.exit == 3);
    CHECK(sent.out.find("invalid.client") != std::string::npos);
    world.tenant.app_secret = world.app_secret = "another";
  }
  world.tenant.fault = {};
  static_cast<void>(world.resume_to_the_end());
  CHECK(seen_by_people(world.tenant.state) == whole());
  check_nothing_twice(world);
}

TEST_CASE("a token that does not come is asked for again, and where it never comes nothing is asked") {
  for (const Fault kind : {Fault::cut_before, Fault::half, Fault::error_before, Fault::throttle}) {
    CAPTURE(static_cast<int>(kind));
    World world{small_policy()};
    fill(world.tenant);
    world.tenant.token_fault = [=](std::size_t number) { return number < 3 ? kind : Fault::none; };
    const Outcome late = world.apply({});
    INFO(late.out, late.err);
    CHECK(late.exit == 0);
    world.tenant.token_fault = [=](std::size_t) { return kind; };
    const std::size_t before = world.tenant.requests, asked = world.tenant.asked_tokens;
    const Outcome never = world.apply({});
    INFO(never.out, never.err);
    CHECK(never.exit == 2);
    CHECK(never.err.find("gives no token for the organisation ding1") != std::string::npos);
    CHECK(world.tenant.requests == before);
    CHECK(world.tenant.asked_tokens <= asked + 5);
  }
}

TEST_CASE("a plan that could not read something says so, and plans no more than one that could") {
  World world{small_policy()};
  fill(world.tenant);
  const auto changes_in = [](const Outcome& plan) {
    std::set<std::string> lines;
    std::istringstream all{plan.out};
    for (std::string line; std::getline(all, line);) {
      if (line.starts_with("  + ") || line.starts_with("  ~ ") || line.starts_with("  - ")) lines.insert(line);
    }
    return lines;
  };
  const Outcome whole = world.apply({});
  REQUIRE(whole.exit == 0);
  const std::size_t calls = world.tenant.requests;
  std::size_t blind = 0;
  for (const Fault kind : {Fault::cut_before, Fault::half, Fault::error_before, Fault::throttle, Fault::refuse}) {
    for (std::size_t number = 1; number <= calls; ++number) {
      // It is asked for again a few times, and never comes.
      constexpr std::size_t tries = 5;
      const std::size_t first = world.tenant.requests + number;
      const std::size_t last = kind == Fault::refuse ? first : first + tries - 1;
      world.tenant.fault = [=](std::size_t at, bool) { return at >= first && at <= last ? kind : Fault::none; };
      const Outcome plan = world.apply({});
      CAPTURE(number);
      CAPTURE(static_cast<int>(kind));
      INFO(plan.out, plan.err, whole.out);
      const auto planned = changes_in(plan), wanted = changes_in(whole);
      CHECK(std::includes(wanted.begin(), wanted.end(), planned.begin(), planned.end()));
      CHECK((plan.exit == 3 || (plan.exit == 0 && planned == wanted)));
      if (plan.exit != 3) continue;
      ++blind;
      CHECK(plan.out.find("  ! ") != std::string::npos);
    }
  }
  CHECK(blind > calls);
  CHECK(world.tenant.changes == 0);
}

TEST_CASE("a change that the app lacks a permission code for is named, and the rest is done") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  std::size_t changes = 0;
  world.tenant.fault = [&](std::size_t, bool is_change) {
    return is_change && ++changes == 6 ? Fault::refuse : Fault::none;
  };
  const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
  INFO(sent.out, sent.err);
  CHECK(sent.exit == 1);
  CHECK(sent.out.find("refused: ") != std::string::npos);
  CHECK(sent.out.find("Some.Code") != std::string::npos);
  CHECK(sent.out.find("the tenant differs still") != std::string::npos);
  // Once the code is granted, a new plan does what was left.
  world.tenant.fault = {};
  CHECK(world.plan_and_send().exit == 0);
  CHECK(seen_by_people(world.tenant.state) == whole());
  check_nothing_twice(world);
}

TEST_CASE("what comes too often for ever is not given up: it waits for --resume") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  const Fault kind = [] {
    Fault chosen = Fault::too_often;
    SUBCASE("as the platform says it") { chosen = Fault::too_often; }
    SUBCASE("as a proxy says it") { chosen = Fault::throttle; }
    return chosen;
  }();
  world.tenant.fault = [=](std::size_t, bool is_change) { return is_change ? kind : Fault::none; };
  const Outcome sent = world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"});
  INFO(sent.out, sent.err);
  CHECK(sent.exit == 3);
  CHECK(world.tenant.changes == 0);
  world.tenant.fault = {};
  CHECK(world.resume_to_the_end().exit == 0);
  CHECK(seen_by_people(world.tenant.state) == whole());
  check_nothing_twice(world);
}

TEST_CASE("what may have been sent is not sent again as long as nobody can read whether it was done") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  // The last change is made, and its reply is lost; from then on nothing can be read.
  std::size_t all = 0;
  {
    World other{small_policy()};
    fill(other.tenant);
    REQUIRE(other.plan_and_send().exit == 0);
    all = other.tenant.changes;
  }
  world.tenant.fault = [&](std::size_t, bool is_change) {
    if (is_change) return world.tenant.changes + 1 == all ? Fault::cut_after : Fault::none;
    return world.tenant.changes >= all ? Fault::error_before : Fault::none;
  };
  CHECK(world.apply({"--confirm", world.path("plan.json"), "--tenant", "Tenant"}).exit == 3);
  for (int i = 0; i < 3; ++i) CHECK(world.apply({"--resume"}).exit == 3);
  CHECK(world.tenant.changes == all);
  world.tenant.fault = {};
  CHECK(world.resume_to_the_end().exit == 0);
  CHECK(world.tenant.changes == all);
  CHECK(seen_by_people(world.tenant.state) == whole());
}

TEST_CASE("two appliers at once, in processes of their own: one sends, the other one is refused or has nothing to do") {
  World world{small_policy()};
  fill(world.tenant);
  REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
  const std::vector<std::string> confirm{"--confirm", world.path("plan.json"), "--tenant", "Tenant"};
  std::optional<int> second;
  world.tenant.watch = [&](std::size_t, bool is_before) {
    if (is_before || second || world.tenant.changes != 3) return;
    second = 0;  // the first is in the middle of it
    world.tenant.meanwhile([&] { second = world.apply_in_child(confirm); });
  };
  const Outcome first = world.apply(confirm);
  INFO(first.out, first.err);
  CHECK(first.exit == 0);
  REQUIRE(second);
  CHECK(*second == 2);
  CHECK(seen_by_people(world.tenant.state) == whole());
  check_nothing_twice(world);
}

TEST_CASE("through the vendor's client it ends in the same state") {
  World world{small_policy() + "forbid everyone to contacts.reach_executives\nbind tenant executives to \"ceo\"\n"};
  fill(world.tenant);
  world.by_client = true;
  const Outcome sent = world.plan_and_send();
  INFO(sent.out, sent.err);
  CHECK(sent.exit == 0);
  check_nothing_twice(world);
  CHECK(world.tenant.state.executives["ceo"].value("open", false));
  const Outcome again = world.apply({});
  CHECK(again.out.find("0 to make, 0 to change, 0 to take away") != std::string::npos);
  // The reason of a refusal, which the client writes to standard error, is said.
  constexpr std::size_t tries = 5;
  world.tenant.fault = [first = world.tenant.requests](std::size_t number, bool) {
    return number <= first + tries ? Fault::refuse : Fault::none;
  };
  const Outcome refused = world.apply({});
  CHECK(refused.exit == 3);
  CHECK(refused.out.find("Some.Code") != std::string::npos);
}

}  // namespace apply_tests
