// Laws of lowering, on random policies of an organisation on the platform.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/ids.h"
#include "compiled.h"
#include "decide/answers.h"
#include "decide/places.h"
#include "driver/diff.h"
#include "driver/documents.h"
#include "query/listing.h"
#include "random.h"
#include "support/farol.h"
#include "support/tenant_policies.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/lower.h"
#include "target/dingtalk/step_kinds.h"
#include "target/dingtalk/value.h"

namespace property::dingtalk_test {
namespace {

using namespace farol;
using nlohmann::json;
using testing::Bound;

const std::uint32_t policies = property::rounds(500);

template <class Check>
void on_tenants(Check check) {
  std::size_t sound = 0;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    const std::string text = testing::tenant_policy(seed, static_cast<Bound>(seed % 3));
    const Compiled compiled({{"p.farol", text}});
    if (!compiled.compilation().may_write()) continue;
    ++sound;
    INFO("seed ", seed, "\n", text);
    check(compiled.compilation());
  }
  REQUIRE(sound > policies / 4);
  fmt::print("NOTE: {} random policies of an organisation, {} of them free of errors\n", policies, sound);
}

// An answer for one role on one object, as text.
std::string point(const model::Model& model, model::RoleId role, const decide::Answer& answer, model::ObjectId object) {
  return fmt::format("{} {} {} {} {}", role.index(), answer.feature.index(), object.index(),
                     static_cast<int>(answer.effect), decide::in_words(model, decide::boxes_of(model, answer.when)));
}

void check_lists(const dingtalk::Value& value, const std::string& key) {
  if (const auto* members = std::get_if<dingtalk::Value::Object>(&value.data)) {
    for (const auto& member : *members) check_lists(member.value, member.key);
  }
  if (const auto* values = std::get_if<dingtalk::Value::List>(&value.data)) {
    CAPTURE(key);
    CHECK_FALSE(values->empty());
    if (key == "members") CHECK(values->size() <= dingtalk::limits::file_members);
    if (key.starts_with("add")) CHECK(values->size() <= dingtalk::limits::app_list);
    if (key.starts_with("exclude"))
      CHECK(values->size() <= dingtalk::subject_lists_of(dingtalk::Call::contact_hide).most);
    if (key.starts_with("subject"))
      CHECK(values->size() <= dingtalk::subject_lists_of(dingtalk::Call::contact_restrict).most);
    if (key.starts_with("permit"))
      CHECK(values->size() <= dingtalk::subject_lists_of(dingtalk::Call::executive_protect).most);
  }
}

}  // namespace

TEST_CASE("no permission is dropped, and each that is kept has steps") {
  on_tenants([](const driver::Compilation& compilation) {
    const model::Model& model = compilation.model;
    const auto [answers, config] = dingtalk::lower(model, compilation.decisions);
    std::multiset<std::string> expected, actual;
    for (const model::FeatureId feature : base::ids(model.features)) {
      if (!decide::is_stated(model, compilation.decisions, feature)) continue;
      for (const model::RoleId role : decide::all_roles(model)) {
        for (const auto& answer : decide::answers_in(model, compilation.decisions.table(role, feature), feature)) {
          for (const model::ObjectId object : answer.objects) expected.insert(point(model, role, answer, object));
        }
      }
    }
    answers.for_each([&, &steps = config.steps](model::RoleId role, const decide::Answer& answer) {
      for (const model::ObjectId object : answer.objects) actual.insert(point(model, role, answer, object));
      INFO(model[answer.feature].name);
      const decide::Enforcement& enforcement = answer.enforcement;
      // Where everybody may, there is nothing that people would have to keep, and no step.
      const bool is_for_all = answer.effect == decide::Effect::allow && answer.is_always() &&
                              answer.roles.size() == decide::all_roles(model).size();
      const bool needs_no_step = enforcement.kept_by == model::KeptBy::people && is_for_all;
      if (enforcement.kept_by != model::KeptBy::nobody) CHECK((needs_no_step || !enforcement.steps.empty()));
      if (enforcement.kept_by == model::KeptBy::nobody) CHECK(enforcement.shortfall);
      for (const std::size_t step : enforcement.steps) REQUIRE(step < steps.size());
    });
    REQUIRE(expected == actual);
  });
}

