#include "diff/causes.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/boxes.h"
#include "analysis/places.h"
#include "base/sorted.h"
#include "model/contexts.h"

namespace farol::diff {
namespace {

using analysis::Effect;
using analysis::Segment;

// A rule with longer lists than this is not taken apart to see whether another one says a part of it.
constexpr std::size_t max_parts = 4096;

// Without the reason and the keeper, which change nothing. Quotes stand nowhere else in a rule.
std::string without_reason(const std::string& text) {
  const std::size_t quote = text.find('"');
  if (quote == std::string::npos) return text;
  std::size_t end = std::min(text.find(" because \""), text.find(" because."));
  end = std::min({end, text.find(" kept by \""), quote});
  return text.substr(0, end);
}

bool is_part_of_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         byte == '_' || byte == '-' || byte == '.';
}

// The words of a statement one by one; `visit` gets each name and where it begins.
template <class Visit>
void for_each_name(const std::string& text, const Visit& visit) {
  for (std::size_t i = 0; i < text.size();) {
    if (!is_part_of_name(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && is_part_of_name(text[i])) ++i;
    visit(text.substr(begin, i - begin), begin);
  }
}

template <class Term>
std::string except_names(const Term& term, const std::vector<std::string>& names) {
  std::string text;
  for (const model::Point point : term.except) {
    if (point < names.size()) text += " -" + names[point];
  }
  return text;
}

std::string term_text(const Model& model, model::SubjectTermId id) {
  const model::SubjectTerm& term = model[id];
  std::vector<std::string> names;
  if (!term.except.empty()) {
    for (const model::Role& role : model.roles) names.push_back(role.name);
  }
  const std::string except = except_names(term, names);
  if (term.base == model::SubjectTerm::Base::everyone) return "everyone" + except;
  const bool exactly = term.base == model::SubjectTerm::Base::exactly;
  return (exactly ? "exactly " : "") + model[term.role].name + except;
}

std::string term_text(const Model& model, model::FeatureTermId id) {
  const model::FeatureTerm& term = model[id];
  std::vector<std::string> names;
  if (!term.except.empty()) {
    for (const model::Feature& feature : model.features) names.push_back(feature.name);
  }
  const std::string except = except_names(term, names);
  switch (term.base) {
    case model::FeatureTerm::Base::everything: return "everything" + except;
    case model::FeatureTerm::Base::name_space: return model.namespaces[term.id].name + ".*" + except;
    case model::FeatureTerm::Base::feature: break;
  }
  return model.features[term.id].name + except;
}

std::string term_text(const Model& model, model::ObjectTermId id) {
  const model::ObjectTerm& term = model[id];
  std::vector<std::string> names;
  if (!term.except.empty()) {
    for (const model::Object& object : model.objects) names.push_back(object.name);
  }
  const std::string except = except_names(term, names);
  switch (term.base) {
    case model::ObjectTerm::Base::all: return "all" + except;
    case model::ObjectTerm::Base::tier: return model.tiers[term.id].name + except;
    case model::ObjectTerm::Base::object: break;
  }
  return model.objects[term.id].name + except;
}

template <class Own, class TermId, class Term>
std::vector<TermId> terms_with(const Model& model, const std::vector<TermId>& terms, Own own, const Term* /*kind*/) {
  std::vector<TermId> result;
  for (const TermId id : terms) {
    if (!own.is_none() && contains(model, model[id], own)) result.push_back(id);
  }
  return result;
}

struct Covering {
  std::vector<model::SubjectTermId> subjects;
  std::vector<model::FeatureTermId> features;
  std::vector<model::ObjectTermId> objects;
};

Covering covering(const Model& model, const Mapping& mapping, const model::Area& area, const Point& point) {
  return {terms_with(model, area.subjects, mapping.own_roles[point.role.index()], static_cast<model::SubjectTerm*>(nullptr)),
          terms_with(model, area.features, mapping.own_features[point.feature.index()],
                     static_cast<model::FeatureTerm*>(nullptr)),
          terms_with(model, area.objects, mapping.own_objects[point.object.index()],
                     static_cast<model::ObjectTerm*>(nullptr))};
}

}  // namespace

Causes::Causes(const Vocabulary& vocabulary, const Side& before, const Side& after)
    : vocabulary_(vocabulary), before_(before, vocabulary.before, false), after_(after, vocabulary.after, true) {
  for (const Rename& rename : vocabulary.renames) renamed_[rename.before] = rename.after;
  read(before_);
  read(after_);
  for (const auto& [policy, other] : {std::pair{&before_, &after_}, std::pair{&after_, &before_}}) {
    for (std::size_t i = 0; i < policy->model().rules.size(); ++i) {
      if (other->rules.contains(policy->rule_texts[i])) continue;
      for (std::string& part : parts_at(*policy, RuleId{i}, nullptr)) policy->parts.insert(std::move(part));
    }
  }
  for (const auto& [policy, other] : {std::pair{&before_, &after_}, std::pair{&after_, &before_}}) {
    const Model& model = policy->model();
    for (std::size_t i = 0; i < model.rules.size(); ++i) {
      const bool new_text = !other->rules.contains(policy->rule_texts[i]);
      const auto parts = new_text ? parts_at(*policy, RuleId{i}, nullptr) : std::vector<std::string>{};
      policy->new_throughout.push_back(new_text && std::none_of(parts.begin(), parts.end(), [&](const std::string& part) {
                                         return other->parts.contains(part);
                                       }));
      if (new_text && model.rules[i].verb == model::Verb::allow && !model.rules[i].controls.empty())
        policy->new_controls.push_back(i);
    }
    for (const auto& [text, ids] : policy->guardrails) {
      if (other->guardrails.contains(text)) continue;
      for (const std::size_t i : ids) {
        if (model.guardrails[i].kind == model::Guardrail::Kind::require) policy->new_requirements.push_back(i);
      }
    }
  }
}

std::string Causes::in_later_words(const std::string& text) const {
  if (renamed_.empty()) return text;
  std::string result;
  std::size_t copied = 0;
  for_each_name(text, [&](const std::string& name, std::size_t at) {
    const auto found = renamed_.find(name);
    if (found == renamed_.end()) return;
    result.append(text, copied, at - copied);
    result += found->second;
    copied = at + name.size();
  });
  return result.append(text, copied);
}

void Causes::read(Policy& policy) const {
  const bool by_reference = before_.side.decided || after_.side.decided;
  const auto words = [&](const std::string& text) { return policy.later ? text : in_later_words(text); };
  const auto& rules = policy.model().rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const bool label = by_reference && !rules[i].label.empty();
    policy.rule_texts.push_back(label ? rules[i].label : words(without_reason(rules[i].text)));
    policy.rules[policy.rule_texts.back()].push_back(i);
    if (!rules[i].label.empty()) policy.labels.insert(rules[i].label);
  }
  const auto& guardrails = policy.model().guardrails;
  for (std::size_t i = 0; i < guardrails.size(); ++i)
    policy.guardrails[words(without_reason(guardrails[i].text))].push_back(i);
  read_declarations(policy);
}

