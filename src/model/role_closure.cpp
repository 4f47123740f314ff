#include "model/role_closure.h"

#include <algorithm>
#include <utility>

#include "base/dependencies.h"

namespace farol::model {
namespace {

// How many pairs may be looked at to find those that there are.
constexpr std::size_t most_steps = 256'000'000;

// Fills `ancestors`, what a role inherits before it.
class Ancestors {
 public:
  explicit Ancestors(std::vector<Role>& roles) : roles_(roles), last_seen_(roles.size(), 0) {}

  // Returns the role at which it becomes too much, or nullopt.
  std::optional<RoleId> fill(const base::Dependencies& dependencies) {
    std::vector<std::uint32_t> place(dependencies.order.size());
    for (std::uint32_t i = 0; i < dependencies.order.size(); ++i) place[dependencies.order[i]] = i;
    for (const std::uint32_t role : dependencies.order) {
      if (pairs_ > most_inherited_pairs || steps_ > most_steps) {
        leave_alone();
        return RoleId{role};
      }
      close(role, place);
    }
    return std::nullopt;
  }

 private:
  void close(std::uint32_t index, const std::vector<std::uint32_t>& place) {
    Role& role = roles_[index];
    // The deepest parent first: what it inherits need not be looked at again.
    std::vector<RoleId> parents = role.inherits;
    std::sort(parents.begin(), parents.end(), [&](auto a, auto b) { return place[a.index()] > place[b.index()]; });
    ++stamp_;
    for (const RoleId parent : parents) {
      if (last_seen_[parent.index()] == stamp_) continue;
      const auto& inherited = roles_[parent.index()].ancestors;
      steps_ += inherited.size();
      for (const RoleId each : inherited) {
        if (last_seen_[each.index()] == stamp_) continue;
        last_seen_[each.index()] = stamp_;
        role.ancestors.push_back(each);
        role.admin = role.admin || roles_[each.index()].admin;
        role.uncertain = role.uncertain || roles_[each.index()].uncertain;
      }
    }
    role.ancestors.push_back(RoleId{index});
    // With one parent only the role itself is out of place.
    if (parents.size() <= 1) {
      const auto last = role.ancestors.end() - 1;
      std::rotate(std::upper_bound(role.ancestors.begin(), last, *last), last, role.ancestors.end());
    } else {
      std::sort(role.ancestors.begin(), role.ancestors.end());
    }
    pairs_ += role.ancestors.size();
  }

  void leave_alone() {
    for (std::size_t i = 0; i < roles_.size(); ++i) {
      if (!roles_[i].ancestors.empty()) continue;
      roles_[i].ancestors = {RoleId{i}};
      roles_[i].inherits.clear();
      roles_[i].uncertain = true;
    }
  }

  std::vector<Role>& roles_;
  std::vector<std::uint32_t> last_seen_;
  std::uint32_t stamp_ = 0;
  std::size_t pairs_ = 0;
  std::size_t steps_ = 0;
};

}  // namespace

RoleClosure close_roles(std::vector<Role>& roles, const std::vector<std::vector<std::uint32_t>>& parents) {
  base::Dependencies dependencies = base::order_dependencies(parents);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    for (const std::uint32_t parent : parents[i]) {
      if (dependencies.knot[i] != dependencies.knot[parent]) roles[i].inherits.push_back(RoleId{parent});
    }
    roles[i].uncertain = roles[i].uncertain || dependencies.in_knot[i];
  }
  const auto too_large = Ancestors(roles).fill(dependencies);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    for (const RoleId ancestor : roles[i].ancestors) roles[ancestor.index()].heirs.push_back(RoleId{i});
  }
  return {std::move(dependencies.cycles), too_large};
}

}  // namespace farol::model