TEST_CASE("answers name as keepers what permissions.json names, no more and no less") {
  on_tenants([](const driver::Compilation& compilation) {
    using Keepers = std::map<std::string, std::set<std::string>>;  // by role and feature
    Keepers written, answered;
    const auto note = [](Keepers& keepers, const nlohmann::json& role, const nlohmann::json& feature,
                         const nlohmann::json& keeper) {
      keepers[role.dump() + " " + std::string(feature)].insert(std::string(keeper));
    };
    const auto document = nlohmann::json::parse(driver::permissions_json(compilation));
    for (const auto& decision : document["decisions"]) {
      if (decision["effect"] != "allow") continue;
      for (const auto& row : decision["answers"]) {
        for (const auto& role : row["roles"]) {
          for (const auto& feature : row["features"]) note(written, role, feature, row["kept_by"]);
        }
      }
    }
    for (const model::RoleId role : decide::all_roles(compilation.model)) {
      const auto listing = nlohmann::json::parse(
          query::render_json(query::what(compilation.model, compilation.answers, role), compilation.model,
                             compilation.decisions.as_of, compilation.answers, compilation.sources));
      for (const auto& grant : listing["grants"]) {
        for (const auto& keeper : grant["kept_by"]) note(answered, grant["role"], grant["feature"], keeper);
      }
    }
    REQUIRE(written == answered);
  });
}

// What the files say is what the policy says: a reader who has them alone finds no difference, in either direction, and
// no step to make.
TEST_CASE("permissions.json and steps.json lose nothing that diff would show") {
  std::size_t sound = 0, decisions = 0;
  for (std::uint32_t seed = 0; seed < policies; seed += 5) {
    const std::string text = testing::tenant_policy(seed, static_cast<Bound>(seed % 3));
    INFO("seed ", seed, "\n", text);
    driver::DiffSide policy = driver::diff_side("policy", testing::compile_text(text), base::Language::en);
    if (!policy.compilation.may_write()) continue;
    ++sound;
    const std::string document = driver::permissions_json(policy.compilation);
    const std::string steps = driver::steps_json(policy.compilation);
    auto read = driver::diff_side("document", document, steps, base::Language::en);
    REQUIRE(std::holds_alternative<driver::DiffSide>(read));
    driver::DiffSide& file = std::get<driver::DiffSide>(read);
    REQUIRE(file.steps.size() == policy.steps.size());
    for (const auto& [before, after] : {std::pair{&policy, &file}, std::pair{&file, &policy}}) {
      const compare::Review review = driver::review(*before, *after);
      CHECK(review.difference.empty());
      CHECK(review.difference.edits.empty());
      REQUIRE(review.steps_compared);
      CHECK(review.steps.empty());
    }
    decisions += nlohmann::json::parse(document)["decisions"].size();
  }
  REQUIRE(sound > policies / 25);
  REQUIRE(decisions > sound);
}

TEST_CASE("each set of deciding rules is said once, and no role, feature, object and case twice") {
  on_tenants([](const driver::Compilation& compilation) {
    const auto document = nlohmann::json::parse(driver::permissions_json(compilation));
    std::set<std::string> heads;
    for (const auto& decision : document["decisions"]) {
      nlohmann::json head = decision;
      head.erase("answers");
      REQUIRE(heads.insert(head.dump()).second);
      std::set<std::string> points;
      for (const auto& row : decision["answers"]) {
        for (const auto& role : row["roles"]) {
          for (const auto& feature : row["features"]) {
            if (row["objects"].empty()) REQUIRE(points.insert(role.dump() + feature.dump()).second);
            for (const auto& object : row["objects"])
              REQUIRE(points.insert(role.dump() + feature.dump() + object.dump()).second);
          }
        }
      }
    }
  });
}

