// A policy on the disk, a tenant behind HTTP, and `farol apply` between the two.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "support/http_server.h"
#include "support/http_tenant.h"
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

  // `farol apply` with the policy, the server and these arguments. Time passes only where it waits.
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
  std::string app_secret = "secret-of-the-app";
  bool by_client = false;  // through tests/apply/dws

 private:
  [[nodiscard]] std::vector<std::string> line(const std::vector<std::string>& arguments) const;

  farol::testing::TemporaryFolder folder_;
  farol::testing::HttpServer server_{
      [this](const farol::testing::HttpRequest& request) { return tenant.answer(request); }};
  mutable int child_ = 0;
};

// Roles that are to be made, a folder, an app and a rule of the address book; and a tenant in which none of it is so.
[[nodiscard]] std::string small_policy();
void fill(farol::testing::HttpTenant& tenant);

// What somebody sees who looks at the tenant: without the ids of rules, which another time are others.
[[nodiscard]] std::string seen_by_people(const farol::testing::HttpTenant::State& state);

}  // namespace apply_tests
