// Facts, stores, waivers, bindings: kept for packs and reports, and checked against their schemas.
#include "unit/sema_policy.h"

#include "sema/schemas.h"

namespace sema_facts_test {

namespace {

using farol::testing::in_world;
using farol::testing::Policy;

std::string finding_of(std::string_view statements) { return in_world(statements).finding(); }

}  // namespace

TEST_CASE("facts and stores are entities with their kind, sorted by name") {
  const Policy policy = in_world(
      "transfer home { data: contracts, notes  from: MO  to: CN-other  basis: contract  filing: paper  recipient: "
      "operator }\n"
      "filing paper { kind: notification  authority: DSPDP  date: 2026-09-01 }\nprocessor operator { region: CN-other "
      "}\n"
      "store drive { on: dingtalk  encryption: yes  processor: operator }\nreview { every: 6 months  owner: staff }\n");
  CHECK(policy.finding().empty());
  std::vector<std::string> entities;
  for (const auto& entity : policy.model.entities) entities.push_back(entity.kind + " " + entity.name);
  CHECK(entities ==
        std::vector<std::string>{"review ", "store drive", "transfer home", "processor operator", "filing paper"});
  CHECK(policy.model.entities[2].find("data")->values.size() == 2);
}

TEST_CASE("a kind of fact that is not known comes with the nearest; its name is used in silence") {
  const Policy policy =
      in_world("trensfer home { data: contracts }\nwaive unused-role for home until 2027-01-01 because \"x\"\n");
  CHECK(policy.finding() == "19: unknown-name: unknown statement `trensfer`");
  CHECK(policy.repaired().find("transfer home {") != std::string::npos);
}

TEST_CASE("a fact names things of the kind that is asked for") {
  CHECK(finding_of("transfer t { data: staff }\n") == "19: unknown-name: `staff` is a role, not a data class");
  CHECK(finding_of("review r { every: 1 year }\ntransfer t { filing: r }\n") ==
        "20: unknown-name: `r` is a review, not a filing");
  CHECK(finding_of("filing staff { }\n") == "19: duplicate-name: `staff` is declared already, as a role");
}

TEST_CASE("severities are set for findings that may be set") {
  CHECK(finding_of("severity { unused-role: off  unpinned-library: error  nobody-may: off  HOUSE-1: warning }\n"
                   "check HOUSE-1 error \"x\" { expect policy.headcount is not none }\n")
            .empty());
  CHECK(finding_of("severity { conflict: off }\n") == "19: bad-attribute: `conflict` cannot be set");
  CHECK(finding_of("severity { unused-roles: off }\n") == "19: unknown-name: unknown finding `unused-roles`");
  CHECK(finding_of("severity { unused-role: on }\n") == "19: bad-attribute: `unused-role` has no value `on`");
  CHECK(finding_of("severity { unused-role: off\n unused-role: off }\n") ==
        "20: duplicate-name: `unused-role` is given twice");
}

TEST_CASE("waivers are for findings that may be waived, of things that are there") {
  const Policy policy = in_world(
      "x: deny staff to chat.send\nwaive shadowed-rule for x, staff until 2027-01-01 because \"b\" by \"me\" instead "
      "\"a list\"\n");
  CHECK(policy.finding().empty());
  REQUIRE(policy.model.waivers.size() == 1);
  const auto& waiver = policy.model.waivers.front();
  CHECK(waiver.finding == "shadowed-rule");
  CHECK(waiver.things == std::vector<std::string>{"x", "staff"});
  CHECK(waiver.by == "me");
  CHECK(waiver.instead == "a list");
  CHECK(finding_of("waive conflict for staff until 2027-01-01 because \"b\"\n") ==
        "19: bad-attribute: `conflict` cannot be waived");
  CHECK(finding_of("waive nobody-may for staff until 2027-01-01 because \"b\"\n") ==
        "19: bad-attribute: `nobody-may` cannot be waived");
  CHECK(finding_of("waive unused-role for stuff until 2027-01-01 because \"b\"\n") ==
        "19: unknown-name: unknown thing `stuff`");
}

TEST_CASE("bindings are of things that the tenant knows, each once") {
  const Policy policy = in_world("bind role staff to 20000\nbind group talk to \"cid\"\n");
  CHECK(policy.finding().empty());
  REQUIRE(policy.model.bindings.size() == 2);
  CHECK(policy.model.bindings[0].id == "cid");
  CHECK(policy.model.bindings[1].id == "20000");
  CHECK(finding_of("bind rle staff to 1\n") == "19: bad-attribute: `rle` is nothing that the tenant has an id for");
  CHECK(finding_of("bind role talk to 1\n") == "19: unknown-name: `talk` is a group, not a role");
  CHECK(finding_of("bind role staff to 1\nbind role staff to 2\n") == "20: duplicate-name: `staff` is bound already");
}

TEST_CASE("schemas: no key stands twice, words only where there is a list of them, a text has a title") {
  std::vector<farol::sema::BlockSchema> schemas(farol::sema::fact_schemas().begin(), farol::sema::fact_schemas().end());
  for (const std::string_view kind :
       {"policy", "data", "store", "app", "group", "place", "department", "role", "feature", "context", "control"}) {
    schemas.push_back(farol::sema::schema_of(kind));
  }
  for (const auto& schema : schemas) {
    CAPTURE(schema.kind);
    CHECK(schema.attributes.front().key == "title");
    for (std::size_t i = 0; i < schema.attributes.size(); ++i) {
      const auto& attribute = schema.attributes[i];
      CAPTURE(attribute.key);
      CHECK(attribute.words.empty() == (attribute.type != farol::sema::Type::word));
      const bool names =
          attribute.type == farol::sema::Type::name || attribute.type == farol::sema::Type::name_or_string;
      CHECK((attribute.wanted.kinds != 0) == names);
      for (std::size_t j = 0; j < i; ++j) CHECK(schema.attributes[j].key != attribute.key);
    }
  }
}

}  // namespace sema_facts_test
