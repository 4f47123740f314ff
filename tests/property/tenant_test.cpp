// A tenant in which the steps of a policy were made agrees with the policy, whatever the policy is.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include <fmt/format.h>

#include "base/csv.h"
#include "compiled.h"
#include "driver/documents.h"
#include "driver/tenant.h"
#include "random.h"
#include "support/farol.h"
#include "support/simulated_tenant.h"
#include "support/tenant_policies.h"
#include "target/dingtalk/drift.h"
#include "target/dingtalk/lower.h"
#include "target/dingtalk/tenant_export.h"

namespace property::tenant_test {
namespace {

using namespace farol;
using testing::Bound;

const std::uint32_t policies = property::rounds(750);

}  // namespace

TEST_CASE("what the steps make agrees with the policy that they are made from") {
  std::size_t sound = 0, agreeing = 0, differing = 0, unseen = 0;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    const std::string text = testing::tenant_policy(seed, static_cast<Bound>(seed % 3));
    const Compiled compiled({{"p.farol", text}});
    if (!compiled.compilation().may_write()) continue;
    ++sound;
    const model::Model& model = compiled.compilation().model;
    const auto config = dingtalk::lower(model, compiled.compilation().decisions).config;
    testing::SimulatedTenant simulated{model};
    simulated.apply(config);
    // Pages of any size, in any order, at any time: the same.
    simulated.backwards = seed % 2 == 1;
    simulated.has_unknown_fields = seed % 5 == 1;
    if (seed % 7 == 1) simulated.time = "2031-01-01T00:00:00Z";
    const std::string exported = simulated.exported(seed % 4 == 0 ? 100 : seed % 4);
    const auto read = dingtalk::read_export(exported);
    if (const auto* faults = std::get_if<std::vector<dingtalk::Fault>>(&read))
      FAIL("seed ", seed, ": ", faults->front().reason);
    const auto& live = std::get<dingtalk::Tenant>(read);
    const dingtalk::Drift drift = dingtalk::compare(model, config, live);
    if (!drift.is_clean())
      FAIL_CHECK("seed ", seed, "\n", text, "\n",
                 farol::document::render_text(document_of(drift, live, model, compiled.compilation().sources, {})));
    for (const dingtalk::Finding& each : drift.findings) {
      agreeing += each.verdict == dingtalk::Verdict::agrees ? 1 : 0;
      differing += each.verdict == dingtalk::Verdict::differs ? 1 : 0;
      unseen += each.verdict == dingtalk::Verdict::unseen ? 1 : 0;
    }
  }
  REQUIRE(3 * sound >= 2 * policies);
  CHECK(agreeing > sound);
  CHECK(differing == 0);
  fmt::print("NOTE: {} tenants made from random policies: {} steps and ids agree, {} cannot be seen, none differs\n",
             sound, agreeing, unseen);
}

namespace {

// Whoever sets things in the console asks no policy.
void set_by_hand(testing::SimulatedTenant& tenant, std::uint32_t seed) {
  Random random{seed};
  const auto somebody = [&] { return "hand-" + std::to_string(random.below(4)); };
  for (auto& [id, role] : tenant.state.roles) {
    if (role.group == "1" && id.size() > 1 && random.chance(40)) role.members[somebody()];
  }
  for (auto& [node, members] : tenant.state.grants) {
    static const std::vector<std::string> roles = {"READER", "DOWNLOADER", "EDITOR", "MANAGER", "OWNER"};
    if (random.chance(60)) members["USER " + somebody()] = {random.pick(roles)};
    if (random.chance(30)) members["DEPT 10001"] = {random.pick(roles)};
  }
  for (auto& [app, scope] : tenant.state.apps) {
    if (random.chance(40)) scope.departments.erase("1"), scope.users.insert(somebody());
  }
  if (random.chance(40))
    tenant.restrictions()["91"] = {{"id", 91},
                                   {"name", "by hand"},
                                   {"active", true},
                                   {"type", random.chance(50) ? "onlySelf" : "onlySelfDeptAndChild"},
                                   {"subjectTagIds", {20001}}};
  if (random.chance(30))
    tenant.hidings()["92"] = {{"id", 92}, {"name", "hides"}, {"active", true}, {"objectDeptIds", {10001}}};
  if (random.chance(30))
    tenant.fields()["93"] = {
        {"id", 93}, {"name", "field"}, {"active", true}, {"objectDeptIds", {1}}, {"hideFields", {"mobile"}}};
}

// A policy that was imported from a tenant, and how the tenant differs from what the policy would make of it.
class Reimported {
 public:
  explicit Reimported(testing::SimulatedTenant& simulated) {
    const std::string exported = simulated.exported();
    auto result = driver::import_policy(*base::parse_date(testing::today), "t.json", exported);
    REQUIRE(std::holds_alternative<driver::ImportedPolicy>(result));
    imported = std::get<driver::ImportedPolicy>(std::move(result));
    again = testing::compile_text(imported.policy);
    INFO(imported.policy);
    REQUIRE(again.may_write());
    config_ = dingtalk::lower(again.model, again.decisions).config;
    auto read = dingtalk::read_export(exported);
    live_ = std::get<dingtalk::Tenant>(std::move(read));
    drift = dingtalk::compare(again.model, config_, live_);
  }

