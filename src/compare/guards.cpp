// What becomes of a safeguard: of what guards permissions without giving any.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "base/sorted.h"
#include "compare/edits.h"
#include "compare/later_words.h"
#include "decide/boxes.h"
#include "diag/diagnostic.h"
#include "model/contexts.h"

namespace farol::compare {
namespace {

using Guard = Edit::Guard;
using Kind = model::StatementText::Kind;
using model::Verb;

// Of the later set, held against the earlier one.
enum class Order : std::uint8_t { same, smaller, larger, other };

Order both(Order a, Order b) {
  if (a == Order::same || a == b) return b;
  return b == Order::same ? a : Order::other;
}
Order reversed(Order order) {
  if (order == Order::smaller) return Order::larger;
  return order == Order::larger ? Order::smaller : order;
}
template <class T>
Order order_of(const T& before, const T& after) {
  return before == after ? Order::same : after < before ? Order::smaller : Order::larger;
}
template <class T>
Order order_of(const std::set<T>& before, const std::set<T>& after) {
  const bool within = std::includes(before.begin(), before.end(), after.begin(), after.end());
  const bool around = std::includes(after.begin(), after.end(), before.begin(), before.end());
  if (within && around) return Order::same;
  return within ? Order::smaller : around ? Order::larger : Order::other;
}

Guard guard_of(Order order) {
  switch (order) {
    case Order::same: return Guard::none;
    case Order::smaller: return Guard::weaker;
    case Order::larger: return Guard::stronger;
    case Order::other: break;
  }
  return Guard::unclear;
}

template <class List, class SpanOf>
auto find_at(const List& list, source::Span span, const SpanOf& span_of) -> decltype(&list.front()) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& each) { return span_of(each) == span; });
  return found == list.end() ? nullptr : &*found;
}

// Of every pair both statements are there, unless it says otherwise.
class Judge {
 public:
  Judge(const Side& before, const Side& after, const Vocabulary& vocabulary)
      : before_(before), after_(after), vocabulary_(vocabulary) {
    for (const Side* side : {&before_, &after_}) {
      for (const model::Rule& rule : side->model.rules)
        (side == &before_ ? old_rules_ : new_rules_)[rule.spans.statement] = &rule;
    }
  }

  Guard judge(const StatementPair& pair) const {
    const Guard found = by_kind(pair);
    if (pair.before == nullptr || pair.after == nullptr) return found;
    const bool was = pair.before->is_final(), is = pair.after->is_final();
    if (was && !is) return Guard::weaker;
    return is && !was && found == Guard::none ? Guard::stronger : found;
  }

 private:
  Guard by_kind(const StatementPair& pair) const {
    switch ((pair.after ? pair.after : pair.before)->kind) {
      case Kind::separate: return separation(pair);
      case Kind::guardrail:
      case Kind::require: return guardrail(pair);
      case Kind::rule: return rule(pair);
      case Kind::test: return tests(pair);
      case Kind::waive: return waiver(pair);
      case Kind::drop: return pair.before && pair.after ? Guard::none : pair.after ? Guard::weaker : Guard::stronger;
      case Kind::use: return pack(pair);
      case Kind::check: return check(pair);
      case Kind::words: return Guard::unclear;
      case Kind::fact: return severities(pair);
      case Kind::declaration: return declaration(pair);
      case Kind::policy:
      case Kind::tiers:
      case Kind::context:
      case Kind::condition:
      case Kind::set:
      case Kind::bind: break;
    }
    return Guard::none;
  }

  // What only one side has is gone, or new.
  template <class T>
  static std::optional<Guard> alone(const T* before, const T* after) {
    if (before != nullptr && after != nullptr) return std::nullopt;
    return before != nullptr ? Guard::weaker : after != nullptr ? Guard::stronger : Guard::none;
  }

  Guard separation(const StatementPair& pair) const {
    const auto at = [](const Model& model, const model::StatementText* text) {
      return text ? find_at(model.separations, text->span, [](const auto& each) { return each.span; }) : nullptr;
    };
    const model::Separation* old = at(before_.model, pair.before);
    const model::Separation* now = at(after_.model, pair.after);
    if (const auto guard = alone(old, now)) return *guard;
    const Order roles =
        order_of(joint(vocabulary_.before.roles, old->roles), joint(vocabulary_.after.roles, now->roles));
    const Order features =
        order_of(joint(vocabulary_.before.features, old->features), joint(vocabulary_.after.features, now->features));
    return guard_of(both(both(roles, features), reversed(order_of(old->at_most, now->at_most))));
  }

