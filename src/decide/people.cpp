#include "decide/people.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/sorted.h"
#include "decide/overlay.h"

namespace farol::decide {
namespace {

// Over the contexts of all the cells that a person's answer depends on. Where these have more combinations than one
// cell may have, nothing counts as had alone: what is then denied is reported as any other allow that none of the roles
// has.
struct Alone {
  std::vector<ContextId> contexts;
  std::vector<std::pair<RoleId, base::BitSet>> by_role;
  base::BitSet anyone;
};

Alone alone(const Model& model, const Decisions& decisions, const Person& person, const Cell& joined, FeatureId feature,
            ObjectId object) {
  Alone result{joined.contexts, {}, {}};
  for (const RoleId role : person.roles) {
    result.contexts = base::united(result.contexts, decisions.cell(model, role, feature, object).contexts);
  }
  const bool too_many = combinations(model, result.contexts) > model::max_combinations;
  if (too_many) result.contexts = joined.contexts;
  const std::size_t size = combinations(model, result.contexts);
  result.anyone = base::BitSet{size};
  for (const RoleId role : person.roles) {
    const Cell& cell = decisions.cell(model, role, feature, object);
    base::BitSet where{size};
    for (const Segment& segment : cell.segments) {
      if (!too_many && segment.effect == Effect::allow)
        where |= widen(model, cell.contexts, segment.where, result.contexts);
    }
    result.anyone |= where;
    result.by_role.emplace_back(role, std::move(where));
  }
  return result;
}

void add(PersonCell& cell, PersonSegment::Cause cause, Segment answer, base::BitSet where) {
  if (where.none()) return;
  if (cause != PersonSegment::Cause::decided) {
    answer.effect = Effect::deny;
    answer.controls.clear();
  }
  answer.where = std::move(where);
  cell.segments.push_back({cause, std::move(answer)});
}

PersonCell person_cell(const Model& model, const Cell& joined, const Alone& alone) {
  using Cause = PersonSegment::Cause;
  PersonCell result{alone.contexts, {}};
  for (const Segment& segment : joined.segments) {
    base::BitSet where = widen(model, joined.contexts, segment.where, alone.contexts);
    if (segment.effect == Effect::conflict) {
      add(result, Cause::roles_disagree, segment, std::move(where));
    } else if (segment.effect == Effect::allow) {
      add(result, Cause::decided, segment, where & alone.anyone);
      add(result, Cause::none_alone, segment, where - alone.anyone);
    } else {
      add(result, Cause::decided, segment, std::move(where));
    }
  }
  return result;
}

// Places by what they have in common; objects with equal answers are one place.
template <class Key>
class Grouped {
 public:
  void add(const Key& key, FeatureId feature, ObjectId object, const std::vector<ContextId>& contexts,
           const base::BitSet& where) {
    auto& places = groups_[key];
    const auto same = std::find_if(places.begin(), places.end(), [&](const Place& place) {
      return place.feature == feature && place.contexts == contexts && place.where == where;
    });
    if (same != places.end()) {
      same->objects.push_back(object);
    } else {
      places.push_back({RoleId::none(), feature, {object}, contexts, where});
    }
  }
  [[nodiscard]] const std::map<Key, std::vector<Place>>& groups() const { return groups_; }

 private:
  std::map<Key, std::vector<Place>> groups_;
};

// What a person is told, as a cell of its own.
Cell answers_of(const PersonCell& person) {
  Cell cell;
  cell.contexts = person.contexts;
  for (const PersonSegment& segment : person.segments) cell.segments.push_back(segment.answer);
  return cell;
}

bool may_somewhere(const Model& model, const Decisions& decisions, const Person& person, FeatureId feature) {
  const auto& objects = model.objects_of(model[feature].acts_on);
  return std::any_of(objects.begin(), objects.end(), [&](ObjectId object) {
    return allows_something(answers_of(person_cell(model, decisions, person, feature, object)));
  });
}

}  // namespace

Person person_of(const Decisions& decisions, RoleId decided_as, std::vector<RoleId> roles) {
  Person person;
  person.roles = std::move(roles);
  std::map<const Table*, std::uint32_t> known;
  for (std::size_t f = 0; f < decisions.rows.size(); ++f) {
    const Table& table = decisions.table(decided_as, FeatureId{f});
    const auto [entry, fresh] = known.try_emplace(&table, static_cast<std::uint32_t>(person.tables.size()));
    if (fresh) person.tables.push_back(table);
    person.by_feature.push_back(entry->second);
  }
  return person;
}

std::vector<RoleId> counting(const Model& model, std::vector<RoleId> roles) {
  base::sort_unique(roles);
  std::vector<RoleId> result;
  for (const RoleId role : roles) {
    const bool inherited = std::any_of(roles.begin(), roles.end(),
                                       [&](RoleId other) { return other != role && model.is_ancestor(role, other); });
    if (!inherited) result.push_back(role);
  }
  return result;
}

PersonCell person_cell(const Model& model, const Decisions& decisions, const Person& person, FeatureId feature,
                       ObjectId object) {
  const Cell& joined = cell_of(model, person.table(feature), object);
  if (person.roles.size() > 1)
    return person_cell(model, joined, alone(model, decisions, person, joined, feature, object));
  PersonCell result{joined.contexts, {}};
  for (const Segment& segment : joined.segments) result.segments.push_back({PersonSegment::Cause::decided, segment});
  return result;
}

Cell cell_of_person(const Model& model, const Decisions& decisions, const Person& person, FeatureId feature,
                    ObjectId object) {
  return answers_of(person_cell(model, decisions, person, feature, object));
}

std::vector<Answer> grants_of_person(const Model& model, const Decisions& decisions, const Person& person,
                                     FeatureId feature) {
  Table table;
  for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
    table.cells.push_back(cell_of_person(model, decisions, person, feature, object));
    table.cells.back().objects = {object};
  }
  std::vector<Answer> grants = answers_in(model, table, feature);
  std::erase_if(grants, [](const Answer& answer) { return answer.effect != Effect::allow; });
  const std::vector<RoleId> roles = person.roles.empty() ? std::vector{model.nobody()} : person.roles;
  for (Answer& grant : grants) {
    for (const RoleId role : roles) {
      const bool alone = std::any_of(grant.objects.begin(), grant.objects.end(), [&](ObjectId object) {
        return allows_something(decisions.cell(model, role, feature, object));
      });
      if (alone) grant.roles.push_back(role);
    }
  }
  return grants;
}