  [[nodiscard]] std::string in_words() const {
    return imported.policy + "\n" +
           farol::document::render_text(document_of(drift, live_, again.model, again.sources, {}));
  }
  [[nodiscard]] bool asks_about(const std::string& what) const {
    return std::any_of(imported.questions.begin(), imported.questions.end(),
                       [&](const diag::Text& question) { return sentence(question).find(what) != std::string::npos; });
  }
  void check_extras_are_asked_about() const {
    for (const dingtalk::Extra& extra : drift.extras)
      CHECK_MESSAGE((!extra.counts || asks_about(extra.what.details.front())), extra.what.details.front());
  }

  driver::ImportedPolicy imported;
  driver::Compilation again;
  dingtalk::Drift drift;

 private:
  dingtalk::AdminConfig config_;
  dingtalk::Tenant live_;
};

}  // namespace

TEST_CASE("a policy imported from a tenant that people have set compiles, and what would differ is asked") {
  std::size_t sound = 0, clean = 0, asked = 0;
  for (std::uint32_t seed = 0; seed < 120; ++seed) {
    const Compiled compiled({{"p.farol", testing::tenant_policy(seed, Bound::all)}});
    if (!compiled.compilation().may_write()) continue;
    ++sound;
    const model::Model& model = compiled.compilation().model;
    testing::SimulatedTenant simulated{model};
    simulated.apply(dingtalk::lower(model, compiled.compilation().decisions).config);
    set_by_hand(simulated, seed);
    INFO("seed ", seed);
    const Reimported policy{simulated};
    INFO(policy.in_words());
    for (const dingtalk::Finding& each : policy.drift.findings) {
      if (each.verdict != dingtalk::Verdict::differs) continue;
      REQUIRE(each.step != nullptr);
      CHECK(policy.asks_about(each.step->title.front()));
    }
    policy.check_extras_are_asked_about();
    (policy.drift.is_clean() ? clean : asked) += 1;
  }
  CHECK(clean > asked);
  fmt::print("NOTE: {} tenants that people have set imported: {} without drift, {} asked about it\n", sound, clean,
             asked);
}

TEST_CASE("a policy imported from what the steps made compiles, and would change nothing") {
  std::size_t sound = 0, exact = 0, clean = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const std::string text = testing::tenant_policy(seed, Bound::all);
    const Compiled compiled({{"p.farol", text}});
    if (!compiled.compilation().may_write()) continue;
    ++sound;
    const model::Model& model = compiled.compilation().model;
    testing::SimulatedTenant simulated{model};
    simulated.apply(dingtalk::lower(model, compiled.compilation().decisions).config);
    INFO("seed ", seed, "\n", text);
    const Reimported policy{simulated};
    INFO(policy.in_words());
    std::size_t differing = 0, asked = 0;
    if (policy.drift.is_clean()) ++clean;
    for (const dingtalk::Finding& each : policy.drift.findings)
      differing += static_cast<std::size_t>(each.step != nullptr && each.verdict == dingtalk::Verdict::differs);
    for (const diag::Text& question : policy.imported.questions)
      asked += static_cast<std::size_t>(sentence(question).starts_with("a step of this policy would set"));
    CHECK(differing == asked);
    exact += differing == 0 ? 1 : 0;
    // Roles come back with their ids and members.
    for (const model::Binding& binding : model.bindings) {
      const auto role = binding.kind == "role" ? model.find_role(binding.name) : std::nullopt;
      if (!role || model[*role].find("department") != nullptr) continue;
      const auto& bindings = policy.again.model.bindings;
      CHECK(std::any_of(bindings.begin(), bindings.end(),
                        [&](const model::Binding& each) { return each.kind == "role" && each.id == binding.id; }));
    }
  }
  REQUIRE(sound > 60);
  CHECK(exact == sound);
  CHECK(clean == sound);
  fmt::print("NOTE: {} tenants imported: none of the policies would change anything\n", sound);
}

