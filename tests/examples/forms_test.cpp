// What the documents of the examples are as files: how large, how they read in their former form, and how long the
// first page of a work order is.
#include <cstddef>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "support/farol.h"
#include "support/repository.h"

namespace farol::testing::forms_test {
namespace {

using Json = nlohmann::json;

Json read_json(const std::string& path) { return Json::parse(read_repository(path)); }

Json in_each_language(const Json& text) {
  if (text.is_null()) return text;
  Json made;
  for (const char* language : {"en", "zh-Hant", "zh-Hans", "pt"}) made[language] = text;
  return made;
}

// A title and a comment, which the present form leaves out where there are none.
Json former_declared(Json thing) {
  thing["title"] = {{"default", thing.value("title", thing["name"].get<std::string>())}};
  if (!thing.contains("doc")) thing["doc"] = nullptr;
  if (thing.contains("values")) {
    for (Json& value : thing["values"])
      value["title"] = {{"default", value.value("title", value["name"].get<std::string>())}};
  }
  return thing;
}

Json former_step(const Json& step) {
  Json made{{"id", step["id"]},
            {"target", step["target"]},
            {"kind", step["kind"]},
            {"title", in_each_language(step["title"])},
            {"value", in_each_language(step["value"])},
            {"undo", in_each_language(step["undo"])}};
  if (step["kind"] == "api") {
    const Json& request = step["request"];
    made["request"] = {{"path_parameters", request.value("path", Json::object())},
                       {"query", request.value("query", Json::object())},
                       {"body", request.value("body", Json())}};
    made["only_reads"] = step["only_reads"];
  }
  if (step["kind"] == "console") made["menu"] = step["menu"], made["setting"] = step["setting"];
  return made;
}

// `farol-permissions-1`: one row for each role and feature, with the steps in the same file.
Json former_form(const Json& now, const Json& steps) {
  Json made{{"schema", "farol-permissions-1"}, {"as_of", now["as_of"]}, {"ungoverned", now["ungoverned"]}};
  made["policy"] = now["policy"];
  made["policy"]["title"] = {{"default", now["policy"]["title"]}};
  for (const char* key : {"tiers", "data", "things", "features", "contexts", "controls", "roles"}) {
    made[key] = Json::array();
    for (const Json& each : now[key]) made[key].push_back(former_declared(each));
  }
  made["permissions"] = Json::array();
  for (const Json& decision : now["decisions"]) {
    Json because = Json::array();
    for (const Json& each : decision["because"]) because.push_back({{"default", each}});
    for (const Json& answer : decision["answers"]) {
      for (const Json& feature : answer["features"]) {
        for (const Json& role : answer["roles"])
          made["permissions"].push_back({{"role", role},
                                         {"feature", feature},
                                         {"objects", answer["objects"]},
                                         {"effect", decision["effect"]},
                                         {"when", decision["when"]},
                                         {"controls", decision["controls"]},
                                         {"expires", decision["expires"]},
                                         {"because", because},
                                         {"rules", decision["rules"]},
                                         {"kept_by", answer["kept_by"]}});
      }
    }
  }
  made["steps"] = Json::array();
  for (const Json& step : steps["steps"]) made["steps"].push_back(former_step(step));
  made["unsupported"] = Json::array();
  for (const Json& entry : now["unsupported"]) {
    for (const Json& feature : entry["features"])
      made["unsupported"].push_back(
          {{"feature", feature}, {"reason", entry["reason"]}, {"why", in_each_language(entry["why"])}});
  }
  made["gaps"] = Json::array();
  for (const Json& gap : now["gaps"])
    made["gaps"].push_back(
        {{"check", gap["check"]}, {"things", gap["things"]}, {"message", {{"default", gap["message"]}}}});
  return made;
}

Outcome diff_of(const Json& former, const std::string& folder) {
  base::MemoryFileSystem files;
  files.files["former/permissions.json"] = former.dump(1);
  for (const char* name : {"permissions.json", "steps.json"})
    files.files[std::string("now/") + name] = read_repository(folder + name);
  return run_farol(files, {"diff", "former/permissions.json", "now/permissions.json", "--fail-on", "any"});
}

}  // namespace

TEST_CASE("the documents of the shop and the clinic are no larger than somebody reads") {
  constexpr std::size_t kilobyte = 1000;
  CHECK(read_repository("examples/shop/expected/permissions.json").size() <= 40 * kilobyte);
  CHECK(read_repository("examples/shop/expected/steps.json").size() <= 60 * kilobyte);
  CHECK(read_repository("examples/clinic/expected/permissions.json").size() <= 120 * kilobyte);
  CHECK(read_repository("examples/clinic/expected/steps.json").size() <= 150 * kilobyte);
}

TEST_CASE("the former form means the same as the present one, and what is not the same is seen") {
  for (const std::string folder : {"examples/shop/expected/", "examples/clinic/expected/"}) {
    CAPTURE(folder);
    const Json former = former_form(read_json(folder + "permissions.json"), read_json(folder + "steps.json"));
    const Outcome same = diff_of(former, folder);
    INFO(same.out, same.err);
    CHECK(same.exit == 0);
    CHECK(same.out.find("Nothing changes: both say the same.") != std::string::npos);
    Json other = former;
    other["permissions"][0]["effect"] = former["permissions"][0]["effect"] == "allow" ? "deny" : "allow";
    CHECK(diff_of(other, folder).exit == 1);
    other = former;
    other["permissions"].erase(3);
    CHECK(diff_of(other, folder).exit == 1);
    other = former;
    other["steps"][0]["id"] = "s-000000000000";
    other["steps"][0]["value"] = in_each_language("something else");
    CHECK(diff_of(other, folder).out.find("Steps to make") != std::string::npos);
  }
}

TEST_CASE("the first page of the shop's work order has at most twelve lines") {
  base::MemoryFileSystem files;
  for (const std::string& path : list_repository("examples/shop", ".farol")) files.files[path] = read_repository(path);
  const Outcome outcome = run_farol(files, {"report", "checklist", "examples/shop"});
  REQUIRE(outcome.exit == 0);
  const std::size_t first = outcome.out.find("\n## At a glance\n"), cards = outcome.out.find("\n## Steps\n");
  REQUIRE(first < cards);
  REQUIRE(cards != std::string::npos);
  std::size_t lines = 0, all = 0;
  for (std::size_t at = outcome.out.find("\n- ☐ "); at != std::string::npos; at = outcome.out.find("\n- ☐ ", at + 1)) {
    ++all;
    lines += at < cards ? 1 : 0;
  }
  CHECK(lines >= 5);
  CHECK(lines == all);
  CHECK(lines <= 12);
}

}  // namespace farol::testing::forms_test
