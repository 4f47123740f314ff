// Declarations: one name space, what clashes, what is not there.
#include "unit/sema_policy.h"

#include <fmt/format.h>

namespace sema_names_test {

namespace {

using farol::testing::in_world;
using farol::testing::Policy;

}  // namespace

TEST_CASE("names are one name space whatever they name") {
  const Policy policy("role hr\ndata hr\ncontext hr: a | b\n");
  CHECK(policy.findings() == std::vector<std::string>{"3: duplicate-name: `hr` is declared already, as a role",
                                                      "4: duplicate-name: `hr` is declared already, as a role"});
}

TEST_CASE("the second of two equal names is the later one, whatever kind it is of") {
  CHECK(Policy("role hr\nfeature a\nrole a\n").finding() == "4: duplicate-name: `a` is declared already, as a feature");
  const Policy files(
      std::map<std::string, std::string>{{"a.farol", "farol 1\nrole x\n"}, {"b.farol", "farol 1\n\n\nfeature x\n"}});
  CHECK(files.finding() == "4: duplicate-name: `x` is declared already, as a role");
}

TEST_CASE("names that differ in case alone, or look alike, are errors; both can still be used") {
  CHECK(Policy("role staff\nrole Staff\nfeature a\nallow Staff to a\n").finding() ==
        "3: duplicate-name: `Staff` differs from `staff` in case alone");
  // The second one has a Cyrillic letter.
  CHECK(Policy("role scope\nrole ѕсоре\n").finding() == "3: look-alike-name: `ѕсоре` can be taken for `scope`");
}

TEST_CASE("tiers and values count as names, of which a policy has a bound") {
  for (const char* start : {"tiers n", "context net: n"}) {
    std::string text = start;
    const char* between = text.front() == 't' ? " < n" : " | n";
    for (int i = 0; i < 250'000; ++i) text.append(between).append(std::to_string(i));
    CHECK(Policy(text + "\n").finding() == "2: too-large: the policy declares more than 250000 names");
  }
}

TEST_CASE("a feature is a leaf") {
  CHECK(Policy("feature a.b\nfeature a.b.c\n").finding() ==
        "3: duplicate-name: `a.b.c` cannot go on with a dot, because `a.b` is a feature");
  CHECK(Policy("feature a.b.c\nfeature a.b\n").finding() ==
        "3: duplicate-name: `a.b` cannot be a feature, because `a.b.c` goes on with a dot");
  CHECK(Policy("feature a.b\nfeature a.bc\nfeature a.b-c\n").finding().empty());
}

TEST_CASE("a policy has one `policy` and one `tiers`") {
  CHECK(Policy("policy \"A\"\npolicy \"B\"\ntiers a < b\ntiers c < d\ndata x: c\n").findings() ==
        std::vector<std::string>{"3: duplicate-name: a policy has one `policy` statement, and this is the second",
                                 "5: duplicate-name: a policy has one `tiers` statement, and this is the second"});
}

TEST_CASE("an unknown name comes with the nearest of its kind") {
  const Policy policy = in_world("allow staf to drive.read on contracts\n");
  CHECK(policy.finding() == "19: unknown-name: unknown role `staf`");
  CHECK(Policy(policy.repaired()).finding().empty());
  CHECK(sentence(
            in_world("allow staff to drive.reed on notes\n").sink.sorted(policy.sources).front().fixes.front().title) ==
        "did you mean `drive.read`?");
  CHECK(in_world("allow staff to something on notes\n").sink.sorted(policy.sources).front().fixes.empty());
}

TEST_CASE("a nearest name that is a word of the language is put in backticks") {
  CHECK(Policy("role `allow`\nfeature a\nallow alow to a\n").repaired() ==
        "role `allow`\nfeature a\nallow `allow` to a\n");
}

TEST_CASE("a name of another kind says what it is") {
  CHECK(in_world("allow contracts to chat.send\n").finding() == "19: unknown-name: `contracts` is data, not a role");
  CHECK(in_world("allow staff to chat.send, manager\n").finding() ==
        "19: unknown-name: `manager` is a role, not a feature");
  CHECK(in_world("allow staff to drive.read on chat.send\n").finding() ==
        "19: unknown-name: `chat.send` is a feature, not an object");
  CHECK(in_world("allow staff to chat.send requiring device\n").finding() ==
        "19: unknown-name: `device` is a context, not a control");
  CHECK(in_world("allow staff to chat.send when mfa\n").finding() ==
        "19: unknown-name: `mfa` is a control, not a condition");
}

TEST_CASE("a namespace in the place of a feature asks for its wildcard") {
  const Policy policy = in_world("deny staff to meeting\n");
  CHECK(policy.finding() == "19: unknown-name: `meeting` is a namespace, not a feature");
  CHECK(policy.repaired().ends_with("deny staff to meeting.*\n"));
}

TEST_CASE("without a library, names of the embedded one are pointed at") {
  const Policy without("role staff\nallow staff to meeting.join\n");
  CHECK(without.finding() == "3: unknown-name: unknown feature `meeting.join`");
  CHECK(sentence(without.sink.sorted(without.sources).front().help) ==
        "the library `dingtalk` has `meeting.join`: write `use dingtalk` to use it");
  const Policy wildcard("role staff\ndeny staff to meeting.*\n");
  CHECK(sentence(wildcard.sink.sorted(wildcard.sources).front().help) ==
        "the library `dingtalk` has `meeting`: write `use dingtalk` to use it");
  const Policy with("use dingtalk 2026.11\nrole staff\nallow staff to meeting.jion\n");
  CHECK(with.sink.sorted(with.sources).front().help.empty());
}

TEST_CASE("the libraries of the compiler resolve without findings, and a clash with one is the user's") {
  CHECK(Policy("use dingtalk 2026.11\n").findings(farol::diag::Severity::note).empty());
  const Policy policy("use dingtalk 2026.11\nrole device\nfeature meeting.join.now\n");
  CHECK(policy.findings() ==
        std::vector<std::string>{
            "3: duplicate-name: `device` is declared already, as a context",
            "4: duplicate-name: `meeting.join.now` cannot go on with a dot, because `meeting.join` is a feature"});
  CHECK(policy.feature("meeting.join").library);
  CHECK(policy.model.libraries.front().version == "2026.11");
}

TEST_CASE("features are sorted by the parts of their names, and namespaces are ranges") {
  const Policy policy("feature b.x\nfeature a.b.c\nfeature a-b.z\nfeature a.b.d\nfeature a.c\nfeature z\n");
  std::vector<std::string> names;
  for (const auto& feature : policy.model.features) names.push_back(feature.name);
  CHECK(names == std::vector<std::string>{"a.b.c", "a.b.d", "a.c", "a-b.z", "b.x", "z"});
  const auto& a = policy.model[*policy.model.find_namespace("a")];
  const auto& inner = policy.model[*policy.model.find_namespace("a.b")];
  CHECK(a.first == 0);
  CHECK(a.last == 3);
  CHECK(inner.first == 0);
  CHECK(inner.last == 2);
  CHECK(policy.model[inner.parent].name == "a");
  CHECK(policy.feature("a.c").name_space == *policy.model.find_namespace("a"));
  CHECK(policy.feature("z").name_space.is_none());
}

TEST_CASE("objects: tiers, data, things, the others of each kind, nothing") {
  const Policy policy = in_world("app site_log\ndata accounts: internal\n");
  std::vector<std::string> names;
  for (const auto& object : policy.model.objects) {
    names.push_back(fmt::format("{} {}{}", to_string(object.kind), object.name, object.other ? "other" : ""));
  }
  CHECK(names == std::vector<std::string>{"tier public", "tier internal", "tier confidential", "data accounts",
                                          "data contracts", "data notes", "app site_log", "group talk", "app other",
                                          "group other", "place other", "department other", "nothing "});
  CHECK(policy.model[policy.object("contracts").tier].name == "confidential");
  CHECK(policy.model.objects_of(farol::model::ActsOn::data).size() == 6);
}

TEST_CASE("without `tiers` there is one nameless tier, and data is at it") {
  const Policy policy("data contracts\n");
  CHECK(policy.finding().empty());
  REQUIRE(policy.model.tiers.size() == 1);
  CHECK(policy.model.tiers.front().name.empty());
  CHECK(policy.object("contracts").tier == farol::model::TierId{0});
}

TEST_CASE("where there are tiers, data is at one") {
  const Policy policy = in_world("data books\n");
  CHECK(policy.finding() == "19: bad-attribute: `books` is at no tier");
  CHECK(policy.repaired().ends_with("data books: confidential\n"));
  CHECK(in_world("data books: confidentail\nallow staff to drive.read on books\n").finding() ==
        "19: unknown-name: unknown tier `confidentail`");
  CHECK(in_world("data books: contracts\n").finding() == "19: unknown-name: `contracts` is data, not a tier");
}

}  // namespace sema_names_test
