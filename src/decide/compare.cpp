#include "decide/compare.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "decide/overlay.h"

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

std::string_view verb_of(const Change& change) {
  if (change.controls) return "changes the controls of";
  switch (change.to) {
    case Effect::allow: return "allows";
    case Effect::deny: return "denies";
    case Effect::none:
      return change.from == Effect::allow  ? "takes"
             : change.from == Effect::deny ? "no longer denies"
                                           : "leaves to no rule";
    case Effect::conflict: return "leaves undecided";
  }
  return "";
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

std::string in_words(const Model& model, const std::vector<Change>& changes) {
  if (changes.empty()) return "no permission changes";
  // What the conflict left open comes first, then what else moves.
  std::map<std::pair<bool, std::string_view>, std::vector<Place>> by_verb;
  for (const Change& change : changes)
    by_verb[{change.from != Effect::conflict, verb_of(change)}].push_back(change.place);
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
