#include <algorithm>

#include <fmt/format.h>

#include "sema/dependencies.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

// What one policy may hold of (role, inherited role) pairs, and how many may be looked at to find them.
constexpr std::size_t most_pairs = 16'000'000;
constexpr std::size_t most_steps = 256'000'000;

std::vector<std::vector<std::uint32_t>> find_parents(Resolution& resolution) {
  std::vector<std::vector<std::uint32_t>> parents(resolution.roles.size());
  for (std::size_t i = 0; i < resolution.roles.size(); ++i) {
    for (const syntax::Name& name : resolution.roles[i].node->inherits) {
      const Symbol* parent = resolution.names.resolve(name, wanted::role);
      if (parent == nullptr)
        resolution.model.roles[i].uncertain = true;
      else if (std::find(parents[i].begin(), parents[i].end(), parent->index) == parents[i].end())
        parents[i].push_back(parent->index);
    }
  }
  return parents;
}

void report_cycle(Resolution& resolution, const std::vector<std::uint32_t>& cycle) {
  const auto& roles = resolution.model.roles;
  std::string path = fmt::format("`{}`", roles[cycle.front()].name);
  for (std::size_t i = 1; i <= cycle.size(); ++i)
    path += fmt::format(" inherits `{}`", roles[cycle[i % cycle.size()]].name);
  auto finding = diag::make(diag::Code::role_cycle, roles[cycle.front()].span,
                            diag::message::role_cycle(roles[cycle.front()].name, path));
  for (std::size_t i = 1; i < cycle.size(); ++i) {
    finding.labels.push_back({roles[cycle[i]].span, fmt::format("`{}` is inherited by `{}`", roles[cycle[i]].name,
                                                                roles[cycle[i - 1]].name)});
  }
  resolution.sink.report(std::move(finding));
}

// Fills `ancestors`, what a role inherits before it.
class Closure {
 public:
  explicit Closure(Resolution& resolution) : resolution_(resolution), last_seen_(resolution.model.roles.size(), 0) {}

  void fill(const Dependencies& dependencies) {
    std::vector<std::uint32_t> place(dependencies.order.size());
    for (std::uint32_t i = 0; i < dependencies.order.size(); ++i) place[dependencies.order[i]] = i;
    for (const std::uint32_t role : dependencies.order) {
      if (pairs_ > most_pairs || steps_ > most_steps) {
        report_too_large(role);
        return;
      }
      close(role, place);
    }
  }

 private:
  void close(std::uint32_t index, const std::vector<std::uint32_t>& place) {
    model::Role& role = resolution_.model.roles[index];
    // The deepest parent first: what it inherits need not be looked at again.
    std::vector<model::RoleId> parents = role.inherits;
    std::sort(parents.begin(), parents.end(), [&](auto a, auto b) { return place[a.index()] > place[b.index()]; });
    ++stamp_;
    for (const model::RoleId parent : parents) {
      if (last_seen_[parent.index()] == stamp_) continue;
      const auto& inherited = resolution_.model.roles[parent.index()].ancestors;
      steps_ += inherited.size();
      for (const model::RoleId each : inherited) {
        if (last_seen_[each.index()] == stamp_) continue;
        last_seen_[each.index()] = stamp_;
        role.ancestors.push_back(each);
        role.admin = role.admin || resolution_.model[each].admin;
        role.uncertain = role.uncertain || resolution_.model[each].uncertain;
      }
    }
    role.ancestors.push_back(model::RoleId{index});
    // With one parent only the role itself is out of place.
    if (parents.size() <= 1) {
      const auto last = role.ancestors.end() - 1;
      std::rotate(std::upper_bound(role.ancestors.begin(), last, *last), last, role.ancestors.end());
    } else {
      std::sort(role.ancestors.begin(), role.ancestors.end());
    }
    pairs_ += role.ancestors.size();
  }

  // The roles that are left stand alone, and nothing is said about them.
  void report_too_large(std::uint32_t at) {
    auto& roles = resolution_.model.roles;
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (!roles[i].ancestors.empty()) continue;
      roles[i].ancestors = {model::RoleId{i}};
      roles[i].inherits.clear();
      roles[i].uncertain = true;
    }
    resolution_.report(diag::Code::too_large, roles[at].span,
                       diag::message::too_large(fmt::format("the roles up to `{}` inherit too much: more than {} pairs",
                                                            roles[at].name, most_pairs)));
  }

  Resolution& resolution_;
  std::vector<std::uint32_t> last_seen_;
  std::uint32_t stamp_ = 0;
  std::size_t pairs_ = 0;
  std::size_t steps_ = 0;
};

}  // namespace

void close_roles(Resolution& resolution) {
  auto& roles = resolution.model.roles;
  const auto parents = find_parents(resolution);
  const Dependencies dependencies = order_dependencies(parents);
  for (const auto& cycle : dependencies.cycles) report_cycle(resolution, cycle);
  // Later stages may rely on there being no cycle: its links are cut.
  for (std::size_t i = 0; i < roles.size(); ++i) {
    for (const std::uint32_t parent : parents[i]) {
      if (dependencies.knot[i] != dependencies.knot[parent]) roles[i].inherits.push_back(model::RoleId{parent});
    }
    roles[i].uncertain = roles[i].uncertain || dependencies.in_knot[i];
  }
  Closure(resolution).fill(dependencies);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    for (const model::RoleId ancestor : roles[i].ancestors) roles[ancestor.index()].heirs.push_back(model::RoleId{i});
  }
}

}  // namespace farol::sema
