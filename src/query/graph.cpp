#include "query/graph.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/sorted.h"
#include "document/words.h"
#include "query/answers.h"

namespace farol::query {
namespace {

using model::FeatureId;
using model::Model;
using model::RoleId;

// Where the things of the policy are in the graph.
struct Places {
  std::map<RoleId, std::size_t> roles;
  std::map<FeatureId, Target> features;
};

bool is_allowed_anything(const decide::Answers& answers, const Model& model, RoleId role) {
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    if (allows(answers, role, FeatureId{f})) return true;
  }
  return false;
}

// Those that were asked for and what they inherit; else all.
std::vector<RoleId> chosen_roles(const Model& model, const decide::Answers& answers, const GraphOptions& options) {
  std::vector<RoleId> roles;
  if (options.roles.empty()) {
    roles = decide::all_roles(model);
    if (!is_allowed_anything(answers, model, model.nobody())) roles.pop_back();
  }
  for (const RoleId role : options.roles) {
    if (role == model.nobody()) continue;
    const auto& ancestors = model[role].ancestors;
    roles.insert(roles.end(), ancestors.begin(), ancestors.end());
  }
  base::sort_unique(roles);
  return roles;
}

void add_roles(Graph& graph, Places& places, const Model& model, const std::vector<RoleId>& roles,
               const document::Words& words) {
  for (const RoleId role : roles) {
    places.roles[role] = graph.roles.size();
    graph.roles.push_back({role == model.nobody() ? "" : model[role].name, words.name_of(role)});
  }
  for (const RoleId role : roles) {
    if (role == model.nobody()) continue;
    for (const RoleId ancestor : model[role].inherits)
      graph.inherits.emplace_back(places.roles.at(role), places.roles.at(ancestor));
  }
}

// The features that are nodes of their own: those that were asked for, and those that are separated.
std::set<FeatureId> features_by_themselves(const Model& model, const GraphOptions& options) {
  std::set<FeatureId> own(options.features.begin(), options.features.end());
  if (!own.empty()) return own;
  for (const model::Separation& separation : model.separations)
    own.insert(separation.features.begin(), separation.features.end());
  return own;
}

void add_features(Graph& graph, Places& places, const Model& model, const decide::Answers& answers,
                  const std::vector<RoleId>& roles, const GraphOptions& options, const document::Words& words) {
  const std::set<FeatureId> own = features_by_themselves(model, options);
  std::map<std::string, std::size_t> group_of;
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    const FeatureId feature{f};
    const auto allowed = [&](RoleId role) { return allows(answers, role, feature); };
    const bool shown =
        own.contains(feature) || (options.features.empty() && std::any_of(roles.begin(), roles.end(), allowed));
    if (!shown) continue;
    const std::string& name = model[feature].name;
    const std::size_t dot = name.find('.');
    const std::string space = dot == std::string::npos ? "" : name.substr(0, dot);
    std::size_t group = graph.groups.size();
    if (space.empty()) {
      graph.groups.push_back({});
    } else {
      const auto [entry, fresh] = group_of.try_emplace(space, group);
      group = entry->second;
      if (fresh) graph.groups.push_back({{space, words.name_space(space)}, {}});
    }
    places.features[feature] = {group, Target::whole};
    if (!own.contains(feature) && !space.empty()) continue;
    auto& features = graph.groups[group].features;
    places.features[feature].feature = features.size();
    features.push_back({name, words.title(model[feature])});
  }
}

void add_allowed(Graph& graph, const Places& places, const Model& model, const decide::Answers& answers) {
  for (const auto& [role, index] : places.roles) {
    std::set<Target> targets;
    for (const auto& [feature, target] : places.features) {
      if (!allows(answers, role, feature)) continue;
      const auto allows_too = [&, &id = feature](RoleId parent) { return allows(answers, parent, id); };
      const bool inherited =
          role != model.nobody() && std::any_of(model[role].inherits.begin(), model[role].inherits.end(), allows_too);
      if (!inherited) targets.insert(target);
    }
    for (const Target& target : targets) graph.allowed.emplace_back(index, target);
  }
}

// Each pair of the things that are in the graph, the first one in its order before the other.
template <class Id, class Place>
void add_pairs(const std::vector<Id>& ids, const std::map<Id, Place>& places,
               std::set<std::pair<Place, Place>>& pairs) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    for (std::size_t k = i + 1; k < ids.size(); ++k) {
      const auto first = places.find(std::min(ids[i], ids[k]));
      const auto second = places.find(std::max(ids[i], ids[k]));
      if (first != places.end() && second != places.end()) pairs.emplace(first->second, second->second);
    }
  }
}

}  // namespace

Graph build_graph(const Model& model, const decide::Answers& answers, const GraphOptions& options) {
  const document::Words words{model, options.language};
  Graph graph;
  Places places;
  graph.title = words.name_of_policy();
  const std::vector<RoleId> roles = chosen_roles(model, answers, options);
  add_roles(graph, places, model, roles, words);
  add_features(graph, places, model, answers, roles, options, words);
  add_allowed(graph, places, model, answers);
  std::set<std::pair<std::size_t, std::size_t>> separate_roles;
  std::set<std::pair<Target, Target>> separate_features;
  for (const model::Separation& separation : model.separations) {
    add_pairs(separation.roles, places.roles, separate_roles);
    add_pairs(separation.features, places.features, separate_features);
  }
  graph.separate_roles.assign(separate_roles.begin(), separate_roles.end());
  graph.separate_features.assign(separate_features.begin(), separate_features.end());
  return graph;
}

}  // namespace farol::query
