#include "decide/scan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/sorted.h"
#include "decide/answers.h"
#include "diag/messages_decide.h"

namespace farol::decide {
namespace {

class Scanner {
 public:
  Scanner(const Model& model, const Decisions& decisions, const model::Condition& when, const Wanted& wanted)
      : model_(model), decisions_(decisions), when_(when), wanted_(wanted) {}

  Scan run(const Coverage& coverage, std::size_t limit) {
    for (const auto& [feature, objects] : coverage.features) {
      known_.clear();
      for (const RoleId role : coverage.roles) {
        const auto [entry, fresh] = known_.try_emplace(&decisions_.table(role, feature));
        if (fresh) entry->second = look_at(*entry->first, feature, objects);
        result_.work += 1 + entry->second.size();
        for (Place place : entry->second) {
          if (result_.places.size() == limit) return std::move(result_);
          place.role = role;
          result_.places.push_back(std::move(place));
        }
        if (!result_.problem.empty()) return std::move(result_);
      }
    }
    return std::move(result_);
  }

 private:
  std::vector<Place> look_at(const Table& table, FeatureId feature, const std::vector<ObjectId>& objects) {
    std::vector<Place> found;
    if (table.cells.empty()) {
      look_at(Decisions::no_cell(), feature, objects, found);
      return found;
    }
    auto by_cell = objects_by_cell(model_, table, model_[feature].acts_on);
    result_.work += (1 + table.cells.size()) * model_.objects_of(model_[feature].acts_on).size();
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      std::vector<ObjectId> here;
      std::sort(by_cell[i].begin(), by_cell[i].end());
      std::set_intersection(by_cell[i].begin(), by_cell[i].end(), objects.begin(), objects.end(),
                            std::back_inserter(here));
      if (!here.empty()) look_at(table.cells[i], feature, here, found);
    }
    return found;
  }

  void look_at(const Cell& cell, FeatureId feature, const std::vector<ObjectId>& objects, std::vector<Place>& found) {
    const std::vector<ContextId> contexts = base::united(cell.contexts, when_.contexts);
    std::optional<base::BitSet> when;
    for (const Segment& segment : cell.segments) {
      if (!wanted_(segment)) continue;
      if (combinations(model_, contexts) > model::max_combinations) {
        result_.problem = message::scan_has_combinations(model_[feature].name, model::max_combinations);
        return;
      }
      if (!when) when = widen(model_, when_.contexts, when_.where, contexts);
      base::BitSet where = widen(model_, cell.contexts, segment.where, contexts) & *when;
      if (where.any()) found.push_back({RoleId::none(), feature, objects, contexts, std::move(where)});
    }
  }

  const Model& model_;
  const Decisions& decisions_;
  const model::Condition& when_;
  const Wanted& wanted_;
  std::map<const Table*, std::vector<Place>> known_;  // of the feature in hand
  Scan result_;
};

}  // namespace

Coverage coverage_of(const Model& model, const model::Area& area) {
  std::vector<RoleId> roles;
  for (const auto term : area.subjects) {
    const std::vector<RoleId> some = members(model, model[term]);
    roles.insert(roles.end(), some.begin(), some.end());
  }
  base::sort_unique(roles);
  std::set<FeatureId> features;
  for (const auto term : area.features) {
    for (const FeatureId feature : members(model, model[term])) features.insert(feature);
  }
  Coverage coverage{std::move(roles), {}};
  for (const FeatureId feature : features) {
    std::vector<ObjectId> objects;
    for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
      if (std::any_of(area.objects.begin(), area.objects.end(),
                      [&](auto term) { return contains(model, model[term], object); })) {
        objects.push_back(object);
      }
    }
    if (!objects.empty()) coverage.features.emplace_back(feature, std::move(objects));
  }
  return coverage;
}

Coverage coverage_of(const Model& model, FeatureId feature, std::vector<RoleId> roles) {
  auto objects = model.objects_of(model[feature].acts_on);
  std::sort(objects.begin(), objects.end());
  return {std::move(roles), {{feature, std::move(objects)}}};
}

Coverage certain(const Model& model, Coverage coverage) {
  std::erase_if(coverage.roles, [&](RoleId role) { return is_uncertain(model, role); });
  std::erase_if(coverage.features, [&](const auto& entry) { return model[entry.first].uncertain; });
  return coverage;
}

bool is_certain(const Model& model, const Coverage& coverage) {
  return std::none_of(coverage.roles.begin(), coverage.roles.end(),
                      [&](RoleId role) { return is_uncertain(model, role); }) &&
         std::none_of(coverage.features.begin(), coverage.features.end(),
                      [&](const auto& entry) { return model[entry.first].uncertain; });
}

std::vector<RoleId> certain_roles(const Model& model) {
  std::vector<RoleId> roles;
  for (std::size_t r = 0; r <= model.roles.size(); ++r) {
    if (!is_uncertain(model, RoleId{r})) roles.push_back(RoleId{r});
  }
  return roles;
}

Scan scan(const Model& model, const Decisions& decisions, const Coverage& coverage, const model::Condition& when,
          const Wanted& wanted, std::size_t limit) {
  return Scanner{model, decisions, when, wanted}.run(coverage, limit);
}

Scan scan(const Model& model, const Decisions& decisions, const model::Area& area, const Wanted& wanted,
          std::size_t limit) {
  return scan(model, decisions, coverage_of(model, area), model[area.when], wanted, limit);
}

}  // namespace farol::decide
