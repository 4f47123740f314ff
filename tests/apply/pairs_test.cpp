// Random states of a tenant and random policies: it ends in what the policy says, or with what could not be done by
// name; and back again.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "../property/random.h"
#include "support/farol.h"
#include "support/simulated_tenant.h"
#include "support/tenant_policies.h"
#include "world.h"

namespace apply_tests {
namespace {

using farol::testing::Bound;
using farol::testing::HttpTenant;

constexpr std::uint32_t pairs = 4;

// Somebody has set things by hand in the tenant of the random policies.
void set_by_hand(HttpTenant& tenant, property::Random& random) {
  tenant.has_every_app = true;
  tenant.people = {{"operatorUnion", "manager4711"}};
  for (const char* department : {"10001", "10002", "20003"}) tenant.state.departments[department] = "D";
  for (const auto& [id, name] : {std::pair{"20001", "staff"}, {"20002", "manager"}, {"20009", "auditor"}}) {
    tenant.state.roles[id] = {name, "1", {}};
    for (std::size_t i = random.below(4); i > 0; --i)
      tenant.state.roles[id].members["by-hand-" + std::to_string(random.below(5))];
  }
  // No call takes away the departments that somebody manages: who has them already loses none.
  if (random.chance(50)) {
    for (int i = 0; i < 6; ++i)
      tenant.state.roles["20009"].members["auditor-" + std::to_string(i)] = {"10001", "10002"};
  }
  tenant.state.groups["15071135"] = "farol";
  tenant.state.apps["1000111"].departments = {"1"};
  for (std::size_t i = random.below(3); i > 0; --i) tenant.state.apps["1000111"].users.insert("u" + std::to_string(i));
  for (const char* group : {"123", "124"}) tenant.state.attendance[group] = HttpTenant::Json::object();
  for (const char* node :
       {"node-folder", "node-shared", "node-library", "node_files", "node_papers", "node_records", "node_minutes"}) {
    tenant.state.grants[node]["USER manager4711"] = {"OWNER"};
    for (std::size_t i = random.below(4); i > 0; --i)
      tenant.state.grants[node]["USER staff-" + std::to_string(random.below(4))] = {random.chance(50) ? "EDITOR"
                                                                                                      : "MANAGER"};
  }
  for (const char* chat : {"cid5d5uM3XEw3gxbNc/n7EQ4g==", "cidB+A=="})
    tenant.state.groups_of_chat[chat] = {{"chat_banned_type", 0}, {"searchable", 1},
                                         {"validation_type", 0},  {"mention_all_authority", 0},
                                         {"management_type", 0},  {"show_history_type", 1}};
  tenant.state.meetings["node-meeting"] = {{"lockRoom", 0}, {"screenShareForbidden", 0}, {"muteOnJoin", 0}};
  if (random.chance(50))
    tenant.state.rules["/v1.0/contact/restrictions/settings"]["77"] = {
        {"id", 77}, {"name", "by hand"}, {"active", true}, {"type", "onlySelf"}, {"subjectTagIds", {20002}}};
}

std::string sound_policy(std::uint32_t& seed) {
  for (;; ++seed) {
    const std::string text = farol::testing::tenant_policy(seed, Bound::all);
    if (farol::testing::compile_text(text).may_write()) return text;
  }
}

std::vector<std::string> lines_with(const std::string& text, const std::string& head) {
  std::vector<std::string> found;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(head)) found.push_back(line.substr(head.size()));
  }
  return found;
}

// Of what an export of the tenant shows, `farol drift` says what `farol apply` has said.
Outcome drift(World& world, const std::string& policy) {
  const auto compiled = farol::testing::compile_text(policy);
  farol::testing::SimulatedTenant shown{compiled.model};
  shown.state = world.tenant.state;
  shown.has_every_app = true;
  for (const char* executive : {"ceo", "cfo"})
    shown.state.executives.try_emplace(executive, HttpTenant::Json::object());
  world.write("live.json", shown.exported());
  return world.run({"drift", world.path(""), "--live", world.path("live.json")});
}