  template <class Id>
  static std::set<Id> joint(const std::vector<Id>& ids, const std::vector<Id>& own) {
    std::set<Id> result;
    for (const Id id : own) result.insert(ids[id.index()]);
    return result;
  }

  template <class Term, class Id>
  static std::set<Id> joint_members(const Model& model, const std::vector<Id>& ids, const std::vector<Term>& terms) {
    std::set<Id> result;
    for (const Term term : terms) {
      for (const Id id : members(model, model[term])) result.insert(ids[id.index()]);
    }
    return result;
  }

  static std::set<ObjectId> joint_objects(const Model& model, const Mapping& mapping, const model::Area& area) {
    std::set<ObjectId> result;
    for (const model::ObjectTermId term : area.objects) {
      for (const ObjectId id : members(model, model[term]))
        result.insert(mapping.objects[id.index()].begin(), mapping.objects[id.index()].end());
    }
    return result;
  }

  // The boxes of a condition over the contexts of both.
  static std::vector<decide::Box> joint_boxes(const Model& model, const Mapping& mapping, model::ConditionId when) {
    if (when.is_none()) return {{}};
    std::vector<decide::Box> result;
    for (const decide::Box& box : decide::boxes_of(model, model[when])) {
      std::map<ContextId, std::vector<std::uint32_t>> joint;
      for (const auto& [context, values] : box) {
        const ContextId id = mapping.contexts[context.index()];
        const auto& own = mapping.own_values[id.index()];
        for (std::uint32_t value = 0; value < own.size(); ++value) {
          if (std::find(values.begin(), values.end(), own[value]) != values.end()) joint[id].push_back(value);
        }
      }
      result.emplace_back(joint.begin(), joint.end());
    }
    return result;
  }

  Order conditions(model::ConditionId old, model::ConditionId now) const {
    const auto was = joint_boxes(before_.model, vocabulary_.before, old);
    const auto is = joint_boxes(after_.model, vocabulary_.after, now);
    std::vector<ContextId> contexts;
    for (const auto* boxes : {&was, &is}) {
      for (const decide::Box& box : *boxes) {
        for (const auto& choice : box) contexts.push_back(choice.first);
      }
    }
    base::sort_unique(contexts);
    if (model::combinations(vocabulary_.model, contexts) > model::max_combinations) return Order::other;
    const auto a = decide::points_of(vocabulary_.model, was, contexts);
    const auto b = decide::points_of(vocabulary_.model, is, contexts);
    if (a == b) return Order::same;
    return b.is_subset_of(a) ? Order::smaller : a.is_subset_of(b) ? Order::larger : Order::other;
  }

  Order subjects(const model::Area& old, const model::Area& now) const {
    return order_of(joint_members(before_.model, vocabulary_.before.roles, old.subjects),
                    joint_members(after_.model, vocabulary_.after.roles, now.subjects));
  }
  // Of an area without its subjects.
  Order target(const model::Area& old, const model::Area& now) const {
    const Order features = order_of(joint_members(before_.model, vocabulary_.before.features, old.features),
                                    joint_members(after_.model, vocabulary_.after.features, now.features));
    const Order objects = order_of(joint_objects(before_.model, vocabulary_.before, old),
                                   joint_objects(after_.model, vocabulary_.after, now));
    return both(both(features, objects), conditions(old.when, now.when));
  }
  Order controls(const std::vector<ControlId>& old, const std::vector<ControlId>& now) const {
    return order_of(joint(vocabulary_.before.controls, old), joint(vocabulary_.after.controls, now));
  }

  Guard guardrail(const StatementPair& pair) const {
    const auto at = [](const Model& model, const model::StatementText* text) {
      return text ? find_at(model.guardrails, text->span, [](const auto& each) { return each.spans.statement; })
                  : nullptr;
    };
    const model::Guardrail* old = at(before_.model, pair.before);
    const model::Guardrail* now = at(after_.model, pair.after);
    if (const auto guard = alone(old, now)) return *guard;
    if (old->kind != now->kind) return Guard::unclear;
    const Order area = both(subjects(old->area, now->area), target(old->area, now->area));
    return guard_of(both(area, controls(old->controls, now->controls)));
  }

