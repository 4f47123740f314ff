#include "check/expectations.h"

#include <algorithm>
#include <set>

#include "decide/scan.h"

namespace farol::check {
namespace {

using model::Expectation;

// Where nothing governs the feature, and nobody is refused, the platform lets people in: that denies nothing.
bool holds(const Expectation& expectation, bool governed, const decide::Segment& segment) {
  switch (expectation.effect) {
    case Expectation::Effect::allow:
      return segment.effect == decide::Effect::allow &&
             std::includes(segment.controls.begin(), segment.controls.end(), expectation.controls.begin(),
                           expectation.controls.end());
    case Expectation::Effect::deny:
      return segment.effect == decide::Effect::deny || (governed && segment.effect == decide::Effect::none);
    case Expectation::Effect::none: return segment.effect == decide::Effect::none;
  }
  return false;
}

// The first point of a place at which the expectation does not hold.
Counterexample counterexample(const model::Model& model, const decide::Decisions& decisions,
                              const Expectation& expectation, decide::Place place) {
  const decide::Cell& cell = decisions.cell(model, place.role, place.feature, place.objects.front());
  const auto wrong = std::find_if(cell.segments.begin(), cell.segments.end(), [&](const decide::Segment& segment) {
    return !holds(expectation, model[place.feature].governed, segment) &&
           widen(model, cell.contexts, segment.where, place.contexts).intersects(place.where);
  });
  Counterexample found{std::move(place), wrong->effect, {}, wrong->rules, false};
  if (wrong->effect == decide::Effect::allow) {
    std::set_difference(expectation.controls.begin(), expectation.controls.end(), wrong->controls.begin(),
                        wrong->controls.end(), std::back_inserter(found.missing));
  }
  return found;
}

// The first place at which the expectation does not hold, if there is one.
decide::Scan first_wrong(const model::Model& model, const decide::Decisions& decisions, const Expectation& expectation,
                         const decide::Coverage& coverage) {
  for (const auto& [feature, objects] : coverage.features) {
    const decide::Wanted wrong = [&, governed = model[feature].governed](const decide::Segment& segment) {
      return !holds(expectation, governed, segment);
    };
    decide::Scan scanned = decide::scan(model, decisions, decide::Coverage{coverage.roles, {{feature, objects}}},
                                        model[expectation.area.when], wrong, 1);
    if (!scanned.places.empty() || !scanned.problem.empty()) return scanned;
  }
  return {};
}

}  // namespace

std::vector<model::FeatureId> left_to_platform(const model::Model& model, const decide::Decisions& decisions,
                                               const decide::Coverage& coverage, const model::Condition& when) {
  const auto is_none = [](const decide::Segment& segment) { return segment.effect == decide::Effect::none; };
  std::vector<model::FeatureId> left;
  for (const auto& [feature, objects] : coverage.features) {
    if (model[feature].governed) continue;
    const decide::Coverage one{coverage.roles, {{feature, objects}}};
    if (!decide::scan(model, decisions, one, when, is_none, 1).places.empty()) left.push_back(feature);
  }
  return left;
}

Result check_expectation(const model::Model& model, const decide::Decisions& decisions,
                         const Expectation& expectation) {
  decide::Coverage coverage = decide::coverage_of(model, expectation.area);
  decide::Scan scanned = first_wrong(model, decisions, expectation, coverage);
  Result result;
  result.too_large = std::move(scanned.problem);
  result.ungoverned = left_to_platform(model, decisions, coverage, model[expectation.area.when]);
  if (scanned.places.empty()) return result;
  result.counterexample = counterexample(model, decisions, expectation, std::move(scanned.places.front()));

  // A bare role carries its heirs, which is what is most often forgotten.
  std::set<model::RoleId> named;
  for (const auto term : expectation.area.subjects) {
    if (model[term].base == model::SubjectTerm::Base::role) named.insert(model[term].role);
  }
  if (!named.empty() && named.count(result.counterexample->place.role) == 0) {
    coverage.roles.assign(named.begin(), named.end());
    result.counterexample->exactly_would_hold = first_wrong(model, decisions, expectation, coverage).places.empty();
  }
  return result;
}

}  // namespace farol::check
