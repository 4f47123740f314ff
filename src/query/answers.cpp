#include "query/answers.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/sorted.h"
#include "decide/answers.h"
#include "decide/boxes.h"

namespace farol::query {
namespace {

using decide::Box;
using decide::Effect;
using model::Model;

// Where some answer of these holds, over the contexts of all of them.
model::Condition united(const Model& model, const std::vector<const decide::Answer*>& answers) {
  model::Condition all{{}, base::BitSet{1}};
  for (const decide::Answer* answer : answers) all.contexts = base::united(all.contexts, answer->when.contexts);
  all.where = base::BitSet{combinations(model, all.contexts)};
  for (const decide::Answer* answer : answers)
    all.where |= widen(model, answer->when.contexts, answer->when.where, all.contexts);
  return all;
}

// Of the decided answers that are about one object, those of one effect as answers for people.
void add_answers(const Model& model, const std::vector<const decide::Answer*>& decided, Effect effect,
                 model::ObjectId object, std::vector<Answer>& answers) {
  std::vector<const decide::Answer*> left;
  std::copy_if(decided.begin(), decided.end(), std::back_inserter(left),
               [&](const decide::Answer* answer) { return answer->effect == effect; });
  while (!left.empty()) {
    const decide::Answer& first = *left.front();
    const auto others = std::stable_partition(left.begin(), left.end(), [&](const decide::Answer* each) {
      return each->controls == first.controls && each->expires == first.expires;
    });
    const std::vector<const decide::Answer*> alike{left.begin(), others};
    Answer answer{effect == Effect::allow ? Mark::allow : Mark::deny,
                  {object},
                  decide::boxes_of(model, united(model, alike)),
                  first.controls,
                  first.expires,
                  {}};
    for (const decide::Answer* each : alike) answer.rules = base::united(answer.rules, each->rules);
    answers.push_back(std::move(answer));
    left.erase(left.begin(), others);
  }
}

std::vector<Answer> answers_about(const Model& model, const std::vector<decide::Answer>& decided, bool governed,
                                  model::ObjectId object) {
  std::vector<const decide::Answer*> about;
  for (const decide::Answer& each : decided) {
    if (std::binary_search(each.objects.begin(), each.objects.end(), object)) about.push_back(&each);
  }
  std::vector<Answer> answers;
  add_answers(model, about, Effect::allow, object, answers);
  if (answers.empty()) add_answers(model, about, Effect::deny, object, answers);
  if (governed) {
    if (answers.empty()) answers.push_back({Mark::none, {object}, {Box{}}, {}, {}, {}});
    return answers;
  }
  const model::Condition stated = united(model, about);
  std::vector<Box> rest =
      decide::boxes_of(model, stated.contexts, base::BitSet{stated.where.size(), true} - stated.where);
  if (!rest.empty()) answers.push_back({Mark::platform, {object}, std::move(rest), {}, {}, {}});
  return answers;
}

}  // namespace

std::vector<Answer> answers_of(const Model& model, const decide::Decisions& decisions, model::RoleId role,
                               model::FeatureId feature) {
  const auto decided = decide::answers_in(model, decisions.table(role, feature), feature);
  std::vector<Answer> result;
  for (const model::ObjectId object : model.objects_of(model[feature].acts_on)) {
    for (Answer& answer : answers_about(model, decided, model[feature].governed, object)) {
      const auto same = std::find_if(result.begin(), result.end(), [&](const Answer& other) {
        return std::tie(other.mark, other.when, other.controls, other.expires) ==
               std::tie(answer.mark, answer.when, answer.controls, answer.expires);
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
  std::stable_sort(result.begin(), result.end(), [](const Answer& a, const Answer& b) {
    return std::tie(a.mark, a.objects) < std::tie(b.mark, b.objects);
  });
  return result;
}

}  // namespace farol::query
