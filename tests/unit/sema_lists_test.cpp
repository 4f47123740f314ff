// Lists: what each term stands for, `except`, named lists.
#include "unit/sema_policy.h"

#include <fmt/format.h>

namespace sema_lists_test {

namespace {

using farol::testing::in_world;
using farol::testing::Policy;

std::string subjects_of(std::string_view list) {
  const Policy policy = in_world(fmt::format("deny {} to chat.send\n", list));
  CHECK(policy.finding().empty());
  return policy.model.rules.empty() ? "" : policy.subjects(policy.model.rules.front());
}

std::string features_of(std::string_view list) {
  const Policy policy = in_world(fmt::format("deny staff to {}\n", list));
  CHECK(policy.finding().empty());
  return policy.model.rules.empty() ? "" : policy.features(policy.model.rules.front());
}

std::string objects_of(std::string_view list) {
  const Policy policy = in_world(fmt::format("deny staff to everything on {}\n", list));
  CHECK(policy.finding().empty());
  return policy.model.rules.empty() ? "" : policy.objects(policy.model.rules.front());
}

}  // namespace

TEST_CASE("subjects") {
  CHECK(subjects_of("staff") == "manager staff");
  CHECK(subjects_of("exactly staff") == "staff");
  CHECK(subjects_of("everyone") == "guest manager staff -");
  CHECK(subjects_of("anyone") == "guest manager staff -");
  CHECK(subjects_of("guest, manager, guest") == "guest manager");
  CHECK(subjects_of("everyone except staff") == "guest -");
  CHECK(subjects_of("staff, guest except exactly staff") == "manager guest");
  CHECK(subjects_of("everyone except staff, guest") == "-");
  CHECK(subjects_of("manager, guest except staff") == "guest");
}

TEST_CASE("features") {
  CHECK(features_of("drive.read") == "drive.read");
  CHECK(features_of("drive.*, chat.send") == "drive.read drive.write chat.send");
  CHECK(features_of("everything except drive.*, meeting.*") == "chat.post chat.send");
  CHECK(features_of("drive.* except drive.read") == "drive.write");
}

TEST_CASE("objects: a tier is its own data and its classes, a range is the list of its tiers") {
  CHECK(objects_of("contracts") == "contracts");
  CHECK(objects_of("confidential") == "confidential contracts");
  CHECK(objects_of("internal or below") == "public internal notes");
  CHECK(objects_of("internal or above") == "internal notes confidential contracts");
  CHECK(objects_of("public..internal") == "public internal notes");
  CHECK(objects_of("internal..internal") == "internal notes");
  CHECK(objects_of("public or above except contracts") == "public internal notes confidential");
  CHECK(objects_of("talk") == "talk");
  CHECK(objects_of("all except confidential, notes") == "public internal talk - - - - -");
  const Policy range = in_world("deny staff to everything on internal or below\n");
  CHECK(range.model.rules.front().area.objects.size() == 2);
}

TEST_CASE("a range from a higher tier to a lower one comes with the swapped one") {
  const Policy policy = in_world("deny staff to drive.read on confidential..public\n");
  CHECK(policy.finding() == "19: matches-nothing: `public` is below `confidential`, so no tier lies between them");
  CHECK(policy.repaired().ends_with("on public..confidential\n"));
}

TEST_CASE("a list without a term left is an error at the list") {
  const Policy policy = in_world("deny staff, manager except staff to chat.send\n");
  CHECK(policy.finding() == "19: matches-nothing: nothing is left of this list after its `except`");
  CHECK(policy.text(policy.sink.sorted(policy.sources).front().span) == "staff, manager except staff");
  CHECK(in_world("deny staff to drive.* except drive.read, drive.write\n").findings().size() == 1);
}

TEST_CASE("a wildcard without features is an error with the nearest namespace") {
  const Policy policy = in_world("deny staff to meating.*\n");
  CHECK(policy.finding() == "19: matches-nothing: no feature's name begins with `meating.`");
  CHECK(policy.repaired().ends_with("deny staff to meeting.*\n"));
  CHECK(in_world("deny staff to chat.send.*\n").repaired().ends_with("deny staff to chat.send\n"));
}

TEST_CASE("a named list is that list, with its own `except` taken as it stands") {
  const Policy policy = in_world(
      "roles outer = inner, guest\nroles inner = staff except exactly staff\n"
      "features writing = drive.* except drive.read\nobjects secret = contracts, internal except notes\n"
      "deny outer to writing on secret\ndeny everyone except outer to chat.send\n");
  CHECK(policy.finding().empty());
  const auto& rules = policy.model.rules;
  CHECK(policy.subjects(rules[1]) == "manager guest");
  CHECK(policy.features(rules[1]) == "drive.write");
  CHECK(policy.objects(rules[1]) == "contracts internal");
  CHECK(policy.subjects(rules[0]) == "staff -");
  // The outer `except` takes from every term.
  const Policy both = in_world("roles some = staff, guest\ndeny some except guest to chat.send\n");
  CHECK(both.subjects(both.model.rules.front()) == "manager staff");
}

TEST_CASE("equal sets are one term, however they are written") {
  const Policy policy = in_world(
      "roles people = staff\ndeny people to chat.send\ndeny staff to meeting.join\ndeny staff, people to drive.*\n");
  CHECK(policy.model.subject_terms.size() == 1);
  for (const auto& rule : policy.model.rules) CHECK(rule.area.subjects.size() == 1);
}

TEST_CASE("a list that is defined by itself is reported once, and its uses are silent") {
  CHECK(in_world("roles a = b\nroles b = a, staff\ndeny a to chat.send\n").finding() ==
        "19: definition-cycle: list `a` is defined by itself: `a` names `b` names `a`");
  CHECK(in_world("features f = chat.* except f\n").findings().size() == 1);
  CHECK(in_world("roles gone = staff except everyone\ndeny gone to chat.send\ndeny staff except gone to chat.send\n")
            .findings()
            .size() == 1);
}

TEST_CASE("`exactly` is for a role, and lists are of one kind") {
  CHECK(in_world("roles some = staff\ndeny exactly some to chat.send\n").finding() ==
        "20: bad-attribute: `exactly` is for one role, and `some` is a list of roles");
  CHECK(in_world("roles some = staff\ndeny staff to some\n").finding() ==
        "20: unknown-name: `some` is a list of roles, not a feature");
  CHECK(in_world("objects some = chat.send\n").finding() ==
        "19: unknown-name: `chat.send` is a feature, not an object");
}

TEST_CASE("every wrong term of a list is reported") {
  CHECK(in_world("deny nn, mm except kk to chat.send\n").findings().size() == 3);
}

TEST_CASE("a chain of lists may be as long as the policy") {
  std::string text = "roles l0 = staff\n";
  for (int i = 1; i < 20'000; ++i) text += fmt::format("roles l{} = l{}\n", i, i - 1);
  const Policy policy = in_world(text + "deny l19999 to chat.send\n");
  CHECK(policy.finding().empty());
  CHECK(policy.subjects(policy.model.rules.front()) == "manager staff");
}

TEST_CASE("whether some list of roles has an `except` is read from the lists, not from the words of the text") {
  const auto excepted = [](std::string_view text) { return in_world(text).model.roles_are_excepted; };
  CHECK_FALSE(excepted("// ler tudo, excepto contratos\ndeny staff to chat.send\n"));
  CHECK_FALSE(excepted("deny staff to chat.* except chat.send\n"));
  CHECK(excepted("deny everyone except manager to chat.send\n"));
  CHECK(excepted("roles others = staff except manager\n"));
}

}  // namespace sema_lists_test
