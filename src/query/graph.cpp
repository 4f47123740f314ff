#include "query/graph.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/sorted.h"
#include "decide/permissions.h"
#include "document/words.h"

namespace farol::query {
namespace {

using model::FeatureId;
using model::RoleId;

class Builder {
 public:
  Builder(const model::Model& model, const decide::Decisions& decisions, const GraphOptions& options)
      : model_(model), decisions_(decisions), options_(options), words_(model, options.language) {}

  Graph run() {
    graph_.title = words_.name_of_policy();
    choose_roles();
    choose_features();
    for (const RoleId role : roles_) add_allowed(role);
    add_separations();
    return std::move(graph_);
  }

 private:
  void choose_roles() {
    if (options_.roles.empty()) {
      roles_ = decide::all_roles(model_);
      if (!allowed_anything(model_.nobody())) roles_.pop_back();
    }
    for (const RoleId role : options_.roles) {
      if (role == model_.nobody()) continue;
      const auto& ancestors = model_[role].ancestors;
      roles_.insert(roles_.end(), ancestors.begin(), ancestors.end());
    }
    base::sort_unique(roles_);
    for (std::size_t i = 0; i < roles_.size(); ++i) {
      role_index_[roles_[i]] = i;
      const bool nobody = roles_[i] == model_.nobody();
      graph_.roles.push_back({nobody ? "" : model_[roles_[i]].name,
                              nobody ? words_(base::Phrase::whoever_holds_none) : words_.title(model_[roles_[i]])});
    }
    for (const RoleId role : roles_) {
      if (role == model_.nobody()) continue;
      for (const RoleId ancestor : model_[role].inherits)
        graph_.inherits.emplace_back(role_index_.at(role), role_index_.at(ancestor));
    }
  }

  void choose_features() {
    std::set<FeatureId> own(options_.features.begin(), options_.features.end());
    for (const model::Separation& separation : model_.separations) {
      for (const FeatureId feature : separation.features) {
        if (options_.features.empty() || own.contains(feature)) own.insert(feature);
      }
    }
    for (std::size_t f = 0; f < model_.features.size(); ++f) {
      const FeatureId feature{f};
      if (!own.contains(feature) && (!options_.features.empty() || !is_allowed_to_anybody(feature))) continue;
      const std::string& name = model_[feature].name;
      const std::size_t dot = name.find('.');
      const std::string space = dot == std::string::npos ? "" : name.substr(0, dot);
      std::size_t group = graph_.groups.size();
      if (!space.empty()) {
        const auto [entry, fresh] = group_index_.try_emplace(space, group);
        group = entry->second;
        if (fresh) graph_.groups.push_back({{space, words_.name_space(space)}, {}});
      } else {
        graph_.groups.push_back({});
      }
      targets_[feature] = {group, Target::whole};
      if (!own.contains(feature) && !space.empty()) continue;
      auto& features = graph_.groups[group].features;
      targets_[feature].feature = features.size();
      features.push_back({name, words_.title(model_[feature])});
    }
  }

  void add_allowed(RoleId role) {
    std::set<Target> targets;
    for (const auto& [feature, target] : targets_) {
      if (!is_allowed(role, feature)) continue;
      const bool nobody = role == model_.nobody();
      const bool inherited = !nobody && std::any_of(model_[role].inherits.begin(), model_[role].inherits.end(),
                                                    [&, &f = feature](RoleId other) { return is_allowed(other, f); });
      if (!inherited) targets.insert(target);
    }
    for (const Target& target : targets) graph_.allowed.emplace_back(role_index_.at(role), target);
  }

  void add_separations() {
    std::set<std::pair<std::size_t, std::size_t>> roles;
    std::set<std::pair<Target, Target>> features;
    for (const model::Separation& separation : model_.separations) {
      each_pair(separation.roles, [&](RoleId a, RoleId b) {
        const auto first = role_index_.find(a), second = role_index_.find(b);
        if (first != role_index_.end() && second != role_index_.end()) roles.emplace(first->second, second->second);
      });
      each_pair(separation.features, [&](FeatureId a, FeatureId b) {
        const auto first = targets_.find(a), second = targets_.find(b);
        if (first != targets_.end() && second != targets_.end()) features.emplace(first->second, second->second);
      });
    }
    graph_.separate_roles.assign(roles.begin(), roles.end());
    graph_.separate_features.assign(features.begin(), features.end());
  }

  template <class Id, class Add>
  static void each_pair(const std::vector<Id>& ids, const Add& add) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      for (std::size_t k = i + 1; k < ids.size(); ++k) add(std::min(ids[i], ids[k]), std::max(ids[i], ids[k]));
    }
  }

  [[nodiscard]] bool is_allowed(RoleId role, FeatureId feature) const {
    const auto& cells = decisions_.table(role, feature).cells;
    return std::any_of(cells.begin(), cells.end(), [](const decide::Cell& cell) {
      return std::any_of(cell.segments.begin(), cell.segments.end(),
                         [](const decide::Segment& segment) { return segment.effect == decide::Effect::allow; });
    });
  }
  [[nodiscard]] bool is_allowed_to_anybody(FeatureId feature) const {
    return std::any_of(roles_.begin(), roles_.end(), [&](RoleId role) { return is_allowed(role, feature); });
  }
  [[nodiscard]] bool allowed_anything(RoleId role) const {
    for (std::size_t f = 0; f < model_.features.size(); ++f) {
      if (is_allowed(role, FeatureId{f})) return true;
    }
    return false;
  }

  const model::Model& model_;
  const decide::Decisions& decisions_;
  const GraphOptions& options_;
  document::Words words_;
  std::vector<RoleId> roles_;
  std::map<RoleId, std::size_t> role_index_;
  std::map<std::string, std::size_t> group_index_;
  std::map<FeatureId, Target> targets_;
  Graph graph_;
};

}  // namespace

Graph build_graph(const model::Model& model, const decide::Decisions& decisions, const GraphOptions& options) {
  return Builder{model, decisions, options}.run();
}

}  // namespace farol::query
