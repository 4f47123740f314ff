// What the matrix and `who` make of the decisions: fewer answers, and each of them exact.
#include <doctest/doctest.h>

#include "base/date.h"
#include "document/words.h"
#include "query/answers.h"
#include "query/rows.h"
#include "sema_policy.h"
#include "target/dingtalk/lower.h"

namespace matrix_answers_test {

using namespace farol;
using testing::Policy;

namespace {

constexpr base::Date today{20780};  // 2026-11-23

decide::Answers decided(const Policy& policy) {
  return dingtalk::lower(policy.model, decide::decide(policy.model, today)).answers;
}

query::Rows rows_of(const Policy& policy, const query::MatrixOptions& options = {}) {
  return query::collect_rows(policy.model, decide::decide(policy.model, today), decided(policy), options);
}

// Answers as `mark objects [when] +controls until`.
std::string answers(const Policy& policy, std::string_view role, std::string_view feature) {
  const document::Words words{policy.model, base::Language::en};
  const model::RoleId id = role == "-" ? policy.model.nobody() : *policy.model.find_role(role);
  const model::FeatureId what = *policy.model.find_feature(feature);
  std::string text;
  for (const decide::Answer& answer : query::summary_of(policy.model, decided(policy), id, what)) {
    if (!text.empty()) text += " | ";
    text += symbol(query::mark_of(policy.model, answer));
    const std::string on = words.objects(answer.objects, policy.model[what].acts_on);
    if (!on.empty()) text += " " + on;
    if (const std::string when = words.condition(answer.when); !when.empty()) text += " [" + when + "]";
    if (!answer.controls.empty()) text += " +" + words.controls(answer.controls);
    if (answer.expires) text += " until " + base::to_string(*answer.expires);
  }
  return text;
}

}  // namespace

TEST_CASE("rules that overlap make one answer, with the condition of both") {
  const Policy policy = testing::in_world(
      "allow staff to meeting.join when device is managed\n"
      "allow staff to meeting.join when network is office\n");
  CHECK(answers(policy, "staff", "meeting.join") ==
        "✔ [(device: managed) or (device: anything but managed; network: office)]");
  const auto found = query::summary_of(policy.model, decided(policy), *policy.model.find_role("staff"),
                                       *policy.model.find_feature("meeting.join"));
  CHECK(found.front().rules.size() == 2);
}

TEST_CASE("answers with other controls or another last day stay apart") {
  const Policy policy = testing::in_world(
      "allow staff to meeting.join when device is managed\n"
      "allow staff to meeting.join when device is personal requiring watermark\n"
      "allow staff to chat.send until 2026-12-31\n");
  CHECK(answers(policy, "staff", "meeting.join") == "✔ [device: managed] | ✔ [device: personal] +watermark");
  CHECK(answers(policy, "staff", "chat.send") == "✔ until 2026-12-31");
}

TEST_CASE("where something is allowed in some cases, the others are not said") {
  const Policy policy = testing::in_world(
      "deny staff to meeting.record\n"
      "allow manager to meeting.record on internal or below when device is managed because \"minutes\"\n");
  CHECK(answers(policy, "manager", "meeting.record") == "✔ up to internal [device: managed] | ✖ confidential");
  CHECK(answers(policy, "staff", "meeting.record") == "✖");
  CHECK(answers(policy, "guest", "meeting.record") == "–");
}

TEST_CASE("of a feature that no rule allows, the rest is the platform's, exactly") {
  const Policy policy = testing::in_world(
      "forbid everyone to drive.write on confidential when device is personal\n"
      "forbid guest to chat.send\n");
  CHECK(answers(policy, "staff", "drive.write") ==
        "✖ confidential [device: personal] | ○ up to internal | ○ confidential [device: anything but personal]");
  CHECK(answers(policy, "guest", "chat.send") == "✖");
  CHECK(answers(policy, "-", "chat.send") == "○");
}

TEST_CASE("data that has another answer than its tier") {
  const Policy policy = testing::in_world(
      "allow staff to drive.read on all\n"
      "only manager to drive.* on contracts because \"c\"\n");
  CHECK(answers(policy, "staff", "drive.read") == "✔ up to internal, confidential (without contracts) | ✖ contracts");
  CHECK(answers(policy, "manager", "drive.read") == "✔");
}

TEST_CASE("named things and any other one") {
  const Policy policy = testing::in_world(
      "deny staff to chat.post\n"
      "allow staff to chat.post on talk because \"t\"\n");
  CHECK(answers(policy, "staff", "chat.post") == "✔ talk | ✖ other groups");
}

TEST_CASE("rows: who is shown, what nobody may, what every allow requires") {
  const Policy policy = testing::in_world(
      "allow staff to meeting.join requiring watermark\n"
      "allow manager to chat.send requiring mfa, watermark\n"
      "forbid everyone to chat.post\n"
      "deny staff to drive.read\n");
  query::Rows rows = rows_of(policy);
  CHECK(rows.roles.back() == policy.model.nobody());
  REQUIRE(rows.everywhere.size() == 1);
  CHECK(policy.model[rows.everywhere.front()].name == "watermark");
  REQUIRE(rows.nobody_may.size() == 1);
  CHECK(policy.model[rows.nobody_may.front()].name == "chat.post");
  CHECK(rows.left_to_platform.size() == 2);  // drive.write, meeting.record

  SUBCASE("whoever holds no role has a column only if something is said about them") {
    const Policy silent = testing::in_world("allow staff to meeting.join\n");
    rows = rows_of(silent);
    CHECK(rows.roles.size() == silent.model.roles.size());
  }
  SUBCASE("narrowed to data, features that are about something else have no row") {
    query::MatrixOptions options;
    options.objects = {*policy.model.find_object("contracts")};
    rows = rows_of(policy, options);
    REQUIRE(rows.rows.size() == 1);
    CHECK(policy.model[rows.rows.front().feature].name == "drive.read");
    for (const auto& answer : rows.rows.front().summaries) CHECK(answer.front().objects == options.objects);
  }
}

}  // namespace matrix_answers_test
