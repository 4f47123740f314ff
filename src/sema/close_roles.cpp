#include <algorithm>

#include <fmt/format.h>

#include "diag/code_messages.h"
#include "model/role_closure.h"
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

void report_too_large(Resolution& resolution, model::RoleId at) {
  const model::Role& role = resolution.model[at];
  resolution.report(diag::Code::too_large, role.span,
                    diag::message::too_large(fmt::format("the roles up to `{}` inherit too much: more than {} pairs",
                                                         role.name, model::most_inherited_pairs)));
}

}  // namespace

void close_roles(Resolution& resolution) {
  const auto parents = find_parents(resolution);
  const model::RoleClosure closure = model::close_roles(resolution.model.roles, parents);
  for (const auto& cycle : closure.cycles) report_cycle(resolution, cycle);
  if (closure.too_large) report_too_large(resolution, *closure.too_large);
}

}  // namespace farol::sema
