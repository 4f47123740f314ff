// A tenant in which the steps of a policy were made agrees with the policy, whatever the policy is.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "compiled.h"
#include "dingtalk/lower.h"
#include "support/simulated_tenant.h"
#include "support/tenant_policies.h"
#include "tenant/drift.h"
#include "tenant/export.h"

namespace property {
namespace {

using namespace farol;
using testing::Bound;

constexpr std::uint32_t policies = 1500;

}  // namespace

TEST_CASE("what the steps make agrees with the policy that they are made from") {
  std::size_t sound = 0, agreeing = 0, differing = 0, unseen = 0;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    const std::string text = testing::tenant_policy(seed, static_cast<Bound>(seed % 3));
    const Compiled compiled({{"p.farol", text}});
    if (!compiled.compilation().may_write()) continue;
    ++sound;
    const model::Model& model = compiled.compilation().model;
    const auto config = dingtalk::lower(model, compiled.compilation().decisions);
    testing::SimulatedTenant simulated{model};
    simulated.apply(config);
    // Pages of any size, in any order, at any time: the same.
    simulated.backwards = seed % 2 == 1;
    simulated.has_unknown_fields = seed % 5 == 1;
    if (seed % 7 == 1) simulated.time = "2031-01-01T00:00:00Z";
    const std::string exported = simulated.exported(seed % 4 == 0 ? 100 : seed % 4);
    const auto read = tenant::read_export(exported);
    if (const auto* faults = std::get_if<std::vector<tenant::Fault>>(&read)) FAIL("seed ", seed, ": ", faults->front().reason);
    const auto& live = std::get<tenant::Tenant>(read);
    const tenant::Drift drift = tenant::compare(model, config, live);
    if (!drift.is_clean()) FAIL_CHECK("seed ", seed, "\n", text, "\n", render_text(drift, live, model, compiled.compilation().sources, {}));
    for (const tenant::Finding& each : drift.findings) {
      agreeing += each.verdict == tenant::Verdict::agrees ? 1 : 0;
      differing += each.verdict == tenant::Verdict::differs ? 1 : 0;
      unseen += each.verdict == tenant::Verdict::unseen ? 1 : 0;
    }
  }
  REQUIRE(sound >= 500);
  CHECK(agreeing > sound);
  CHECK(differing == 0);
  fmt::print("NOTE: {} tenants made from random policies: {} steps and ids agree, {} cannot be seen, none differs\n", sound, agreeing, unseen);
}

}  // namespace property
