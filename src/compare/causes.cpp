#include "compare/causes.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ids.h"
#include "base/sorted.h"
#include "compare/later_words.h"
#include "decide/boxes.h"
#include "decide/places.h"
#include "model/contexts.h"

namespace farol::compare {

using decide::Effect;
using decide::Segment;

Causes::Causes(const Vocabulary& vocabulary, const Side& before, const Side& after)
    : vocabulary_(vocabulary),
      before_(before, vocabulary.before, false, before.decided || after.decided, vocabulary.renames),
      after_(after, vocabulary.after, true, before.decided || after.decided, vocabulary.renames) {
  before_.compare_with(after_);
  after_.compare_with(before_);
}

Cause Causes::cause(const Statements& policy, Cause::Kind kind, const model::Rule& rule) const {
  return {kind, rule.label.empty() ? without_reason(rule.text) : rule.label, {}, policy.later, rule.spans.statement};
}

Cause Causes::edit(const Statements& policy, const Statements& other, const model::Rule& rule) const {
  const bool both = !rule.label.empty() && other.labels.contains(rule.label);
  return cause(policy, both ? Cause::Kind::edited : policy.later ? Cause::Kind::added : Cause::Kind::removed, rule);
}

void Causes::add_rules(const Statements& policy, const Statements& other, const Segment& segment, const Point& point,
                       std::vector<Cause>& causes) const {
  for (const RuleId id : segment.rules) {
    const model::Rule& rule = policy.model()[id];
    if (policy.is_new(other, id, point)) {
      causes.push_back(edit(policy, other, rule));
      continue;
    }
    if (!rule.is_live(other.later ? point.after_day : point.before_day) && !other.side.decided)
      causes.push_back(cause(policy, policy.later ? Cause::Kind::begins : Cause::Kind::ended, rule));
  }
}

void Causes::add_controls(const Statements& policy, const Statements& other, const Point& point,
                          std::vector<Cause>& causes) const {
  const Model& model = policy.model();
  for (const std::size_t i : policy.new_requirements) {
    const model::Guardrail& guardrail = model.guardrails[i];
    if (policy.covering(guardrail.area, point).empty()) continue;
    causes.push_back({policy.later ? Cause::Kind::added : Cause::Kind::removed,
                      guardrail.label.empty() ? without_reason(guardrail.text) : guardrail.label,
                      {},
                      policy.later,
                      guardrail.spans.statement});
  }
  // Every allow that applies gives its controls, also one that does not decide.
  for (const std::size_t i : policy.new_controls) {
    const model::Rule& rule = model.rules[i];
    if (!rule.is_live(policy.later ? point.after_day : point.before_day) || policy.covering(rule.area, point).empty())
      continue;
    if (policy.is_new(other, RuleId{i}, point)) causes.push_back(edit(policy, other, rule));
  }
}

// Declarations that differ, of the point itself or of a name in the rules that decide there.
void Causes::add_declarations(const Point& point, std::vector<Cause>& causes) const {
  std::set<std::string> names;
  const Model& both = vocabulary_.model;
  std::vector<std::string> open;
  if (point.role != both.nobody()) open.push_back(both[point.role].name);
  open.push_back(both[point.feature].name);
  open.push_back(both[point.object].name);
  for (const auto& [policy, segment] : {std::pair{&before_, point.before}, std::pair{&after_, point.after}}) {
    const bool unspoken = point.before->rules.empty() && point.after->rules.empty();
    for (const RuleId rule : unspoken ? governing(*policy, point.feature) : segment->rules) {
      for (std::string& named : names_in(policy->rule_texts[rule.index()])) open.push_back(std::move(named));
    }
  }
  // Follows the names of a declaration: the parents of a role, the members of a set.
  constexpr std::array kinds = {"role", "data", "condition", "context", "feature", "roles", "features", "objects"};
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    if (!names.insert(name).second) continue;
    for (const Statements* policy : {&before_, &after_}) {
      for (const char* kind : kinds) {
        const auto found = policy->declared.find(fmt::format("{} {}", kind, name));
        if (found == policy->declared.end()) continue;
        for (std::string& named : names_in(found->second.first)) open.push_back(std::move(named));
      }
    }
  }
  const auto compare = [&](const std::string& key) {
    const auto old = before_.declared.find(key);
    const auto now = after_.declared.find(key);
    const bool was = old != before_.declared.end(), is = now != after_.declared.end();
    if ((!was && !is) || (was && is && old->second.first == now->second.first)) return;
    const auto& shown = is ? now->second : old->second;
    causes.push_back({was && is ? Cause::Kind::edited
                      : is      ? Cause::Kind::added
                                : Cause::Kind::removed,
                      shown.first,
                      {},
                      is,
                      shown.second});
  };
  for (const std::string& name : names) {
    for (const char* kind : kinds) compare(fmt::format("{} {}", kind, name));
  }
  compare("tiers ");
  if (!causes.empty()) return;
  for (const auto& [key, text] : after_.declared) {
    if (key.starts_with("use ")) compare(key);
  }
}

