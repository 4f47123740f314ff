// Reads what a tenant has set, by the calls that `farol collect` makes, into the export that drift reads.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "apply/session.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/tenant.h"
#include "target/dingtalk/tenant_export.h"
#include "target/dingtalk/what_to_collect.h"

namespace farol::apply {

class Reading {
 public:
  // What this is one call of so many is shown while it goes on.
  using Progress = std::function<void(const std::string& call)>;
  Reading(Session& session, Progress progress) : session_(session), progress_(std::move(progress)) {}

  // Each call is made once, however often it is asked for. Ids in `not_yet` stand for what is made later: nothing is
  // asked about them.
  // Of roles, the members of those in `roles` are asked for.
  void read(const std::vector<dingtalk::Collected>& calls, const std::set<std::string>& not_yet,
            const std::set<std::string>& roles);
  // Returns true if it stopped, for the calls of the month are used up.
  [[nodiscard]] bool is_used_up() const { return used_up_; }
  // The permission codes that calls were refused for.
  [[nodiscard]] const std::set<std::string>& missing_codes() const { return missing_; }

  // An export of all that was read.
  [[nodiscard]] std::string exported(const std::string& time) const;
  [[nodiscard]] dingtalk::Tenant tenant() const;

 private:
  // Makes a call with all of its pages. Returns the answers.
  std::vector<dingtalk::Node> ask(dingtalk::Request request);
  std::vector<dingtalk::Node> ask_about(dingtalk::Call call, const std::string& id);
  void roles_and_members(const std::set<std::string>& wanted);
  void departments();
  void administrators();

  Session& session_;
  Progress progress_;
  std::set<std::string> asked_;
  std::set<std::string> missing_;
  std::vector<std::string> entries_;
  std::vector<std::string> roles_;  // of the list, by id
  bool used_up_ = false;
};

}  // namespace farol::apply
