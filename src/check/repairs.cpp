#include "check/repairs.h"
#include "diag/messages_check.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace farol::check {
namespace {

using model::AreaSpans;
using model::Rule;
using source::Span;

Span end_of(Span span) { return {span.source, span.end, span.end}; }

// The topmost roles among those of a conflict: an `except` for them takes out the others, which inherit them.
std::vector<model::RoleId> topmost(const model::Model& model, const std::set<model::RoleId>& roles) {
  std::vector<model::RoleId> result;
  for (const model::RoleId role : roles) {
    const bool below = std::any_of(roles.begin(), roles.end(), [&](model::RoleId other) {
      return other != role && other != model.nobody() && role != model.nobody() && model.is_ancestor(other, role);
    });
    if (!below) result.push_back(role);
  }
  return result;
}

// The roles, features and objects that the places of a conflict have in common, as lists that can be written.
struct Overlap {
  std::vector<std::string> subjects, features, objects;
  std::string when;
};

std::vector<std::string> roles_in(const model::Model& model, const std::set<model::RoleId>& roles,
                                  decide::NamePrinter written) {
  if (roles.count(model.nobody()) != 0) return {"everyone"};
  std::vector<std::string> names;
  for (const model::RoleId role : topmost(model, roles)) names.push_back(written(model[role].name));
  return names;
}

// Objects as terms: the tier where its own data is in it, else the classes; nothing where the features act on nothing.
std::vector<std::string> objects_in(const model::Model& model, const std::set<model::ObjectId>& objects,
                                    decide::NamePrinter written) {
  std::vector<std::string> names;
  for (const model::ObjectId object : objects) {
    const model::Object& it = model[object];
    if (it.other) return {"all"};
    if (it.kind == model::ActsOn::nothing) continue;
    if (it.kind == model::ActsOn::data && objects.count(model.object_of(it.tier)) != 0) continue;
    if (it.kind == model::ActsOn::tier && it.name.empty()) return {"all"};
    names.push_back(written(it.name));
  }
  return names;
}

// The words of a condition, in parentheses where another one is to be beside it.
std::string condition_text(const model::Model& model, model::ConditionId id, bool beside, decide::NamePrinter written) {
  const model::Condition& condition = model[id];
  const auto boxes = decide::boxes_of(model, condition.contexts, condition.where);
  const std::string text = decide::in_words(model, boxes, written);
  return beside && boxes.size() > 1 ? "(" + text + ")" : text;
}

Overlap overlap_of(const model::Model& model, const Conflict& conflict, decide::NamePrinter written) {
  std::set<model::RoleId> roles;
  std::set<model::FeatureId> features;
  std::set<model::ObjectId> objects;
  for (const decide::Place& place : conflict.places) {
    roles.insert(place.role);
    features.insert(place.feature);
    objects.insert(place.objects.begin(), place.objects.end());
  }
  Overlap overlap{roles_in(model, roles, written), {}, objects_in(model, objects, written), ""};
  for (const model::FeatureId feature : features) overlap.features.push_back(written(model[feature].name));
  const auto a = model[conflict.allow].area.when, b = model[conflict.deny].area.when;
  const model::ConditionId always{0};
  if (a == b || b == always) {
    if (a != always) overlap.when = condition_text(model, a, false, written);
  } else if (a == always) {
    overlap.when = condition_text(model, b, false, written);
  } else {
    overlap.when = condition_text(model, a, true, written) + " and " + condition_text(model, b, true, written);
  }
  return overlap;
}

std::string list_of(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

// No day is later than every day.
std::optional<base::Date> earlier(std::optional<base::Date> a, std::optional<base::Date> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

diag::Fix rule_for(const model::Model& model, const Conflict& conflict, const Overlap& overlap, model::Verb verb,
                   decide::NamePrinter written) {
  std::string text =
      fmt::format("\n{} {} to {}", to_string(verb), list_of(overlap.subjects), list_of(overlap.features));
  if (!overlap.objects.empty()) text += fmt::format(" on {}", list_of(overlap.objects));
  if (!overlap.when.empty()) text += fmt::format(" when {}", overlap.when);
  const bool allow = verb == model::Verb::allow;
  if (allow && !model[conflict.allow].controls.empty()) {
    std::vector<std::string> controls;
    for (const auto control : model[conflict.allow].controls) controls.push_back(written(model[control].name));
    text += fmt::format(" requiring {}", list_of(controls));
  }
  // The repaired rule ends as soon as either does: a permission that ends must not come back without its end.
  if (const auto from = std::max(model[conflict.allow].from, model[conflict.deny].from)) {
    text += fmt::format(" from {}", base::to_string(*from));
  }
  if (const auto until = earlier(model[conflict.allow].until, model[conflict.deny].until)) {
    text += fmt::format(" until {}", base::to_string(*until));
  }
  if (allow) text += " because \"say why here\"";
  const Rule& first = model[allow ? conflict.allow : conflict.deny];
  return {allow ? message::repair_allow_overlap() : message::repair_deny_overlap(),
          {},
          {{end_of(first.spans.statement), std::move(text)}}};
}

// Adds names to the `except` of a list, or makes one.
diag::Edit except_edit(Span list, bool has_except, const std::vector<std::string>& names) {
  return {end_of(list), (has_except ? ", " : " except ") + list_of(names)};
}

}  // namespace

std::vector<diag::Fix> propose_repairs(const model::Model& model, const Conflict& conflict,
                                       decide::NamePrinter written) {
  const Rule& allow = model[conflict.allow];
  const Rule& deny = model[conflict.deny];
  const Overlap overlap = overlap_of(model, conflict, written);
  std::vector<diag::Fix> fixes;
  fixes.push_back({message::repair_forbid(), {}, {{deny.verb_span, "forbid"}}});
  if (overlap.subjects != std::vector<std::string>{"everyone"}) {
    fixes.push_back({message::repair_narrow_deny(list_of(overlap.subjects)),
                     {},
                     {except_edit(deny.spans.subjects, deny.spans.subjects_except, overlap.subjects)}});
  }
  fixes.push_back({message::repair_narrow_allow(list_of(overlap.features)),
                   {},
                   {except_edit(allow.spans.features, allow.spans.features_except, overlap.features)}});
  if (!overlap.objects.empty() && !allow.spans.objects.is_none() &&
      overlap.objects != std::vector<std::string>{"all"}) {
    fixes.push_back({message::repair_narrow_allow(list_of(overlap.objects)),
                     {},
                     {except_edit(allow.spans.objects, allow.spans.objects_except, overlap.objects)}});
  }
  fixes.push_back(rule_for(model, conflict, overlap, model::Verb::allow, written));
  fixes.push_back(rule_for(model, conflict, overlap, model::Verb::deny, written));
  return fixes;
}

}  // namespace farol::check