std::optional<Surplus> find_surplus(const Model& model, const Decisions& decisions, const Cell& person,
                                    const std::vector<RoleId>& given, FeatureId feature, ObjectId object) {
  std::optional<Surplus> surplus;
  const auto is_surplus = [](const Segment& all, const Segment& one) { return !is_allowed(all) && is_allowed(one); };
  const auto add = [&](const Segment& all, const Segment& one, const std::vector<ContextId>&, const base::BitSet&) {
    if (!surplus) surplus.emplace();
    const std::vector<RuleId>& rules = all.rules.empty() ? one.rules : all.rules;
    surplus->rules = base::united(surplus->rules, rules);
  };
  for (const RoleId role : given)
    static_cast<void>(overlay(model, person, decisions.cell(model, role, feature, object), is_surplus, add));
  return surplus;
}

std::vector<Disagreement> find_disagreements(const Model& model, const Decisions& decisions, const Person& person) {
  using Kind = Disagreement::Kind;
  using Cause = PersonSegment::Cause;
  if (person.roles.size() < 2) return {};
  Grouped<std::tuple<Kind, std::vector<RoleId>, std::vector<RuleId>>> found;
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    const FeatureId feature{f};
    for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
      const Cell& joined = cell_of(model, person.table(feature), object);
      const Alone had = alone(model, decisions, person, joined, feature, object);
      for (const PersonSegment& segment : person_cell(model, joined, had).segments) {
        if (segment.answer.effect == Effect::allow) continue;
        // Split by which roles have it alone, so that each group can name them.
        std::map<std::vector<RoleId>, base::BitSet> by_roles;
        for (std::size_t at = 0; at < segment.answer.where.size(); ++at) {
          if (!segment.answer.where.test(at)) continue;
          std::vector<RoleId> roles;
          for (const auto& [role, where] : had.by_role) {
            if (where.test(at)) roles.push_back(role);
          }
          if (roles.empty() && segment.cause == Cause::decided) continue;
          by_roles.try_emplace(std::move(roles), base::BitSet{segment.answer.where.size()}).first->second.set(at);
        }
        const Kind kind = segment.cause == Cause::roles_disagree ? Kind::roles_disagree
                          : segment.cause == Cause::none_alone   ? Kind::none_alone
                                                                 : Kind::taken;
        for (const auto& [roles, where] : by_roles)
          found.add({kind, roles, segment.answer.rules}, feature, object, had.contexts, where);
      }
    }
  }
  std::vector<Disagreement> result;
  for (const auto& [key, places] : found.groups())
    result.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), places});
  return result;
}

std::vector<Violation> find_violations(const Model& model, const Decisions& decisions, const Person& person) {
  std::vector<Violation> result;
  for (std::size_t i = 0; i < model.separations.size(); ++i) {
    const model::Separation& separation = model.separations[i];
    Violation violation{i, {}, {}};
    for (const RoleId role : separation.roles) {
      if (std::any_of(person.roles.begin(), person.roles.end(),
                      [&](RoleId held) { return model.is_ancestor(role, held); }))
        violation.roles.push_back(role);
    }
    for (const FeatureId feature : separation.features) {
      if (may_somewhere(model, decisions, person, feature)) violation.features.push_back(feature);
    }
    if (violation.roles.size() > separation.at_most || violation.features.size() > separation.at_most)
      result.push_back(std::move(violation));
  }
  return result;
}

std::vector<PersonChange> compare_people(const Model& model, const Decisions& decisions, const Person& before,
                                         const Person& after) {
  using Kind = PersonChange::Kind;
  Grouped<Kind> found;
  if (before.roles == after.roles) return {};
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    const FeatureId feature{f};
    for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
      const Cell old = answers_of(person_cell(model, decisions, before, feature, object));
      const Cell now = answers_of(person_cell(model, decisions, after, feature, object));
      const auto moves = [](const Segment& was, const Segment& is) {
        return is_allowed(was) != is_allowed(is) || (is_allowed(is) && was.controls != is.controls);
      };
      const auto add = [&](const Segment& was, const Segment& is, const std::vector<ContextId>& contexts,
                           const base::BitSet& where) {
        const Kind kind = is_allowed(was) == is_allowed(is) ? Kind::controls
                          : is_allowed(is)                  ? Kind::gains
                                                            : Kind::loses;
        found.add(kind, feature, object, contexts, where);
      };
      static_cast<void>(overlay(model, old, now, moves, add));
    }
  }
  std::vector<PersonChange> result;
  for (const auto& [kind, places] : found.groups()) result.push_back({kind, places});
  return result;
}

}  // namespace farol::decide
