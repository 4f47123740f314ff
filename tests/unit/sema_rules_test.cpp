// Rules, guardrails and tests: objects that fit, controls, dates, canonical text, places.
#include "unit/sema_policy.h"

#include <fmt/format.h>

namespace sema_rules_test {

namespace {

using farol::testing::in_world;
using farol::testing::Policy;

std::string finding_of(std::string_view statements) { return in_world(statements).finding(); }

std::vector<std::string> texts(const Policy& policy) {
  std::vector<std::string> list;
  for (const auto& rule : policy.model.rules) list.push_back(rule.text);
  return list;
}

}  // namespace

TEST_CASE("a named feature must fit every object term") {
  CHECK(finding_of("deny staff to drive.read on contracts, internal, all\n").empty());
  CHECK(finding_of("deny staff to meeting.record on internal or below\n").empty());
  CHECK(finding_of("deny staff to chat.post on talk\n").empty());
  CHECK(finding_of("deny staff to chat.send on internal\n") ==
        "19: wrong-object: `chat.send` acts on nothing, so it cannot be on `internal`");
  CHECK(finding_of("deny staff to meeting.record on internal, contracts\n") ==
        "19: wrong-object: `meeting.record` acts on tiers, so it cannot be on `contracts`");
  CHECK(finding_of("deny staff to chat.post on internal\n") ==
        "19: wrong-object: `chat.post` acts on groups, so it cannot be on `internal`");
  CHECK(finding_of("deny staff to drive.read, chat.post on internal, talk\n") ==
        "19: wrong-object: `drive.read` acts on data, so it cannot be on `talk`\n"
        "19: wrong-object: `chat.post` acts on groups, so it cannot be on `internal`");
}

TEST_CASE("a data class where a tier is needed points at its tier") {
  const Policy policy = in_world("deny staff to meeting.record on contracts\n");
  CHECK(sentence(policy.sink.sorted(policy.sources).front().help) == "the tier of `contracts` is `confidential`");
}

TEST_CASE("a wildcard means the features that fit, and fails only if it fits none") {
  CHECK(finding_of("deny staff to meeting.* on internal\n").empty());
  CHECK(finding_of("deny staff to everything on contracts, talk\n").empty());
  CHECK(finding_of("deny staff to meeting.* on contracts\n") ==
        "19: wrong-object: no feature of `meeting.*` acts on what `contracts` is");
  CHECK(finding_of("deny staff to meeting.* on contracts, internal\n").empty());
  CHECK(finding_of("features some = chat.*\ndeny staff to some on internal\n") ==
        "20: wrong-object: no feature of `some` acts on what `internal` is");
}

TEST_CASE("an `allow` of what acts on data or tiers says on what") {
  const Policy policy = in_world("allow staff to drive.*, meeting.record, chat.send\n");
  CHECK(policy.finding() ==
        "19: allow-without-object: this `allow` does not say on what: `drive.read`, `drive.write`, `meeting.record` "
        "act on data or tiers");
  CHECK(finding_of("allow staff to chat.send, chat.post\n").empty());
  CHECK(finding_of("deny staff to drive.read\n").empty());
  CHECK(finding_of("test \"t\" { expect allow staff to drive.read }\n").empty());
}

TEST_CASE("features are governed by allows that reach them, whatever their dates") {
  const Policy policy = in_world(
      "allow staff to drive.* except drive.write on contracts until 2001-01-01\nallow staff to meeting.* on "
      "internal\ndeny staff to chat.send\n");
  CHECK(policy.finding().empty());
  CHECK(policy.feature("drive.read").governed);
  CHECK_FALSE(policy.feature("drive.write").governed);
  CHECK(policy.feature("meeting.record").governed);
  CHECK_FALSE(policy.feature("meeting.join").governed);  // it acts on nothing, and the rule is on a tier
  CHECK_FALSE(policy.feature("chat.send").governed);
  CHECK(in_world("allow staff to meeting.* on all\n").feature("meeting.join").governed);
}

TEST_CASE("controls: sorted, each once, and only what a feature can have") {
  const Policy policy = in_world("allow staff to chat.send requiring watermark, mfa, watermark\n");
  CHECK(policy.model.rules.front().controls.size() == 2);
  CHECK(policy.model[policy.model.rules.front().controls.front()].name == "mfa");
  const std::string_view picky = "feature picky { controls: mfa }\n";
  CHECK(finding_of(fmt::format("{}allow staff to picky requiring mfa\n", picky)).empty());
  CHECK(finding_of(fmt::format("{}allow staff to picky, chat.send requiring watermark\n", picky)) ==
        "20: bad-attribute: `picky` cannot have the control `watermark`");
  // A list that could not be read forbids nothing.
  CHECK(
      finding_of("feature picky { controls: mfaa }\nallow staff to picky requiring watermark\n").find("cannot have") ==
      std::string::npos);
}

TEST_CASE("only what is allowed can require anything") {
  CHECK(finding_of("only staff to chat.send requiring mfa\n") ==
        "19: bad-attribute: `only` grants nothing, so it can require nothing");
  CHECK(finding_of("test \"t\" { expect none staff to chat.send requiring mfa }\n") ==
        "19: bad-attribute: `expect none` can require nothing");
}

TEST_CASE("dates: both days are included, and the first is not after the last") {
  const Policy policy = in_world("deny staff to chat.send from 2026-03-01 until 2026-03-01\n");
  CHECK(policy.finding().empty());
  const auto& rule = policy.model.rules.front();
  CHECK(rule.is_live(*farol::base::parse_date("2026-03-01")));
  CHECK_FALSE(rule.is_live(*farol::base::parse_date("2026-03-02")));
  const Policy wrong = in_world("deny staff to chat.send from 2026-03-02 until 2026-03-01\n");
  CHECK(wrong.finding() == "19: bad-attribute: from 2026-03-02 until 2026-03-01 is no day at all");
  CHECK(wrong.repaired().ends_with("from 2026-03-01 until 2026-03-02\n"));
}

TEST_CASE("the text of a rule is the same for every layout") {
  const Policy policy = in_world(
      "minutes: final allow   anyone ,staff to drive.* ,\n meeting.record /* x */ except drive.read on internal   or "
      "below, all\n"
      "  when (device is managed) or ((network is office)) requiring mfa, watermark from 2026-01-01 until 2026-12-31\n"
      "  because \"say \\\"why\\\"\" because.pt \"porque\" kept by \"the host\"\n");
  REQUIRE(policy.finding().empty());
  CHECK(texts(policy) ==
        std::vector<std::string>{
            "allow everyone, staff to drive.*, meeting.record except drive.read on internal or below, all when (device "
            "is "
            "managed) or (network is office) requiring mfa, watermark from 2026-01-01 until 2026-12-31 because \"say "
            "\\\"why\\\"\" kept by \"the host\""});
  const auto& rule = policy.model.rules.front();
  CHECK(rule.label == "minutes");
  CHECK(rule.final);
  CHECK(rule.reference() == "minutes");
  CHECK(rule.because.in("pt") == "porque");
  CHECK(rule.kept_by == "the host");
}

TEST_CASE("names that are words of the language are quoted, and no others") {
  const Policy policy(
      "role `only`\nfeature allow.`all`\ncontext `when`: a | `is`\ndeny `only` to allow.all when `when` is `is`\n");
  REQUIRE(policy.finding().empty());
  CHECK(policy.model.rules.front().text == "deny `only` to allow.all when `when` is `is`");
}

TEST_CASE("rules stand in the order of their texts, then their labels") {
  const Policy policy = in_world(
      "deny staff to chat.send\nb: allow staff to chat.send\na: allow staff to chat.send\nallow guest to chat.send\n");
  CHECK(texts(policy) == std::vector<std::string>{"allow guest to chat.send", "allow staff to chat.send",
                                                  "allow staff to chat.send", "deny staff to chat.send"});
  CHECK(policy.model.rules[1].label == "a");
}

TEST_CASE("places of the parts of a rule") {
  const Policy policy = in_world(
      "x: allow staff, guest except manager to drive.* on internal, notes except contracts when device is managed\n");
  REQUIRE(policy.finding().empty());
  const auto& spans = policy.model.rules.front().spans;
  CHECK(policy.text(spans.statement).starts_with("x: allow"));
  CHECK(policy.text(policy.model.rules.front().verb_span) == "allow");
  CHECK(policy.text(spans.subjects) == "staff, guest except manager");
  CHECK(policy.text(spans.subject_terms) == "staff, guest");
  CHECK(spans.subjects_except);
  CHECK(policy.text(spans.features) == "drive.*");
  CHECK_FALSE(spans.features_except);
  CHECK(policy.text(spans.object_terms) == "internal, notes");
  CHECK(policy.text(spans.when) == "device is managed");
  const Policy short_one = in_world("deny staff to chat.send\n");
  CHECK(short_one.model.rules.front().spans.objects.is_none());
  CHECK(short_one.model.rules.front().spans.when.is_none());
}

TEST_CASE("guardrails, separations and tests reach the model") {
  const Policy policy = in_world(
      "never allow guest to drive.* because \"x\"\nkeep: always allow staff to chat.send because \"y\"\nrequire mfa, "
      "watermark for everyone\n"
      "separate staff, guest because \"z\"\nseparate chat.send, chat.post, meeting.join at most 2 because \"z\"\n"
      "test \"one\" { expect deny guest to chat.send  expect allow staff to drive.read on notes requiring mfa }\n");
  REQUIRE(policy.finding().empty());
  using Guardrail = farol::model::Guardrail;
  REQUIRE(policy.model.guardrails.size() == 3);
  CHECK(policy.model.guardrails[0].kind == Guardrail::Kind::always);
  CHECK(policy.model.guardrails[0].label == "keep");
  CHECK(policy.model.guardrails[1].text == "never allow guest to drive.* because \"x\"");
  CHECK(policy.model.guardrails[2].kind == Guardrail::Kind::require);
  CHECK(policy.model.guardrails[2].controls.size() == 2);
  CHECK(policy.model[policy.model.guardrails[2].area.features.front()].base ==
        farol::model::FeatureTerm::Base::everything);
  REQUIRE(policy.model.separations.size() == 2);
  CHECK(policy.model.separations[0].features.size() == 3);
  CHECK(policy.model.separations[0].at_most == 2);
  CHECK(policy.model.separations[1].roles.size() == 2);
  REQUIRE(policy.model.tests.front().expectations.size() == 2);
  CHECK(policy.model.tests.front().expectations[1].text == "expect allow staff to drive.read on notes requiring mfa");
}

TEST_CASE("separations are of one kind, of two or more, each once") {
  CHECK(finding_of("separate staff, chat.send because \"x\"\n") ==
        "19: unknown-name: `chat.send` is a feature, not a role");
  CHECK(finding_of("separate staff because \"x\"\n") ==
        "19: bad-attribute: one name alone cannot be separated from anything");
  CHECK(finding_of("separate staff, guest, staff because \"x\"\n") == "19: duplicate-name: `staff` is given twice");
  CHECK(finding_of("separate staff, guest at most 2 because \"x\"\n") ==
        "19: bad-attribute: `at most` is a number from 1 to 1, not 2");
  CHECK(finding_of("separate staff, guest at most 1.5 because \"x\"\n") ==
        "19: bad-attribute: `at most` is a number from 1 to 1, not 1.5");
}

TEST_CASE("every part of a rule says what is wrong with it, in one run") {
  CHECK(in_world("allow staf to drive.reed on kontracts when devise is managed requiring mfaa\n").findings().size() ==
        5);
}

}  // namespace sema_rules_test
