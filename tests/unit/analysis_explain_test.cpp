#include <doctest/doctest.h>

#include "decide/explain.h"
#include "sema_policy.h"

namespace analysis_explain_test {

using namespace farol;

namespace {

std::string text_of(const model::Model& model, const std::vector<model::RoleId>& way) {
  std::string text;
  for (const model::RoleId role : way) text += (text.empty() ? "" : " ") + model[role].name;
  return text;
}

}  // namespace

TEST_CASE("a way up is a shortest one, the first by name") {
  const testing::Policy policy(
      "role a\nrole b inherits a\nrole c inherits a\nrole d inherits c, b\nrole e inherits d, a\n");
  const auto& model = policy.model;
  const auto way = [&](std::string_view from, std::string_view to) {
    return text_of(model, decide::way_up(model, *model.find_role(from), *model.find_role(to)));
  };
  CHECK(way("d", "a") == "d b a");
  CHECK(way("e", "a") == "e a");
  CHECK(way("e", "b") == "e d b");
  CHECK(way("a", "a") == "a");
  CHECK(way("a", "e").empty());
}

// Two ways at each of sixty floors: more ways than there are grains of sand, and one is found at once.
TEST_CASE("a tower of diamonds has one answer") {
  std::string text = "role r0\n";
  constexpr int floors = 60;
  for (int i = 0; i < floors; ++i) {
    const std::string at = std::to_string(i), next = std::to_string(i + 1);
    text += "role x" + at + " inherits r" + at + "\nrole y" + at + " inherits r" + at + "\n";
    text += "role r" + next + " inherits x" + at + ", y" + at + "\n";
  }
  const testing::Policy policy(text + "feature f\nallow r0 to f\n");
  const auto& model = policy.model;
  const auto decisions = decide::decide(model, base::Date{20780});
  const auto explained = decide::explain(
      model, decisions, {}, {*model.find_role("r" + std::to_string(floors)), *model.find_feature("f"), {}, {}});
  REQUIRE(explained.answers.size() == 1);
  CHECK(explained.answers[0].effect == decide::Effect::allow);
  CHECK(explained.answers[0].deciding[0].way.size() == 2 * floors + 1);
}

}  // namespace analysis_explain_test
