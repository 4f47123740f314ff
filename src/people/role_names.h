// Which role a word in a list of people means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/model.h"

namespace farol::people {

// By its name, by its title in any language, or by the id that a `bind` gives it. Case and Unicode forms do not matter.
// A title that two roles have means neither.
class RoleNames {
 public:
  explicit RoleNames(const model::Model& model);

  [[nodiscard]] std::optional<model::RoleId> find(std::string_view word) const;

  // What the roles of a line are (`Line::roles`), and which of their names are none; both sorted, each once.
  struct Found {
    std::vector<model::RoleId> roles;
    std::vector<std::string> unknown;
  };
  [[nodiscard]] Found read(std::string_view roles) const;

 private:
  [[nodiscard]] std::string_view one_of(std::string_view names) const;

  std::unordered_map<std::string, model::RoleId> roles_;  // none: it is ambiguous
};

}  // namespace farol::people
