#include "compare/grouping.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/sorted.h"
#include "model/contexts.h"

namespace farol::compare {
namespace {

using decide::Box;
using decide::Effect;

// With more parts than this only one order of joining is tried.
constexpr std::size_t few = 20'000;

// Ranks answers by how much they let somebody do. What is undecided is not permitted by anybody, and what no rule
// allows is no more permitted than what a rule refuses; what is left to the platform may be.
int rank(const Answer& answer) {
  switch (answer.effect) {
    case Effect::allow: return 2;
    case Effect::none: return answer.governed ? 0 : 1;
    case Effect::conflict:
    case Effect::deny: break;
  }
  return 0;
}

Direction direction_of(const Answer& before, const Answer& after) {
  if (rank(before) != rank(after)) return rank(before) < rank(after) ? Direction::widening : Direction::narrowing;
  if (before.effect != after.effect) return Direction::mixed;
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

// Ranks a change by the highest tier of its data; privileged features rank above all tiers.
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

void Grouping::add(Change change, std::vector<std::size_t> in_periods) {
  Part part;
  part.sets[when] = when_(std::move(change.when));
  part.sets[objects] = objects_(std::move(change.objects));
  part.sets[roles] = roles_(std::move(change.roles));
  part.sets[features] = features_(std::move(change.features));
  part.sets[periods] = periods_(std::move(in_periods));
  part.answers = answers_({change.kind, {std::move(change.before), std::move(change.after)}});
  part.members = {added_.size()};
  added_.push_back(std::move(change.causes));
  parts_.push_back(std::move(part));
}

template <class Set>
std::uint32_t Grouping::unite(Numbering<Set>& numbering, const std::vector<const Part*>& parts, Dimension dimension) {
  Set all;
  for (const Part* part : parts) {
    const Set& set = numbering[part->sets[dimension]];
    all.insert(all.end(), set.begin(), set.end());
  }
  base::sort_unique(all);
  return numbering(std::move(all));
}

bool Grouping::unite(const std::vector<const Part*>& parts, Dimension dimension, std::uint32_t& number) {
  switch (dimension) {
    case periods: number = unite(periods_, parts, dimension); return true;
    case roles: number = unite(roles_, parts, dimension); return true;
    case features: number = unite(features_, parts, dimension); return true;
    case objects: number = unite(objects_, parts, dimension); return true;
    case when: break;
  }
  std::vector<Box> boxes;
  std::vector<ContextId> contexts;
  for (const Part* part : parts) {
    for (const Box& box : when_[part->sets[when]]) {
      boxes.push_back(box);
      for (const auto& choice : box) contexts.push_back(choice.first);
    }
  }
  base::sort_unique(contexts);
  if (model::combinations(model_, contexts) > model::max_combinations) return false;
  number = when_(decide::boxes_of(model_, contexts, decide::points_of(model_, boxes, contexts)));
  return true;
}

// Parts that differ in one dimension only become one.
void Grouping::join(Parts& parts, Dimension dimension) {
  std::map<std::pair<std::array<std::uint32_t, dimensions>, std::uint32_t>, std::vector<const Part*>> alike;
  for (const Part& part : parts) {
    auto sets = part.sets;
    sets[dimension] = 0;
    alike[{sets, part.answers}].push_back(&part);
  }
  if (alike.size() == parts.size()) return;
  Parts result;
  for (const auto& [key, group] : alike) {
    Part whole = *group.front();
    if (group.size() == 1 || !unite(group, dimension, whole.sets[dimension])) {
      for (const Part* part : group) result.push_back(*part);
      continue;
    }
    for (std::size_t i = 1; i < group.size(); ++i)
      whole.members.insert(whole.members.end(), group[i]->members.begin(), group[i]->members.end());
    result.push_back(std::move(whole));
  }
  parts = std::move(result);
}

Grouping::Parts Grouping::joined(Parts parts, const std::vector<Dimension>& order) {
  for (std::size_t size = 0; size != parts.size();) {
    size = parts.size();
    for (const Dimension dimension : order) join(parts, dimension);
  }
  return parts;
}

// Periods that follow each other are one stretch of days.
void Grouping::spell_out(const Part& part, std::vector<Change>& changes) const {
  Change change;
  change.roles = roles_[part.sets[roles]];
  change.features = features_[part.sets[features]];
  change.objects = objects_[part.sets[objects]];
  change.when = when_[part.sets[when]];
  change.kind = answers_[part.answers].first;
  std::tie(change.before, change.after) = answers_[part.answers].second;
  change.direction = direction_of(change.before, change.after);
  for (const std::size_t member : part.members)
    change.causes.insert(change.causes.end(), added_[member].begin(), added_[member].end());
  base::sort_unique(change.causes);
  const auto& numbers = periods_[part.sets[periods]];
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t end = i + 1;
    while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
    Change stretch = change;
    if (numbers[i] > 0) stretch.from = days_[numbers[i] - 1];
    if (numbers[end - 1] < days_.size()) stretch.until = base::Date{days_[numbers[end - 1]].days - 1};
    changes.push_back(std::move(stretch));
    i = end;
  }
}

std::vector<Change> Grouping::take() {
  Parts best = joined(parts_, {when, periods, objects, roles, features});
  if (parts_.size() <= few) {
    for (const auto& order :
         {std::vector{when, periods, features, objects, roles}, std::vector{roles, when, periods, objects, features}}) {
      Parts other = joined(parts_, order);
      if (other.size() < best.size()) best = std::move(other);
    }
  }
  std::vector<Change> changes;
  for (const Part& part : best) spell_out(part, changes);
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

}  // namespace farol::compare
