#include "query/answers.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/sorted.h"
#include "model/contexts.h"

namespace farol::query {
namespace {

using decide::Answer;
using decide::Effect;
using document::Mark;
using model::Condition;
using model::Model;

Condition united(const Model& model, const Condition& a, const Condition& b) {
  Condition both;
  both.contexts = base::united(a.contexts, b.contexts);
  both.where = widen(model, a.contexts, a.where, both.contexts);
  both.where |= widen(model, b.contexts, b.where, both.contexts);
  return narrow(model, std::move(both));
}

Answer make(model::FeatureId feature, model::RoleId role, model::ObjectId object, Effect effect, Condition when) {
  Answer answer;
  answer.feature = feature;
  answer.roles = {role};
  answer.objects = {object};
  answer.effect = effect;
  answer.when = std::move(when);
  return answer;
}

// The decided answers of one effect that are about one object; alike ones are joined.
std::vector<Answer> joined(const Model& model, const std::vector<const Answer*>& decided, Effect effect,
                           model::RoleId role, model::ObjectId object) {
  std::vector<Answer> result;
  for (const Answer* each : decided) {
    if (each->effect != effect) continue;
    const auto same = std::find_if(result.begin(), result.end(), [&](const Answer& other) {
      return other.controls == each->controls && other.expires == each->expires &&
             is_withheld(other) == is_withheld(*each);
    });
    if (same != result.end()) {
      same->when = united(model, same->when, each->when);
      same->rules = base::united(same->rules, each->rules);
      continue;
    }
    Answer answer = make(each->feature, role, object, effect, each->when);
    answer.controls = each->controls;
    answer.expires = each->expires;
    answer.rules = each->rules;
    if (is_withheld(*each)) answer.enforcement = {model::KeptBy::withheld, each->enforcement.shortfall, {}};
    result.push_back(std::move(answer));
  }
  return result;
}

std::vector<Answer> answers_about(const Model& model, const std::vector<const Answer*>& decided, model::RoleId role,
                                  model::FeatureId feature, model::ObjectId object) {
  std::vector<const Answer*> about;
  for (const Answer* each : decided) {
    if (std::binary_search(each->objects.begin(), each->objects.end(), object)) about.push_back(each);
  }
  std::vector<Answer> result = joined(model, about, Effect::allow, role, object);
  if (result.empty()) result = joined(model, about, Effect::deny, role, object);
  if (model[feature].governed && !result.empty()) return result;
  Condition rest{{}, base::BitSet{1, true}};
  if (!model[feature].governed) {
    Condition stated{{}, base::BitSet{1}};
    for (const Answer* each : about) stated = united(model, stated, each->when);
    rest = {stated.contexts, base::BitSet{stated.where.size(), true} - stated.where};
  }
  if (rest.where.any()) result.push_back(make(feature, role, object, Effect::none, std::move(rest)));
  return result;
}

}  // namespace

Mark mark_of(const Model& model, const Answer& answer) {
  switch (answer.effect) {
    case Effect::allow: return is_withheld(answer) ? Mark::withheld : Mark::allow;
    case Effect::deny:
    case Effect::conflict: return Mark::deny;
    case Effect::none: break;
  }
  return model[answer.feature].governed ? Mark::none : Mark::platform;
}

std::vector<Answer> summary_of(const Model& model, const decide::Answers& answers, model::RoleId role,
                               model::FeatureId feature, Reasons reasons, const WantedObject& wanted) {
  const auto decided = answers.of(role, feature);
  std::vector<Answer> result;
  for (const model::ObjectId object : model.objects_of(model[feature].acts_on)) {
    if (wanted && !wanted(object)) continue;
    for (Answer& answer : answers_about(model, decided, role, feature, object)) {
      const auto same = std::find_if(result.begin(), result.end(), [&](const Answer& other) {
        return (reasons == Reasons::united || other.rules == answer.rules) &&
               is_withheld(other) == is_withheld(answer) &&
               std::tie(other.effect, other.when, other.controls, other.expires) ==
                   std::tie(answer.effect, answer.when, answer.controls, answer.expires);
      });
      if (same == result.end()) {
        result.push_back(std::move(answer));
      } else {
        same->objects.push_back(object);
        same->rules = base::united(same->rules, answer.rules);
      }
    }
  }
  for (Answer& answer : result) std::sort(answer.objects.begin(), answer.objects.end());
  std::stable_sort(result.begin(), result.end(), [&](const Answer& a, const Answer& b) {
    const Mark first = mark_of(model, a), second = mark_of(model, b);
    return std::tie(first, a.objects) < std::tie(second, b.objects);
  });
  return result;
}

bool allows(const decide::Answers& answers, model::RoleId role, model::FeatureId feature) {
  const auto found = answers.of(role, feature);
  return std::any_of(found.begin(), found.end(), [](const Answer* each) { return each->effect == Effect::allow; });
}

}  // namespace farol::query
