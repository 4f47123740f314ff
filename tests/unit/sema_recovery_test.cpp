// What could not be read is left out in silence: no error is invented, and no finding rests on what is missing.
#include "unit/sema_policy.h"

#include <fmt/format.h>

namespace sema_recovery_test {

namespace {

using farol::testing::in_world;
using farol::testing::Policy;

bool is_uncertain(const Policy& policy, std::string_view feature) { return policy.feature(feature).uncertain; }

}  // namespace

TEST_CASE("names of a declaration that could not be read are used in silence") {
  const Policy policy = in_world("role auditor inherits {\nallow auditor to chat.send\nallow guest to meeting.join\n");
  REQUIRE(policy.findings().size() == 1);
  CHECK(policy.finding().starts_with("19: syntax-error"));
  CHECK(policy.model.rules.size() == 1);
  CHECK(policy.uncertain() == "chat.send");
}

TEST_CASE("tiers that could not be read are silent where data and rules use them") {
  const Policy policy(
      "tiers low < < high\ndata notes: high\nrole staff\nfeature read { acts_on: data }\nallow staff to read on "
      "notes\n");
  CHECK(policy.findings().size() == 1);
  CHECK(policy.uncertain() == "read");
}

TEST_CASE("a rule that could not be read puts the features that it mentions in doubt") {
  const Policy policy = in_world("allow staff to drive.read on on contracts\nallow guest to chat.send\n");
  CHECK(policy.findings().size() == 1);
  CHECK(policy.uncertain() == "drive.read");
  CHECK(policy.model.rules.size() == 1);
  CHECK(in_world("allow staff to drive.* on on contracts\n").uncertain() == "drive.read drive.write");
  CHECK(in_world("allow staff to drive.reed on on contracts\n").uncertain() == "drive.read");
}

TEST_CASE("a rule that mentions no feature could be about any") {
  const std::size_t all = in_world("").model.features.size();
  for (const std::string_view rule : {"allow staff to\n", "allow staff to everything, chat.send on on all\n"}) {
    const Policy policy = in_world(rule);
    const auto& features = policy.model.features;
    CHECK(static_cast<std::size_t>(
              std::count_if(features.begin(), features.end(), [](const auto& each) { return each.uncertain; })) == all);
  }
}

TEST_CASE("a rule with a name that is not there puts its features in doubt") {
  CHECK(in_world("allow nobody_knows to drive.read on notes\n").uncertain() == "drive.read");
  CHECK(in_world("allow staff to drive.reed on notes\n").uncertain() == "drive.read");
  CHECK(in_world("allow staff to drive.read on notes when devise is managed\n").uncertain() == "drive.read");
  CHECK(in_world("allow staff to chat.send on notes\n").uncertain() == "chat.send");
  CHECK(in_world("features some = drive.read, drive.wrote\nallow staff to some, chat.send on all\n").uncertain() ==
        "chat.send drive.read drive.write");
  CHECK(in_world("require mfaa for everyone to chat.*\n").uncertain().empty());
}

TEST_CASE("what grants and refuses nothing puts nothing in doubt") {
  CHECK(in_world("never allow staf to chat.send because \"x\"\n").uncertain().empty());
  CHECK(in_world("test \"t\" { expect deny staf to chat.send }\n").uncertain().empty());
}

TEST_CASE("a name that is declared twice is certain in nothing, and its uses as the other kind are silent") {
  const Policy policy = in_world("role chat.send\nallow chat.send to meeting.join\n");
  CHECK(policy.finding() == "19: duplicate-name: `chat.send` is declared already, as a feature");
  CHECK(is_uncertain(policy, "chat.send"));
  CHECK(is_uncertain(policy, "meeting.join"));
  CHECK(in_world("role staff\n").role("staff").uncertain);
}

TEST_CASE("a library, a file that is missing: unknown names are nobody's fault") {
  const Policy library(
      "use dingtolk 2026.11\nrole staff\nallow staff to meeting.join when device is managed\ndeny staff to chat.*\n");
  CHECK(library.finding() == "2: unknown-name: unknown library `dingtolk`");
  CHECK(library.model.rules.empty());
  const Policy broken("use dingtalk 2026.11 2026.12\nrole staff\nallow staff to meeting.join\n");
  CHECK(broken.findings().size() == 1);
  const Policy missing("include \"gone.farol\"\nrole staff\nallow staff to meeting.join\n");
  CHECK(missing.findings().size() == 1);
  const Policy outside(std::map<std::string, std::string>{
      {"in/a.farol", "farol 1\ninclude \"../b.farol\"\nfeature f\nallow staff to f\n"}});
  CHECK(outside.findings().size() == 1);
  // What is there and of another kind is reported all the same.
  CHECK(Policy("include \"gone.farol\"\nrole staff\nallow staff to staff\n").findings().size() == 2);
}

TEST_CASE("a typing error in one statement hides no error of another") {
  const Policy policy = in_world(
      "allow staf to chat.send\nallow staff to to chat.send\ndeny gust to meeting.join\nrole x inherits staf\n");
  CHECK(policy.findings().size() == 4);
}

TEST_CASE("a thousand unknown names are reported quickly, and all counted") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += fmt::format("allow staf{} to chat.send\n", i);
  CHECK(in_world(text).sink.errors() == 1000);
}

}  // namespace sema_recovery_test
