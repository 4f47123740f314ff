#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "query/listing.h"
#include "sema_policy.h"
#include "support/farol.h"
#include "target/dingtalk/lower.h"

namespace matrix_listing_test {

using namespace farol;
using testing::Policy;

namespace {

constexpr base::Date today{20780};

const Policy& policy() {
  static const Policy it = testing::in_world(
      "allow staff to drive.read on internal or below\n"
      "minutes: allow manager to drive.read on contracts when device is managed requiring mfa until 2027-06-30\n"
      "  because \"needed\" because.zh-Hant \"需要\"\n"
      "forbid guest to chat.send\n");
  return it;
}

const decide::Decisions& decisions() {
  static const decide::Decisions it = decide::decide(policy().model, today);
  return it;
}

const decide::Answers& answers() {
  static const decide::Answers it = dingtalk::lower(policy().model, decisions()).answers;
  return it;
}

query::Listing who(std::string_view feature, std::string_view object = {}) {
  return query::who(policy().model, answers(), *policy().model.find_feature(feature), object);
}

std::string text(const query::Listing& listing, base::Language language = base::Language::en) {
  return render_text(query::listing_document(listing, policy().model, today, policy().sources, language));
}

}  // namespace

TEST_CASE("who may, on what, when, with what, until when and why") {
  CHECK(text(who("drive.read", "contracts")) ==
        "Who may: drive.read, on contracts\n"
        "As of 2026-11-23\n"
        "\n"
        "manager\n"
        "  on        contracts\n"
        "  when      device: managed\n"
        "  requires  mfa\n"
        "  until     2027-06-30\n"
        "  rule      minutes; p.farol:20; “needed”\n");
  CHECK(text(who("drive.read", "contracts"), base::Language::zh_hans).find("規") == std::string::npos);
  CHECK(text(who("drive.read", "contracts"), base::Language::zh_hans).find("“需要”") != std::string::npos);
}

TEST_CASE("a tier stands for all data on it") {
  const auto& model = policy().model;
  CHECK(query::find_objects(model, "confidential").size() == 2);
  CHECK(query::find_objects(model, "contracts").size() == 1);
  CHECK(query::find_objects(model, "nothing_such").empty());
  const auto listing = who("drive.read", "confidential");
  REQUIRE(listing.grants.size() == 1);
  CHECK(listing.grants[0].objects.size() == 1);
}

TEST_CASE("nobody may, and whose business that is then") {
  CHECK(text(who("drive.read", "talk")).find("\nNobody.\n") != std::string::npos);
  CHECK(text(who("chat.send")).find("left to the platform") != std::string::npos);
  CHECK(text(query::what(policy().model, answers(), *policy().model.find_role("guest"))).find("\nNothing.\n") !=
        std::string::npos);
}

TEST_CASE("what a role may do") {
  const auto listing = query::what(policy().model, answers(), *policy().model.find_role("manager"));
  CHECK(text(listing).starts_with("What is allowed: manager\n"));
  REQUIRE(listing.grants.size() == 2);
  CHECK(text(listing).find("  on        up to internal\n  when      always\n") != std::string::npos);
}

TEST_CASE("a rule that names thousands of roles is not written in full for each of them") {
  std::string roles, names;
  for (int i = 0; i < 1'000; ++i) {
    const std::string role = "role_number_" + std::to_string(i);
    roles.append("role ").append(role).append("\n");
    names.append(i == 0 ? "" : ", ").append(role);
  }
  base::MemoryFileSystem files;
  files.files["p.farol"] = "farol 1\nfeature f { kept_by: people }\n" + roles + "allow " + names + " to f\n";
  for (const char* format : {"text", "json"}) {
    const testing::Outcome outcome = testing::run_farol(files, {"who", "f", "p.farol", "--format", format});
    CHECK(outcome.exit == 0);
    CHECK(outcome.out.find("allow role_number_0, role_number_1, ") != std::string::npos);
    CHECK(outcome.out.find("role_number_999, ") == std::string::npos);
    CHECK(outcome.out.size() < 2'000'000);
  }
}

TEST_CASE("the same as JSON") {
  const std::string written =
      query::render_json(who("drive.read", "contracts"), policy().model, today, answers(), policy().sources);
  const auto json = nlohmann::ordered_json::parse(written);
  CHECK(json["as_of"] == "2026-11-23");
  CHECK(json["feature"] == "drive.read");
  CHECK(json["governed"] == true);
  CHECK(json["object"] == "contracts");
  REQUIRE(json["grants"].size() == 1);
  CHECK(
      json["grants"][0].dump() ==
      R"({"role":"manager","feature":"drive.read","objects":["contracts"],"when":[{"device":["managed"]}],"controls":["mfa"],)"
      R"("expires":"2027-06-30","rules":[{"rule":"minutes","file":"p.farol","line":20,)"
      R"("because":{"default":"needed","zh-Hant":"需要"}}],"kept_by":["nobody"]})");
}

}  // namespace matrix_listing_test
