#include "world.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file_system.h"
#include "base/process.h"
#include "base/write_ahead.h"
#include "cli/cli.h"
#include "https/https.h"

namespace apply_tests {

using farol::testing::HttpTenant;

World::World(const std::string& policy, const std::string& corp) : tenant(corp) { write("policy.farol", policy); }

void World::write(const std::string& name, const std::string& text) const {
  std::ofstream file(path(name), std::ios::binary);
  file << text;
}

std::string World::read(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> World::line(const std::vector<std::string>& arguments) const {
  std::vector<std::string> line{"apply", folder_.path().string(), by_client ? "--through" : "--server",
                                by_client ? "dws" : server_.address()};
  line.insert(line.end(), arguments.begin(), arguments.end());
  return line;
}

Outcome World::apply(const std::vector<std::string>& arguments) {
  if (by_client) {
    // Python itself rather than what stands in for it.
    static const std::string path = std::string(FAROL_SOURCE_DIR) + "/tests/apply:/usr/bin:" + ::getenv("PATH");
    ::setenv("PATH", path.c_str(), 1);
    ::setenv("FAROL_TENANT", server_.address().c_str(), 1);
    ::setenv("FAROL_TOKEN", tenant.give_token().c_str(), 1);
  }
  return run(line(arguments));
}

Outcome World::run(const std::vector<std::string>& words) {
  farol::base::DiskFileSystem disk;
  farol::base::DiskWriteAhead journals;
  std::ostringstream out, err;
  std::chrono::milliseconds time{0};
  farol::cli::Environment environment{
      .files = disk,
      .standard_input = [](std::size_t) { return std::string{}; },
      .out = out,
      .err = err,
      .now = {now},
      .connect =
          [](const farol::apply::Connection& connection) {
            return farol::https::connect(connection, farol::base::run_program);
          },
      .timing = {[&] { return time; }, [&](std::chrono::milliseconds pause) { time += pause; }},
      .journals = &journals,
      .variable = [&](const std::string& name) -> std::optional<std::string> {
        if (name == "DWS_CLIENT_ID") return tenant.app_key;
        return name == "DWS_CLIENT_SECRET" && !app_secret.empty() ? std::optional(app_secret) : std::nullopt;
      }};
  Outcome outcome;
  outcome.exit = farol::cli::run(words, environment);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

std::optional<int> World::apply_in_child(const std::vector<std::string>& arguments, long most_bytes) {
  const int child = ::fork();
  if (child == 0) {
    if (most_bytes > 0) {
      const rlimit limit{static_cast<rlim_t>(most_bytes), static_cast<rlim_t>(most_bytes)};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      // The program itself is not ended by it: what cannot be written is an error.
      std::signal(SIGXFSZ, SIG_IGN);
    }
    ::_exit(apply(arguments).exit);
  }
  child_ = child;
  int status = 0;
  ::waitpid(child, &status, 0);
  child_ = 0;
  return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

void World::kill_child() const {
  if (child_ > 0) ::kill(child_, SIGKILL);
}

Outcome World::plan_and_send() {
  const Outcome plan = apply({"-o", path("plan.json")});
  if (plan.exit != 0) return plan;
  return apply({"--confirm", path("plan.json"), "--tenant", "Tenant"});
}

Outcome World::resume_to_the_end() {
  constexpr int most = 8;
  Outcome outcome;
  for (int i = 0; i < most; ++i) {
    outcome = apply({"--resume"});
    if (outcome.exit != 3) break;
  }
  return outcome;
}

std::string run_of(const Outcome& sent) {
  const std::size_t at = sent.out.find("run ") + 4;
  return sent.out.substr(at, sent.out.find('\n', at) - at);
}

namespace {

using Json = nlohmann::json;

// Each value of what people see, by where it is; an item of a list is where it is by itself.
void flatten(const Json& json, const std::string& path, std::set<std::pair<std::string, std::string>>& values) {
  for (const auto& [key, value] : json.items()) {
    const std::string part = json.is_object() ? key : value.is_string() ? value.get<std::string>() : value.dump();
    const std::string here = path.empty() ? part : path + "|" + part;
    if (json.is_object() && value.is_structured() && !value.empty()) {
      flatten(value, here, values);
    } else {
      values.emplace(here, json.is_object() ? value.dump() : "");
    }
  }
}

// A value, or those of a list, which comes back in another order.
std::multiset<std::string> words_of(const Json& value) {
  std::multiset<std::string> words;
  for (const Json& each : value.is_array() ? value : Json::array({value}))
    words.insert(each.is_string() ? each.get<std::string>() : each.dump());
  return words;
}

}  // namespace

std::set<std::string> differences(const std::string& one, const std::string& other) {
  std::set<std::pair<std::string, std::string>> before, after, all;
  flatten(Json::parse(one), {}, before);
  flatten(Json::parse(other), {}, after);
  std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                std::inserter(all, all.end()));
  std::set<std::string> places;
  for (const auto& [place, value] : all) places.insert(place);
  return places;
}

std::string seen_by_people(const HttpTenant::State& state) {
  Json json;
  for (const auto& [id, role] : state.roles) json["roles"][role.name] = role.members;
  // By their names, since a rule that is made again has another id, and in the order of what they say.
  std::multiset<std::pair<std::string, Json>> rules;
  for (const auto& [path, all] : state.rules) {
    for (const auto& [id, rule] : all) {
      Json content = rule;
      content["list"] = path;
      content.erase("id");
      // It has the id of the step, which hangs on the ids of roles.
      content.erase("description");
      // An empty list is as good as none.
      for (auto field = content.begin(); field != content.end();) {
        if (field->is_array()) *field = words_of(*field);
        field = field->is_array() && field->empty() ? content.erase(field) : std::next(field);
      }
      rules.emplace(rule.value("name", ""), std::move(content));
    }
  }
  for (auto [name, rule] : rules) {
    while (json["rules"].contains(name)) name += " again";
    json["rules"][name] = rule;
  }
  for (const auto& [id, options] : state.options_of_department) {
    for (const auto& [key, value] : options.items()) {
      if (value == true) json["departments"][id][key] = true;
    }
  }
  for (const auto& [user, executive] : state.executives) {
    if (!executive.value("open", false)) continue;
    for (const auto& [key, value] : executive.items()) json["executives"][user][key] = words_of(value);
  }
  for (const auto& [node, how] : state.inheritance) {
    if (how != "PASS_ON") json["inheritance"][node] = how;
  }
  for (const auto& [node, members] : state.grants) {
    for (const auto& [member, roles] : members) {
      if (!member.starts_with("ORG")) json["grants"][node][member] = roles;
    }
  }
  for (const auto& [app, scope] : state.apps)
    json["apps"][app] = {scope.roles, scope.departments, scope.users, scope.administrators_only};
  for (const auto& [key, things] : {std::pair{"chats", &state.groups_of_chat}, std::pair{"meetings", &state.meetings},
                                    std::pair{"attendance", &state.attendance}}) {
    for (const auto& [id, options] : *things) {
      for (const auto& [name, value] : options.items()) {
        if (name != "id") json[key][id][name] = value;
      }
    }
  }
  for (const auto& [platform, devices] : state.devices) {
    for (const auto& [address, device] : devices) json["devices"][platform][address] = device.value("status", 0);
  }
  // Roles that were made at another time have other ids.
  std::string text = json.dump(1);
  for (const auto& [id, role] : state.roles) {
    if (id.size() < 4) continue;
    for (std::size_t at = text.find(id); at != std::string::npos; at = text.find(id, at + role.name.size()))
      text.replace(at, id.size(), role.name);
  }
  return text;
}

}  // namespace apply_tests
