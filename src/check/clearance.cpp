#include <algorithm>
#include <map>

#include "base/ids.h"
#include "check/about.h"
#include "check/findings.h"
#include "check/labels.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using diag::Code;
using model::TierId;

// For each role the role whose clearance holds for it: itself, else that of the highest one it inherits; none: no
// limit. A clearance hides those that the role that states it inherits.
std::vector<model::RoleId> cleared_by(const model::Model& model) {
  // An inherited role has fewer ancestors than its heirs, so it comes first.
  std::vector<model::RoleId> order;
  for (std::size_t r = 0; r < model.roles.size(); ++r) order.emplace_back(r);
  std::stable_sort(order.begin(), order.end(), [&](model::RoleId a, model::RoleId b) {
    return model[a].ancestors.size() < model[b].ancestors.size();
  });
  std::vector<model::RoleId> result(model.roles.size());
  for (const model::RoleId role : order) {
    model::RoleId& highest = result[role.index()];
    if (!model[role].clearance.is_none()) {
      highest = role;
      continue;
    }
    for (const model::RoleId parent : model[role].inherits) {
      const model::RoleId other = result[parent.index()];
      if (other.is_none()) continue;
      const bool higher = highest.is_none() || model[highest].clearance < model[other].clearance;
      const bool first_of_equals = !higher && model[highest].clearance == model[other].clearance && other < highest;
      if (higher || first_of_equals) highest = other;
    }
  }
  return result;
}

decide::Coverage above(const model::Model& model, TierId limit, std::vector<model::RoleId> roles) {
  decide::Coverage coverage{std::move(roles), {}};
  for (const model::FeatureId id : base::ids(model.features)) {
    if (model[id].uncertain) continue;
    std::vector<model::ObjectId> objects;
    for (const model::ObjectId object : model.objects_of(model[id].acts_on)) {
      if (!model[object].tier.is_none() && limit < model[object].tier) objects.push_back(object);
    }
    std::sort(objects.begin(), objects.end());
    if (!objects.empty()) coverage.features.emplace_back(id, std::move(objects));
  }
  return coverage;
}

}  // namespace

void check_clearance(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  const bool stated = std::any_of(model.roles.begin(), model.roles.end(),
                                  [](const model::Role& role) { return !role.clearance.is_none(); });
  if (!stated) return;
  const auto by = cleared_by(model);
  std::map<model::RoleId, std::vector<model::RoleId>> roles;
  for (std::size_t r = 0; r < model.roles.size(); ++r) {
    if (!by[r].is_none() && !model.roles[r].uncertain) roles[by[r]].push_back(model::RoleId{r});
  }
  for (auto& [source, cleared] : roles) {
    const model::Role& role = model[source];
    const std::string& tier = model[role.clearance].name;
    const auto places = decide::scan(model, decisions, above(model, role.clearance, std::move(cleared)),
                                     model.conditions.front(), decide::is_allowed)
                            .places;
    if (places.empty()) continue;
    const diag::Witness witness = decide::witness_of(model, places.front());
    auto diagnostic = diag::make(Code::above_clearance, role.span,
                                 message::cleared_and_more(role.name, tier, diag::point_of(witness)));
    diagnostic.labels.push_back({role.span, message::cleared_up_to(tier)});
    label_rules(model, rules_at(model, decisions, places), message::allows_more(), diagnostic);
    diagnostic.details = decide::lines_of(model, places);
    diagnostic.witness = witness;
    diagnostic.about = about(model, places);
    findings.list.push_back(std::move(diagnostic));
  }
}

}  // namespace farol::check