void Causes::read_declarations(Policy& policy) const {
  const Model& model = policy.model();
  const auto words = [&](const std::string& text) { return policy.later ? text : in_later_words(text); };
  const auto declare = [&](std::string_view kind, const std::string& name, std::string text, source::Span span) {
    policy.declared[fmt::format("{} {}", kind, words(name))] = {words(text), span};
  };
  for (const model::Role& role : model.roles) {
    std::vector<std::string> parents;
    for (const RoleId parent : role.inherits) parents.push_back(words(model[parent].name));
    std::sort(parents.begin(), parents.end());
    declare("role", role.name,
            parents.empty() ? "role " + role.name
                            : fmt::format("role {} inherits {}", role.name, fmt::join(parents, ", ")),
            role.span);
  }
  for (const model::Object& object : model.objects) {
    if (object.kind != model::ActsOn::data) continue;
    const std::string& tier = model[object.tier].name;
    declare("data", object.name, "data " + object.name + (tier.empty() ? "" : ": " + tier), object.span);
  }
  for (const model::NamedCondition& condition : model.named_conditions)
    declare("condition", condition.name, fmt::format("condition {} = {}", condition.name, condition.text), condition.span);
  for (const model::Context& context : model.contexts) {
    if (!context.library)
      declare("context", context.name, fmt::format("context {}: {}", context.name, fmt::join(context.values, " | ")),
              context.span);
  }
  for (const model::Feature& feature : model.features) {
    if (!feature.library)
      declare("feature", feature.name,
              fmt::format("feature {} {{ acts_on: {} }}", feature.name, model::to_string(feature.acts_on)), feature.span);
  }
  std::vector<std::string> tiers;
  for (const model::Tier& tier : model.tiers) tiers.push_back(tier.name);
  if (!tiers.front().empty())
    declare("tiers", {}, fmt::format("tiers {}", fmt::join(tiers, " < ")), model.tiers.front().span);
  for (const model::UsedLibrary& library : model.libraries) {
    if (!library.pack) declare("use", library.name, fmt::format("use {} {}", library.name, library.version), {});
  }
  // The lists of named sets are not kept, but their statements are.
  for (const std::string& statement : model.canonical) {
    for (const std::string_view kind : {"roles ", "features ", "objects "}) {
      if (!statement.starts_with(kind)) continue;
      const std::size_t end = statement.find(' ', kind.size());
      const std::string name = statement.substr(kind.size(), end - kind.size());
      const auto set = std::find_if(model.sets.begin(), model.sets.end(),
                                    [&](const model::NamedSet& each) { return each.name == name; });
      declare(kind.substr(0, kind.size() - 1), name, statement, set == model.sets.end() ? source::Span{} : set->span);
    }
  }
}

