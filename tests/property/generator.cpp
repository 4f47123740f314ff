#include "generator.h"

#include <fmt/format.h>
#include <array>

#include "support/oracle.h"

namespace property {
namespace {

using oracle::Condition;
using oracle::Kind;
using oracle::List;
using oracle::NamedList;
using oracle::Policy;
using oracle::Statement;
using oracle::Term;
using oracle::Verb;

std::vector<std::string> names_of(const auto& declared) {
  std::vector<std::string> names;
  for (const auto& one : declared) names.push_back(one.name);
  return names;
}

std::vector<std::string> namespaces_of(const Policy& policy) {
  oracle::Set namespaces;
  for (const auto& feature : policy.features) {
    for (std::size_t dot = feature.name.find('.'); dot != std::string::npos; dot = feature.name.find('.', dot + 1)) {
      namespaces.insert(feature.name.substr(0, dot));
    }
  }
  return {namespaces.begin(), namespaces.end()};
}

Kind random_kind(Random& random) {
  const std::size_t roll = random.below(100);
  if (roll < 42) return Kind::data;
  if (roll < 56) return Kind::tier;
  if (roll < 70) return Kind::app;
  if (roll < 76) return Kind::group;
  return Kind::nothing;
}

void declare_roles(Policy& policy, Random& random) {
  const std::vector<std::string> pool = {"staff", "manager", "nurse", "clerk", "auditor", "審計"};
  for (const std::string& name : random.sample(pool, random.between(2, 5))) {
    const std::vector<std::string> earlier = names_of(policy.roles);
    const std::size_t roll = random.below(100);
    const std::size_t parents = roll < 30 ? 0 : roll < 75 ? 1 : 2;
    policy.roles.push_back({name, random.sample(earlier, parents), random.chance(30)});
  }
}

void declare_objects(Policy& policy, Random& random) {
  const std::vector<std::string> tiers = {"public", "internal", "confidential", "restricted"};
  if (!random.chance(15)) {
    const std::size_t count = random.between(1, 4);
    policy.tiers.assign(tiers.begin(), tiers.begin() + static_cast<std::ptrdiff_t>(count));
  }
  for (const char* name : {"contracts", "payroll", "patients"}) {
    if (random.chance(45)) policy.data.push_back({name, policy.tiers.empty() ? "" : random.pick(policy.tiers)});
  }
  for (const char* name : {"crm", "ledger"}) {
    if (random.chance(45)) policy.things.push_back({name, random.chance(75) ? Kind::app : Kind::group});
  }
}

void declare_features(Policy& policy, Random& random) {
  const std::vector<std::string> pool = {
      "doc.read",  "doc.share.inside", "doc.share.outside", "doc.share.link.copy", "doc.print",
      "chat.send", "chat.file.upload", "console.users",     "console.logs.export", "ping"};
  for (const std::string& name : random.sample(pool, random.between(3, 6))) {
    policy.features.push_back({name, random_kind(random), random.chance(12)});
  }
}

void declare_contexts(Policy& policy, Random& random) {
  const std::vector<oracle::Context> pool = {{"device", {"managed", "personal", "unknown"}},
                                             {"network", {"office", "vpn", "outside"}},
                                             {"hours", {"work", "night"}}};
  const std::size_t roll = random.below(100);
  policy.contexts = random.sample(pool, roll < 25 ? 0 : roll < 65 ? 1 : roll < 90 ? 2 : 3);
  for (oracle::Context& context : policy.contexts) {
    if (random.chance(50)) context.values.resize(2);
  }
  policy.controls = random.sample(std::vector<std::string>{"mfa", "watermark", "encryption"}, random.below(4));
}

Condition random_condition(const Policy& policy, std::size_t depth, Random& random) {
  const std::size_t roll = random.below(100);
  if (depth > 0 && roll < 45) {
    if (roll < 12) {
      return {.form = Condition::Form::negation, .operands = {random_condition(policy, depth - 1, random)}};
    }
    Condition joined = {.form = roll < 28 ? Condition::Form::all_of : Condition::Form::any_of};
    for (std::size_t count = random.between(2, 3); count > 0; --count) {
      joined.operands.push_back(random_condition(policy, depth - 1, random));
    }
    return joined;
  }
  if (!policy.conditions.empty() && roll > 85) {
    return {.form = Condition::Form::named, .name = random.pick(policy.conditions).name};
  }
  const oracle::Context& context = random.pick(policy.contexts);
  return {.form = random.chance(70) ? Condition::Form::is : Condition::Form::is_not,
          .name = context.name,
          .values = random.sample(context.values, random.between(1, context.values.size() - 1))};
}

Condition random_when(const Policy& policy, Random& random) {
  Condition condition = random_condition(policy, 2, random);
  while (!oracle::is_ever_true(policy, condition) && !random.chance(15))
    condition = random_condition(policy, 2, random);
  return condition;
}

std::vector<std::string> lists_of(const Policy& policy, NamedList::Kind kind) {
  std::vector<std::string> names;
  for (const NamedList& one : policy.lists) {
    if (one.kind == kind) names.push_back(one.name);
  }
  return names;
}

Term random_subject(const Policy& policy, Random& random) {
  const std::vector<std::string> lists = lists_of(policy, NamedList::Kind::roles);
  const std::size_t roll = random.below(100);
  if (roll < 12) return {.form = Term::Form::everyone};
  if (roll < 27) return {.form = Term::Form::exactly, .name = random.pick(policy.roles).name};
  if (roll < 40 && !lists.empty()) return {.form = Term::Form::named_list, .name = random.pick(lists)};
  return {.form = Term::Form::role, .name = random.pick(policy.roles).name};
}

Term random_feature(const Policy& policy, Random& random) {
  const std::vector<std::string> lists = lists_of(policy, NamedList::Kind::features);
  const std::vector<std::string> namespaces = namespaces_of(policy);
  const std::size_t roll = random.below(100);
  if (roll < 8) return {.form = Term::Form::everything};
  if (roll < 32 && !namespaces.empty()) return {.form = Term::Form::wildcard, .name = random.pick(namespaces)};
  if (roll < 44 && !lists.empty()) return {.form = Term::Form::named_list, .name = random.pick(lists)};
  return {.form = Term::Form::feature, .name = random.pick(policy.features).name};
}

Term random_tier(const Policy& policy, Random& random) {
  const std::size_t first = random.below(policy.tiers.size());
  const std::size_t second = random.below(policy.tiers.size());
  const std::size_t roll = random.below(100);
  if (roll < 15) return {.form = Term::Form::or_below, .name = policy.tiers[first]};
  if (roll < 30) return {.form = Term::Form::or_above, .name = policy.tiers[first]};
  if (roll < 40) {
    return {.form = Term::Form::range,
            .name = policy.tiers[std::min(first, second)],
            .upper = policy.tiers[std::max(first, second)]};
  }
  return {.form = Term::Form::tier, .name = policy.tiers[first]};
}

// A term that a feature of this kind can stand beside.
Term random_object(const Policy& policy, Kind kind, Random& random) {
  std::vector<std::string> things;
  for (const oracle::Thing& thing : policy.things) {
    if (thing.kind == kind) things.push_back(thing.name);
  }
  const std::vector<std::string> lists = lists_of(policy, NamedList::Kind::objects);
  if (!lists.empty() && random.chance(12)) return {.form = Term::Form::named_list, .name = random.pick(lists)};
  if (kind == Kind::data && !policy.data.empty() && random.chance(40)) {
    return {.form = Term::Form::data, .name = random.pick(policy.data).name};
  }
  if ((kind == Kind::data || kind == Kind::tier) && !policy.tiers.empty() && random.chance(85)) {
    return random_tier(policy, random);
  }
  if (!things.empty() && random.chance(80)) return {.form = Term::Form::thing, .name = random.pick(things)};
  return {.form = Term::Form::all};
}

void add_distinct(std::vector<Term>& terms, const Term& term) {
  if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
}

template <typename MakeTerm>
List random_list(const Policy& policy, std::size_t percent_with_except, Random& random, MakeTerm make_term) {
  List list;
  const std::size_t roll = random.below(100);
  for (std::size_t count = roll < 65 ? 1 : roll < 92 ? 2 : 3; count > 0; --count) add_distinct(list.terms, make_term());
  if (!random.chance(percent_with_except)) return list;
  for (std::size_t count = random.chance(75) ? 1 : 2; count > 0; --count) {
    const Term term = make_term();
    // Taking a term of the list out of it is seldom meant.
    if (std::find(list.terms.begin(), list.terms.end(), term) == list.terms.end() || random.chance(10)) {
      add_distinct(list.except, term);
    }
  }
  // Most lists that nothing is left of say nothing about the rest of the language.
  if (oracle::expand(policy, list).empty() && !random.chance(8)) list.except.clear();
  return list;
}

// The kinds of object that the features of a list act on; those named decide where there are any.
std::vector<Kind> kinds_of(const Policy& policy, const List& features) {
  std::vector<Kind> named;
  std::vector<Kind> reached;
  for (const oracle::Expanded& one : oracle::expand(policy, features)) {
    for (const oracle::Feature& feature : policy.features) {
      if (!one.members.contains(feature.name)) continue;
      (one.term.form == Term::Form::feature ? named : reached).push_back(feature.acts_on);
    }
  }
  return named.empty() ? reached : named;
}

bool acts_on_data(Kind kind) { return kind == Kind::data || kind == Kind::tier; }

List random_objects(const Policy& policy, const Statement& statement, Random& random) {
  const std::vector<Kind> kinds = kinds_of(policy, statement.features);
  const bool needs_objects = statement.verb == Verb::allow && std::any_of(kinds.begin(), kinds.end(), acts_on_data);
  if (!random.chance(needs_objects ? 97 : 45)) return {};
  Kind kind = kinds.empty() ? Kind::nothing : random.pick(kinds);
  // A list that mixes kinds fits only `all`, and `tier` is the narrower of the two that a tier fits.
  const bool mixed = std::any_of(kinds.begin(), kinds.end(), [&](Kind other) {
    return other != kind && !(acts_on_data(other) && acts_on_data(kind));
  });
  if (mixed && random.chance(80))
    kind = Kind::nothing;
  else if (std::find(kinds.begin(), kinds.end(), Kind::tier) != kinds.end() && acts_on_data(kind))
    kind = Kind::tier;
  if (random.chance(3)) kind = random_kind(random);
  return random_list(policy, 12, random, [&] { return random_object(policy, kind, random); });
}

void declare_lists(Policy& policy, Random& random) {
  if (!policy.contexts.empty()) {
    for (const char* name : {"on_duty", "calm"}) {
      if (random.chance(30)) policy.conditions.push_back({name, random_when(policy, random)});
    }
  }
  for (const char* name : {"seniors", "carers"}) {
    if (!random.chance(25)) continue;
    const List list = random_list(policy, 15, random, [&] { return random_subject(policy, random); });
    policy.lists.push_back({NamedList::Kind::roles, name, list});
  }
  for (const char* name : {"papers", "talk"}) {
    if (!random.chance(25)) continue;
    const List list = random_list(policy, 15, random, [&] { return random_feature(policy, random); });
    policy.lists.push_back({NamedList::Kind::features, name, list});
  }
  if (random.chance(25)) {
    const Kind kind = random.chance(80) ? Kind::data : Kind::app;
    const List list = random_list(policy, 15, random, [&] { return random_object(policy, kind, random); });
    policy.lists.push_back({NamedList::Kind::objects, "vault", list});
  }
  // A named list that is empty would hide what its users are about.
  for (NamedList& one : policy.lists) {
    if (oracle::expand(policy, one.list).empty()) one.list.except.clear();
  }
}

Verb random_verb(const Policy& policy, Random& random) {
  const std::size_t roll = random.below(100);
  if (roll < 52) return Verb::allow;
  if (roll < 66) return Verb::deny;
  if (roll < 78) return Verb::forbid;
  if (roll < 86) return Verb::only;
  if (roll < 93) return policy.controls.empty() ? Verb::allow : Verb::require;
  return roll < 98 ? Verb::never : Verb::always;
}

}  // namespace

Statement random_rule(const Policy& policy, Verb verb, const std::string& label, Random& random) {
  Statement rule;
  rule.label = label;
  rule.verb = verb;
  rule.subjects = random_list(policy, 15, random, [&] { return random_subject(policy, random); });
  if (verb != Verb::require || random.chance(60)) {
    rule.features = random_list(policy, 15, random, [&] { return random_feature(policy, random); });
  }
  rule.objects = random_objects(policy, rule, random);
  if (!policy.contexts.empty() && random.chance(40)) rule.when = random_when(policy, random);
  const bool is_rule = verb != Verb::require && verb != Verb::never && verb != Verb::always;
  if (verb == Verb::require)
    rule.controls = random.sample(policy.controls, random.between(1, 2));
  else if (verb == Verb::allow && random.chance(30))
    rule.controls = random.sample(policy.controls, random.between(1, 2));
  if (is_rule && random.chance(8)) {
    const std::vector<std::string> before = {"2025-01-01", "2026-11-22", std::string(today)};
    const std::vector<std::string> after = {std::string(today), "2026-11-24", "2026-12-23", "2026-12-24"};
    const std::size_t roll = random.below(100);
    if (roll < 60) rule.from = random.pick(roll < 40 ? before : after);
    if (roll >= 40) rule.until = roll < 60 ? "2027-12-31" : random.pick(roll < 90 ? after : before);
  }
  if (!is_rule || random.chance(verb == Verb::allow ? 75 : 20)) rule.because = fmt::format("Reason of {}", label);
  if (verb == Verb::require) rule.because.clear();
  return rule;
}

Policy with_facts(Policy policy, Random& random) {
  std::vector<std::string> features = names_of(policy.features);
  std::vector<std::string> anything = features;
  anything.insert(anything.end(), policy.controls.begin(), policy.controls.end());
  for (oracle::Feature& feature : policy.features) {
    std::vector<std::string> others = anything;
    std::erase(others, feature.name);
    if (random.chance(25)) feature.needs = random.sample(others, random.between(1, 2));
    if (random.chance(25)) feature.excludes = random.sample(others, random.between(1, 2));
  }
  if (policy.controls.size() > 1 && random.chance(50)) {
    const auto pair = random.sample(policy.controls, 2);
    policy.exclusive.push_back({pair[0], pair[1]});
  }
  for (oracle::Role& role : policy.roles) {
    if (!policy.tiers.empty() && random.chance(30)) role.clearance = random.pick(policy.tiers);
  }
  for (std::size_t count = random.below(3); count > 0; --count) {
    const bool of_features = random.chance(50);
    const auto names = random.sample(of_features ? features : names_of(policy.roles), random.between(2, 4));
    policy.separations.push_back({fmt::format("s{}", count), of_features, names, random.between(1, names.size() - 1)});
  }
  return policy;
}

Policy generate_policy(std::uint32_t seed) {
  Random random(seed);
  Policy policy;
  declare_roles(policy, random);
  declare_objects(policy, random);
  declare_features(policy, random);
  declare_contexts(policy, random);
  declare_lists(policy, random);
  const std::size_t count = random.between(3, 12);
  for (std::size_t at = 1; at <= count; ++at) {
    policy.statements.push_back(random_rule(policy, random_verb(policy, random), fmt::format("r{}", at), random));
  }
  return random.chance(33) ? without_errors(policy, random) : policy;
}

}  // namespace property
