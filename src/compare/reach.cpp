// How far the changes of an edited statement reach, in numbers.
#include <algorithm>
#include <tuple>

#include "base/sorted.h"
#include "compare/edits.h"

namespace farol::compare {
namespace {

// Points of one statement are not counted beyond these. A point that changes in several cases or periods takes several
// places until the points are told apart.
constexpr std::size_t max_points = 500'000, max_places = 2 * max_points;

using Points = std::vector<std::tuple<RoleId, FeatureId, ObjectId>>;  // sorted, each once

bool was_allowed(const Side& before, const Mapping& old, RoleId role, FeatureId feature, ObjectId object) {
  const RoleId own_role = old.own_roles[role.index()];
  const FeatureId own_feature = old.own_features[feature.index()];
  const ObjectId own_object = old.own_objects[object.index()];
  if (own_role.is_none() || own_feature.is_none() || own_object.is_none()) return false;
  return decide::allows_something(before.decisions.cell(before.model, own_role, own_feature, own_object));
}

// Of the points that an `allow` is about and that do not change: those that were allowed before.
std::optional<std::size_t> already_allowed(const model::Rule* rule, const Side& before, const Side& after,
                                           const Vocabulary& both, const Points& changed) {
  if (rule == nullptr || rule->verb != model::Verb::allow) return std::nullopt;
  const auto joint = [&](const auto& terms, const auto& visit) {
    for (const auto term : terms) {
      for (const auto id : members(after.model, after.model[term])) visit(id);
    }
  };
  std::vector<RoleId> roles;
  std::vector<FeatureId> features;
  std::vector<ObjectId> objects;
  joint(rule->area.subjects, [&](RoleId id) { roles.push_back(both.after.roles[id.index()]); });
  joint(rule->area.features, [&](FeatureId id) { features.push_back(both.after.features[id.index()]); });
  joint(rule->area.objects, [&](ObjectId id) {
    const auto& meant = both.after.objects[id.index()];
    objects.insert(objects.end(), meant.begin(), meant.end());
  });
  base::sort_unique(roles);
  base::sort_unique(features);
  base::sort_unique(objects);
  if (roles.size() * features.size() * objects.size() > max_points) return std::nullopt;
  std::size_t count = 0;
  for (const FeatureId feature : features) {
    const auto& fitting = both.model.objects_of(both.model[feature].acts_on);
    for (const ObjectId object : objects) {
      if (std::find(fitting.begin(), fitting.end(), object) == fitting.end()) continue;
      for (const RoleId role : roles) {
        if (std::binary_search(changed.begin(), changed.end(), std::tuple{role, feature, object})) continue;
        if (was_allowed(before, both.before, role, feature, object)) ++count;
      }
    }
  }
  return count;
}

}  // namespace

Edit::Reach reach_of(const Edit& edit, const model::Rule* rule, const Side& before, const Side& after,
                     const Difference& difference) {
  std::vector<RoleId> roles;
  std::vector<FeatureId> features;
  std::vector<ObjectId> objects;
  const auto append = [](auto& all, const auto& more) { all.insert(all.end(), more.begin(), more.end()); };
  Points points;
  for (const std::size_t i : edit.changes) {
    const Change& change = difference.changes[i];
    append(roles, change.roles);
    append(features, change.features);
    append(objects, change.objects);
    if (points.size() + change.points() > max_places) continue;
    for (const RoleId role : change.roles) {
      for (const FeatureId feature : change.features) {
        for (const ObjectId object : change.objects) points.emplace_back(role, feature, object);
      }
    }
  }
  base::sort_unique(roles);
  base::sort_unique(features);
  base::sort_unique(objects);
  base::sort_unique(points);
  return {roles.size(), features.size(), objects.size(), points.size(),
          already_allowed(rule, before, after, difference.vocabulary, points)};
}

}  // namespace farol::compare
