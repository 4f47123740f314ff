// The tenant's ids: what `bind` says, as the requests want it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diag/sink.h"
#include "model/model.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {

// What an id must look like so that no request is ever sent broken. Nothing comes back where it does.
//
// Requests take the ids of roles, departments and attendance groups as numbers of JSON, which the vendor's clients read
// as doubles: above 2^53 they would arrive changed, and are refused. All other ids are texts and are kept digit for
// digit. Ids of folders and apps stand in a path, where clients escape nothing: no `/`, no `..`.
[[nodiscard]] std::optional<diag::Text> find_fault(const model::Binding& binding);

void check_bindings(const model::Model& model, diag::Sink& sink);  // bad-binding

class Bindings {
 public:
  explicit Bindings(const model::Model& model);

  // The id as a text, or as a number of JSON; its key where it is not bound.
  [[nodiscard]] Value text(const std::string& key) const;
  [[nodiscard]] Value number(const std::string& key) const;
  // A list of ids: one text for each; the key alone where it is not bound.
  [[nodiscard]] Value::List list(const std::string& key) const;

  [[nodiscard]] bool is_bound(const std::string& key) const { return ids_.contains(key); }
  // As written; empty where it is not bound.
  [[nodiscard]] std::vector<std::string> ids(const std::string& key) const;

 private:
  std::unordered_map<std::string, std::vector<std::string>> ids_;
};

// Whether a key is that of a list: the members of a role, the executives, the devices.
[[nodiscard]] bool is_list(std::string_view key);

}  // namespace farol::dingtalk
