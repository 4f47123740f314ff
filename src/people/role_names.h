// Which role a word in a list of people means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/model.h"

namespace farol::people {

// By its name, by its title in any language, or by the id that a `bind` gives it. Case and Unicode forms do not matter.
// A title that two roles have means neither.
class RoleNames {
 public:
  explicit RoleNames(const model::Model& model);

  [[nodiscard]] std::optional<model::RoleId> find(std::string_view word) const;

 private:
  std::unordered_map<std::string, model::RoleId> roles_;  // none: it is ambiguous
};

}  // namespace farol::people
