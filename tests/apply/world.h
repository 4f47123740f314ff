// A policy on the disk, a tenant behind HTTP, and `farol apply` between the two.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/http_server.h"
#include "support/http_tenant.h"
#include "support/small_tenant.h"
#include "support/temporary_folder.h"

namespace apply_tests {

struct Outcome {
  int exit = 0;
  std::string out, err;
};

class World {
 public:
  explicit World(const std::string& policy, const std::string& corp = "ding1");

  void write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

  // The program with these arguments. Time passes only where it waits.
  Outcome run(const std::vector<std::string>& line);
  // `farol apply` with the policy, the server and these arguments.
  Outcome apply(const std::vector<std::string>& arguments);
  // The same in a process of its own, which may be killed; nullopt if it was. `most_bytes` is how large a file it may
  // write; 0: any.
  std::optional<int> apply_in_child(const std::vector<std::string>& arguments, long most_bytes = 0);
  // A plan and its confirmation.
  Outcome plan_and_send();
  // Goes on until nothing is open.
  Outcome resume_to_the_end();
  // Ends the child that runs, as `kill -9` does.
  void kill_child() const;

  farol::testing::HttpTenant tenant;
  std::int64_t now = 1'795'608'000;  // noon of 2026-11-25
  std::string app_secret = "secret-of-the-app";
  bool by_client = false;  // through tests/apply/dws

 private:
  [[nodiscard]] std::vector<std::string> line(const std::vector<std::string>& arguments) const;

  farol::testing::TemporaryFolder folder_;
  farol::testing::HttpServer server_{
      [this](const farol::testing::HttpRequest& request) { return tenant.answer(request); }};
  mutable int child_ = 0;
};

// The name of the run that was sent.
[[nodiscard]] std::string run_of(const Outcome& sent);

using farol::testing::fill;
using farol::testing::small_policy;

// What somebody sees who looks at the tenant: without the ids of rules, which another time are others.
[[nodiscard]] std::string seen_by_people(const farol::testing::HttpTenant::State& state);
// Where two such looks differ: `grants|node-1|USER u9`, without the value.
[[nodiscard]] std::set<std::string> differences(const std::string& one, const std::string& other);

}  // namespace apply_tests
