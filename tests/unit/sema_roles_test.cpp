// Inheritance: ancestors, heirs, cycles, bounds.
#include "unit/sema_policy.h"

#include <fmt/format.h>

#include "base/dependencies.h"

namespace sema_roles_test {

namespace {

using farol::model::RoleId;
using farol::testing::Policy;

std::string names(const Policy& policy, const std::vector<RoleId>& roles) {
  std::vector<std::string> list;
  for (const RoleId role : roles) list.push_back(policy.model[role].name);
  return fmt::format("{}", fmt::join(list, " "));
}

}  // namespace

TEST_CASE("a role has what it inherits, and is inherited by its heirs") {
  const Policy policy("role d inherits b, c\nrole b inherits a\nrole c inherits a\nrole a { admin: yes }\nrole e\n");
  CHECK(policy.finding().empty());
  CHECK(names(policy, policy.role("d").inherits) == "b c");
  CHECK(names(policy, policy.role("d").ancestors) == "a b c d");
  CHECK(names(policy, policy.role("a").heirs) == "a b c d");
  CHECK(names(policy, policy.role("b").heirs) == "b d");
  CHECK(names(policy, policy.role("e").ancestors) == "e");
  CHECK(policy.role("d").admin);
  CHECK_FALSE(policy.role("e").admin);
}

TEST_CASE("clearance is kept as written") {
  const Policy policy("tiers low < high\nrole a { clearance: high }\nrole b inherits a\n");
  CHECK(policy.role("a").clearance == farol::model::TierId{1});
  CHECK(policy.role("b").clearance.is_none());
}

TEST_CASE("a cycle is reported once, with its roles in order, and its heirs are uncertain in silence") {
  const Policy policy("role c inherits a\nrole a inherits b\nrole b inherits c\nrole heir inherits b\nrole free\n");
  CHECK(policy.finding() == "3: role-cycle: role `a` inherits itself: `a` inherits `b` inherits `c` inherits `a`");
  CHECK(policy.sink.sorted(policy.sources).front().labels.size() == 2);
  CHECK(policy.role("a").inherits.empty());  // nothing may follow the circle any more
  CHECK(names(policy, policy.role("heir").inherits) == "b");
  CHECK(policy.role("heir").uncertain);
  CHECK_FALSE(policy.role("free").uncertain);
}

TEST_CASE("a role that inherits itself, and two cycles") {
  CHECK(Policy("role a inherits a\n").finding() == "2: role-cycle: role `a` inherits itself: `a` inherits `a`");
  CHECK(Policy("role a inherits b\nrole b inherits a\nrole c inherits d\nrole d inherits c\n").findings().size() == 2);
}

TEST_CASE("an unknown parent makes the role and its heirs uncertain") {
  const Policy policy("role a inherits nobody_knows\nrole b inherits a\nrole c\n");
  CHECK(policy.finding() == "2: unknown-name: unknown role `nobody_knows`");
  CHECK(policy.role("a").uncertain);
  CHECK(policy.role("b").uncertain);
  CHECK_FALSE(policy.role("c").uncertain);
}

TEST_CASE("a ladder of diamonds is linear") {
  std::string text = "role a0\nrole b0\n";
  for (int i = 1; i < 500; ++i)
    text += fmt::format("role a{0} inherits a{1}, b{1}\nrole b{0} inherits a{1}, b{1}\n", i, i - 1);
  const Policy policy(text);
  CHECK(policy.finding().empty());
  CHECK(policy.role("a499").ancestors.size() == 999);
  CHECK(policy.role("a0").heirs.size() == 999);
}

TEST_CASE("more pairs of roles than can be held are too large, and nothing rests on what is left out") {
  std::string text = "role r00000\n";
  for (int i = 1; i < 6000; ++i) text += fmt::format("role r{:05} inherits r{:05}\n", i, i - 1);
  const Policy policy(text);
  REQUIRE(policy.findings().size() == 1);
  CHECK(policy.finding().find("too-large: the roles up to `r0") != std::string::npos);
  CHECK(policy.role("r05999").uncertain);
  CHECK(policy.role("r05999").ancestors == std::vector<RoleId>{*policy.model.find_role("r05999")});
  CHECK_FALSE(policy.role("r00100").uncertain);
}

TEST_CASE("dependencies: what is used comes first, and knots have their shortest circle") {
  using farol::base::order_dependencies;
  const auto plain = order_dependencies({{1, 2}, {2}, {}});
  CHECK(plain.order == std::vector<std::uint32_t>{2, 1, 0});
  CHECK(plain.cycles.empty());
  // 0 → 1 → 2 → 0 and a short cut 1 → 0; 3 only uses the knot; 4 uses itself.
  const auto knot = order_dependencies({{1}, {2, 0}, {0}, {2}, {4}});
  CHECK(knot.cycles == std::vector<std::vector<std::uint32_t>>{{0, 1}, {4}});
  CHECK(knot.in_knot == std::vector<bool>{true, true, true, false, true});
  CHECK(order_dependencies({}).order.empty());
}

TEST_CASE("dependencies: a chain may be as long as the policy") {
  std::vector<std::vector<std::uint32_t>> uses(200'000);
  for (std::uint32_t i = 1; i < uses.size(); ++i) uses[i - 1].push_back(i);
  CHECK(farol::base::order_dependencies(uses).order.front() == uses.size() - 1);
  uses.back().push_back(0);
  CHECK(farol::base::order_dependencies(uses).cycles.front().size() == uses.size());
}

}  // namespace sema_roles_test
