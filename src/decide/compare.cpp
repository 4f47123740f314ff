#include "decide/compare.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/places.h"
#include "diag/messages_decide.h"

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

// In the order in which a sentence has them.
enum class Move : std::uint8_t {
  allows,
  controls,
  denies,
  leaves_to_no_rule,
  leaves_undecided,
  no_longer_denies,
  takes
};

Move move_of(Effect from, Effect to) {
  if (from == to) return Move::controls;
  switch (to) {
    case Effect::allow: return Move::allows;
    case Effect::deny: return Move::denies;
    case Effect::none: break;
    case Effect::conflict: return Move::leaves_undecided;
  }
  return from == Effect::allow ? Move::takes : from == Effect::deny ? Move::no_longer_denies : Move::leaves_to_no_rule;
}

diag::Text text_of(Move move, std::vector<diag::Text> places) {
  switch (move) {
    case Move::allows: return message::change_allows(std::move(places));
    case Move::controls: return message::change_controls(std::move(places));
    case Move::denies: return message::change_denies(std::move(places));
    case Move::leaves_to_no_rule: return message::change_leaves(std::move(places));
    case Move::leaves_undecided: return message::change_leaves_undecided(std::move(places));
    case Move::no_longer_denies: return message::change_no_longer_denies(std::move(places));
    case Move::takes: return message::change_takes(std::move(places));
  }
  return {};
}

}  // namespace

bool Comparison::run(FeatureId feature, const Visit& visit, bool all) {
  bool complete = true;
  for (const auto& [tables, roles] : roles_by_tables(feature, all)) {
    const Compared& compared = compare(tables, model_[feature].acts_on, all);
    for (const Difference& difference : compared.differences) visit(roles, difference);
    complete = complete && compared.complete;
  }
  return complete;
}

std::map<Comparison::TablePair, std::vector<RoleId>> Comparison::roles_by_tables(FeatureId feature, bool all) const {
  const Decisions::Row& old = before_.rows[feature.index()];
  const Decisions::Row& now = after_.rows[feature.index()];
  std::map<TablePair, std::vector<RoleId>> result;
  auto x = old.tables.begin();
  auto y = now.tables.begin();
  for (const RoleId role : all_roles(model_)) {
    const TableId a = x != old.tables.end() && x->first == role ? (x++)->second : old.everyone;
    const TableId b = y != now.tables.end() && y->first == role ? (y++)->second : now.everyone;
    if (all || a != TableId{0} || b != TableId{0}) result[{a, b}].push_back(role);
  }
  return result;
}

const Comparison::Compared& Comparison::compare(const TablePair& tables, model::ActsOn kind, bool all) {
  const auto [entry, fresh] = known_.try_emplace({tables, kind});
  Compared& result = entry->second;
  if (!fresh) return result;
  const auto old = cells_by_object(model_, before_.tables[tables.first.index()], kind);
  const auto now = cells_by_object(model_, after_.tables[tables.second.index()], kind);
  std::map<std::pair<const Cell*, const Cell*>, std::vector<ObjectId>> pairs;
  for (const ObjectId object : model_.objects_of(kind)) {
    if (all || old.contains(object) || now.contains(object))
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
  sort_canonically(model_, result.differences, [](const Difference&, const Difference&) { return false; });
  return result;
}

bool nothing_changes(const Model& model, const Decisions& before, const Decisions& after) {
  bool same = true;
  Comparison comparison{model, before, after};
  for (const FeatureId feature : base::ids(model.features))
    same = comparison.visit(feature, [&](const auto&, const Difference&) { same = false; }) && same;
  return same;
}

bool says_nothing_changes(const diag::Text& effect) { return effect == message::no_permission_changes(); }

ChangesInWords changes_in_words(const Model& model, const Decisions& before, const Decisions& after) {
  // What the conflict left open comes first, then what else moves.
  std::map<std::pair<bool, Move>, std::vector<Place>> by_move;
  bool takes_more = false;
  Comparison comparison{model, before, after};
  for (const FeatureId feature : base::ids(model.features)) {
    // A cell with too many contexts was not decided, and is reported.
    static_cast<void>(comparison.visit(feature, [&](const std::vector<RoleId>& roles, const Difference& change) {
      const Effect from = change.before->effect;
      takes_more = takes_more || (from == Effect::allow && change.after->effect != Effect::allow);
      auto& places = by_move[{from != Effect::conflict, move_of(from, change.after->effect)}];
      for (const RoleId role : roles)
        places.push_back({role, feature, change.objects, change.when.contexts, change.when.where});
    }));
  }
  if (by_move.empty()) return {message::no_permission_changes(), false};
  constexpr std::size_t shown = 3;
  std::vector<diag::Text> sentences;
  bool elsewhere = false;
  for (const auto& [key, places] : by_move) {
    auto lines = lines_of(model, places);
    if (lines.size() > shown) {
      const std::size_t more = lines.size() - shown;
      lines.resize(shown);
      lines.push_back(message::and_more(more));
    }
    elsewhere = elsewhere || key.first;
    diag::Text sentence = text_of(key.second, std::move(lines));
    sentences.push_back(key.first ? message::also(std::move(sentence)) : std::move(sentence));
  }
  if (!elsewhere) sentences.push_back(message::nothing_else_changes());
  return {message::changes(std::move(sentences)), takes_more};
}

}  // namespace farol::decide
