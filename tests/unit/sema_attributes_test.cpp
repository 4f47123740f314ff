// Blocks against the schemas of their kinds.
#include "unit/sema_policy.h"

namespace sema_attributes_test {

namespace {

using farol::testing::in_world;
using farol::testing::Policy;

std::string only_finding(std::string_view text) { return Policy(text).finding(); }

}  // namespace

TEST_CASE("an unknown key comes with the nearest one") {
  const Policy policy("role hr { titel: \"HR\" }\n");
  CHECK(policy.finding() == "2: bad-attribute: `titel` is no attribute of `role`");
  CHECK(policy.repaired() == "role hr { title: \"HR\" }\n");
  CHECK(Policy("role hr { titel.pt: \"RH\" }\n").repaired() == "role hr { title.pt: \"RH\" }\n");
  const Policy far("role hr { colour: \"blue\" }\n");
  CHECK(sentence(far.sink.sorted(far.sources).front().help).starts_with("`role` has `title`, `clearance`"));
}

TEST_CASE("a value of the wrong type says which one is expected") {
  CHECK(only_finding("role hr { admin: 1 }\n") == "2: bad-attribute: `admin` is `yes` or `no`, not `1`");
  CHECK(only_finding("policy \"A\" { headcount: \"84\" }\n") ==
        "2: bad-attribute: `headcount` is a number, not `\"84\"`");
  CHECK(only_finding("data a { retention: 5 }\n") ==
        "2: bad-attribute: `retention` is a duration such as `6 months`, not `5`");
  CHECK(only_finding("review { last: 6 months }\n") ==
        "2: bad-attribute: `last` is a date such as `2026-11-23`, not `6 months`");
  CHECK(only_finding("role hr { clearance: \"a\" }\n") ==
        "2: bad-attribute: `clearance` is the name of a tier, not `\"a\"`");
  const Policy text("data a { purpose: Planning }\n");
  CHECK(text.finding() == "2: bad-attribute: `purpose` is a text in quotes, not `Planning`");
  CHECK(text.repaired() == "data a { purpose: \"Planning\" }\n");
}

TEST_CASE("a word of a closed list comes with the nearest one, without backticks") {
  const Policy policy("feature a { acts_on: dta }\n");
  CHECK(policy.finding() == "2: bad-attribute: `acts_on` has no value `dta`");
  CHECK(policy.repaired() == "feature a { acts_on: data }\n");
}

TEST_CASE("lists are lists where the schema says so") {
  CHECK(only_finding("data a { category: contract, payroll }\n").empty());
  CHECK(only_finding("policy \"A\" { sector: health, retail }\n") == "2: bad-attribute: `sector` has one value only");
}

TEST_CASE("a key stands once in each language") {
  CHECK(only_finding("role hr { title: \"a\"  title.pt: \"b\"  title.zh-Hant: \"c\" }\n").empty());
  CHECK(only_finding("role hr { title: \"a\"\n title: \"b\" }\n") == "3: duplicate-name: `title` is given twice");
  CHECK(only_finding("role hr { title.pt: \"a\"\n title.pt: \"b\" }\n") ==
        "3: duplicate-name: `title.pt` is given twice");
  CHECK(only_finding("role hr { admin.pt: yes }\n") == "2: bad-attribute: `admin` is the same in all languages");
  const Policy policy("role hr { title.zh-Hand: \"a\" }\n");
  CHECK(policy.finding() == "2: bad-attribute: `zh-Hand` is no language that texts can be in");
  CHECK(policy.repaired() == "role hr { title.zh-Hans: \"a\" }\n");
}

TEST_CASE("attributes reach the model, typed and sorted") {
  const Policy policy(
      "/// Contracts of all kinds.\n"
      "data contracts { title.pt: \"Contratos\"  title: \"Contracts\"  retention: 5 years  people: 84  category: "
      "contract, payroll }\n");
  const auto& data = policy.object("contracts");
  CHECK(data.doc == "Contracts of all kinds.");
  CHECK(data.title.text == "Contracts");
  CHECK(data.title.in("pt") == "Contratos");
  CHECK(data.label("en") == "Contracts");
  std::vector<std::string> keys;
  for (const auto& attribute : data.attributes)
    keys.push_back(attribute.key + (attribute.language.empty() ? "" : "." + attribute.language));
  CHECK(keys == std::vector<std::string>{"category", "people", "retention", "title", "title.pt"});
  CHECK(data.find("category")->values ==
        std::vector<farol::model::Value>{farol::model::Word{"contract"}, farol::model::Word{"payroll"}});
  CHECK(data.find("people")->values.front() == farol::model::Value{farol::model::Number{"84"}});
  CHECK(policy.text(data.find("retention")->span) == "retention: 5 years");
}

TEST_CASE("the policy's title is that of its statement, with the translations of its block") {
  const Policy policy("policy \"Lotus\" { title.zh-Hant: \"蓮花\"  headcount: 84 }\n");
  CHECK(policy.model.policy.name == "Lotus");
  CHECK(policy.model.policy.title.in("zh-Hant") == "蓮花");
  CHECK(policy.model.policy.label("en") == "Lotus");
  CHECK(policy.model.policy.find("headcount") != nullptr);
}

TEST_CASE("contexts have titles for their values, and each value once") {
  const Policy policy(
      "context device: managed | own { title: \"Device\"  managed: \"a managed one\"  managed.pt: \"gerido\" }\n");
  CHECK(policy.finding().empty());
  const auto& device = policy.model.contexts.front();
  CHECK(device.values == std::vector<std::string>{"managed", "own"});
  CHECK(device.value_titles[0].in("pt") == "gerido");
  CHECK(device.value_titles[1].empty());
  CHECK(only_finding("context device: a | b | a\n") == "2: duplicate-name: the value `a` is given twice");
  CHECK(only_finding("context device: one | two { three: \"x\" }\n") ==
        "2: bad-attribute: `three` is no attribute of `context`");
}

TEST_CASE("features: what they act on, whether they are privileged, what keeps them") {
  const Policy policy(
      "control mfa { of: account }\nfeature a\nfeature b { acts_on: group  privileged: yes  kept_by: console  needs: "
      "a, mfa  class: administer }\n");
  CHECK(policy.finding().empty());
  CHECK(policy.feature("a").acts_on == farol::model::ActsOn::nothing);
  CHECK(policy.feature("a").kept_by == farol::model::KeptBy::nobody);
  CHECK(policy.feature("b").acts_on == farol::model::ActsOn::group);
  CHECK(policy.feature("b").privileged);
  CHECK(policy.feature("b").kept_by == farol::model::KeptBy::console);
  CHECK(policy.model.controls.front().of_account);
  CHECK(only_finding("role r\nfeature a { needs: r }\n") == "3: unknown-name: `r` is a role, not a feature or control");
}

TEST_CASE("what a wrong attribute may have said makes its owner uncertain") {
  CHECK(Policy("feature a { acts_on: dta }\nfeature b { titel: \"x\" }\n").uncertain() == "a");
  CHECK(Policy("feature a { act_on: data }\n").uncertain() == "a");
  CHECK(Policy("role a { admn: yes }\n").role("a").uncertain);
  CHECK(Policy("role a { clearance: secret }\n").role("a").uncertain);
  CHECK_FALSE(Policy("role a { titel: \"x\" }\n").role("a").uncertain);
}

TEST_CASE("a feature of unknown kind fits everything: one error, not two") {
  CHECK(in_world("feature odd { acts_on: dta }\nallow staff to odd on contracts\nallow staff to odd\n")
            .findings()
            .size() == 1);
}

TEST_CASE("reasons are in the languages that outputs can be in") {
  CHECK(in_world("deny staff to chat.send because \"a\" because.pt \"b\" because.zh-Hant \"c\"\n").finding().empty());
  CHECK(in_world("deny staff to chat.send because \"a\" because.fr \"b\"\n").finding() ==
        "19: bad-attribute: `fr` is no language that texts can be in");
}

}  // namespace sema_attributes_test
