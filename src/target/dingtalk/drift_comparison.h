// The comparison of a tenant with a policy. It is one class over the files drift_*.cpp, which share the values of
// requests, resolved to ids of the tenant, and what steps account for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "target/dingtalk/bindings.h"
#include "target/dingtalk/drift.h"
#include "target/dingtalk/tenant_fields.h"

namespace farol::dingtalk {

class Comparison {
 public:
  Comparison(const model::Model& model, const AdminConfig& config, const Tenant& tenant);

  [[nodiscard]] Drift run(const std::vector<ConfirmedStep>& confirmations);

 private:
  // A text, number, truth value or id as one text. Returns nullopt if an id is neither bound nor found by its name.
  [[nodiscard]] std::optional<std::string> one(const Value& value) const;
  [[nodiscard]] std::optional<std::string> one(const Value::Object& object, std::string_view path) const;
  // The ids of a list, or of a text with commas; an empty set if there is no such member.
  [[nodiscard]] std::optional<Ids> ids(const Value::Object& object, std::string_view path) const;
  [[nodiscard]] std::optional<std::string> id_of_role(const std::string& name) const;
  // `20000 (HR)` where it is an id of a role.
  [[nodiscard]] std::string shown(std::string_view list, const std::string& id) const;

  // These say what is wrong with a finding, or why nothing was seen.
  void differ(Finding& finding, std::string what, std::vector<std::string> wanted, std::vector<std::string> live) const;
  void differ_in_value(Finding& finding, std::string what, std::string wanted, std::vector<std::string> live) const;
  void compare_sets(Finding& finding, std::string_view list, const Ids& wanted, const Ids& live) const;
  static void leave(Finding& finding, Note why);
  void leave_unbound(Finding& finding, const Request& request) const;

  // Returns true if all ids are known in the lists that the request sets.
  [[nodiscard]] bool has_all_ids(const Request& request) const;
  // Compares the fields that the step's call sets (tenant_fields.def) with what a reply shows.
  void compare_fields(Finding& finding, const Record& live) const;
  void compare_field(Finding& finding, const TenantField& field, const Record& live) const;
  // Returns what a call shows of the thing that the step's request is about; null, with the reason in the finding, if
  // an id is not known or nothing was seen.
  [[nodiscard]] const Records* seen(Finding& finding, Call read) const;
  [[nodiscard]] const Records* seen(Finding& finding, Call read, const std::string& about) const;

  void compare_step(Finding& finding);
  void add_control_hits(Finding& finding) const;
  void compare_role_group(Finding& finding);
  void compare_role(Finding& finding);
  void compare_role_name(Finding& finding);
  void compare_members(Finding& finding);
  void compare_scope(Finding& finding);
  void compare_rule(Finding& finding);
  [[nodiscard]] const Record* find_rule(const Request& request, const Records& rules, const Ids& claimed) const;
  void compare_executive(Finding& finding);
  void compare_grants(Finding& finding);
  void compare_no_grants(Finding& finding);
  // An app, a folder's inheritance, a group or a meeting: one thing with fields.
  void compare_thing(Finding& finding);
  // Switches that no reply shows are left.
  void compare_switches(Finding& finding, const Record& live) const;
  void compare_attendance(Finding& finding);
  void compare_devices(Finding& finding);
  // These check that nothing else is restricted, after all rules of steps are accounted for.
  void compare_open_contacts(Finding& finding);
  void compare_open_fields(Finding& finding);

  // Whether the policy says anything about what a list of rules of the address book shows.
  [[nodiscard]] bool speaks_of(Call list) const;

  void compare_bindings(Drift& drift);
  void compare_binding(Finding& finding);
  void add_extras(Drift& drift) const;
  void add_extra_members(Drift& drift) const;
  void add_extra_rules(Drift& drift) const;
  void add_extra_grants(Drift& drift) const;
  void add_extra_scopes(Drift& drift) const;
  void add_extra_devices(Drift& drift) const;
  void add_extra_roles(Drift& drift) const;
  void add_extra_administrators(Drift& drift) const;
  void add_extra_restrictions(Drift& drift) const;
  // A request about a node, in the name of whoever asked for it.
  [[nodiscard]] Request about_node(Call call, const std::string& node, Value::Object body) const;
  // What takes a permission away; nothing where it is that of whoever makes the changes, who is not locked out.
  [[nodiscard]] std::optional<Request> without_grant(const std::string& node, const Record& grant) const;

  // Everything that steps give on a node or app, to know what they do not give.
  struct Given {
    std::map<std::string, Ids> members;     // of a node: roles by member, `DEPT 10001`
    std::map<std::string_view, Ids> scope;  // of an app: ids by the list that has them
    bool is_whole = true;                   // no id is missing
  };
  void gather();
  void gather_members(const Request& request);
  void gather_scope(const Request& request);

  const model::Model& model_;
  const AdminConfig& config_;
  const Tenant& tenant_;
  const Bindings bindings_;
  std::map<std::string, Given> nodes_, apps_;  // by id
  std::map<std::string, Ids> devices_;         // addresses, by platform
  Ids descriptions_;                           // of the rules of the address book that steps make
  std::map<Call, Ids> claimed_;                // ids of rules that steps account for, by the call that shows them
};

// A number where it is one, else a text.
[[nodiscard]] Value id_value(const std::string& id);
// What deletes a rule that a list shows.
[[nodiscard]] Request without_rule(Call list, const Record& rule);
// Rules that requests of Farol have made say so in their description.
[[nodiscard]] bool is_made_by_farol(const Record& rule);
// The name of a rule, or its id if it has none.
[[nodiscard]] const std::string& name_of(const Record& rule);
// The member of a permission: `DEPT 10001`.
[[nodiscard]] std::string member_of(const Record& grant);
// An address of a network card, however it is written.
[[nodiscard]] std::string plain_address(std::string_view address);
// Roles that every tenant has, and that no call can change.
[[nodiscard]] bool is_built_in(const std::string& role_name);

}  // namespace farol::dingtalk
