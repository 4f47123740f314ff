#include <algorithm>
#include <map>
#include <set>

#include "base/ids.h"
#include "base/sorted.h"
#include "compare/causes.h"
#include "compare/difference.h"
#include "compare/edits.h"
#include "compare/grouping.h"
#include "compare/renames.h"
#include "compare/things.h"
#include "compare/translate.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/compare.h"
#include "decide/days.h"

namespace farol::compare {
namespace {

using decide::Decisions;
using decide::Effect;
using decide::Segment;

// Days from today on at which something may begin or end; more are not looked at, and the result says so.
constexpr std::size_t max_days = 60;

bool is_governed(const Side& side, const Mapping& mapping, FeatureId feature) {
  const FeatureId own = mapping.own_features[feature.index()];
  return !own.is_none() && side.model[own].governed;
}

// Collects the differences of one day with their causes.
class DayComparison {
 public:
  DayComparison(const Vocabulary& vocabulary, const Side& before, const Side& after, const Causes& causes,
                Grouping& grouping, std::set<std::string>& too_large)
      : vocabulary_(vocabulary),
        before_(before),
        after_(after),
        old_(translate(vocabulary, vocabulary.before, before.model, before.decisions)),
        now_(translate(vocabulary, vocabulary.after, after.model, after.decisions)),
        causes_(causes),
        grouping_(grouping),
        too_large_(too_large),
        comparison_(vocabulary.model, old_.decisions, now_.decisions,
                    [this](const Segment& a, const Segment& b) { return same_answer(a, b); }),
        // Of a feature that comes under the policy, or no longer is, what no rule speaks of changes too.
        governing_(vocabulary.model, old_.decisions, now_.decisions, [this](const Segment& a, const Segment& b) {
          return same_answer(a, b) && a.effect != Effect::none;
        }) {
    too_large_.insert(old_.too_large.begin(), old_.too_large.end());
    too_large_.insert(now_.too_large.begin(), now_.too_large.end());
    note_undecided(before);
    note_undecided(after);
  }

  // Adds the differences for a feature, which hold in these periods.
  void run(FeatureId feature, const std::vector<std::size_t>& periods) {
    const bool governs =
        is_governed(before_, vocabulary_.before, feature) != is_governed(after_, vocabulary_.after, feature);
    const auto visit = [&](const std::vector<RoleId>& roles, const decide::Difference& part) {
      add(periods, feature, roles, part);
    };
    const bool complete = governs ? governing_.visit_all(feature, visit) : comparison_.visit(feature, visit);
    if (!complete) too_large_.insert(vocabulary_.model[feature].name);
  }

 private:
  void note_undecided(const Side& side) {
    for (const decide::TooLarge& cell : side.decisions.too_large) too_large_.insert(side.model[cell.feature].name);
  }

  [[nodiscard]] bool same_answer(const Segment& before, const Segment& after) const {
    return decide::same_answer(before, after) && expires(before_, before) == expires(after_, after);
  }

  // Between two policies later days are compared for themselves, so the end of an answer is no part of it.
  [[nodiscard]] std::optional<base::Date> expires(const Side& side, const Segment& segment) const {
    if ((!before_.decided && !after_.decided) || segment.effect != Effect::allow) return std::nullopt;
    return decide::last_day(side.model, segment.rules);
  }

  [[nodiscard]] Answer answer(const Side& side, const Mapping& mapping, const Segment& segment,
                              FeatureId feature) const {
    return {segment.effect, segment.effect == Effect::none && is_governed(side, mapping, feature), segment.controls,
            expires(side, segment)};
  }

  void add(const std::vector<std::size_t>& periods, FeatureId feature, const std::vector<RoleId>& roles,
           const decide::Difference& part) {
    Change change;
    change.roles = roles;
    change.features = {feature};
    change.kind = vocabulary_.model[feature].acts_on;
    change.objects = part.objects;
    change.when = decide::boxes_of(vocabulary_.model, part.when);
    change.before = answer(before_, vocabulary_.before, *part.before, feature);
    change.after = answer(after_, vocabulary_.after, *part.after, feature);
    // A new role and a moved class may have reasons of their own, so each point is asked about.
    std::set<Cause> causes;
    for (const RoleId role : sample(roles)) {
      for (const ObjectId object : sample(part.objects)) {
        for (Cause& cause : causes_.at(
                 {role, feature, object, part.before, part.after, before_.decisions.as_of, after_.decisions.as_of}))
          causes.insert(std::move(cause));
      }
    }
    change.causes.assign(causes.begin(), causes.end());
    grouping_.add(std::move(change), periods);
  }

  // Roles and objects that share a cell share its rules; a few of them are enough to see what is behind it.
  template <class Id>
  static std::vector<Id> sample(const std::vector<Id>& ids) {
    constexpr std::size_t enough = 4;
    return {ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), enough))};
  }

  const Vocabulary& vocabulary_;
  const Side& before_;
  const Side& after_;
  Translation old_, now_;
  const Causes& causes_;
  Grouping& grouping_;
  std::set<std::string>& too_large_;
  decide::Comparison comparison_, governing_;
};

