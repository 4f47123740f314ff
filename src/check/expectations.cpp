#include "check/expectations.h"

#include <algorithm>
#include <set>

#include "decide/scan.h"

namespace farol::check {
namespace {

using model::Expectation;

bool holds(const Expectation& expectation, const decide::Segment& segment) {
  switch (expectation.effect) {
    case Expectation::Effect::allow:
      return segment.effect == decide::Effect::allow &&
             std::includes(segment.controls.begin(), segment.controls.end(), expectation.controls.begin(),
                           expectation.controls.end());
    case Expectation::Effect::deny:
      return segment.effect == decide::Effect::deny || segment.effect == decide::Effect::none;
    case Expectation::Effect::none: return segment.effect == decide::Effect::none;
  }
  return false;
}

// The first point of a place at which the expectation does not hold.
Counterexample counterexample(const model::Model& model, const decide::Decisions& decisions,
                              const Expectation& expectation, decide::Place place) {
  const decide::Cell& cell = decisions.cell(model, place.role, place.feature, place.objects.front());
  const auto wrong = std::find_if(cell.segments.begin(), cell.segments.end(), [&](const decide::Segment& segment) {
    return !holds(expectation, segment) &&
           widen(model, cell.contexts, segment.where, place.contexts).intersects(place.where);
  });
  Counterexample found{std::move(place), wrong->effect, {}, wrong->rules, false};
  if (wrong->effect == decide::Effect::allow) {
    std::set_difference(expectation.controls.begin(), expectation.controls.end(), wrong->controls.begin(),
                        wrong->controls.end(), std::back_inserter(found.missing));
  }
  return found;
}

}  // namespace

Result check_expectation(const model::Model& model, const decide::Decisions& decisions,
                         const Expectation& expectation) {
  decide::Coverage coverage = decide::coverage_of(model, expectation.area);
  const decide::Wanted wrong = [&](const decide::Segment& segment) { return !holds(expectation, segment); };
  decide::Scan scanned = decide::scan(model, decisions, coverage, model[expectation.area.when], wrong, 1);
  Result result;
  result.too_large = std::move(scanned.problem);
  for (const auto& [feature, objects] : coverage.features) {
    if (!model[feature].governed) result.ungoverned.push_back(feature);
  }
  if (scanned.places.empty()) return result;
  result.counterexample = counterexample(model, decisions, expectation, std::move(scanned.places.front()));

  // A bare role carries its heirs, which is what is most often forgotten.
  std::set<model::RoleId> named;
  for (const auto term : expectation.area.subjects) {
    if (model[term].base == model::SubjectTerm::Base::role) named.insert(model[term].role);
  }
  if (!named.empty() && named.count(result.counterexample->place.role) == 0) {
    coverage.roles.assign(named.begin(), named.end());
    result.counterexample->exactly_would_hold =
        decide::scan(model, decisions, coverage, model[expectation.area.when], wrong, 1).places.empty();
  }
  return result;
}

}  // namespace farol::check
