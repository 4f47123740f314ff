#include "query/holders.h"

#include "base/ids.h"

namespace farol::query {

using decide::Decisions;
using decide::PersonSegment;
using model::FeatureId;
using model::Model;
using model::ObjectId;
using model::RoleId;

std::vector<Holder> holders_of(const Model& model, const std::vector<decide::Person>& people) {
  std::vector<Holder> holders{{}};
  for (const RoleId role : base::ids(model.roles)) holders.push_back({{role}, nullptr});
  for (const decide::Person& person : people) holders.push_back({person.roles, &person});
  return holders;
}

std::optional<decide::TableId> table_of(const Model& model, const Decisions& decisions, const Holder& holder,
                                        FeatureId feature) {
  if (holder.person != nullptr) return std::nullopt;
  return decisions.table_id(holder.roles.empty() ? model.nobody() : holder.roles.front(), feature);
}

bool is_silent(const Model& model, const Decisions& decisions, const Holder& holder, FeatureId feature) {
  const auto table = table_of(model, decisions, holder, feature);
  return (table ? decisions.tables[table->index()] : holder.person->table(feature)).cells.empty();
}

decide::PersonCell cell_of(const Model& model, const Decisions& decisions, const Holder& holder, FeatureId feature,
                           ObjectId object) {
  if (holder.person != nullptr) return person_cell(model, decisions, *holder.person, feature, object);
  const auto table = table_of(model, decisions, holder, feature);
  const decide::Cell& cell = decide::cell_of(model, decisions.tables[table->index()], object);
  decide::PersonCell result{cell.contexts, {}};
  for (const decide::Segment& segment : cell.segments)
    result.segments.push_back({PersonSegment::Cause::decided, segment});
  return result;
}

}  // namespace farol::query
