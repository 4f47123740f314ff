// Role hierarchies: what a role inherits, directly or not, and by which roles it is inherited.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/model.h"

namespace farol::model {

// What one policy may hold of (role, inherited role) pairs.
inline constexpr std::size_t most_inherited_pairs = 16'000'000;

struct RoleClosure {
  // One shortest circle for each group of roles that inherit each other, from its first role on.
  std::vector<std::vector<std::uint32_t>> cycles;
  std::optional<RoleId> too_large;  // up to this role, the roles inherit too much
};

// Fills `inherits`, `ancestors`, `heirs`, and what roles have from their ancestors (`admin`, `uncertain`); `parents[i]`
// is what role i inherits as written. There is no cycle afterwards: its links are cut, and its roles are uncertain. If
// the roles inherit too much, those that are left are alone and uncertain.
[[nodiscard]] RoleClosure close_roles(std::vector<Role>& roles, const std::vector<std::vector<std::uint32_t>>& parents);

}  // namespace farol::model