  // Refusals; what an `allow` says is no safeguard.
  Guard rule(const StatementPair& pair) const {
    const auto at = [&](const Side& side, const model::StatementText* text) -> const model::Rule* {
      const auto& rules = &side == &before_ ? old_rules_ : new_rules_;
      const auto found = text ? rules.find(text->span) : rules.end();
      const model::Rule* rule = found == rules.end() ? nullptr : found->second;
      const bool over = rule && rule->until && *rule->until < side.decisions.as_of;
      return rule == nullptr || over || rule->verb == Verb::allow ? nullptr : rule;
    };
    const model::Rule* old = at(before_, pair.before);
    const model::Rule* now = at(after_, pair.after);
    if (const auto guard = alone(old, now)) return *guard;
    if ((old->verb == Verb::only) != (now->verb == Verb::only)) return Guard::unclear;
    const Order who = subjects(old->area, now->area);
    Order order = both(target(old->area, now->area), old->verb == Verb::only ? reversed(who) : who);
    if (old->verb != now->verb) order = both(order, now->verb == Verb::forbid ? Order::larger : Order::smaller);
    constexpr base::Date never{INT32_MAX}, ever{INT32_MIN};
    order = both(order, order_of(old->until.value_or(never), now->until.value_or(never)));
    order = both(order, reversed(order_of(old->from.value_or(ever), now->from.value_or(ever))));
    return guard_of(order);
  }

  // What is expected anywhere, in later words: a test may be split, joined or called otherwise.
  std::set<std::string> expectations(const Side& side, const std::string* only) const {
    std::set<std::string> all;
    for (const model::Test& test : side.model.tests) {
      if (only != nullptr && test.name != *only) continue;
      const auto add = [&](const std::string& text) {
        all.insert(&side == &before_ ? in_later_words(text, vocabulary_.renames) : text);
      };
      for (const auto& each : test.expectations) add(each.text);
      for (const auto& each : test.findings) add(each.text);
    }
    return all;
  }
  Guard tests(const StatementPair& pair) const {
    const auto own = [&](const Side& side, const model::StatementText* text) {
      if (text == nullptr) return std::set<std::string>{};
      const auto* test = find_at(side.model.tests, text->span, [](const auto& each) { return each.span; });
      const auto of_name = std::find_if(side.model.tests.begin(), side.model.tests.end(), [&](const auto& each) {
        return text->span.source == each.span.source && text->span.begin <= each.span.begin &&
               each.span.end <= text->span.end;
      });
      if (test == nullptr && of_name != side.model.tests.end()) test = &*of_name;
      return test == nullptr ? std::set<std::string>{} : expectations(side, &test->name);
    };
    std::set<std::string> old = own(before_, pair.before), now = own(after_, pair.after);
    const auto erase = [](std::set<std::string>& from, const std::set<std::string>& known) {
      for (const std::string& each : known) from.erase(each);
    };
    erase(old, expectations(after_, nullptr));
    erase(now, expectations(before_, nullptr));
    if (old.empty() && now.empty()) return Guard::none;
    return old.empty() ? Guard::stronger : Guard::weaker;
  }

  Guard waiver(const StatementPair& pair) const {
    const auto at = [](const Side& side, const model::StatementText* text) -> const model::Waiver* {
      const auto* found =
          text ? find_at(side.model.waivers, text->span, [](const auto& each) { return each.span; }) : nullptr;
      return found && found->until && *found->until < side.decisions.as_of ? nullptr : found;
    };
    const model::Waiver* old = at(before_, pair.before);
    const model::Waiver* now = at(after_, pair.after);
    if (old == nullptr && now == nullptr) return Guard::none;
    if (old == nullptr || now == nullptr) return now != nullptr ? Guard::weaker : Guard::stronger;
    if (old->finding != now->finding) return Guard::unclear;
    constexpr base::Date never{INT32_MAX};
    const std::set<std::string> was(old->things.begin(), old->things.end()), is(now->things.begin(), now->things.end());
    Order things = was == is ? Order::same : was.empty() ? Order::smaller : is.empty() ? Order::larger : Order::other;
    if (!was.empty() && !is.empty()) things = order_of(was, is);
    return guard_of(reversed(both(things, order_of(old->until.value_or(never), now->until.value_or(never)))));
  }

  Guard pack(const StatementPair& pair) const {
    const std::string_view text = (pair.after ? pair.after : pair.before)->without_label();
    if (!text.starts_with("use pack ")) return Guard::none;
    if (pair.before == nullptr || pair.after == nullptr) return pair.after ? Guard::stronger : Guard::weaker;
    return checks_gone(before_.model, after_.model, text) > 0 ? Guard::weaker : Guard::unclear;
  }

