#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "check/about.h"
#include "check/findings.h"
#include "check/labels.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using diag::Code;
using model::Separation;

const std::string& name_of(const Separation& separation) {
  return separation.label.empty() ? separation.text : separation.label;
}

// Which of the separated roles a role is or inherits.
std::vector<model::RoleId> held_by(const model::Model& model, const Separation& separation, model::RoleId role) {
  std::vector<model::RoleId> held;
  for (const model::RoleId other : separation.roles) {
    if (model.is_ancestor(other, role)) held.push_back(other);
  }
  return held;
}

// duties-not-separated: at the role in which they come together; those that inherit it are named there.
void check_roles(const model::Model& model, const Separation& separation, Findings& findings) {
  // A role is among its own heirs.
  std::map<model::RoleId, std::size_t> count;
  for (const model::RoleId separated : separation.roles) {
    for (const model::RoleId heir : model[separated].heirs) ++count[heir];
  }
  std::erase_if(count,
                [&](const auto& each) { return model[each.first].uncertain || each.second <= separation.at_most; });
  for (const auto& [id, number] : count) {
    const model::Role& role = model[id];
    const bool inherited =
        std::any_of(role.ancestors.begin(), role.ancestors.end(),
                    [&, self = id](model::RoleId other) { return other != self && count.contains(other); });
    if (inherited) continue;
    std::vector<std::string> held, heirs, broken;
    for (const model::RoleId other : held_by(model, separation, id)) held.push_back(model[other].name);
    auto diagnostic =
        diag::make(Code::duties_not_separated, role.span,
                   message::role_is_several(role.name, std::move(held), name_of(separation), separation.at_most));
    diagnostic.labels.push_back({role.span, message::where_they_come_together()});
    diagnostic.labels.push_back({separation.span, message::to_be_kept_apart()});
    for (const model::RoleId heir : role.heirs) {
      if (!count.contains(heir)) continue;
      broken.push_back(model[heir].name);
      if (heir != id) heirs.push_back(model[heir].name);
    }
    diagnostic.about = {broken};
    if (!separation.label.empty()) diagnostic.about.push_back({separation.label});
    if (!heirs.empty()) diagnostic.details.push_back(message::inherited_by(std::move(heirs)));
    diagnostic.help = message::duties_help();
    findings.list.push_back(std::move(diagnostic));
  }
}

// toxic-combination: a role is allowed more of the features than it may, each on some object in some context.
void check_features(const model::Model& model, const decide::Decisions& decisions, const Separation& separation,
                    Findings& findings) {
  const auto roles = decide::certain_roles(model);
  std::map<model::RoleId, std::vector<decide::Place>> allowed;
  for (const model::FeatureId feature : separation.features) {
    if (model[feature].uncertain) return;
    auto found = decide::scan(model, decisions, decide::coverage_of(model, feature, roles), model.conditions.front(),
                              decide::is_allowed);
    model::RoleId last;
    for (decide::Place& place : found.places) {
      if (place.role == last) continue;
      last = place.role;
      allowed[place.role].push_back(std::move(place));
    }
  }
  std::vector<decide::Place> places;
  model::RoleId worst;
  for (auto& [role, held] : allowed) {
    if (held.size() <= separation.at_most) continue;
    if (worst.is_none()) worst = role;
    places.insert(places.end(), std::make_move_iterator(held.begin()), std::make_move_iterator(held.end()));
  }
  if (places.empty()) return;
  auto diagnostic =
      diag::make(Code::toxic_combination, separation.span,
                 message::may_do_more_than(name_of(separation), decide::quoted_name(model, worst), separation.at_most));
  diagnostic.labels.push_back({separation.span, message::to_be_kept_apart()});
  label_rules(model, rules_at(model, decisions, places), message::allows_one_of_them(), diagnostic);
  diagnostic.details = decide::lines_of(model, places);
  diagnostic.witness = decide::witness_of(model, places.front());
  diagnostic.about = about(model, places);
  if (!separation.label.empty()) diagnostic.about.push_back({separation.label});
  findings.list.push_back(std::move(diagnostic));
}

}  // namespace

void check_people(const model::Model& model, const decide::Decisions& decisions,
                  const std::vector<decide::Together>& together, Findings& findings) {
  for (const decide::Together& people : together) {
    if (people.is_assumed()) continue;
    std::set<std::size_t> alone;  // separations that one of the roles breaks by itself, which is reported there
    for (const model::RoleId role : people.held) {
      for (const auto& violation : find_violations(model, decisions, decide::person_of(decisions, role, {role})))
        alone.insert(violation.separation);
    }
    for (const decide::Violation& violation : find_violations(model, decisions, people.person)) {
      const Separation& separation = model.separations[violation.separation];
      if (alone.contains(violation.separation)) continue;
      std::vector<std::string> held, has;
      for (const model::RoleId role : people.held) held.push_back(model[role].name);
      for (const model::RoleId role : violation.roles) has.push_back(model[role].name);
      for (const model::FeatureId feature : violation.features) has.push_back(model[feature].name);
      auto diagnostic = diag::make(
          separation.features.empty() ? Code::duties_not_separated : Code::toxic_combination, separation.span,
          separation.features.empty()
              ? message::people_have_several(has, people.who, name_of(separation), separation.at_most)
              : message::people_may_several(has, people.who, name_of(separation), separation.at_most));
      diagnostic.labels.push_back({separation.span, message::to_be_kept_apart()});
      for (const model::Binding& binding : model.bindings) {
        if (binding.kind == "members" && std::find(held.begin(), held.end(), binding.name) != held.end())
          diagnostic.labels.push_back({binding.span, message::bound_here()});
      }
      diagnostic.about = {has};
      if (!separation.label.empty()) diagnostic.about.push_back({separation.label});
      diagnostic.help = message::people_have_several_help();
      findings.list.push_back(std::move(diagnostic));
    }
  }
}

void check_separations(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  for (const Separation& separation : model.separations) {
    if (separation.features.empty()) {
      check_roles(model, separation, findings);
    } else {
      check_features(model, decisions, separation, findings);
    }
  }
}

}  // namespace farol::check