TEST_CASE("steps.json names every call that its requests have, and every id that they lack") {
  on_tenants([](const driver::Compilation& compilation) {
    const auto document = nlohmann::json::parse(driver::steps_json(compilation));
    std::set<std::string> calls, keys;
    for (const auto& call : document["calls"]) REQUIRE(calls.insert(std::string(call["name"])).second);
    for (const auto& binding : document["bindings"]) REQUIRE(keys.insert(std::string(binding["key"])).second);
    const std::function<void(const nlohmann::json&)> look = [&](const nlohmann::json& value) {
      if (value.is_object() && value.contains("bind")) {
        const auto key = value["bind"].get<std::string>();
        CHECK((key == dingtalk::id_in_reply || keys.contains(key)));
      } else if (value.is_structured()) {
        for (const auto& each : value) look(each);
      }
    };
    for (const auto& step : document["steps"]) {
      if (step["kind"] != "api") continue;
      for (const char* part : {"request", "check", "undo_request"}) {
        if (step[part].is_null()) continue;
        CHECK(calls.contains(std::string(step[part]["call"])));
        look(step[part]);
      }
      if (!step["produces"].is_null()) CHECK(step["produces"]["pointer"].get<std::string>().front() == '/');
    }
    for (const auto& binding : document["bindings"]) {
      if (binding["lookup"].is_null()) continue;
      CHECK(calls.contains(std::string(binding["lookup"]["request"]["call"])));
      look(binding["lookup"]["request"]);
    }
    for (const auto& call : document["calls"]) {
      if (call["only_reads"] == true && call["name"] != "meeting_read") CHECK(call["shown_at"].is_string());
    }
  });
}

TEST_CASE("steps come in an order in which they can be made, each once") {
  on_tenants([](const driver::Compilation& compilation) {
    const auto config = dingtalk::lower(compilation.model, compilation.decisions).config;
    std::set<std::string> seen;
    for (const dingtalk::Step& step : config.steps) {
      INFO(step.target);
      for (const std::string& before : step.after) REQUIRE(seen.contains(before));
      REQUIRE(seen.insert(step.id).second);
      for (const dingtalk::Texts* texts : {&step.title, &step.value, &step.verify, &step.undo}) {
        for (const std::string& text : *texts) CHECK_FALSE(text.empty());
      }
      // The rights of a folder are lowered after it stopped inheriting.
      if (step.target.starts_with("files store.folder READER")) CHECK_FALSE(step.after.empty());
    }
  });
}

TEST_CASE("requests are documented, within the limits, and no list is empty") {
  on_tenants([](const driver::Compilation& compilation) {
    const auto config = dingtalk::lower(compilation.model, compilation.decisions).config;
    for (const dingtalk::Step& step : config.steps) {
      REQUIRE((step.kind == dingtalk::StepKind::api) == step.request.has_value());
      for (const auto* request : {&step.request, &step.check, &step.undo_request}) {
        if (!*request) continue;
        INFO(step.target);
        CHECK(dingtalk::info((*request)->call).tier == dingtalk::Tier::A);
        check_lists(dingtalk::object((*request)->body), "");
        // What `role/scope/update` leaves out is everybody.
        if ((*request)->call == dingtalk::Call::role_scope_update)
          CHECK(std::any_of((*request)->body.begin(), (*request)->body.end(),
                            [](const auto& each) { return each.key == "dept_ids"; }));
      }
    }
  });
}

