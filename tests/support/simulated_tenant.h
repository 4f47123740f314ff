// A tenant that takes the requests of steps and answers the calls that show what is set, in the form in which the
// vendor documents them. It stands for no more than that: whether the platform does what its documentation says, it
// cannot tell.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "model/model.h"
#include "target/dingtalk/admin_config.h"

namespace farol::testing {

class SimulatedTenant {
 public:
  using Json = nlohmann::json;

  // With what the policy binds, and nothing set.
  explicit SimulatedTenant(const model::Model& model);

  // Every step that can be sent, in order; those with an id that nothing gives are left out.
  void apply(const dingtalk::AdminConfig& config);

  // What the script of `collect` writes; lists come in pages of `page` items.
  [[nodiscard]] std::string exported(std::size_t page = 100) const;

  // Folders and knowledge bases that the policy binds.
  [[nodiscard]] std::set<std::string> bound_nodes() const;

  // What a test changes.
  struct Role {
    std::string name, group;
    std::map<std::string, std::set<std::string>> members;  // the departments that each manages
  };
  std::map<std::string, std::string> groups;        // of roles, by id
  std::map<std::string, Role> roles;                // by id
  std::map<std::string, std::string> departments;   // by id; all below the root
  std::vector<Json> restrictions, hidings, fields;  // as they were sent, with an `id`
  std::map<std::string, Json> executives;           // as sent
  std::map<std::string, std::string> inheritance;
  std::map<std::string, std::map<std::string, std::set<std::string>>> grants;  // node, `DEPT 10001`, roles
  struct Scope {
    std::set<std::string> roles, departments, users;
    bool administrators_only = false;
  };
  std::map<std::string, Scope> apps;
  std::map<std::string, Json> chats, meetings;                // the options as sent
  std::map<std::string, std::map<std::string, int>> devices;  // platform, address, status
  // Put into every answer and every item of a list, at other times and in another order.
  std::optional<std::string> time;
  bool backwards = false;
  bool has_unknown_fields = false;

 private:
  // One of the list of a step with `for_each`.
  struct Each {
    std::string key, id;
  };
  [[nodiscard]] std::optional<Json> resolved(const dingtalk::Value& value, const Each& each) const;
  void send(const dingtalk::Request& request, const Each& each);
  std::string next_id() { return std::to_string(next_id_++); }

  const model::Model& model_;
  std::map<std::string, std::string> made_;  // ids of roles and of the group of roles that no binding gives, by key
  long next_id_ = 700001;
};

}  // namespace farol::testing
