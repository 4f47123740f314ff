#include <algorithm>

#include "diag/messages_sema.h"
#include "model/role_closure.h"
#include "sema/circles.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

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
  diag::Text path =
      path_around(cycle.size(), message::and_inherits, [&](std::size_t i) { return roles[cycle[i]].name; });
  auto finding = diag::make(diag::Code::role_cycle, roles[cycle.front()].span,
                            message::inherits_itself(roles[cycle.front()].name, std::move(path)));
  for (std::size_t i = 1; i < cycle.size() && i < most_steps; ++i) {
    finding.labels.push_back(
        {roles[cycle[i]].span, message::is_inherited_by(roles[cycle[i]].name, roles[cycle[i - 1]].name)});
  }
  resolution.sink.report(std::move(finding));
}

void report_too_large(Resolution& resolution, model::RoleId at) {
  const model::Role& role = resolution.model[at];
  resolution.report(diag::Code::too_large, role.span,
                    message::roles_inherit_too_much(role.name, model::most_inherited_pairs));
}

}  // namespace

void close_roles(Resolution& resolution) {
  const auto parents = find_parents(resolution);
  const model::RoleClosure closure = model::close_roles(resolution.model.roles, parents);
  for (const auto& cycle : closure.cycles) report_cycle(resolution, cycle);
  if (closure.too_large) report_too_large(resolution, *closure.too_large);
}

}  // namespace farol::sema
