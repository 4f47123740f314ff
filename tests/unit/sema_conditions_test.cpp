// Conditions as sets of combinations.
#include "unit/sema_policy.h"

#include <fmt/format.h>

namespace sema_conditions_test {

namespace {

using farol::testing::in_world;
using farol::testing::Policy;

// Contexts and combinations, as `device network: 101000`.
std::string set_of(std::string_view condition, std::string_view before = "") {
  const Policy policy = in_world(fmt::format("{}deny staff to chat.send when {}\n", before, condition));
  CHECK(policy.finding().empty());
  if (policy.model.rules.empty()) return "";
  const auto& set = policy.model[policy.model.rules.front().area.when];
  std::string text;
  for (const auto context : set.contexts) text += policy.model[context].name + " ";
  text += ":";
  for (std::size_t i = 0; i < set.where.size(); ++i) text += set.where.test(i) ? '1' : '0';
  return text;
}

}  // namespace

TEST_CASE("a comparison is a set of values") {
  CHECK(set_of("device is managed") == "device :100");
  CHECK(set_of("device is personal or unknown") == "device :011");
  CHECK(set_of("device is not personal or unknown") == "device :100");
  CHECK(set_of("not device is managed") == "device :011");
}

TEST_CASE("a context has a bound of its values, and a condition of more says nothing again") {
  std::string text = "deny staff to chat.send when net is n1\ncontext net: n0";
  for (int i = 1; i < 4096; ++i) text.append(" | n").append(std::to_string(i));
  CHECK(in_world(text + "\n").finding().empty());
  CHECK(in_world(text + " | more\n").finding() == "20: too-large: `net` has more than 4096 values");
  CHECK(in_world("deny staff to chat.send when net is typo\n" + text + " | more\n").finding() ==
        "21: too-large: `net` has more than 4096 values");
}

TEST_CASE("a value is found whatever the order of the values") {
  const Policy policy = in_world("context net: b | a | c\ndeny staff to chat.send when net is c or b\n");
  CHECK(policy.finding().empty());
  const auto& where = policy.model[policy.model.rules.front().area.when].where;
  CHECK((where.test(0) && !where.test(1) && where.test(2)));
}

TEST_CASE("the values of the last context change fastest") {
  CHECK(set_of("device is managed and network is office") == "device network :100000");
  CHECK(set_of("network is vpn and device is managed") == "device network :010000");
  CHECK(set_of("(device is managed) or (network is office)") == "device network :111010");
  CHECK(set_of("not (device is managed and network is office)") == "device network :011111");
}

TEST_CASE("only the contexts on which a condition depends are in it, and equal sets are one") {
  CHECK(set_of("(device is managed and network is office) or (device is managed and network is vpn)") == "device :100");
  CHECK(set_of("network is office or vpn") == ":1");
  const Policy policy = in_world(
      "deny staff to chat.send when device is not managed\ndeny staff to meeting.join when device is personal or "
      "unknown\n");
  CHECK(policy.model.rules[0].area.when == policy.model.rules[1].area.when);
  CHECK(policy.model.conditions.size() == 2);
  CHECK(policy.model.conditions.front() == farol::model::Condition{{}, farol::base::BitSet(1, true)});
}

TEST_CASE("without `when` a rule always holds") {
  CHECK(in_world("deny staff to chat.send\n").model.rules.front().area.when == farol::model::ConditionId{0});
}

TEST_CASE("named conditions may use each other, in any order") {
  const std::string_view named = "condition safe = own and network is office\ncondition own = device is managed\n";
  CHECK(set_of("safe", named) == "device network :100000");
  CHECK(set_of("not safe", named) == "device network :011111");
}

TEST_CASE("a condition that names itself is reported once") {
  CHECK(
      in_world("condition a = b\ncondition b = device is managed and a\ndeny staff to chat.send when b\n").finding() ==
      "19: definition-cycle: condition `a` is defined by itself: `a` names `b` names `a`");
}

TEST_CASE("a condition that is never true is reported where it is written, a named one at its declaration only") {
  const Policy policy = in_world("deny staff to chat.send when device is managed and device is personal\n");
  CHECK(policy.finding() ==
        "19: impossible-condition: this condition is never true: `device is managed and device is personal`");
  CHECK(policy.text(policy.sink.sorted(policy.sources).front().span) == "device is managed and device is personal");
  CHECK(in_world("condition no = device is managed and device is personal\ndeny staff to chat.send when no\n")
            .findings()
            .size() == 1);
  // A part that is never true does no harm.
  CHECK(set_of("(device is managed and device is personal) or (network is office)") == "network :10");
}

TEST_CASE("unknown contexts and values come with the nearest") {
  const Policy value = in_world("deny staff to chat.send when device is manged\n");
  CHECK(value.finding() == "19: unknown-name: unknown value `manged`");
  CHECK(value.repaired().ends_with("device is managed\n"));
  CHECK(sentence(value.sink.sorted(value.sources).front().help) ==
        "`device` is one of `managed`, `personal`, `unknown`");
  const Policy other = in_world("deny staff to chat.send when device is vpn\n");
  CHECK(sentence(other.sink.sorted(other.sources).front().help) ==
        "`device` is one of `managed`, `personal`, `unknown`; `vpn` is a value of `network`");
  const Policy context = in_world("deny staff to chat.send when devise is managed\n");
  CHECK(context.finding() == "19: unknown-name: unknown context `devise`");
  CHECK(context.repaired().ends_with("device is managed\n"));
  CHECK(in_world("deny staff to chat.send when network\n").finding() ==
        "19: unknown-name: `network` is a context, not a condition");
  CHECK(in_world("deny staff to chat.send when device is x and network is y\n").findings().size() == 2);
}

TEST_CASE("a condition with more than 4,096 combinations is too large") {
  std::string contexts, condition;
  for (int i = 0; i < 13; ++i) {
    contexts += fmt::format("context c{:02}: a | b\n", i);
    condition += fmt::format("{}c{:02} is a", i == 0 ? "" : " and ", i);
  }
  const Policy policy(contexts + "role staff\nfeature f\ndeny staff to f when " + condition + "\n");
  REQUIRE(policy.findings().size() == 1);
  CHECK(policy.finding().starts_with("17: too-large: this condition has more than 4096 combinations of `c00`, `c01`"));
  CHECK(policy.uncertain() == "f");
  const std::string_view twelve = std::string_view(condition).substr(0, condition.rfind(" and "));
  CHECK(
      Policy(contexts + "role staff\nfeature f\ndeny staff to f when " + std::string(twelve) + "\n").finding().empty());
}

TEST_CASE("a chain of conditions may be as long as the policy") {
  std::string text = "condition c0 = device is managed\n";
  for (int i = 1; i < 20'000; ++i) text += fmt::format("condition c{} = not c{}\n", i, i - 1);
  CHECK(in_world(text + "deny staff to chat.send when c19999\n").finding().empty());
}

}  // namespace sema_conditions_test
