#include "query/answers.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/sorted.h"

namespace farol::query {
namespace {

using decide::Box;
using decide::Effect;
using decide::Permission;
using model::ContextId;
using model::Model;

std::vector<ContextId> contexts_of(const std::vector<const Permission*>& permissions) {
  std::vector<ContextId> contexts;
  for (const Permission* permission : permissions) {
    for (const Box& box : permission->when) {
      for (const auto& [context, values] : box) contexts.push_back(context);
    }
  }
  std::sort(contexts.begin(), contexts.end());
  contexts.erase(std::unique(contexts.begin(), contexts.end()), contexts.end());
  return contexts;
}

bool lets_through(const Box& box, const std::vector<std::pair<ContextId, std::uint32_t>>& values) {
  return std::all_of(box.begin(), box.end(), [&](const auto& choice) {
    const auto at = std::lower_bound(values.begin(), values.end(), choice.first,
                                     [](const auto& value, ContextId wanted) { return value.first < wanted; });
    return std::binary_search(choice.second.begin(), choice.second.end(), at->second);
  });
}

// Boxes of several permissions do not join by themselves, so they are laid out over their contexts and read off again.
base::BitSet where_of(const Model& model, const std::vector<ContextId>& contexts,
                      const std::vector<const Permission*>& permissions) {
  base::BitSet where{combinations(model, contexts)};
  for (std::size_t combination = 0; combination < where.size(); ++combination) {
    const auto values = values_at(model, contexts, combination);
    const bool inside = std::any_of(permissions.begin(), permissions.end(), [&](const Permission* permission) {
      return std::any_of(permission->when.begin(), permission->when.end(),
                         [&](const Box& box) { return lets_through(box, values); });
    });
    if (inside) where.set(combination);
  }
  return where;
}

std::vector<Box> union_of(const Model& model, const std::vector<const Permission*>& permissions) {
  if (permissions.size() == 1) return permissions.front()->when;
  const auto contexts = contexts_of(permissions);
  return decide::boxes_of(model, contexts, where_of(model, contexts, permissions));
}

std::vector<Box> rest_of(const Model& model, const std::vector<const Permission*>& permissions) {
  const auto contexts = contexts_of(permissions);
  base::BitSet rest{combinations(model, contexts), true};
  rest -= where_of(model, contexts, permissions);
  return decide::boxes_of(model, contexts, rest);
}

// Of the permissions that are about one object, those of one effect as answers.
void add_answers(const Model& model, const std::vector<const Permission*>& permissions, Effect effect,
                 model::ObjectId object, std::vector<Answer>& answers) {
  std::vector<const Permission*> left;
  std::copy_if(permissions.begin(), permissions.end(), std::back_inserter(left),
               [&](const Permission* permission) { return permission->effect == effect; });
  while (!left.empty()) {
    const Permission& first = *left.front();
    const auto others = std::stable_partition(left.begin(), left.end(), [&](const Permission* permission) {
      return permission->controls == first.controls && permission->expires == first.expires;
    });
    const std::vector<const Permission*> alike{left.begin(), others};
    Answer answer{effect == Effect::allow ? Mark::allow : Mark::deny,
                  {object},
                  union_of(model, alike),
                  first.controls,
                  first.expires,
                  {}};
    for (const Permission* permission : alike) answer.rules = base::united(answer.rules, permission->rules);
    answers.push_back(std::move(answer));
    left.erase(left.begin(), others);
  }
}

std::vector<Answer> answers_about(const Model& model, const std::vector<Permission>& permissions, bool governed,
                                  model::ObjectId object) {
  std::vector<const Permission*> about;
  for (const Permission& permission : permissions) {
    if (std::binary_search(permission.objects.begin(), permission.objects.end(), object)) about.push_back(&permission);
  }
  std::vector<Answer> answers;
  add_answers(model, about, Effect::allow, object, answers);
  if (answers.empty()) add_answers(model, about, Effect::deny, object, answers);
  if (governed) {
    if (answers.empty()) answers.push_back({Mark::none, {object}, {Box{}}, {}, {}, {}});
    return answers;
  }
  std::vector<Box> rest = rest_of(model, about);
  if (!rest.empty()) answers.push_back({Mark::platform, {object}, std::move(rest), {}, {}, {}});
  return answers;
}

}  // namespace

std::vector<Answer> answers_of(const Model& model, const decide::Decisions& decisions, model::RoleId role,
                               model::FeatureId feature) {
  const auto permissions = decide::permissions_of(model, decisions, role, feature);
  std::vector<Answer> result;
  for (const model::ObjectId object : model.objects_of(model[feature].acts_on)) {
    for (Answer& answer : answers_about(model, permissions, model[feature].governed, object)) {
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

bool allows(const decide::Decisions& decisions, model::RoleId role, model::FeatureId feature) {
  const auto& cells = decisions.table(role, feature).cells;
  return std::any_of(cells.begin(), cells.end(), [](const decide::Cell& cell) {
    return std::any_of(cell.segments.begin(), cell.segments.end(),
                       [](const decide::Segment& segment) { return segment.effect == Effect::allow; });
  });
}

}  // namespace farol::query
