#include "check/repairs.h"

#include "base/phrases.h"
#include "diag/messages_check.h"

#include <algorithm>
#include <map>
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
    const auto is_above = [&](model::RoleId other) { return other != role && roles.contains(other); };
    const bool below =
        role != model.nobody() && std::any_of(model[role].ancestors.begin(), model[role].ancestors.end(), is_above);
    if (!below) result.push_back(role);
  }
  return result;
}

// The roles, features and objects of places, as lists that can be written.
struct Lists {
  std::vector<std::string> subjects, features, objects;
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

Lists lists_of(const model::Model& model, const std::vector<const decide::Place*>& places,
               decide::NamePrinter written) {
  std::set<model::RoleId> roles;
  std::set<model::FeatureId> features;
  std::set<model::ObjectId> objects;
  for (const decide::Place* place : places) {
    roles.insert(place->role);
    features.insert(place->feature);
    objects.insert(place->objects.begin(), place->objects.end());
  }
  Lists lists{roles_in(model, roles, written), {}, objects_in(model, objects, written)};
  for (const model::FeatureId feature : features) lists.features.push_back(written(model[feature].name));
  return lists;
}

// The places of some conflicts, by rule of one of their sides: what an edit of that rule is about.
using PlacesByRule = std::map<model::RuleId, std::vector<const decide::Place*>>;

PlacesByRule places_by(const std::vector<Conflict>& conflicts, model::RuleId Conflict::*side) {
  PlacesByRule places;
  for (const Conflict& conflict : conflicts) {
    auto& of_rule = places[conflict.*side];
    for (const decide::Place& place : conflict.places) of_rule.push_back(&place);
  }
  return places;
}

// Where both rules of a conflict apply.
std::string overlap_condition(const model::Model& model, const Conflict& conflict, decide::NamePrinter written) {
  const auto a = model[conflict.allow].area.when, b = model[conflict.deny].area.when;
  const model::ConditionId always{0};
  if (a == b || b == always) return a == always ? "" : condition_text(model, a, false, written);
  if (a == always) return condition_text(model, b, false, written);
  return condition_text(model, a, true, written) + " and " + condition_text(model, b, true, written);
}

std::string list_of(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

// No day is later than every day.
std::optional<base::Date> earlier(std::optional<base::Date> a, std::optional<base::Date> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::string rule_text(const Lists& lists, model::Verb verb, const std::string& when) {
  std::string text = fmt::format("\n{} {} to {}", to_string(verb), list_of(lists.subjects), list_of(lists.features));
  if (!lists.objects.empty()) text += fmt::format(" on {}", list_of(lists.objects));
  if (!when.empty()) text += fmt::format(" when {}", when);
  return text;
}

// A rule for the cases of a conflict, behind the statement that it agrees with.
diag::Edit rule_for(const model::Model& model, const Conflict& conflict, model::Verb verb,
                    decide::NamePrinter written) {
  std::vector<const decide::Place*> places;
  for (const decide::Place& place : conflict.places) places.push_back(&place);
  std::string text = rule_text(lists_of(model, places, written), verb, overlap_condition(model, conflict, written));
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
  if (allow) text += reason_to_write(model);
  return {end_of(model[allow ? conflict.allow : conflict.deny].spans.statement), std::move(text)};
}

// Adds names to the `except` of a list, or makes one.
diag::Edit except_edit(Span list, bool has_except, const std::vector<std::string>& names) {
  return {end_of(list), (has_except ? ", " : " except ") + list_of(names)};
}

// One `except` for each rule of one side. Nothing if one of the lists cannot have it.
template <class EditOf>
std::optional<std::vector<diag::Edit>> edits_of(const model::Model& model, const PlacesByRule& places,
                                                decide::NamePrinter written, EditOf edit_of) {
  std::vector<diag::Edit> edits;
  for (const auto& [rule, of_rule] : places) {
    std::optional<diag::Edit> edit = edit_of(model[rule].spans, lists_of(model, of_rule, written));
    if (!edit) return std::nullopt;
    edits.push_back(std::move(*edit));
  }
  return edits;
}

std::optional<diag::Edit> without_subjects(const AreaSpans& spans, const Lists& lists) {
  if (lists.subjects == std::vector<std::string>{"everyone"}) return std::nullopt;
  return except_edit(spans.subjects, spans.subjects_except, lists.subjects);
}

std::optional<diag::Edit> without_features(const AreaSpans& spans, const Lists& lists) {
  return except_edit(spans.features, spans.features_except, lists.features);
}

std::optional<diag::Edit> without_objects(const AreaSpans& spans, const Lists& lists) {
  if (lists.objects.empty() || spans.objects.is_none() || lists.objects == std::vector<std::string>{"all"})
    return std::nullopt;
  return except_edit(spans.objects, spans.objects_except, lists.objects);
}

}  // namespace

std::vector<diag::Fix> propose_repairs(const model::Model& model, const std::vector<Conflict>& conflicts,
                                       decide::NamePrinter written) {
  const PlacesByRule by_allow = places_by(conflicts, &Conflict::allow), by_deny = places_by(conflicts, &Conflict::deny);
  std::vector<const decide::Place*> all;
  for (const Conflict& conflict : conflicts) {
    for (const decide::Place& place : conflict.places) all.push_back(&place);
  }
  const Lists lists = lists_of(model, all, written);
  std::vector<diag::Fix> fixes;
  std::vector<diag::Edit> forbid;
  for (const auto& [deny, places] : by_deny) forbid.push_back({model[deny].verb_span, "forbid"});
  fixes.push_back({message::repair_forbid(), {}, std::move(forbid)});
  if (auto edits = edits_of(model, by_deny, written, without_subjects))
    fixes.push_back({message::repair_narrow_deny(list_of(lists.subjects)), {}, std::move(*edits)});
  if (auto edits = edits_of(model, by_allow, written, without_features))
    fixes.push_back({message::repair_narrow_allow(list_of(lists.features)), {}, std::move(*edits)});
  if (auto edits = edits_of(model, by_allow, written, without_objects))
    fixes.push_back({message::repair_narrow_allow(list_of(lists.objects)), {}, std::move(*edits)});
  for (const model::Verb verb : {model::Verb::allow, model::Verb::deny}) {
    std::vector<diag::Edit> edits;
    for (const Conflict& conflict : conflicts) edits.push_back(rule_for(model, conflict, verb, written));
    const bool allow = verb == model::Verb::allow;
    fixes.push_back({allow ? message::repair_allow_overlap() : message::repair_deny_overlap(), {}, std::move(edits)});
  }
  return fixes;
}

std::string reason_to_write(const model::Model& model) {
  base::Language language = base::Language::en;
  if (const model::Attribute* wish = model.policy.find("language"); wish != nullptr && !wish->values.empty()) {
    if (const auto* word = std::get_if<model::Word>(&wish->values.front()))
      language = base::parse_language(word->text).value_or(language);
  }
  return " because \"" + diag::sentence(message::reason_to_fill_in(), language) + "\"";
}

diag::Edit grant_edit(const model::Model& model, const Grant& grant, source::Span behind, decide::NamePrinter written) {
  std::set<model::RoleId> roles;
  std::set<model::ObjectId> objects(grant.objects.begin(), grant.objects.end());
  for (const decide::Place& place : *grant.places) roles.insert(place.role);
  Lists lists{roles_in(model, roles, written), {}, objects_in(model, objects, written)};
  for (const model::FeatureId feature : grant.features) lists.features.push_back(written(model[feature].name));
  std::string text = rule_text(lists, model::Verb::allow, grant.when);
  if (grant.against_a_deny) text += reason_to_write(model);
  return {end_of(behind), std::move(text)};
}

}  // namespace farol::check
