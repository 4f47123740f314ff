// The calls that `collect` makes: they are documented, they only show, and the script makes no others.
#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "support/farol.h"
#include "support/tenant_policies.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/collect_script.h"
#include "target/dingtalk/lower.h"

namespace tenant_reads_test {

using namespace farol;

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
    for (const dingtalk::Step& step : config.steps) {
      if (step.check) CHECK(dingtalk::info(step.check->call).effect == dingtalk::CallEffect::read);
      if (step.request)
        CHECK((dingtalk::info(step.request->call).effect == dingtalk::CallEffect::read) == step.only_reads);
    }
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

}  // namespace tenant_reads_test