// The days from which on something is in force that was not, or the reverse.
std::vector<base::Date> later_days(const Side& before, const Side& after) {
  const base::Date today = after.decisions.as_of;
  if (before.decided || after.decided || before.decisions.as_of != today) return {};
  return base::united(decide::days_of_change(before.model, today), decide::days_of_change(after.model, today));
}

// Marks the features of rules that begin or end between the day of the decisions and another day.
void note_affected(const Side& side, const Mapping& mapping, base::Date day, std::vector<bool>& affected) {
  for (const model::Rule& rule : side.model.rules) {
    if (rule.is_live(day) == rule.is_live(side.decisions.as_of)) continue;
    for (const model::FeatureTermId term : rule.area.features) {
      for (const FeatureId feature : members(side.model, side.model[term]))
        affected[mapping.features[feature.index()].index()] = true;
    }
  }
}

// Returns the decisions of a day, which are right for these features only.
Decisions decide(const Side& side, const Mapping& mapping, base::Date day, const std::vector<bool>& wanted) {
  std::vector<RuleId> rules;
  for (const model::RuleId id : base::ids(side.model.rules)) {
    const auto& terms = side.model[id].area.features;
    const bool names_one = std::any_of(terms.begin(), terms.end(), [&](model::FeatureTermId term) {
      const auto named = members(side.model, side.model[term]);
      return std::any_of(named.begin(), named.end(),
                         [&](FeatureId feature) { return wanted[mapping.features[feature.index()].index()]; });
    });
    if (names_one) rules.push_back(id);
  }
  return decide::decide(side.model, day, rules);
}

void add_governed(const Side& before, const Side& after, Difference& difference) {
  const Vocabulary& vocabulary = difference.vocabulary;
  for (std::size_t f = 0; f < vocabulary.model.features.size(); ++f) {
    const bool was = is_governed(before, vocabulary.before, FeatureId{f});
    const bool is = is_governed(after, vocabulary.after, FeatureId{f});
    if (was != is) difference.governed.push_back({FeatureId{f}, is});
  }
}

// What every permission of a side requires, in the vocabulary of both; nothing where nothing is allowed.
std::vector<ControlId> required_everywhere(const Side& side, const Mapping& mapping) {
  std::optional<std::set<ControlId>> common;
  for (const decide::Table& table : side.decisions.tables) {
    for (const decide::Cell& cell : table.cells) {
      for (const Segment& segment : cell.segments) {
        if (segment.effect != Effect::allow) continue;
        std::set<ControlId> own;
        for (const ControlId control : segment.controls) own.insert(mapping.controls[control.index()]);
        if (common) std::erase_if(own, [&](ControlId control) { return !common->contains(control); });
        common = std::move(own);
        if (common->empty()) return {};
      }
    }
  }
  return common ? std::vector<ControlId>{common->begin(), common->end()} : std::vector<ControlId>{};
}

}  // namespace

Difference compare(const Side& before, const Side& after) {
  Difference difference;
  difference.vocabulary = recognise(before, after);
  const Vocabulary& vocabulary = difference.vocabulary;
  std::set<std::string> too_large;
  auto days = later_days(before, after);
  if (days.size() > max_days) {
    days.resize(max_days);
    difference.not_beyond = base::Date{days.back().days - 1};
    days.pop_back();
  }
  Grouping grouping{vocabulary.model, days};
  const std::size_t features = vocabulary.model.features.size();
  // Features that no rule with a date is about have today's decisions on every later day.
  std::vector<std::vector<bool>> affected(days.size(), std::vector<bool>(features));
  for (std::size_t i = 0; i < days.size(); ++i) {
    note_affected(before, vocabulary.before, days[i], affected[i]);
    note_affected(after, vocabulary.after, days[i], affected[i]);
  }
  const Causes causes{vocabulary, before, after};
  DayComparison today{vocabulary, before, after, causes, grouping, too_large};
  for (std::size_t f = 0; f < features; ++f) {
    std::vector<std::size_t> periods{0};
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (!affected[i][f]) periods.push_back(i + 1);
    }
    today.run(FeatureId{f}, periods);
  }
  for (std::size_t i = 0; i < days.size(); ++i) {
    const Decisions old = decide(before, vocabulary.before, days[i], affected[i]);
    const Decisions now = decide(after, vocabulary.after, days[i], affected[i]);
    const Side old_side{before.model, old, false}, new_side{after.model, now, false};
    DayComparison later{vocabulary, old_side, new_side, causes, grouping, too_large};
    for (std::size_t f = 0; f < features; ++f) {
      if (affected[i][f]) later.run(FeatureId{f}, {i + 1});
    }
  }
  difference.changes = grouping.take();
  difference.too_large.assign(too_large.begin(), too_large.end());
  add_governed(before, after, difference);
  add_things(before, after, difference);
  const auto was = required_everywhere(before, vocabulary.before), is = required_everywhere(after, vocabulary.after);
  std::set_intersection(was.begin(), was.end(), is.begin(), is.end(), std::back_inserter(difference.everywhere));
  add_edits(before, after, difference);
  return difference;
}

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::widening: return "widening";
    case Direction::narrowing: return "narrowing";
    case Direction::mixed: return "mixed";
  }
  return "";
}

}  // namespace farol::compare
