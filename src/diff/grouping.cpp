#include "diff/grouping.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/sorted.h"
#include "model/contexts.h"

namespace farol::diff {
namespace {

using analysis::Box;
using analysis::Effect;

// With more parts than this only one order of joining is tried.
constexpr std::size_t few = 20'000;

// What an answer lets somebody do: the higher, the more.
int rank(Effect effect) {
  switch (effect) {
    case Effect::allow: return 2;
    case Effect::none:
    case Effect::conflict: return 1;  // what is undecided is not permitted by anybody
    case Effect::deny: break;
  }
  return 0;
}

Direction direction_of(const Answer& before, const Answer& after) {
  if (rank(before.effect) != rank(after.effect))
    return rank(before.effect) < rank(after.effect) ? Direction::widening : Direction::narrowing;
  const auto has_all = [](const std::vector<ControlId>& all, const std::vector<ControlId>& some) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
  };
  const bool longer = before.expires && (!after.expires || *before.expires < *after.expires);
  const bool shorter = after.expires && (!before.expires || *after.expires < *before.expires);
  const bool fewer = has_all(before.controls, after.controls);
  const bool more = has_all(after.controls, before.controls);
  if (fewer && !shorter && (!more || longer)) return Direction::widening;
  if (more && !longer && (!fewer || shorter)) return Direction::narrowing;
  return Direction::mixed;
}

// The highest tier of the data that it is about; a privileged feature is above all.
std::size_t risk(const Model& model, const Change& change) {
  const bool privileged = std::any_of(change.features.begin(), change.features.end(),
                                      [&](FeatureId feature) { return model[feature].privileged; });
  if (privileged) return model.tiers.size() + 1;
  std::size_t highest = 0;
  for (const ObjectId object : change.objects) {
    const TierId tier = model[object].tier;
    if (!tier.is_none()) highest = std::max(highest, tier.index() + 1);
  }
  return highest;
}

}  // namespace

std::vector<Box> Grouping::united(const std::vector<Box>& a, const std::vector<Box>& b) const {
  std::vector<ContextId> contexts;
  for (const auto* boxes : {&a, &b}) {
    for (const Box& box : *boxes) {
      for (const auto& [context, values] : box) contexts.push_back(context);
    }
  }
  base::sort_unique(contexts);
  if (model::combinations(model_, contexts) > model::max_combinations) return {};
  return analysis::boxes_of(model_, contexts, analysis::points_of(model_, a, contexts) | analysis::points_of(model_, b, contexts));
}

void Grouping::join(std::vector<Part>& parts, Dimension dimension) const {
  using Key = std::tuple<std::vector<std::size_t>, std::vector<RoleId>, std::vector<FeatureId>, model::ActsOn,
                         std::vector<ObjectId>, std::vector<Box>, Answer, Answer>;
  std::map<Key, std::size_t> known;
  std::vector<Part> result;
  for (Part& part : parts) {
    Change& change = part.change;
    Key key{part.periods, change.roles, change.features, change.kind, change.objects, change.when, change.before, change.after};
    switch (dimension) {
      case Dimension::periods: std::get<0>(key).clear(); break;
      case Dimension::roles: std::get<1>(key).clear(); break;
      case Dimension::features: std::get<2>(key).clear(); break;
      case Dimension::objects: std::get<4>(key).clear(); break;
      case Dimension::when: std::get<5>(key).clear(); break;
    }
    const auto [entry, fresh] = known.try_emplace(std::move(key), result.size());
    if (fresh) {
      result.push_back(std::move(part));
      continue;
    }
    Part& other = result[entry->second];
    if (dimension == Dimension::when) {
      auto when = united(other.change.when, change.when);
      if (when.empty()) {
        result.push_back(std::move(part));
        continue;
      }
      other.change.when = std::move(when);
    }
    other.periods = base::united(other.periods, part.periods);
    other.change.roles = base::united(other.change.roles, change.roles);
    other.change.features = base::united(other.change.features, change.features);
    other.change.objects = base::united(other.change.objects, change.objects);
    other.change.causes = base::united(other.change.causes, change.causes);
  }
  parts = std::move(result);
}

std::vector<Grouping::Part> Grouping::joined(std::vector<Part> parts, const std::vector<Dimension>& order) const {
  for (std::size_t size = 0; size != parts.size();) {
    size = parts.size();
    for (const Dimension dimension : order) join(parts, dimension);
  }
  return parts;
}

// Periods that follow each other are one stretch of days.
void Grouping::give_days(std::vector<Part>& parts, std::vector<Change>& changes) const {
  for (Part& part : parts) {
    for (std::size_t i = 0; i < part.periods.size();) {
      std::size_t end = i + 1;
      while (end < part.periods.size() && part.periods[end] == part.periods[end - 1] + 1) ++end;
      Change change = part.change;
      if (part.periods[i] > 0) change.from = days_[part.periods[i] - 1];
      if (part.periods[end - 1] < days_.size()) change.until = base::Date{days_[part.periods[end - 1]].days - 1};
      changes.push_back(std::move(change));
      i = end;
    }
  }
}

std::vector<Change> Grouping::take() {
  using D = Dimension;
  std::vector<Part> best = joined(parts_, {D::when, D::periods, D::objects, D::roles, D::features});
  if (parts_.size() <= few) {
    for (const auto& order : {std::vector{D::when, D::periods, D::features, D::objects, D::roles},
                              std::vector{D::roles, D::when, D::periods, D::objects, D::features}}) {
      auto other = joined(parts_, order);
      if (other.size() < best.size()) best = std::move(other);
    }
  }
  std::vector<Change> changes;
  give_days(best, changes);
  for (Change& change : changes) change.direction = direction_of(change.before, change.after);
  std::sort(changes.begin(), changes.end(), [&](const Change& a, const Change& b) {
    const std::size_t x = risk(model_, a), y = risk(model_, b);
    if (a.direction != b.direction) return a.direction < b.direction;
    if (x != y) return x > y;
    if (a.points() != b.points()) return a.points() > b.points();
    return std::tie(a.features, a.roles, a.objects, a.when, a.from, a.before, a.after) <
           std::tie(b.features, b.roles, b.objects, b.when, b.from, b.before, b.after);
  });
  return changes;
}

}  // namespace farol::diff