// Read from the requests alone, by the words of the documentation: READER, DOWNLOADER, EDITOR and MANAGER, each with
// what the ones before it have, and ORG is everybody.
TEST_CASE("no folder gives a role anything that the policy does not allow it") {
  const std::map<std::string, std::size_t> ranks = {{"READER", 1}, {"DOWNLOADER", 2}, {"EDITOR", 3}, {"MANAGER", 4}};
  const std::map<std::string, std::size_t> features = {{"drive.read", 1},   {"drive.download", 2}, {"drive.write", 3},
                                                       {"drive.delete", 4}, {"doc.read", 1},       {"doc.copy", 2},
                                                       {"doc.write", 3}};
  const std::map<std::string, std::string> ids = {{"staff", "members.staff"},
                                                  {"manager", "members.manager"},
                                                  {"auditor", "members.auditor"},
                                                  {"nurse", "department.ward"},
                                                  {"guest", "role.guest"}};
  std::size_t grants = 0;
  // Few policies speak of reading and of more, which a list of the members of a folder needs.
  for (std::uint32_t seed = 0; seed < 5 * policies; ++seed) {
    const Compiled compiled({{"p.farol", testing::tenant_policy(seed, Bound::none)}});
    const driver::Compilation& compilation = compiled.compilation();
    if (!compilation.may_write()) continue;
    const model::Model& model = compilation.model;
    const auto config = dingtalk::lower(model, compilation.decisions).config;
    for (const dingtalk::Step& step : config.steps) {
      if (!step.request || step.request->call != dingtalk::Call::file_grant) continue;
      INFO("seed ", seed, " ", step.target);
      const std::string node = std::get<dingtalk::Unbound>(step.request->path.front().value.data).key;
      const json body = json::parse(dingtalk::to_json(dingtalk::object(step.request->body)));
      const std::size_t rank = ranks.at(body["roleId"]);
      const std::string members = body["members"].dump();
      const bool everybody = members.find("\"ORG\"") != std::string::npos;
      for (const model::ObjectId object : model.objects_of(model::ActsOn::data)) {
        const model::Object& data = model[object];
        const auto stores = dingtalk::words_of(data, "store");
        const bool here =
            node == "data." + data.name || (!stores.empty() && node == "store." + std::string(stores.front()));
        if (!here || data.kind != model::ActsOn::data) continue;
        for (const auto& [key, needed] : features) {
          const std::string& name = key;
          const model::FeatureId feature = *model.find_feature(name);
          // A folder is about files, a knowledge base about documents.
          const bool is_drive = name.starts_with("drive.");
          const bool in_library = stores.front() == "library";
          if (needed > rank || is_drive == in_library) continue;
          if (!decide::is_stated(model, compilation.decisions, feature)) continue;
          for (std::size_t r = 0; r <= model.roles.size(); ++r) {
            const model::RoleId role{r};
            const bool named =
                role != model.nobody() && members.find("\"" + ids.at(model[role].name) + "\"") != std::string::npos;
            if (!everybody && !named) continue;
            const auto& segments = compilation.decisions.cell(model, role, feature, object).segments;
            INFO(name, " ", data.name, " ", r);
            CHECK(std::any_of(segments.begin(), segments.end(),
                              [](const auto& each) { return each.effect == decide::Effect::allow; }));
            ++grants;
          }
        }
      }
    }
  }
  CHECK(grants > property::often);
}

TEST_CASE("equal policies give equal documents, whatever the order of their statements") {
  std::size_t compared = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const std::string text = testing::tenant_policy(seed, static_cast<Bound>(seed % 3));
    const Compiled compiled({{"p.farol", text}});
    if (!compiled.compilation().may_write()) continue;
    // Rules and bindings stand on lines of their own: the other way round.
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    std::reverse(lines.begin() + 1, lines.end());
    std::string reversed;
    for (const std::string& line : lines) reversed += line + "\n";
    const Compiled other({{"p.farol", reversed}});
    INFO("seed ", seed, "\n", reversed);
    REQUIRE(other.compilation().may_write());
    REQUIRE(driver::permissions_json(other.compilation()) == driver::permissions_json(compiled.compilation()));
    ++compared;
  }
  CHECK(compared > 10);
}

TEST_CASE("binding an id changes no step but in its ids") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const Compiled unbound({{"p.farol", testing::tenant_policy(seed, Bound::none)}});
    if (!unbound.compilation().may_write()) continue;
    const auto config = dingtalk::lower(unbound.compilation().model, unbound.compilation().decisions).config;
    std::set<std::string> needed;
    for (const auto& id : config.ids) {
      CHECK(id.ids.empty());
      CHECK_FALSE(id.title.front().empty());
      needed.insert(id.key);
    }
    for (const dingtalk::Step& step : config.steps) {
      if (!step.request) continue;
      for (const std::string& key : dingtalk::unbound(*step.request)) CHECK(needed.contains(key));
    }
  }
}

}  // namespace property::dingtalk_test
