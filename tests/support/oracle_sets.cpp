#include "oracle_sets.h"

#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <stdexcept>

namespace oracle {
namespace {

// Undeclared members end in this sign, which no declared name holds.
constexpr char undeclared_mark = '+';

bool is_declared(const std::string& member) { return !member.ends_with(undeclared_mark); }

bool has_declared_member(const Set& set) { return std::any_of(set.begin(), set.end(), is_declared); }

bool is_inside(const Set& inner, const Set& outer) {
  return inner.size() <= outer.size() && std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
}

// Every possible subject with the roles that it has: the declared roles, one more heir of each, one more role that
// inherits nothing, and whoever holds no role.
std::map<std::string, Set> subject_universe(const Policy& policy) {
  std::map<std::string, Set> universe;
  for (const Role& role : policy.roles) {
    universe[role.name] = ancestors_of(policy, role.name);
    universe[role.name + undeclared_mark] = ancestors_of(policy, role.name);
  }
  universe[std::string(1, undeclared_mark)] = {};
  universe[std::string(nobody)] = {};
  return universe;
}

// The leaf features, one more in each namespace, and one more outside of all.
Set feature_universe(const Policy& policy) {
  Set universe = {std::string(1, undeclared_mark)};
  for (const Feature& feature : policy.features) {
    universe.insert(feature.name);
    for (std::size_t dot = feature.name.find('.'); dot != std::string::npos; dot = feature.name.find('.', dot + 1)) {
      universe.insert(feature.name.substr(0, dot + 1) + undeclared_mark);
    }
  }
  return universe;
}

constexpr Kind thing_kinds[] = {Kind::app, Kind::group, Kind::place, Kind::department};

// The unclassed data of each tier and one more class there, the declared classes and things, what is none of these, and
// one more object of no declared sort.
Set object_universe(const Policy& policy) {
  Set universe = {std::string(1, undeclared_mark), std::string(no_object)};
  for (const std::string& tier : tier_names(policy)) universe.merge(Set{tier, tier + undeclared_mark});
  for (const DataClass& one : policy.data) universe.insert(one.name);
  for (const Thing& thing : policy.things) universe.insert(thing.name);
  for (const Kind kind : thing_kinds) universe.insert(other_thing(kind));
  return universe;
}

Set members_of(const Policy& policy, const Term& term) {
  Set members;
  switch (term.form) {
    case Term::Form::everyone:
      for (const auto& [subject, roles] : subject_universe(policy)) members.insert(subject);
      break;
    case Term::Form::role:
      for (const auto& [subject, roles] : subject_universe(policy)) {
        if (roles.contains(term.name)) members.insert(subject);
      }
      break;
    case Term::Form::everything: return feature_universe(policy);
    case Term::Form::wildcard:
      for (const std::string& feature : feature_universe(policy)) {
        if (feature.starts_with(term.name + ".")) members.insert(feature);
      }
      break;
    case Term::Form::tier:
      members = {term.name, term.name + undeclared_mark};
      for (const DataClass& one : policy.data) {
        if (one.tier == term.name) members.insert(one.name);
      }
      break;
    case Term::Form::all: return object_universe(policy);
    case Term::Form::exactly:
    case Term::Form::feature:
    case Term::Form::data:
    case Term::Form::thing: return {term.name};
    case Term::Form::or_below:
    case Term::Form::or_above:
    case Term::Form::range:
    case Term::Form::named_list: throw std::logic_error("this term is a list of others");
  }
  return members;
}

// A range is the list of its tiers; any other term is itself.
std::vector<Term> written_out(const Policy& policy, const Term& term) {
  const auto position = [&](const std::string& tier) {
    return std::find(policy.tiers.begin(), policy.tiers.end(), tier);
  };
  auto first = policy.tiers.begin();
  auto last = policy.tiers.end();
  switch (term.form) {
    case Term::Form::or_below: last = position(term.name) + 1; break;
    case Term::Form::or_above: first = position(term.name); break;
    case Term::Form::range:
      first = position(term.name);
      last = position(term.upper) + 1;
      break;
    case Term::Form::everyone:
    case Term::Form::role:
    case Term::Form::exactly:
    case Term::Form::feature:
    case Term::Form::wildcard:
    case Term::Form::everything:
    case Term::Form::tier:
    case Term::Form::data:
    case Term::Form::thing:
    case Term::Form::all:
    case Term::Form::named_list: return {term};
  }
  std::vector<Term> tiers;
  for (; first < last; ++first) tiers.push_back({.form = Term::Form::tier, .name = *first});
  return tiers;
}

std::vector<Expanded> expand_terms(const Policy& policy, const std::vector<Term>& terms) {
  std::vector<Expanded> result;
  for (const Term& term : terms) {
    if (term.form == Term::Form::named_list) {
      for (Expanded& one : expand(policy, named(policy.lists, term.name).list)) result.push_back(std::move(one));
      continue;
    }
    for (const Term& one : written_out(policy, term)) result.push_back({one, members_of(policy, one)});
  }
  return result;
}

std::set<Tuple> contexts_of(const Policy& policy, const Statement& statement) {
  std::set<Tuple> result;
  for (const Tuple& tuple : tuples_of(policy)) {
    if (!statement.when || holds(policy, *statement.when, tuple)) result.insert(tuple);
  }
  return result;
}

// Left out, an object list means all, and the feature list of a `require` means everything.
std::vector<Expanded> object_terms(const Policy& policy, const Statement& statement) {
  const List all = {.terms = {{.form = Term::Form::all}}, .except = {}};
  return expand(policy, statement.objects.terms.empty() ? all : statement.objects);
}

std::vector<Expanded> feature_terms(const Policy& policy, const Statement& statement) {
  const List everything = {.terms = {{.form = Term::Form::everything}}, .except = {}};
  return expand(policy, statement.features.terms.empty() ? everything : statement.features);
}

bool is_wildcard(const Term& term) { return term.form == Term::Form::wildcard || term.form == Term::Form::everything; }

// Whether a feature acts on some object of a term.
bool fits(const Policy& policy, const Feature& feature, const Expanded& objects) {
  const std::vector<std::string> acts_on = objects_of(policy, feature);
  return std::any_of(acts_on.begin(), acts_on.end(),
                     [&](const std::string& object) { return objects.members.contains(object); });
}

// The features of a term that act on such objects, with its undeclared members, which may act on anything.
Set features_that_fit(const Policy& policy, const Expanded& features, const Expanded& objects) {
  Set result;
  for (const std::string& feature : features.members) {
    if (!is_declared(feature) || fits(policy, named(policy.features, feature), objects)) result.insert(feature);
  }
  return result;
}

bool has_wrong_object(const Policy& policy, const Statement& statement) {
  const std::vector<Expanded> objects = object_terms(policy, statement);
  for (const Expanded& features : feature_terms(policy, statement)) {
    std::size_t fitting = 0;
    for (const Expanded& one : objects) {
      if (has_declared_member(features_that_fit(policy, features, one))) ++fitting;
    }
    if (is_wildcard(features.term) ? fitting == 0 && !objects.empty() : fitting < objects.size()) return true;
  }
  return false;
}

bool allows_data_without_object(const Policy& policy, const Statement& statement) {
  if (statement.verb != Verb::allow || !statement.objects.terms.empty()) return false;
  for (const Expanded& features : feature_terms(policy, statement)) {
    for (const std::string& feature : features.members) {
      if (!is_declared(feature)) continue;
      const Kind kind = named(policy.features, feature).acts_on;
      if (kind == Kind::data || kind == Kind::tier) return true;
    }
  }
  return false;
}

// A list without a term left, or a namespace without features.
bool matches_nothing(const Policy& policy, const List& list) {
  for (const std::vector<Term>& terms : {list.terms, list.except}) {
    for (const Term& term : terms) {
      if (term.form == Term::Form::wildcard && members_of(policy, term).empty()) return true;
    }
  }
  return !list.terms.empty() && expand(policy, list).empty();
}

bool uses_list(const List& list, const Set& names) {
  for (const std::vector<Term>& terms : {list.terms, list.except}) {
    for (const Term& term : terms) {
      if (term.form == Term::Form::named_list && names.contains(term.name)) return true;
    }
  }
  return false;
}

bool uses_condition(const Condition& condition, const Set& names) {
  return (condition.form == Condition::Form::named && names.contains(condition.name)) ||
         std::any_of(condition.operands.begin(), condition.operands.end(),
                     [&](const Condition& operand) { return uses_condition(operand, names); });
}

// The lists that are wrong are added to `wrong`; those that use them are unusable too. A name stands after what it
// uses.
Set find_unusable_lists(const Policy& policy, Set& wrong) {
  Set unusable;
  for (const NamedList& one : policy.lists) {
    const bool uses_unusable = uses_list(one.list, unusable);
    if (!uses_unusable && matches_nothing(policy, one.list)) wrong.insert(one.name);
    if (uses_unusable || wrong.contains(one.name)) unusable.insert(one.name);
  }
  return unusable;
}

Set find_unusable_conditions(const Policy& policy, Set& wrong) {
  Set unusable;
  for (const NamedCondition& one : policy.conditions) {
    const bool uses_unusable = uses_condition(one.condition, unusable);
    if (!uses_unusable && !is_ever_true(policy, one.condition)) wrong.insert(one.name);
    if (uses_unusable || wrong.contains(one.name)) unusable.insert(one.name);
  }
  return unusable;
}

}  // namespace

std::vector<Expanded> expand(const Policy& policy, const List& list) {
  std::vector<Expanded> result;
  const std::vector<Expanded> excepted = expand_terms(policy, list.except);
  for (Expanded& one : expand_terms(policy, list.terms)) {
    for (const Expanded& taken : excepted) {
      for (const std::string& member : taken.members) one.members.erase(member);
    }
    if (has_declared_member(one.members)) result.push_back(std::move(one));
  }
  return result;
}

bool covers_cell(const Part& part, const Point& point) {
  return part.features.contains(point.feature) && part.objects.contains(point.object);
}

bool contains(const Part& part, const Point& point) {
  return covers_cell(part, point) && part.subjects.contains(point.subject) && part.contexts.contains(point.context);
}

bool is_more_special(const Part& narrow, const Part& wide) {
  const bool inside =
      is_inside(narrow.subjects, wide.subjects) && is_inside(narrow.features, wide.features) &&
      is_inside(narrow.objects, wide.objects) &&
      std::includes(wide.contexts.begin(), wide.contexts.end(), narrow.contexts.begin(), narrow.contexts.end());
  const bool equal = narrow.subjects == wide.subjects && narrow.features == wide.features &&
                     narrow.objects == wide.objects && narrow.contexts == wide.contexts;
  return inside && !equal;
}

std::vector<Part> parts_of(const Policy& policy, std::size_t index) {
  const Statement& statement = policy.statements.at(index);
  std::vector<Expanded> subjects = expand(policy, statement.subjects);
  if (statement.verb == Verb::only) {
    Expanded group = {{.form = Term::Form::everyone, .name = {}, .upper = {}}, {}};
    for (Expanded& one : subjects) group.members.merge(one.members);
    subjects = {group};
  }
  std::vector<Part> parts;
  for (const Expanded& who : subjects) {
    for (const Expanded& what : feature_terms(policy, statement)) {
      for (const Expanded& which : object_terms(policy, statement)) {
        parts.push_back({index,
                         who.members,
                         features_that_fit(policy, what, which),
                         which.members,
                         contexts_of(policy, statement),
                         {text_of(who.term), text_of(what.term), text_of(which.term)}});
      }
    }
  }
  return parts;
}

Misshapen find_misshapen(const Policy& policy) {
  Misshapen found;
  const Set unusable_lists = find_unusable_lists(policy, found.lists);
  const Set unusable_conditions = find_unusable_conditions(policy, found.conditions);
  for (std::size_t at = 0; at < policy.statements.size(); ++at) {
    const Statement& statement = policy.statements[at];
    bool usable = true;
    if (statement.when && uses_condition(*statement.when, unusable_conditions)) {
      usable = false;
    } else if (statement.when && !is_ever_true(policy, *statement.when)) {
      found.impossible_condition.insert(at);
    }
    for (const List* list : {&statement.subjects, &statement.features, &statement.objects}) {
      if (uses_list(*list, unusable_lists)) {
        usable = false;
      } else if (matches_nothing(policy, *list)) {
        found.matches_nothing.insert(at);
      }
    }
    if (!usable) found.unusable.insert(at);
    if (uses_list(statement.features, unusable_lists) || uses_list(statement.objects, unusable_lists)) continue;
    if (has_wrong_object(policy, statement)) found.wrong_object.insert(at);
    if (allows_data_without_object(policy, statement)) found.allow_without_object.insert(at);
  }
  for (const auto* statements :
       {&found.matches_nothing, &found.wrong_object, &found.allow_without_object, &found.impossible_condition}) {
    found.unusable.insert(statements->begin(), statements->end());
  }
  return found;
}

}  // namespace oracle