std::vector<std::string> Causes::parts_at(const Policy& policy, RuleId id, const Point* point) const {
  const Model& model = policy.model();
  const model::Rule& rule = model[id];
  Covering terms{rule.area.subjects, rule.area.features, rule.area.objects};
  if (point != nullptr) terms = covering(model, policy.mapping, rule.area, *point);
  // Those whom an `only` names are one group.
  if (rule.verb == model::Verb::only) return {};
  if (terms.subjects.size() * terms.features.size() * terms.objects.size() > max_parts) return {};
  std::string tail;
  if (!rule.area.when.is_none()) {
    const model::Condition& when = model[rule.area.when];
    tail += " when " + analysis::in_words(model, analysis::boxes_of(model, when.contexts, when.where));
  }
  for (const ControlId control : rule.controls) tail += " +" + model[control].name;
  if (rule.from) tail += " from " + base::to_string(*rule.from);
  if (rule.until) tail += " until " + base::to_string(*rule.until);
  std::vector<std::string> result;
  for (const auto subject : terms.subjects) {
    for (const auto feature : terms.features) {
      for (const auto object : terms.objects) {
        std::string text = fmt::format("{} {} to {} on {}{}", to_string(rule.verb), term_text(model, subject),
                                       term_text(model, feature), term_text(model, object), tail);
        result.push_back(policy.later ? std::move(text) : in_later_words(text));
      }
    }
  }
  return result;
}

bool Causes::is_edited(const Policy& policy, const Policy& other, RuleId rule, const Point& point) const {
  if (policy.new_throughout[rule.index()]) return true;
  if (other.rules.contains(policy.rule_texts[rule.index()])) return false;
  const auto parts = parts_at(policy, rule, &point);
  return parts.empty() || !std::all_of(parts.begin(), parts.end(), [&](const std::string& part) { return other.parts.contains(part); });
}

bool Causes::speaks_of(const Policy& policy, const model::Area& area, const Point& point) const {
  const Covering terms = covering(policy.model(), policy.mapping, area, point);
  return !terms.subjects.empty() && !terms.features.empty() && !terms.objects.empty();
}

Cause Causes::cause(const Policy& policy, Cause::Kind kind, const model::Rule& rule) const {
  return {kind, rule.label.empty() ? without_reason(rule.text) : rule.label, {}, policy.later, rule.spans.statement};
}

Cause Causes::edit(const Policy& policy, const Policy& other, const model::Rule& rule) const {
  const bool both = !rule.label.empty() && other.labels.contains(rule.label);
  return cause(policy, both ? Cause::Kind::edited : policy.later ? Cause::Kind::added : Cause::Kind::removed, rule);
}

