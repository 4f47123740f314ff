// The tenant's ids: what `bind` says, as the requests want it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/phrases.h"
#include "diag/sink.h"
#include "model/model.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {

enum class IdForm : std::uint8_t { number, digits, word };

// What is known about the ids of a kind: id_kinds.def as a table.
struct IdKind {
  std::string_view key;
  bool is_list;
  IdForm form;
  std::string_view more;  // characters of a word beside letters, digits, `_` and `-`
  base::Phrase title;
  std::string_view lookup;
};
// Returns the kind of the key `role.hr` or `tenant.corp`; null if there is none.
[[nodiscard]] const IdKind* find_id_kind(std::string_view key);

// Returns what is wrong with an id, so that no request is ever sent broken; nullopt if it looks as its kind must.
//
// Requests take the ids of roles, departments and attendance groups as numbers of JSON, which the vendor's clients read
// as doubles: above 2^53 they would arrive changed, and are refused. All other ids are texts and are kept digit for
// digit. Ids of folders and apps are part of a path, where clients escape nothing: no `/`, no `..`.
[[nodiscard]] std::optional<std::string> find_fault(const model::Binding& binding);

void check_bindings(const model::Model& model, diag::Sink& sink);  // bad-binding

class Bindings {
 public:
  explicit Bindings(const model::Model& model);

  // Returns the id as a text or as a number of JSON; if it is not bound, its key.
  [[nodiscard]] Value text(const std::string& key) const;
  [[nodiscard]] Value number(const std::string& key) const;
  // Returns the ids of a list, one text for each; if it is not bound, its key alone.
  [[nodiscard]] Value::List list(const std::string& key) const;

  [[nodiscard]] bool is_bound(const std::string& key) const { return ids_.contains(key); }
  // Returns the ids as written; an empty list if the key is not bound.
  [[nodiscard]] std::vector<std::string> ids(const std::string& key) const;

 private:
  std::unordered_map<std::string, std::vector<std::string>> ids_;
};

// Returns true if a key is that of a list: the members of a role, the executives, the devices.
[[nodiscard]] bool is_list(std::string_view key);

}  // namespace farol::dingtalk
