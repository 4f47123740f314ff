// Whatever ends a run, and whenever: the next one goes on where it was, and nothing is done twice.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "../property/random.h"
#include "world.h"

namespace apply_tests {
namespace {

using Fault = farol::testing::HttpTenant::Fault;

constexpr std::uint32_t interruptions = 12;

enum class End { cut_before, cut_after, half, error_before, error_after, kill_before, kill_after, full_disk };

Fault fault_of(End end) {
  switch (end) {
    case End::cut_before: return Fault::cut_before;
    case End::cut_after: return Fault::cut_after;
    case End::half: return Fault::half;
    case End::error_before: return Fault::error_before;
    case End::error_after: return Fault::error_after;
    default: return Fault::none;
  }
}

// Sends the plan; the request of a number, from the plan on, is the one at which it ends.
void interrupt(World& world, End end, std::size_t number, long bytes) {
  const std::vector<std::string> line{"--confirm", world.path("plan.json"), "--tenant", "Tenant"};
  const std::size_t first = world.tenant.requests;
  if (end == End::full_disk) {
    static_cast<void>(world.apply_in_child(line, bytes));
    return;
  }
  if (end == End::kill_before || end == End::kill_after) {
    world.tenant.watch = [&, first](std::size_t at, bool is_before) {
      if (at == first + number && is_before == (end == End::kill_before)) world.kill_child();
    };
    static_cast<void>(world.apply_in_child(line));
    world.tenant.watch = {};
    return;
  }
  // As long as the network is bad it is bad: a read is tried again a few times.
  world.tenant.fault = [=](std::size_t at, bool changes) {
    const bool is_it = at == first + number || (!changes && at > first + number && at < first + number + 6);
    return is_it ? fault_of(end) : Fault::none;
  };
  static_cast<void>(world.apply(line));
  world.tenant.fault = {};
}

}  // namespace

TEST_CASE("an interrupted run goes on, ends as one that was not, and does nothing twice") {
  World whole{small_policy()};
  fill(whole.tenant);
  REQUIRE(whole.apply({"-o", whole.path("plan.json")}).exit == 0);
  const std::size_t planned = whole.tenant.requests;
  REQUIRE(whole.apply({"--confirm", whole.path("plan.json"), "--tenant", "Tenant"}).exit == 0);
  const std::size_t requests = whole.tenant.requests - planned;
  const long journal = static_cast<long>(whole.read("plan.json").size());
  const std::string wanted = seen_by_people(whole.tenant.state);
  std::size_t resumed = 0;
  for (std::uint32_t seed = 0; seed < property::rounds(interruptions); ++seed) {
    property::Random random{seed};
    const auto end = static_cast<End>(random.below(8));
    const std::size_t number = random.between(1, requests);
    const long bytes = static_cast<long>(random.between(1, static_cast<std::size_t>(2 * journal)));
    World world{small_policy()};
    fill(world.tenant);
    world.tenant.late = random.below(4);
    REQUIRE(world.apply({"-o", world.path("plan.json")}).exit == 0);
    interrupt(world, end, number, bytes);
    Outcome last = world.resume_to_the_end();
    // Before the first line of a journal there is nothing to go on with.
    if (last.exit == 2 && last.err.find("has been interrupted") != std::string::npos && world.tenant.changes == 0)
      last = world.plan_and_send();
    resumed += last.exit == 0 ? 1 : 0;
    INFO("seed ", seed, ": end ", static_cast<int>(end), " at request ", number, " of ", requests, ", ", bytes,
         " bytes\n", last.out, last.err);
    CHECK(seen_by_people(world.tenant.state) == wanted);
    for (const auto& made : world.tenant.made) CHECK_MESSAGE(made.second == 1, made.first);
  }
  fmt::print("NOTE: {} runs of farol apply were interrupted; {} had something left to do, and nothing was done twice\n",
             property::rounds(interruptions), resumed);
}

TEST_CASE("a run that ends behind its last request, wherever, goes on to its end, and signs for nothing twice") {
  World world{small_policy()};
  fill(world.tenant);
  const Outcome sent = world.plan_and_send();
  REQUIRE(sent.exit == 0);
  const std::string path = "farol-runs/" + run_of(sent) + ".jsonl";
  const std::string journal = world.read(path), signed_for = world.read("confirmations.csv");
  const std::string ids = world.read("ids.farol"), state = seen_by_people(world.tenant.state);
  const std::size_t changes = world.tenant.changes;
  // What is signed for is what the file is now.
  const std::vector<std::string> confirm{"confirm", world.path("")};
  CHECK(world.run(confirm).err.find("error") == std::string::npos);
  const auto goes_on = [&](std::size_t length, bool is_bound, bool is_signed) {
    world.write(path, journal.substr(0, length));
    std::filesystem::remove(world.path("ids.farol"));
    std::filesystem::remove(world.path("confirmations.csv"));
    if (is_bound) world.write("ids.farol", ids);
    if (is_signed) world.write("confirmations.csv", signed_for);
    const Outcome resumed = world.apply({"--resume"});
    CAPTURE(length);
    CAPTURE(is_bound);
    INFO(resumed.out, resumed.err);
    CHECK(resumed.exit == 0);
    const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
    CHECK(lines(world.read("confirmations.csv")) == lines(signed_for));
    CHECK(lines(world.read("ids.farol")) == lines(ids));
    CHECK(world.run(confirm).err.find("error") == std::string::npos);
  };
  // Where the last answer stands: what comes behind it was noted when nothing was sent any more.
  const std::size_t answered = journal.find('\n', journal.rfind("\"answered\""));
  const std::size_t finish = journal.rfind("{\"finished\"");
  REQUIRE(answered < finish);
  REQUIRE(finish < journal.size());
  constexpr std::size_t tries = 12;
  for (std::size_t i = 0; i <= tries; ++i) {
    const std::size_t length = answered + 1 + (finish - answered - 1) * i / tries;
    goes_on(length, false, false);
    goes_on(length, true, false);
  }
  goes_on(finish, true, true);
  CHECK(world.read("confirmations.csv") == signed_for);
  CHECK(world.tenant.changes == changes);
  CHECK(seen_by_people(world.tenant.state) == state);
}

}  // namespace apply_tests