namespace {

using Cells = std::map<std::pair<std::string, std::string>, std::string>;  // by feature and role

Cells cells_of(const std::string& csv) {
  const auto read = base::read_csv(csv);
  const auto& rows = std::get<base::CsvRows>(read);
  Cells cells;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    for (std::size_t c = 3; c + 2 < rows[i].cells.size(); ++c)
      cells[{rows[i].cells[2], rows.front().cells[c]}] = rows[i].cells[c];
  }
  return cells;
}

}  // namespace

TEST_CASE("a matrix that is imported gives the same matrix, but for cells that are questions") {
  std::size_t sound = 0, equal = 0, asked = 0;
  for (std::uint32_t seed = 0; seed < 120; ++seed) {
    const Compiled compiled({{"p.farol", testing::tenant_policy(seed, Bound::none)}});
    if (!compiled.compilation().may_write()) continue;
    ++sound;
    driver::MatrixOptions options;
    options.format = driver::MatrixFormat::csv;
    options.language = base::all_languages[seed % base::all_languages.size()];
    const std::string csv = driver::render_matrix(compiled.compilation(), options);
    const Cells before = cells_of(csv);
    if (before.empty()) continue;
    const auto result = driver::import_policy(*base::parse_date(testing::today), "m.csv", csv);
    if (const auto* bad = std::get_if<driver::BadFile>(&result))
      FAIL("seed ", seed, ": ", sentence(bad->faults.front()), "\n", csv);
    const auto& imported = std::get<driver::ImportedPolicy>(result);
    const driver::Compilation again = testing::compile_text(imported.policy);
    REQUIRE(again.may_write());
    const Cells after = cells_of(driver::render_matrix(again, options));
    std::string questions;
    for (const diag::Text& question : imported.questions) questions += sentence(question) + "\n";
    for (const auto& [place, cell] : before) {
      const auto& [row, column] = place;
      const std::string where = row + " " + column;
      INFO("seed ", seed, " ", where, "\n", csv, "\n", imported.policy);
      const auto there = after.find(place);
      // A feature that nobody is allowed and nothing refuses is refused, and that is asked about.
      std::string shown = cell;  // a question is one line
      std::replace(shown.begin(), shown.end(), '\n', ' ');
      const bool is_asked = questions.find("`" + shown + "`") != std::string::npos ||
                            questions.find(place.first + ": nobody") != std::string::npos ||
                            questions.find("contradicts") != std::string::npos;
      if (is_asked) {
        ++asked;
        if (there != after.end() && cell.find("✔") != std::string::npos &&
            questions.find("`" + shown + "`") != std::string::npos)
          CHECK(there->second.find("✔") == std::string::npos);
        continue;
      }
      REQUIRE(there != after.end());
      ++equal;
      // ⊘ is allowed as ✔ is. Whether the platform can give it hangs on what a table does not say, such as which app
      // made a group, so that only the permission comes back, and never less and never more of a refusal.
      if (cell.find("⊘") == std::string::npos && there->second.find("⊘") == std::string::npos) {
        CHECK(there->second == cell);
      } else {
        for (const char* refusal : {"✖", "–"})
          CHECK((there->second.find(refusal) == std::string::npos) == (cell.find(refusal) == std::string::npos));
      }
    }
  }
  REQUIRE(sound > 40);
  CHECK(equal > asked);
  fmt::print("NOTE: {} matrices imported: {} cells equal, {} are questions\n", sound, equal, asked);
}

}  // namespace property::tenant_test
