// The calls that `collect` makes: they are documented, they only show, and the script makes no others.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "support/farol.h"
#include "support/repository.h"
#include "support/tenant_policies.h"
#include "target/dingtalk/collect.h"
#include "target/dingtalk/lower.h"
#include "target/dingtalk/reads.h"
#include "target/dingtalk/requests.h"

using namespace farol;
using Json = nlohmann::json;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

// Every path in a script, with the method that stands before it, or that its helper has.
std::set<std::string> calls_of(const std::string& script) {
  std::set<std::string> calls;
  static const std::regex call(R"(call (GET|POST|PUT|DELETE|PATCH) (?:api|oapi) ['"]?([^ '"]+))");
  static const std::regex by(R"((by_offset|by_token|permissions) ['"]?(/[^ '"]+))");
  for (const std::string& line : lines_of(script)) {
    std::smatch found;
    if (std::regex_search(line, found, call) && found[2].str().front() == '/')
      calls.insert(found[1].str() + " " + found[2].str());
    if (std::regex_search(line, found, by)) calls.insert((found[1] == "by_token" ? "GET " : "POST ") + found[2].str());
  }
  return calls;
}

void check_script(const std::string& script) {
  const auto calls = calls_of(script);
  CHECK_FALSE(calls.empty());
  for (std::string call : calls) {
    CAPTURE(call);
    const std::size_t shell = call.find("$app");
    if (shell != std::string::npos) call.replace(shell, 4, "1");
    const std::size_t blank = call.find(' ');
    CHECK(dingtalk::find_read(call.substr(0, blank), call.substr(blank + 1)));
  }
  // There is no other way out: `dws` is called in one place.
  std::size_t count = 0;
  for (std::size_t at = script.find("\"$dws\""); at != std::string::npos; at = script.find("\"$dws\"", at + 1)) ++count;
  CHECK(count == 1);
  CHECK(script.find("PUT") == std::string::npos);
  CHECK(script.find("DELETE") == std::string::npos);
}

}  // namespace

TEST_CASE("no call that a step makes is among those that show") {
  for (const dingtalk::ReadInfo& read : dingtalk::all_reads()) {
    CAPTURE(read.identifier);
    for (const dingtalk::CallInfo& call : dingtalk::all_calls()) {
      if (call.method != read.method || call.path != read.path) continue;
      // What both tables have reads back what a step did, and says the same in both.
      const std::string name(call.identifier);
      CHECK((name.ends_with("_list") || name.ends_with("_read")));
      CHECK(call.permission_code == read.permission_code);
      CHECK(call.page == read.page);
      CHECK(call.host == read.host);
    }
  }
}

TEST_CASE("calls that the vendor's client has are documented there") {
  const std::string folder = testing::shared_folder();
  std::ifstream file(folder + "/facts/dingtalk-catalog.json");
  if (folder.empty() || !file) return;
  const Json facts = Json::parse(file);
  std::size_t found = 0;
  for (const dingtalk::ReadInfo& read : dingtalk::all_reads()) {
    CAPTURE(read.identifier);
    CHECK_FALSE(read.page.empty());
    for (const Json& api : facts["apis"]) {
      if (api["http"] != read.method || api["path"] != read.path) continue;
      ++found;
      CHECK(api["tier"] == "A-documented");
      CHECK(api["permissionScopes"][0] == read.permission_code);
      CHECK(api["publicDoc"][0] == "https://open.dingtalk.com/document/development/" + std::string(read.page));
    }
  }
  CHECK(found >= 8);
}

TEST_CASE("scripts only show") {
  check_script(dingtalk::render_collect_script());
  std::size_t sound = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const auto compilation = testing::compile_text(testing::tenant_policy(seed, static_cast<testing::Bound>(seed % 3)));
    if (!compilation.may_write()) continue;
    const auto config = dingtalk::lower(compilation.model, compilation.decisions);
    const bool asks = std::any_of(config.steps.begin(), config.steps.end(),
                                  [](const auto& step) { return step.request.has_value(); });
    if (!asks) continue;
    ++sound;
    check_script(dingtalk::render_collect_script(compilation.model, config));
  }
  CHECK(sound > 20);
}

TEST_CASE("a path is that of a call, or of none") {
  CHECK(dingtalk::find_read("GET", "/v1.0/microApp/apps/12/scopes")->parameter == "12");
  CHECK_FALSE(dingtalk::find_read("POST", "/v1.0/microApp/apps/12/scopes"));
  CHECK_FALSE(dingtalk::find_read("GET", "/v1.0/microApp/apps//scopes"));
  CHECK_FALSE(dingtalk::find_read("GET", "/v1.0/microApp/apps/../scopes"));
  CHECK_FALSE(dingtalk::find_read("GET", "/v1.0/microApp/apps/1/2/scopes"));
  CHECK_FALSE(dingtalk::find_read("PUT", "/v1.0/contact/restrictions/settings"));
}
