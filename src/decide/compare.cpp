#include "decide/compare.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "decide/overlay.h"
#include "diag/messages_decide.h"

namespace farol::decide {
namespace {

bool same_answers(const Cell& a, const Cell& b) {
  return a.contexts == b.contexts && a.segments.size() == b.segments.size() &&
         std::equal(a.segments.begin(), a.segments.end(), b.segments.begin(),
                    [](const Segment& x, const Segment& y) { return same_answer(x, y) && x.where == y.where; });
}

// The answers of both cells, over the contexts of both. A cell with too many contexts was not decided, and is reported.
void compare_cells(const Model& model, const Cell& before, const Cell& after, const Place& at,
                   std::vector<Change>& changes) {
  if (same_answers(before, after)) return;
  const auto differ = [](const Segment& old, const Segment& now) { return !same_answer(old, now); };
  const auto add = [&](const Segment& old, const Segment& now, const std::vector<ContextId>& contexts,
                       base::BitSet where) {
    Change change{old.effect, now.effect, old.effect == now.effect, at};
    change.place.contexts = contexts;
    change.place.where = std::move(where);
    changes.push_back(std::move(change));
  };
  static_cast<void>(overlay(model, before, after, differ, add));
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

Move move_of(const Change& change) {
  if (change.controls) return Move::controls;
  switch (change.to) {
    case Effect::allow: return Move::allows;
    case Effect::deny: return Move::denies;
    case Effect::none: break;
    case Effect::conflict: return Move::leaves_undecided;
  }
  return change.from == Effect::allow  ? Move::takes
         : change.from == Effect::deny ? Move::no_longer_denies
                                       : Move::leaves_to_no_rule;
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

std::vector<Change> compare(const Model& model, const Decisions& before, const Model& after_model,
                            const Decisions& after) {
  std::vector<Change> changes;
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    const FeatureId feature{f};
    for (const RoleId role : all_roles(model)) {
      for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
        compare_cells(model, before.cell(model, role, feature, object), after.cell(after_model, role, feature, object),
                      {role, feature, {object}, {}, {}}, changes);
      }
    }
  }
  // Objects that change alike are one place.
  std::map<std::tuple<RoleId, FeatureId, Effect, Effect, bool, std::vector<Box>>, std::size_t> known;
  std::vector<Change> grouped;
  for (Change& change : changes) {
    const auto key =
        std::tuple{change.place.role, change.place.feature, change.from,
                   change.to,         change.controls,      boxes_of(model, change.place.contexts, change.place.where)};
    const auto [entry, fresh] = known.try_emplace(key, grouped.size());
    if (fresh) {
      grouped.push_back(std::move(change));
    } else {
      grouped[entry->second].place.objects.push_back(change.place.objects.front());
    }
  }
  return grouped;
}

diag::Text in_words(const Model& model, const std::vector<Change>& changes) {
  if (changes.empty()) return message::no_permission_changes();
  // What the conflict left open comes first, then what else moves.
  std::map<std::pair<bool, Move>, std::vector<Place>> by_move;
  for (const Change& change : changes)
    by_move[{change.from != Effect::conflict, move_of(change)}].push_back(change.place);
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
  return message::changes(std::move(sentences));
}

}  // namespace farol::decide
