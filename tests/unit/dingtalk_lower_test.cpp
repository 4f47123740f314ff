// What becomes of single sentences.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "decide/decisions.h"
#include "sema/schemas.h"
#include "sema_policy.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/config_builder.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/lower.h"

namespace dingtalk_lower_test {

using namespace farol;
using testing::Policy;

namespace {

constexpr base::Date today{20780};

dingtalk::Lowered lowered(const Policy& policy, bool allow_undocumented = false) {
  return dingtalk::lower(policy.model, decide::decide(policy.model, today), {allow_undocumented});
}

constexpr std::string_view tenant =
    "use dingtalk 2026.12\ntiers public < secret\nstore files { on: dingtalk kind: folder }\n"
    "data contracts: secret { store: files }\nrole hr\nrole clerk\nbind store files to \"NODE\"\n"
    "bind tenant operator to \"UNION\"\n";

std::size_t count_calls(const dingtalk::AdminConfig& config, dingtalk::Call call) {
  std::size_t count = 0;
  for (const dingtalk::Step& step : config.steps)
    count += static_cast<std::size_t>(step.request && step.request->call == call);
  return count;
}

}  // namespace

TEST_CASE("ten thousand members go in parts that a call takes") {
  std::string ids;
  for (int i = 0; i < 10000; ++i) ids += (i == 0 ? "u" : ",u") + std::to_string(i);
  const Policy policy{std::string(tenant) +
                      "allow hr to drive.read on contracts\nbind role hr to 20000\nbind members hr to \"" + ids +
                      "\"\n"};
  CHECK(policy.finding() == "");
  const auto [answers, config] = lowered(policy);
  CHECK(count_calls(config, dingtalk::Call::file_grant) == 334);
  CHECK(count_calls(config, dingtalk::Call::role_members_add) == 500);
  CHECK(config.requirements.counted >= 668);
}

TEST_CASE("a node has the rights of one kind: folder or knowledge base") {
  // Both kinds would set the node's readers, and only one list can stand there. Where its store says nothing, it is a
  // folder.
  const std::string rest =
      "role hr\nrole clerk\nbind tenant operator to \"UNION\"\nbind data contracts to \"OWN\"\nbind role hr to 1\n"
      "bind role clerk to 2\nbind members hr to \"u1\"\nbind members clerk to \"u2\"\n"
      "allow hr to drive.read on contracts\nallow clerk to doc.read on contracts\n";
  const std::string start = "use dingtalk 2026.12\ntiers public < secret\n";
  const std::string folder =
      start + "store files { on: dingtalk kind: folder }\ndata contracts: secret { store: files }\n";
  const std::string space =
      start + "store files { on: dingtalk kind: space }\ndata contracts: secret { store: files }\n";
  for (const auto& [declared, kept_feature] : {std::pair{folder, "drive.read"}, std::pair{space, "doc.read"},
                                               std::pair{start + "data contracts: secret\n", "drive.read"}}) {
    CAPTURE(declared);
    const Policy policy{declared + rest};
    CHECK(policy.finding() == "");
    const auto [answers, config] = lowered(policy);
    CHECK(count_calls(config, dingtalk::Call::file_grant) == 1);
    for (const auto& answer : answers.all()) {
      if (answer.effect != decide::Effect::allow) continue;
      CHECK((answer.enforcement.kept_by == model::KeptBy::api) == (policy.model[answer.feature].name == kept_feature));
      CHECK_FALSE(answer.enforcement.steps.empty());
    }
  }
}

TEST_CASE("what nobody documents is asked for, and marked") {
  const Policy policy{std::string(tenant) +
                      "bind role hr to 1\nbind role clerk to 2\nallow hr to contacts.see_title_in_chat\n"};
  CHECK(count_calls(lowered(policy).config, dingtalk::Call::field_hide_by_scene) == 0);
  const auto [answers, config] = lowered(policy, true);
  CHECK(count_calls(config, dingtalk::Call::field_hide_by_scene) == 1);
  for (const auto& answer : answers.all()) CHECK(answer.enforcement.shortfall == decide::Shortfall::undocumented);
}

TEST_CASE("data that are kept elsewhere make no steps") {
  const Policy policy{
      "use dingtalk 2026.12\ntiers public < secret\nstore room { on: premises kind: cabinet }\n"
      "data records: secret { store: room }\nrole staff\nforbid everyone to drive.read on records because \"b\"\n"};
  const auto [answers, config] = lowered(policy);
  CHECK(count_calls(config, dingtalk::Call::file_grant) == 0);
  CHECK(count_calls(config, dingtalk::Call::file_inherit) == 0);
  for (const auto& answer : answers.all()) {
    CHECK(answer.enforcement.shortfall == decide::Shortfall::elsewhere);
    CHECK(answer.enforcement.steps.empty());
  }
}

TEST_CASE("ids are texts digit for digit, or refused") {
  const auto fault = [](std::string_view kind, std::string_view name, std::string_view id) {
    return sentence(
        dingtalk::find_fault({std::string(kind), std::string(name), std::string(id), {}}).value_or(diag::Text{}));
  };
  CHECK(fault("role", "hr", "9007199254740991") == "");
  CHECK(fault("role", "hr", "9007199254740992") != "");
  CHECK(fault("app", "crm", "90071992547409930000") == "");
  CHECK(fault("store", "a", "../b") != "");
  CHECK(fault("store", "a", "a/b") != "");
  CHECK(fault("store", "a", std::string("a\0b", 3)) != "");
  CHECK(fault("members", "hr", "u1,,u2") != "");
  CHECK(fault("group", "g", "cid5d5uM3XEw3gxbNc/n7EQ4g==") == "");
  CHECK(fault("tenant", "corp", "x'; rm -rf /") != "");
}

TEST_CASE("the kinds of requests that a feature may name are those that are lowered, and the catalogue uses each") {
  const auto& attributes = sema::schema_of("feature").attributes;
  const auto request = std::find_if(attributes.begin(), attributes.end(),
                                    [](const sema::AttributeSchema& each) { return each.key == "request"; });
  REQUIRE(request != attributes.end());
  const std::set<std::string_view> known(request->words.begin(), request->words.end());
  std::set<std::string_view> lowered_kinds;
  for (const dingtalk::RequestKind& kind : dingtalk::request_kinds())
    lowered_kinds.insert(kind.names.begin(), kind.names.end());
  CHECK(known == lowered_kinds);
  const Policy catalogue{"use dingtalk 2026.12\n"};
  std::set<std::string_view> used;
  for (const model::Feature& feature : catalogue.model.features) {
    const std::string_view name = dingtalk::word_of(feature, "request");
    if (!name.empty()) used.insert(name);
  }
  CHECK(known == used);
}

TEST_CASE("a feature of a known kind of request needs its declaration and nothing else") {
  const Policy catalogue{"use dingtalk 2026.12\n"};
  std::set<std::string_view> kinds;
  for (const model::Feature& like : catalogue.model.features) {
    const std::string kind{dingtalk::word_of(like, "request")};
    if (kind.empty() || !kinds.insert(dingtalk::word_of(like, "request")).second) continue;
    // The call of administrators only shows them: they are set by hand.
    if (kind == "administrator") continue;
    CAPTURE(kind);
    const bool on_nothing = like.acts_on == model::ActsOn::nothing;
    const std::string store = kind == "space_role" ? "space" : kind.starts_with("meeting") ? "meeting" : "folder";
    const Policy policy{
        "use dingtalk 2026.12\npolicy \"Firm\" { edition: exclusive }\ntiers public < secret\n"
        "store files { on: dingtalk kind: " +
        store +
        " }\ndata contracts: secret { store: files }\n"
        "app till\ngroup crew { made_by_app: yes }\nplace office { latitude: \"22.1\" longitude: \"113.5\" "
        "}\ndepartment sales\nrole hr\n"
        "feature own.thing { acts_on: " +
        std::string(to_string(like.acts_on)) + " kept_by: api request: " + kind + " value: \"" +
        std::string(dingtalk::word_of(like, "value")) + "\" edition: exclusive " +
        "menu: \"a\" menu_confidence: low setting: \"b\" scope: role }\n"
        "allow hr to own.thing" +
        (on_nothing ? "" : " on all") + "\n" +
        // A list of who may do what in a folder is a list of its readers.
        (kind.ends_with("_role") ? "allow hr to drive.read, doc.read on all\n" : "")};
    CHECK(policy.finding() == "");
    const auto config = lowered(policy, true).config;
    const auto own = policy.model.find_feature("own.thing");
    REQUIRE(own);
    CHECK(std::any_of(config.steps.begin(), config.steps.end(), [&](const dingtalk::Step& step) {
      return step.request && std::binary_search(step.features.begin(), step.features.end(), *own);
    }));
  }
  CHECK(kinds.size() == 14);
}

}  // namespace dingtalk_lower_test