// It is done, and then a new plan has nothing and there is no drift; or what is not done is said by name.
void check_end(World& world, const std::string& policy, const Outcome& sent) {
  INFO(sent.out, sent.err);
  CHECK(world.tenant.problems.empty());
  const std::vector<std::string> named = lines_with(sent.out, "  ! ");
  CHECK((sent.exit == 0 || (sent.exit != 2 && !named.empty())));
  const Outcome plan = world.apply({});
  INFO(plan.out, plan.err);
  for (const char* sign : {"  + ", "  ~ ", "  - "}) {
    for (const std::string& title : lines_with(plan.out, sign)) {
      CHECK_MESSAGE(sent.exit != 0, title);
      CHECK_MESSAGE(std::count(named.begin(), named.end(), title) > 0, title);
    }
  }
  for (const std::string& left : lines_with(plan.out, "  ! "))
    CHECK_MESSAGE(std::count(named.begin(), named.end(), left) > 0, left);
  const Outcome after = drift(world, policy);
  INFO(after.out, after.err);
  CHECK((after.exit == 0) == (sent.exit == 0));
}

// A plan back names everything that it does not bring back: `chats|cid|validation_type` by the id and the switch, what
// somebody manages by the role and the person.
bool is_named(const std::string& place, const std::vector<std::string>& named, const HttpTenant::State& state) {
  std::vector<std::string> words;
  std::istringstream parts{place.substr(place.find('|') + 1)};
  for (std::string part; std::getline(parts, part, '|') && words.size() < 2;) words.push_back(part);
  const auto has = [&](const std::string& line, const std::string& word) {
    if (line.find(word) != std::string::npos) return true;
    return std::any_of(state.roles.begin(), state.roles.end(), [&](const auto& role) {
      return role.second.name == word && line.find(role.first) != std::string::npos;
    });
  };
  return std::any_of(named.begin(), named.end(),
                     [&](const std::string& line) { return has(line, words.front()) && has(line, words.back()); });
}

}  // namespace

TEST_CASE("a tenant follows one policy, and another, and is brought back") {
  std::size_t exact = 0, named = 0, back = 0, lost = 0;
  std::uint32_t last_seed = 0;
  for (std::uint32_t round = 0; round < property::rounds(pairs); ++round) {
    std::uint32_t first = round * 50, second = round * 50 + 25;
    const std::string former = sound_policy(first), latter = sound_policy(second);
    property::Random random{round};
    World world{former, "ding0001"};
    set_by_hand(world.tenant, random);
    INFO("seeds ", first, " and ", second);
    const Outcome one = world.plan_and_send();
    check_end(world, former, one);
    const std::string after_first = seen_by_people(world.tenant.state);
    world.write("policy.farol", latter);
    const Outcome two = world.plan_and_send();
    check_end(world, latter, two);
    (two.exit == 0 ? exact : named) += 1;
    last_seed = second;
    const Outcome plan = world.apply({"--undo", run_of(two), "-o", world.path("back.json")});
    const Outcome undone = world.apply({"--confirm", world.path("back.json"), "--tenant", "Tenant"});
    INFO(two.out, plan.out, plan.err, undone.out, undone.err);
    CHECK(undone.exit == 0);
    const std::vector<std::string> lines = lines_with(plan.out, "  ! ");
    const auto other = differences(after_first, seen_by_people(world.tenant.state));
    for (const std::string& place : other) CHECK_MESSAGE(is_named(place, lines, world.tenant.state), place);
    (other.empty() ? back : lost) += 1;
    // What the former policy says is so again once it is applied again.
    world.write("policy.farol", former);
    const Outcome again = world.plan_and_send();
    check_end(world, former, again);
    CHECK((again.exit == 0 || one.exit != 0));
  }
  fmt::print(
      "NOTE: {} pairs of policies, of seeds 0 to {}, were applied to a simulated tenant: {} ended in what the policy "
      "says, {} named what could not be done; {} were brought back exactly, {} named what was lost\n",
      exact + named, last_seed, exact, named, back, lost);
}

}  // namespace apply_tests
