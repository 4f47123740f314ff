// What the parts of a comparison share (compare_*.cpp): values of requests resolved to ids of the tenant, and what has
// been accounted for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "target/dingtalk/bindings.h"
#include "target/dingtalk/drift.h"

namespace farol::dingtalk {

using Ids = std::set<std::string>;

class Comparison {
 public:
  Comparison(const model::Model& model, const dingtalk::AdminConfig& config, const Tenant& tenant);

  [[nodiscard]] Drift run(const std::vector<TenantConfirmation>& confirmations);

 private:
  using Step = dingtalk::Step;
  using Value = dingtalk::Value;

  // Values: a text, number, truth value or id as one text. Nothing: an id is neither bound nor to be found by its name.
  [[nodiscard]] std::optional<std::string> one(const Value& value) const;
  [[nodiscard]] std::optional<std::string> one(const Value::Object& object, std::string_view key) const;
  // The ids of a list, or of a text with commas; an empty one where there is no such member.
  [[nodiscard]] std::optional<Ids> ids(const Value::Object& object, std::string_view key) const;
  [[nodiscard]] std::optional<std::string> id_of_role(const std::string& name) const;
  // `20000 (HR)` where it is an id of a role.
  [[nodiscard]] std::string shown(std::string_view list, const std::string& id) const;

  // What is wrong with a finding.
  void differ(Finding& finding, std::string what, std::vector<std::string> wanted, std::vector<std::string> live) const;
  void compare_sets(Finding& finding, std::string_view list, const Ids& wanted, const Ids& live) const;
  static void leave(Finding& finding, Note why);
  void leave_unbound(Finding& finding, const dingtalk::Request& request) const;

  void compare_step(Finding& finding);
  void compare_role_group(Finding& finding);
  void compare_role(Finding& finding);
  void compare_members(Finding& finding);
  void compare_scope(Finding& finding);
  void compare_rule(Finding& finding, const Seen<std::vector<ContactRule>>& live, Ids& claimed);
  [[nodiscard]] const ContactRule* find_equal(const Value::Object& body, const std::vector<ContactRule>& rules,
                                              const Ids& claimed) const;
  void compare_executive(Finding& finding);
  void compare_inheritance(Finding& finding);
  void compare_grants(Finding& finding);
  void compare_no_grants(Finding& finding);
  void compare_app(Finding& finding);
  void compare_group(Finding& finding);
  void compare_meeting(Finding& finding);
  void compare_devices(Finding& finding);
  // That nothing is restricted, once all other rules are accounted for.
  void compare_open_contacts(Finding& finding);
  void compare_open_fields(Finding& finding);

  void compare_bindings(Drift& drift);
  void compare_binding(Finding& finding);
  void add_extras(Drift& drift) const;
  void add_extra_rules(Drift& drift, const Seen<std::vector<ContactRule>>& live, const Ids& claimed) const;

  // Of a node or app: everything that steps give on it, to know what they do not.
  struct Given {
    std::map<std::string, Ids> roles;  // by member, `DEPT 10001`
    Ids app_roles, app_departments, app_users, app_removed;
    bool is_whole = true;  // no id is missing
  };
  [[nodiscard]] const Given& given_on(const std::string& node) const;
  void gather();

  const model::Model& model_;
  const dingtalk::AdminConfig& config_;
  const Tenant& tenant_;
  const dingtalk::Bindings bindings_;
  std::map<std::string, Given> nodes_, apps_;                    // by id
  std::map<std::string, Ids> devices_;                           // by platform the addresses
  Ids claimed_restrictions_, claimed_hidings_, claimed_fields_;  // ids of rules
};

// Of an object of a request; null where it has none.
[[nodiscard]] const dingtalk::Value* member_of(const dingtalk::Value::Object& object, std::string_view key);
[[nodiscard]] const dingtalk::Value::Object* object_of(const dingtalk::Value::Object& object, std::string_view key);
// An address of a network card, however it is written.
[[nodiscard]] std::string plain_address(std::string_view address);
// Roles that every tenant has, and that no call can change.
[[nodiscard]] bool is_built_in(const std::string& role_name);

}  // namespace farol::dingtalk
