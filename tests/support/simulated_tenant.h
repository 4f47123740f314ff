// A tenant in which the steps of a policy were made, as an export shows it. It stands for no more than the
// documentation of the vendor: whether the platform does what it says, it cannot tell.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "model/model.h"
#include "support/http_tenant.h"
#include "target/dingtalk/admin_config.h"

namespace farol::testing {

class SimulatedTenant : public HttpTenant {
 public:
  // With what the policy binds, and nothing set.
  explicit SimulatedTenant(const model::Model& model);

  // Every step that can be sent, in order; those with an id that nothing gives are left out.
  void apply(const dingtalk::AdminConfig& config);

  // What the script of `collect` writes; lists come in pages of `page` items.
  [[nodiscard]] std::string exported(std::size_t page = 100);

  // Folders and knowledge bases that the policy binds.
  [[nodiscard]] std::set<std::string> bound_nodes() const;

  // Rules of the address book by their ids, as they were sent.
  std::map<std::string, Json>& restrictions() { return state.rules["/v1.0/contact/restrictions/settings"]; }
  std::map<std::string, Json>& hidings() { return state.rules["/v1.0/contact/contactHideSettings"]; }
  std::map<std::string, Json>& fields() { return state.rules["/v1.0/contact/staffAttributes/visibilitySettings"]; }

  // Put into every answer and every item of a list, at other times and in another order.
  std::optional<std::string> time;
  bool backwards = false;
  bool has_unknown_fields = false;

 private:
  friend class Exporter;

  // The reply to a request.
  Json send(HttpRequest request);

  const model::Model& model_;
  std::map<std::string, std::string> made_;  // ids of roles and of the group of roles that no binding gives, by key
};

}  // namespace farol::testing
