// Real entitlements as a policy: the permissions that come out are the pairs that went in.
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/farol.h"
#include "support/repository.h"

namespace farol::testing::entitlements_test {
namespace {

using Permissions = std::set<std::string>;

// What each distinct set of permissions in the data is.
std::set<Permissions> sets_of(const std::string& path) {
  std::map<int, Permissions> held;
  std::ifstream pairs(path);
  for (int user = 0, permission = 0; pairs >> user >> permission;) held[user].insert("p" + std::to_string(permission));
  std::set<Permissions> sets;
  for (auto& [user, permissions] : held) sets.insert(std::move(permissions));
  return sets;
}

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  for (std::size_t size = 0; (size = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, size);
  REQUIRE(pclose(pipe) == 0);
  return out;
}

}  // namespace

TEST_CASE("the permissions of a hospital are exactly those of the data") {
  const std::string shared = shared_folder();
  if (shared.empty()) {
    fmt::print("NOTE: left out: the hospital's entitlements, because FAROL_SHARED is not set\n");
    return;
  }
  const std::string data = shared + "/data/hc.txt";
  base::MemoryFileSystem files;
  files.files["hc.farol"] = output_of(fmt::format("python3 '{}/bench/from_pairs.py' '{}'", shared, data));
  const Outcome outcome = run_farol(files, {"compile", "hc.farol", "-o", "out"});
  REQUIRE_MESSAGE(outcome.exit == 0, outcome.err);

  std::map<std::string, Permissions> allowed;
  const auto document = nlohmann::json::parse(outcome.wrote.at("out/permissions.json"));
  for (const auto& decision : document.at("decisions")) {
    if (decision.at("effect") != "allow") continue;
    for (const auto& row : decision.at("answers")) {
      for (const auto& role : row.at("roles")) {
        for (const auto& feature : row.at("features")) allowed[role.get<std::string>()].insert(feature);
      }
    }
  }
  std::set<Permissions> sets;
  std::size_t pairs = 0;
  for (const auto& [role, permissions] : allowed) {
    sets.insert(permissions);
    pairs += permissions.size();
  }
  CHECK(sets == sets_of(data));
  CHECK(sets.size() == allowed.size());
  fmt::print("NOTE: {} permissions of {} roles are those of the data\n", pairs, allowed.size());
}

}  // namespace farol::testing::entitlements_test