 public:
  // Checks of the pack that a `use` names, which the later policy does not make.
  static std::size_t checks_gone(const Model& before, const Model& after, std::string_view use) {
    use.remove_prefix(std::min(use.size(), std::string_view("use pack ").size()));
    const std::string_view pack = use.substr(0, use.find(' '));
    return static_cast<std::size_t>(std::count_if(before.checks.begin(), before.checks.end(), [&](const auto& check) {
      return check.pack == pack && std::none_of(after.checks.begin(), after.checks.end(),
                                                [&](const auto& other) { return other.id == check.id; });
    }));
  }

 private:
  Guard check(const StatementPair& pair) const {
    if (pair.before == nullptr || pair.after == nullptr) return pair.after ? Guard::stronger : Guard::weaker;
    return Guard::unclear;
  }

  // How much a kind of finding counts: 3 for an error, 0 where it is off.
  static int weight(const Model& model, const std::string& finding) {
    for (const model::SeveritySetting& setting : model.severities) {
      if (setting.finding == finding) return setting.setting == "off" ? 0 : setting.setting == "error" ? 3 : 2;
    }
    for (const model::Check& check : model.checks) {
      if (check.id == finding)
        return check.severity == model::Check::Severity::error     ? 3
               : check.severity == model::Check::Severity::warning ? 2
                                                                   : 1;
    }
    const diag::CodeInfo* code = diag::find_code(finding);
    if (code == nullptr) return 1;
    return code->severity == diag::Severity::error ? 3 : code->severity == diag::Severity::warning ? 2 : 1;
  }
  Guard severities(const StatementPair& pair) const {
    if (!(pair.after ? pair.after : pair.before)->without_label().starts_with("severity")) return Guard::none;
    Order order = Order::same;
    for (const Model* model : {&before_.model, &after_.model}) {
      for (const model::SeveritySetting& setting : model->severities)
        order = both(order, order_of(weight(before_.model, setting.finding), weight(after_.model, setting.finding)));
    }
    return order == Order::other ? Guard::weaker : guard_of(order);
  }

  // The highest tier that a role may reach; the last one behind all tiers where there is no limit.
  std::size_t clearance(const Model& model, const Mapping& mapping, const model::Role& role) const {
    const auto place = [&](TierId tier) {
      const auto& joint = mapping.objects[model.object_of(tier).index()];
      return joint.empty() ? std::size_t{0} : joint.front().index();
    };
    if (!role.clearance.is_none()) return place(role.clearance);
    std::optional<std::size_t> highest;
    for (const RoleId ancestor : role.ancestors) {
      if (!model[ancestor].clearance.is_none())
        highest = std::max(highest.value_or(0), place(model[ancestor].clearance));
    }
    return highest.value_or(vocabulary_.model.tiers.size());
  }
  Guard declaration(const StatementPair& pair) const {
    if (pair.before == nullptr || pair.after == nullptr) return Guard::none;
    const auto within = [](const model::StatementText& text) {
      return [&text](const auto& each) {
        return !each.library && each.span.source == text.span.source && text.span.begin <= each.span.begin &&
               each.span.end <= text.span.end;
      };
    };
    const auto find = [&](const auto& list, const model::StatementText& text) {
      const auto found = std::find_if(list.begin(), list.end(), within(text));
      return found == list.end() ? nullptr : &*found;
    };
    const model::Role* old = find(before_.model.roles, *pair.before);
    const model::Role* now = find(after_.model.roles, *pair.after);
    if (old != nullptr && now != nullptr) {
      const Order limit = reversed(order_of(clearance(before_.model, vocabulary_.before, *old),
                                            clearance(after_.model, vocabulary_.after, *now)));
      return guard_of(both(limit, order_of(old->admin, now->admin)));
    }
    const model::Feature* was = find(before_.model.features, *pair.before);
    const model::Feature* is = find(after_.model.features, *pair.after);
    if (was == nullptr || is == nullptr) return Guard::none;
    return guard_of(order_of(was->privileged, is->privileged));
  }

  const Side& before_;
  const Side& after_;
  const Vocabulary& vocabulary_;
  std::map<source::Span, const model::Rule*> old_rules_, new_rules_;
};

}  // namespace

std::vector<Edit::Guard> guards_of(const std::vector<StatementPair>& pairs, const Side& before, const Side& after,
                                   const Difference& difference) {
  const Judge judge{before, after, difference.vocabulary};
  std::vector<Edit::Guard> guards;
  for (const StatementPair& pair : pairs) guards.push_back(judge.judge(pair));
  return guards;
}

std::size_t checks_gone(const StatementPair& pair, const Side& before, const Side& after) {
  if (pair.before == nullptr || !pair.before->without_label().starts_with("use pack ")) return 0;
  return Judge::checks_gone(before.model, after.model, pair.before->without_label());
}

}  // namespace farol::compare