// No rule was edited: a set that a rule names has grown or shrunk, so that it now lies inside another one, or no longer
// does.
void Causes::add_relations(const Point& point, std::vector<Cause>& causes) const {
  const auto inside = [&](const Statements& policy, const std::string& inner, const std::string& outer) {
    const auto find = [&](const std::string& text) {
      const auto found = policy.rules.find(text);
      return found == policy.rules.end() ? nullptr : &policy.model().rules[found->second.front()];
    };
    const model::Rule* a = find(inner);
    const model::Rule* b = find(outer);
    if (a == nullptr || b == nullptr || policy.side.decided) return false;
    const Model& model = policy.model();
    const Covering x = policy.covering(a->area, point);
    const Covering y = policy.covering(b->area, point);
    const auto any_inside = [&](const auto& inner_terms, const auto& outer_terms, auto... kinds) {
      return std::any_of(inner_terms.begin(), inner_terms.end(), [&](auto in) {
        return std::any_of(outer_terms.begin(), outer_terms.end(),
                           [&](auto out) { return model::is_inside(model, model[in], model[out], kinds...); });
      });
    };
    const model::Condition& p = model[a->area.when];
    const model::Condition& q = model[b->area.when];
    const auto contexts = base::united(p.contexts, q.contexts);
    if (model::combinations(model, contexts) > model::max_combinations) return false;
    const auto mask = model::mask_of(vocabulary_.model[point.feature].acts_on);
    return any_inside(x.subjects, y.subjects) && any_inside(x.objects, y.objects) &&
           any_inside(x.features, y.features, mask) &&
           model::widen(model, p.contexts, p.where, contexts)
               .is_subset_of(model::widen(model, q.contexts, q.where, contexts));
  };
  for (const RuleId now : point.after->rules) {
    const std::string& x = after_.rule_texts[now.index()];
    for (const RuleId old : point.before->rules) {
      const std::string& y = before_.rule_texts[old.index()];
      if (x == y) continue;
      const auto name = [&](const Statements& policy, RuleId id) {
        return cause(policy, Cause::Kind::inside, policy.model()[id]);
      };
      if (inside(after_, x, y) && !inside(before_, x, y)) {
        Cause found = name(after_, now);
        found.other = name(before_, old).statement;
        causes.push_back(std::move(found));
      } else if (inside(before_, y, x) && !inside(after_, y, x)) {
        Cause found = name(before_, old);
        found.kind = Cause::Kind::outside;
        found.other = name(after_, now).statement;
        causes.push_back(std::move(found));
      }
    }
  }
}

// The rules that make a policy govern the feature.
std::vector<RuleId> Causes::governing(const Statements& policy, FeatureId feature) const {
  const FeatureId own = (policy.later ? vocabulary_.after : vocabulary_.before).own_features[feature.index()];
  std::vector<RuleId> found;
  if (own.is_none() || !policy.model()[own].governed) return found;
  for (const RuleId id : base::ids(policy.model().rules)) {
    const model::Rule& rule = policy.model()[id];
    const bool names = std::any_of(rule.area.features.begin(), rule.area.features.end(),
                                   [&](auto term) { return contains(policy.model(), policy.model()[term], own); });
    if (names && rule.verb == model::Verb::allow) found.push_back(id);
  }
  return found;
}

// No rule speaks of the point on either side, but an `allow` of one side makes the policy govern its feature.
void Causes::add_governing(const Point& point, bool only_new, std::vector<Cause>& causes) const {
  for (const auto& [policy, other] : {std::pair{&before_, &after_}, std::pair{&after_, &before_}}) {
    for (const RuleId id : governing(*policy, point.feature)) {
      const bool is_new = !other->rules.contains(policy->rule_texts[id.index()]);
      if (is_new) causes.push_back(edit(*policy, *other, policy->model()[id]));
      if (!is_new && !only_new) causes.push_back(cause(*policy, Cause::Kind::unedited, policy->model()[id]));
    }
  }
}

std::vector<Cause> Causes::at(const Point& point) const {
  std::vector<Cause> causes;
  add_rules(before_, after_, *point.before, point, causes);
  add_rules(after_, before_, *point.after, point, causes);
  if (point.before->effect == Effect::allow && point.after->effect == Effect::allow) {
    add_controls(before_, after_, point, causes);
    add_controls(after_, before_, point, causes);
  }
  const bool unspoken = point.before->effect == Effect::none && point.after->effect == Effect::none;
  if (causes.empty() && unspoken) add_governing(point, true, causes);
  if (causes.empty()) add_relations(point, causes);
  if (causes.empty()) add_declarations(point, causes);
  if (causes.empty() && unspoken) add_governing(point, false, causes);
  if (causes.empty()) {
    const bool later = !point.after->rules.empty();
    const Statements& policy = later ? after_ : before_;
    for (const RuleId rule : later ? point.after->rules : point.before->rules)
      causes.push_back(cause(policy, Cause::Kind::unedited, policy.model()[rule]));
  }
  // A rule that was edited is named once, as it stands now.
  base::sort_unique(causes);
  std::vector<Cause> result;
  for (const Cause& each : causes) {
    const bool twice = each.kind == Cause::Kind::edited && !each.later &&
                       std::any_of(causes.begin(), causes.end(), [&](const Cause& other) {
                         return other.kind == Cause::Kind::edited && other.later && other.statement == each.statement;
                       });
    if (!twice) result.push_back(each);
  }
  return result;
}

std::string_view to_string(Cause::Kind kind) {
  switch (kind) {
    case Cause::Kind::added: return "added";
    case Cause::Kind::removed: return "removed";
    case Cause::Kind::edited: return "edited";
    case Cause::Kind::begins: return "begins";
    case Cause::Kind::ended: return "ended";
    case Cause::Kind::inside: return "inside";
    case Cause::Kind::outside: return "outside";
    case Cause::Kind::unedited: return "unedited";
  }
  return "";
}

}  // namespace farol::compare
