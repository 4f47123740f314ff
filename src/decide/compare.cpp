#include "decide/compare.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ids.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/places.h"

namespace farol::decide {
namespace {

// For each object of a kind the cell that answers for it.
std::map<ObjectId, const Cell*> cells_by_object(const Model& model, const Table& table, model::ActsOn kind) {
  std::map<ObjectId, const Cell*> result;
  const auto by_cell = objects_by_cell(model, table, kind);
  for (std::size_t i = 0; i < by_cell.size(); ++i) {
    for (const ObjectId object : by_cell[i]) result[object] = &table.cells[i];
  }
  return result;
}

const Cell* cell_at(const std::map<ObjectId, const Cell*>& cells, ObjectId object) {
  const auto found = cells.find(object);
  return found == cells.end() ? &Decisions::no_cell() : found->second;
}

std::string_view verb_of(Effect from, Effect to) {
  if (from == to) return "changes the controls of";
  switch (to) {
    case Effect::allow: return "allows";
    case Effect::deny: return "denies";
    case Effect::none:
      return from == Effect::allow ? "takes" : from == Effect::deny ? "no longer denies" : "leaves to no rule";
    case Effect::conflict: return "leaves undecided";
  }
  return "";
}

}  // namespace

bool Comparison::visit(FeatureId feature, const Visit& visit) {
  bool complete = true;
  for (const auto& [tables, roles] : roles_by_tables(feature)) {
    const Compared& compared = compare(tables, model_[feature].acts_on);
    for (const Difference& difference : compared.differences) visit(roles, difference);
    complete = complete && compared.complete;
  }
  return complete;
}

std::map<Comparison::TablePair, std::vector<RoleId>> Comparison::roles_by_tables(FeatureId feature) const {
  const Decisions::Row& old = before_.rows[feature.index()];
  const Decisions::Row& now = after_.rows[feature.index()];
  std::map<TablePair, std::vector<RoleId>> result;
  auto x = old.tables.begin();
  auto y = now.tables.begin();
  for (const RoleId role : all_roles(model_)) {
    const TableId a = x != old.tables.end() && x->first == role ? (x++)->second : old.everyone;
    const TableId b = y != now.tables.end() && y->first == role ? (y++)->second : now.everyone;
    if (a != TableId{0} || b != TableId{0}) result[{a, b}].push_back(role);
  }
  return result;
}

const Comparison::Compared& Comparison::compare(const TablePair& tables, model::ActsOn kind) {
  const auto [entry, fresh] = known_.try_emplace({tables, kind});
  Compared& result = entry->second;
  if (!fresh) return result;
  const auto old = cells_by_object(model_, before_.tables[tables.first.index()], kind);
  const auto now = cells_by_object(model_, after_.tables[tables.second.index()], kind);
  std::map<std::pair<const Cell*, const Cell*>, std::vector<ObjectId>> pairs;
  for (const ObjectId object : model_.objects_of(kind)) {
    if (old.contains(object) || now.contains(object))
      pairs[{cell_at(old, object), cell_at(now, object)}].push_back(object);
  }
  for (auto& [cells, objects] : pairs) {
    std::sort(objects.begin(), objects.end());
    const auto differ = [&](const Segment& before, const Segment& after) { return !same_(before, after); };
    const auto add = [&, &on = objects](const Segment& before, const Segment& after,
                                        const std::vector<ContextId>& contexts, const base::BitSet& where) {
      result.differences.push_back({on, narrow(model_, {contexts, where}), &before, &after});
    };
    result.complete = overlay(model_, *cells.first, *cells.second, differ, add) && result.complete;
  }
  // The pointers of the map have no order that a reader knows.
  std::sort(result.differences.begin(), result.differences.end(), [&](const Difference& a, const Difference& b) {
    return a.objects != b.objects ? a.objects < b.objects : boxes_of(model_, a.when) < boxes_of(model_, b.when);
  });
  return result;
}

std::string changes_in_words(const Model& model, const Decisions& before, const Decisions& after) {
  // What the conflict left open comes first, then what else moves.
  std::map<std::pair<bool, std::string_view>, std::vector<Place>> by_verb;
  Comparison comparison{model, before, after};
  for (const FeatureId feature : base::ids(model.features)) {
    // A cell with too many contexts was not decided, and is reported.
    static_cast<void>(comparison.visit(feature, [&](const std::vector<RoleId>& roles, const Difference& change) {
      const Effect from = change.before->effect;
      auto& places = by_verb[{from != Effect::conflict, verb_of(from, change.after->effect)}];
      for (const RoleId role : roles)
        places.push_back({role, feature, change.objects, change.when.contexts, change.when.where});
    }));
  }
  if (by_verb.empty()) return "no permission changes";
  std::vector<std::string> sentences;
  bool elsewhere = false;
  for (const auto& [key, places] : by_verb) {
    auto lines = lines_of(model, places);
    const std::size_t more = lines.size() > 3 ? lines.size() - 3 : 0;
    lines.resize(lines.size() - more);
    elsewhere = elsewhere || key.first;
    sentences.push_back(fmt::format("{}{} {}{}", key.first ? "also " : "", key.second, fmt::join(lines, "; "),
                                    more == 0 ? "" : fmt::format("; and {} more", more)));
  }
  if (!elsewhere) sentences.emplace_back("nothing else changes");
  return fmt::format("{}", fmt::join(sentences, "; "));
}

}  // namespace farol::decide
