// Labels, `drop`, the order of files, canonical texts, and what is said about statements that are only kept.
#include "unit/sema_policy.h"

#include "sema/canonical.h"

namespace sema_statements_test {

namespace {

using farol::testing::in_world;
using farol::testing::Policy;
using Files = std::map<std::string, std::string>;

const std::string base =
    "farol 1\nrole staff\nfeature a\nfeature b\nkeep: final deny staff to a\nopen: allow staff to b\n";

Policy client(std::string_view statements) {
  return Policy(Files{{"base.farol", base}, {"client.farol", "farol 1\n" + std::string(statements)}});
}

}  // namespace

namespace {

std::vector<std::string> canonical_texts(const farol::model::Model& model) {
  std::vector<std::string> texts;
  for (const farol::model::StatementText& each : model.canonical) texts.push_back(each.text);
  return texts;
}

}  // namespace

TEST_CASE("`drop` takes a statement of another file out, and its label is free again") {
  const Policy policy = client("drop open because \"we do not\"\nopen: deny staff to b\n");
  CHECK(policy.finding().empty());
  REQUIRE(policy.model.rules.size() == 2);
  CHECK(policy.model.rules[1].text == "deny staff to b");
  CHECK_FALSE(policy.feature("b").governed);
}

TEST_CASE("what cannot be dropped") {
  const Policy final_one = client("drop keep because \"x\"\n");
  CHECK(final_one.finding() == "2: final-statement: `keep` is final and cannot be dropped");
  CHECK(final_one.text(final_one.sink.sorted(final_one.sources).front().labels.front().span) ==
        "keep: final deny staff to a");
  CHECK(final_one.model.rules.size() == 2);
  const Policy unknown = client("drop opn because \"x\"\n");
  CHECK(unknown.finding() == "2: unknown-name: unknown label `opn`");
  CHECK(sentence(unknown.sink.sorted(unknown.sources).front().fixes.front().title) == "did you mean `open`?");
  CHECK(client("own: deny staff to b\ndrop own because \"x\"\n").finding() ==
        "3: bad-attribute: `own` is in this file itself");
}

TEST_CASE("a label of a statement that could not be read is dropped in silence") {
  const Policy policy(
      Files{{"base.farol", base + "odd: deny staff to to a\n"}, {"client.farol", "farol 1\ndrop odd because \"x\"\n"}});
  CHECK(policy.findings().size() == 1);
}

TEST_CASE("labels are a name space of their own, each once") {
  CHECK(in_world("staff: deny staff to chat.send\n").finding().empty());
  CHECK(in_world("x: deny staff to chat.send\nx: deny staff to chat.post\n").finding() ==
        "20: duplicate-name: `x` is declared already, as a label");
  CHECK(in_world("x: deny staff to chat.send\nX: deny staff to chat.post\n").finding() ==
        "20: duplicate-name: `X` differs from `x` in case alone");
}

TEST_CASE("nothing depends on the order of statements or files") {
  const Policy one =
      in_world("allow staff to chat.send\nroles r = staff\ndeny r to meeting.join when device is managed\n");
  const std::string statements(farol::testing::world);
  const Policy two(
      Files{{"z.farol", "farol 1\ndeny r to meeting.join when device is managed\nallow staff to chat.send\n"},
            {"a.farol", "farol 1\nroles r = staff\ninclude \"z.farol\"\n"},
            {"m.farol", "farol 1\n" + statements}});
  CHECK(two.finding().empty());
  CHECK(canonical_texts(one.model) == canonical_texts(two.model));
  CHECK(one.model.subject_terms == two.model.subject_terms);
  CHECK(one.model.conditions == two.model.conditions);
  REQUIRE(one.model.rules.size() == two.model.rules.size());
  for (std::size_t i = 0; i < one.model.rules.size(); ++i) {
    CHECK(one.model.rules[i].text == two.model.rules[i].text);
    CHECK(one.model.rules[i].area.subjects == two.model.rules[i].area.subjects);
    CHECK(one.model.rules[i].area.when == two.model.rules[i].area.when);
  }
}

TEST_CASE("canonical texts: every kind of statement, sorted, without layout") {
  const Policy policy(
      "policy \"A\" { headcount: 3 account: mainland }\nuse dingtalk 2026.11\ntiers low<high\n/// doc\ndata d :  high "
      "{ title: \"D\" }\nstore s { on: dingtalk }\n"
      "role r1\nrole r2 inherits r1\nfeature f{acts_on:tier}\ncontrol c1\ncontext x: a|b\ncondition k = (x is a) or "
      "(not x is b)\n"
      "roles rs = r1 , r2 except exactly r1\nobjects os = low..high\nbind role r1 to 20000\nbind store s to \"u-1\"\n"
      "q: require c1 for anyone when k because \"w\" because.pt \"p\"\nseparate r1,r2 at most 1 because \"s\"\n"
      "waive unused-role for r1 until 2027-01-01 because \"b\" by \"me\" instead \"a list\"\nreview { every: 6 months "
      "last: 2026-09-01 }\n"
      "test \"t\" { expect deny r1 to f on os }\n");
  CHECK(policy.finding().empty());
  CHECK(canonical_texts(policy.model) ==
        std::vector<std::string>{
            "bind role r1 to 20000",
            "bind store s to \"u-1\"",
            "condition k = (x is a) or (not x is b)",
            "context x: a | b",
            "control c1",
            "data d: high { title: \"D\" }",
            "feature f { acts_on: tier }",
            "objects os = low..high",
            "policy \"A\" { account: mainland headcount: 3 }",
            "q: require c1 for everyone when k because \"w\" because.pt \"p\"",
            "review { every: 6 months last: 2026-09-01 }",
            "role r1",
            "role r2 inherits r1",
            "roles rs = r1, r2 except exactly r1",
            "separate r1, r2 at most 1 because \"s\"",
            "store s { on: dingtalk }",
            "test \"t\" { expect deny r1 to f on os }",
            "tiers low < high",
            "use dingtalk 2026.11",
            "waive unused-role for r1 until 2027-01-01 because \"b\" by \"me\" instead \"a list\"",
        });
}

TEST_CASE("rules are among the canonical texts, with labels and translations where they have any") {
  const Policy policy = in_world(
      "b: deny staff to chat.send\nallow staff to chat.send because \"x\" because.pt \"y\"\ndeny guest to chat.send\n");
  const auto canonical = canonical_texts(policy.model);
  CHECK(std::is_sorted(canonical.begin(), canonical.end()));
  for (const std::string_view text : {"b: deny staff to chat.send", "deny guest to chat.send",
                                      "allow staff to chat.send because \"x\" because.pt \"y\""}) {
    CHECK(std::count(canonical.begin(), canonical.end(), text) == 1);
  }
  CHECK(canonical.size() == 20);
}

}  // namespace sema_statements_test