void Causes::add_rules(const Policy& policy, const Policy& other, const Segment& segment, const Point& point,
                       std::vector<Cause>& causes) const {
  for (const RuleId id : segment.rules) {
    const model::Rule& rule = policy.model()[id];
    if (is_edited(policy, other, id, point)) {
      causes.push_back(edit(policy, other, rule));
      continue;
    }
    if (!rule.is_live(other.side.decisions.as_of) && !other.side.decided)
      causes.push_back(cause(policy, policy.later ? Cause::Kind::begins : Cause::Kind::ended, rule));
  }
}

void Causes::add_controls(const Policy& policy, const Policy& other, const Point& point,
                          std::vector<Cause>& causes) const {
  const Model& model = policy.model();
  for (const std::size_t i : policy.new_requirements) {
    const model::Guardrail& guardrail = model.guardrails[i];
    if (!speaks_of(policy, guardrail.area, point)) continue;
    causes.push_back({policy.later ? Cause::Kind::added : Cause::Kind::removed,
                      guardrail.label.empty() ? without_reason(guardrail.text) : guardrail.label, {}, policy.later,
                      guardrail.spans.statement});
  }
  // Every allow that applies gives its controls, also one that does not decide.
  for (const std::size_t i : policy.new_controls) {
    const model::Rule& rule = model.rules[i];
    if (!rule.is_live(policy.side.decisions.as_of) || !speaks_of(policy, rule.area, point)) continue;
    if (is_edited(policy, other, RuleId{i}, point)) causes.push_back(edit(policy, other, rule));
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
    for (const RuleId rule : segment->rules) {
      for_each_name(policy->rule_texts[rule.index()], [&](const std::string& name, std::size_t) { open.push_back(name); });
    }
  }
  // What a declaration names is followed: a role's parents, a set's members.
  constexpr std::array kinds = {"role", "data", "condition", "context", "feature", "roles", "features", "objects"};
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    if (!names.insert(name).second) continue;
    for (const Policy* policy : {&before_, &after_}) {
      for (const char* kind : kinds) {
        const auto found = policy->declared.find(fmt::format("{} {}", kind, name));
        if (found == policy->declared.end()) continue;
        for_each_name(found->second.first, [&](const std::string& next, std::size_t) { open.push_back(next); });
      }
    }
  }
  const auto compare = [&](const std::string& key) {
    const auto old = before_.declared.find(key);
    const auto now = after_.declared.find(key);
    const bool was = old != before_.declared.end(), is = now != after_.declared.end();
    if ((!was && !is) || (was && is && old->second.first == now->second.first)) return;
    const auto& shown = is ? now->second : old->second;
    causes.push_back({was && is ? Cause::Kind::edited : is ? Cause::Kind::added : Cause::Kind::removed, shown.first, {},
                      is, shown.second});
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

// Nothing was edited here: a set that a rule names has grown or shrunk, and it is inside another one now, or no longer.
void Causes::add_relations(const Point& point, std::vector<Cause>& causes) const {
  const auto inside = [&](const Policy& policy, const std::string& inner, const std::string& outer) {
    const auto find = [&](const std::string& text) {
      const auto found = policy.rules.find(text);
      return found == policy.rules.end() ? nullptr : &policy.model().rules[found->second.front()];
    };
    const model::Rule* a = find(inner);
    const model::Rule* b = find(outer);
    if (a == nullptr || b == nullptr || policy.side.decided) return false;
    const Model& model = policy.model();
    const Covering x = covering(model, policy.mapping, a->area, point);
    const Covering y = covering(model, policy.mapping, b->area, point);
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
      const auto name = [&](const Policy& policy, RuleId id) { return cause(policy, Cause::Kind::inside, policy.model()[id]); };
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

std::vector<Cause> Causes::at(const Point& point) {
  std::vector<Cause> causes;
  add_rules(before_, after_, *point.before, point, causes);
  add_rules(after_, before_, *point.after, point, causes);
  if (point.before->effect == Effect::allow && point.after->effect == Effect::allow) {
    add_controls(before_, after_, point, causes);
    add_controls(after_, before_, point, causes);
  }
  if (causes.empty()) add_relations(point, causes);
  if (causes.empty()) add_declarations(point, causes);
  if (causes.empty()) {
    const bool later = !point.after->rules.empty();
    const Policy& policy = later ? after_ : before_;
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

}  // namespace farol::diff
