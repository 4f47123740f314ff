#include "decide/permissions.h"

#include <algorithm>

namespace farol::decide {
std::optional<base::Date> last_day(const Model& model, const std::vector<RuleId>& rules) {
  std::optional<base::Date> last;
  for (const RuleId rule : rules) {
    const auto& until = model[rule].until;
    if (!until) return std::nullopt;
    if (!last || *last < *until) last = until;
  }
  return last;
}

// The cell that answers for each object of the feature's kind.
std::vector<std::vector<ObjectId>> objects_by_cell(const Model& model, const Table& table, model::ActsOn kind) {
  std::vector<std::vector<ObjectId>> result(table.cells.size());
  const auto cell_of = [&](ObjectId object) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const auto& listed = table.cells[i].objects;
      if (std::binary_search(listed.begin(), listed.end(), object)) return i;
    }
    return table.cells.size();
  };
  for (const ObjectId object : model.objects_of(kind)) {
    std::size_t cell = cell_of(object);
    if (cell == table.cells.size()) cell = cell_of(twin_of(model, object));
    if (cell < table.cells.size()) result[cell].push_back(object);
  }
  return result;
}

std::vector<Permission> permissions_of(const Model& model, const Decisions& decisions, RoleId role, FeatureId feature) {
  const Table& table = decisions.table(role, feature);
  std::vector<Permission> result;
  if (table.cells.empty()) return result;
  const auto objects = objects_by_cell(model, table, model[feature].acts_on);
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const Cell& cell = table.cells[i];
    for (const Segment& segment : cell.segments) {
      if (segment.effect == Effect::none || objects[i].empty()) continue;
      std::vector<Box> when = boxes_of(model, cell.contexts, segment.where);
      const auto same = std::find_if(result.begin(), result.end(), [&](const Permission& other) {
        return other.effect == segment.effect && other.controls == segment.controls && other.rules == segment.rules &&
               other.when == when;
      });
      if (same != result.end()) {
        same->objects.insert(same->objects.end(), objects[i].begin(), objects[i].end());
        continue;
      }
      result.push_back({role, feature, objects[i], segment.effect, std::move(when), segment.controls, segment.rules,
                        last_day(model, segment.rules)});
    }
  }
  for (Permission& permission : result) std::sort(permission.objects.begin(), permission.objects.end());
  std::sort(result.begin(), result.end(), [](const Permission& a, const Permission& b) {
    return std::tie(a.objects, a.when, a.rules) < std::tie(b.objects, b.when, b.rules);
  });
  return result;
}

bool is_stated(const Model& model, const Decisions& decisions, FeatureId feature) {
  if (model[feature].governed) return true;
  const auto denies = [&](TableId id) {
    const Table& table = decisions.tables[id.index()];
    return std::any_of(table.cells.begin(), table.cells.end(), [](const Cell& cell) {
      return std::any_of(cell.segments.begin(), cell.segments.end(),
                         [](const Segment& segment) { return segment.effect != Effect::none; });
    });
  };
  const Decisions::Row& row = decisions.rows[feature.index()];
  if (denies(row.everyone)) return true;
  return std::any_of(row.tables.begin(), row.tables.end(), [&](const auto& entry) { return denies(entry.second); });
}

std::vector<RoleId> all_roles(const Model& model) {
  std::vector<RoleId> result;
  for (std::size_t i = 0; i <= model.roles.size(); ++i) result.push_back(RoleId{i});
  return result;
}

}  // namespace farol::decide
