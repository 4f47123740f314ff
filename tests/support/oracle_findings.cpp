#include "oracle_findings.h"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace oracle {
namespace {

bool is_rule(Verb verb) {
  return verb == Verb::allow || verb == Verb::deny || verb == Verb::forbid || verb == Verb::only;
}

// One policy with its decisions, and the questions that several findings ask of them.
struct View {
  const Policy& policy;
  const Decisions& decisions;

  Verb verb_of(std::size_t statement) const { return policy.statements[statement].verb; }

  // The parts in force of the statements with this verb.
  std::vector<std::size_t> parts_with(Verb verb) const {
    std::vector<std::size_t> result;
    for (std::size_t at = 0; at < decisions.parts.size(); ++at) {
      if (verb_of(decisions.parts[at].statement) == verb) result.push_back(at);
    }
    return result;
  }

  std::set<std::size_t> rules_in_force() const { return oracle::rules_in_force(policy, decisions); }

  bool decides_somewhere(std::size_t statement) const {
    return std::any_of(decisions.answers.begin(), decisions.answers.end(),
                       [&](const auto& entry) { return entry.second.deciding.contains(statement); });
  }

  // The points of a statement's product; for an `only`, those of its group where its condition holds.
  std::set<Point> points_of(std::size_t statement) const {
    std::set<Point> points;
    for (const Part& part : decisions.parts) {
      if (part.statement != statement) continue;
      for (const auto& [point, answer] : decisions.answers) {
        if (contains(part, point)) points.insert(point);
      }
    }
    return points;
  }

  bool is_allowed(const Point& point) const { return decisions.answers.at(point).effect == Effect::allow; }

  bool allows_something_in(std::size_t statement) const {
    const std::set<Point> points = points_of(statement);
    return std::any_of(points.begin(), points.end(), [&](const Point& point) { return is_allowed(point); });
  }
};

void find_conflicts(const View& view, Findings& found) {
  for (const auto& [point, answer] : view.decisions.answers) {
    if (answer.effect == Effect::conflict) found.conflict[point] = answer.deciding;
  }
}

// An allow that decides a point and is more special than a deny there.
void find_pierced(const View& view, Findings& found) {
  const std::vector<std::size_t> denies = view.parts_with(Verb::deny);
  for (const auto& [point, answer] : view.decisions.answers) {
    for (const std::size_t deciding : answer.deciding_parts) {
      const Part& allow = view.decisions.parts[deciding];
      if (view.verb_of(allow.statement) != Verb::allow) continue;
      for (const std::size_t at : denies) {
        const Part& deny = view.decisions.parts[at];
        if (!contains(deny, point) || !is_more_special(allow, deny)) continue;
        found.pierced_deny[deny.statement].insert(allow.statement);
        if (view.policy.statements[allow.statement].because.empty()) {
          found.exception_without_reason.insert(allow.statement);
        }
      }
    }
  }
}

// The controls that rules which decide somewhere, and every `require`, give at a point.
Set given_by_deciding(const View& view, const Point& point) {
  Set given;
  for (const Part& part : view.decisions.parts) {
    const Statement& statement = view.policy.statements[part.statement];
    const bool gives =
        statement.verb == Verb::require || (statement.verb == Verb::allow && view.decides_somewhere(part.statement));
    if (gives && contains(part, point)) given.insert(statement.controls.begin(), statement.controls.end());
  }
  return given;
}

bool gives_alone(const View& view, std::size_t rule) {
  const Statement& statement = view.policy.statements[rule];
  if (statement.verb != Verb::allow || statement.controls.empty()) return false;
  const std::set<Point> points = view.points_of(rule);
  return std::any_of(points.begin(), points.end(), [&](const Point& point) {
    if (!view.is_allowed(point)) return false;
    const Set given = given_by_deciding(view, point);
    return std::any_of(statement.controls.begin(), statement.controls.end(),
                       [&](const std::string& control) { return !given.contains(control); });
  });
}

void find_idle_rules(const View& view, Findings& found) {
  for (const std::size_t rule : view.rules_in_force()) {
    if (view.decides_somewhere(rule)) continue;
    found.idle_rule.insert(rule);
    if (!gives_alone(view, rule)) found.shadowed_rule.insert(rule);
    if (view.verb_of(rule) == Verb::deny && view.allows_something_in(rule)) found.deny_without_effect.insert(rule);
  }
}

void find_idle_terms(const View& view, Findings& found) {
  std::set<IdleTerm> all;
  std::set<IdleTerm> deciding;
  std::map<std::pair<std::size_t, std::size_t>, std::set<std::string>> terms;
  for (std::size_t at = 0; at < view.decisions.parts.size(); ++at) {
    const Part& part = view.decisions.parts[at];
    if (!is_rule(view.verb_of(part.statement)) || found.idle_rule.contains(part.statement)) continue;
    const bool decides = std::any_of(view.decisions.answers.begin(), view.decisions.answers.end(),
                                     [&](const auto& entry) { return entry.second.deciding_parts.contains(at); });
    for (std::size_t list = 0; list < part.terms.size(); ++list) {
      const IdleTerm term = {part.statement, list, part.terms[list]};
      terms[{part.statement, list}].insert(term.term);
      all.insert(term);
      if (decides) deciding.insert(term);
    }
  }
  for (const IdleTerm& term : all) {
    if (terms[{term.statement, term.list}].size() > 1 && !deciding.contains(term)) found.part_shadowed.insert(term);
  }
}

void find_privileged_by_wildcard(const View& view, Findings& found) {
  Set admins;
  for (const Role& role : view.policy.roles) {
    if (role.admin) admins.insert(role.name);
  }
  // Whoever inherits an administrator's role is one.
  Set plain = {std::string(nobody)};
  for (const Role& role : view.policy.roles) {
    const Set ancestors = ancestors_of(view.policy, role.name);
    if (std::none_of(ancestors.begin(), ancestors.end(),
                     [&](const std::string& one) { return admins.contains(one); })) {
      plain.insert(role.name);
    }
  }
  for (const std::size_t at : view.parts_with(Verb::allow)) {
    const Part& part = view.decisions.parts[at];
    const bool is_wildcard = part.terms[1] == "everything" || part.terms[1].ends_with(".*");
    const bool reaches_privileged =
        std::any_of(view.policy.features.begin(), view.policy.features.end(),
                    [&](const Feature& feature) { return feature.privileged && part.features.contains(feature.name); });
    const bool reaches_plain = std::any_of(plain.begin(), plain.end(),
                                           [&](const std::string& subject) { return part.subjects.contains(subject); });
    if (is_wildcard && reaches_privileged && reaches_plain) found.privileged_by_wildcard.insert(part.statement);
  }
}

// Several `only` on one cell whose refusals together reach everybody, in every context.
void find_nobody_left(const View& view, Findings& found) {
  const std::vector<std::size_t> onlys = view.parts_with(Verb::only);
  std::map<Cell, std::set<std::size_t>> statements;
  std::map<Cell, bool> shuts_out = {};
  for (const auto& [point, answer] : view.decisions.answers) {
    const Cell cell = {point.feature, point.object};
    bool is_refused = false;
    for (const std::size_t at : onlys) {
      const Part& part = view.decisions.parts[at];
      if (!covers_cell(part, point)) continue;
      statements[cell].insert(part.statement);
      if (!contains(part, point)) is_refused = true;
    }
    const auto entry = shuts_out.try_emplace(cell, true).first;
    entry->second = entry->second && is_refused;
  }
  for (const auto& [cell, covering] : statements) {
    if (covering.size() > 1 && shuts_out.at(cell)) found.nobody_left[cell] = covering;
  }
}

void find_broken_guardrails(const View& view, Findings& found) {
  for (const Part& part : view.decisions.parts) {
    const Verb verb = view.verb_of(part.statement);
    if (verb != Verb::never && verb != Verb::always) continue;
    for (const auto& [point, answer] : view.decisions.answers) {
      if (!contains(part, point)) continue;
      if (verb == Verb::never && answer.effect == Effect::allow) found.never_violated[part.statement].insert(point);
      if (verb == Verb::always && answer.effect != Effect::allow) found.always_violated[part.statement].insert(point);
      if (!view.decisions.governed.contains(point.feature) && answer.effect == Effect::none) {
        found.left_to_platform.insert({part.statement, point.feature});
      }
    }
  }
}

// The same verb, sets and controls, in force over the same days.
void find_duplicates(const View& view, Findings& found) {
  using Product = std::tuple<Set, Set, Set, std::set<Tuple>>;
  const auto products_of = [&](std::size_t rule) {
    std::set<Product> products;
    for (const Part& part : view.decisions.parts) {
      if (part.statement == rule) products.insert({part.subjects, part.features, part.objects, part.contexts});
    }
    return products;
  };
  const std::set<std::size_t> rules = view.rules_in_force();
  for (const std::size_t first : rules) {
    for (const std::size_t second : rules) {
      const Statement& a = view.policy.statements[first];
      const Statement& b = view.policy.statements[second];
      if (first < second && a.verb == b.verb && a.from == b.from && a.until == b.until &&
          Set(a.controls.begin(), a.controls.end()) == Set(b.controls.begin(), b.controls.end()) &&
          products_of(first) == products_of(second)) {
        found.duplicate_rule.insert({first, second});
      }
    }
  }
}

void find_inversions(const View& view, Findings& found) {
  const std::vector<std::string>& tiers = view.policy.tiers;
  for (const auto& [point, answer] : view.decisions.answers) {
    const auto tier = std::find(tiers.begin(), tiers.end(), point.object);
    if (tier == tiers.end() || answer.effect != Effect::deny) continue;
    for (auto higher = tier + 1; higher != tiers.end(); ++higher) {
      if (view.is_allowed({point.subject, point.feature, *higher, point.context})) {
        found.tier_inversion.insert({point.subject, point.feature, *tier, *higher, point.context});
      }
    }
  }
}

void find_same_permissions(const View& view, Findings& found) {
  const auto row_of = [&](const std::string& role) {
    std::map<Point, std::pair<Effect, Set>> row;
    for (const auto& [point, answer] : view.decisions.answers) {
      if (point.subject == role)
        row[{"", point.feature, point.object, point.context}] = {answer.effect, answer.controls};
    }
    return row;
  };
  const auto inherits = [&](const std::string& heir, const std::string& role) {
    return ancestors_of(view.policy, heir).contains(role);
  };
  for (const Role& a : view.policy.roles) {
    const auto row = row_of(a.name);
    const bool allows =
        std::any_of(row.begin(), row.end(), [](const auto& entry) { return entry.second.first == Effect::allow; });
    for (const Role& b : view.policy.roles) {
      if (a.name < b.name && allows && !inherits(a.name, b.name) && !inherits(b.name, a.name) &&
          row == row_of(b.name)) {
        found.same_permissions.insert({a.name, b.name});
      }
    }
  }
}

void find_empty_permissions(const View& view, Findings& found) {
  for (const std::size_t rule : view.rules_in_force()) {
    if (view.verb_of(rule) == Verb::only && !view.allows_something_in(rule)) found.only_without_grant.insert(rule);
  }
  found.nobody_may = view.decisions.governed;
  for (const auto& [point, answer] : view.decisions.answers) {
    if (answer.effect == Effect::allow || answer.effect == Effect::conflict) found.nobody_may.erase(point.feature);
  }
}

void find_separations(const View& view, Findings& found) {
  for (const Separation& separation : view.policy.separations) {
    for (const Role& role : view.policy.roles) {
      const Set ancestors = ancestors_of(view.policy, role.name);
      Set held;
      for (const std::string& name : separation.names) {
        if (ancestors.contains(name)) held.insert(name);
      }
      if (!separation.features && held.size() > separation.at_most)
        found.duties_not_separated[{separation.label, role.name}] = held;
    }
    if (!separation.features) continue;
    for (const std::string& subject : subjects_of(view.policy)) {
      Set allowed;
      for (const auto& [point, answer] : view.decisions.answers) {
        const bool named =
            std::find(separation.names.begin(), separation.names.end(), point.feature) != separation.names.end();
        if (named && point.subject == subject && answer.effect == Effect::allow) allowed.insert(point.feature);
      }
      if (allowed.size() > separation.at_most) found.separated_features[separation.label].insert(subject);
    }
  }
}

// The points of another feature beside a point: on the same object where that feature can be on it, else on any.
std::vector<Point> beside(const View& view, const Point& point, const Feature& other) {
  const std::vector<std::string> all = objects_of(view.policy, other);
  const bool same = std::find(all.begin(), all.end(), point.object) != all.end();
  std::vector<Point> points;
  for (const std::string& object : same ? std::vector<std::string>{point.object} : all)
    points.push_back({point.subject, other.name, object, point.context});
  return points;
}

bool is_allowed_beside(const View& view, const Point& point, const Feature& other) {
  const std::vector<Point> points = beside(view, point, other);
  return std::any_of(points.begin(), points.end(), [&](const Point& one) { return view.is_allowed(one); });
}

// A feature that nothing governs is there, or may be, where nobody is refused.
bool may_be_beside(const View& view, const Point& point, const Feature& other) {
  const std::vector<Point> points = beside(view, point, other);
  return std::any_of(points.begin(), points.end(), [&](const Point& one) {
    const Effect effect = view.decisions.answers.at(one).effect;
    return effect == Effect::allow || (effect == Effect::none && !view.decisions.governed.contains(other.name));
  });
}

void find_feature_facts(const View& view, Findings& found) {
  const auto is_feature = [&](const std::string& name) {
    return std::any_of(view.policy.features.begin(), view.policy.features.end(),
                       [&](const Feature& feature) { return feature.name == name; });
  };
  for (const auto& [point, answer] : view.decisions.answers) {
    if (answer.effect != Effect::allow) continue;
    const Feature& feature = named(view.policy.features, point.feature);
    for (const std::string& need : feature.needs) {
      const bool missing = is_feature(need) ? !may_be_beside(view, point, named(view.policy.features, need))
                                            : !answer.controls.contains(need);
      if (missing) found.missing_feature[{feature.name, need}].insert(point);
    }
    for (const std::string& excluded : feature.excludes) {
      if (!is_feature(excluded)) {
        if (answer.controls.contains(excluded)) found.control_impossible[point].insert(excluded);
      } else if (is_allowed_beside(view, point, named(view.policy.features, excluded))) {
        found.excluded_feature[{feature.name, excluded}].insert(point);
      }
    }
    for (const auto& [control, other] : view.policy.exclusive) {
      if (answer.controls.contains(control) && answer.controls.contains(other))
        found.control_impossible[point].merge(Set{control, other});
    }
  }
}

// The clearance of a role: its own, else the highest of what it inherits; -1: no limit.
int clearance_of(const Policy& policy, const std::string& role) {
  const Role& it = named(policy.roles, role);
  const auto rank = [&](const std::string& tier) {
    return static_cast<int>(std::find(policy.tiers.begin(), policy.tiers.end(), tier) - policy.tiers.begin());
  };
  if (!it.clearance.empty()) return rank(it.clearance);
  int highest = -1;
  for (const std::string& parent : it.parents) highest = std::max(highest, clearance_of(policy, parent));
  return highest;
}

void find_above_clearance(const View& view, Findings& found) {
  const std::vector<std::string>& tiers = view.policy.tiers;
  for (const auto& [point, answer] : view.decisions.answers) {
    if (answer.effect != Effect::allow || point.subject == nobody) continue;
    const int limit = clearance_of(view.policy, point.subject);
    if (limit < 0) continue;
    std::string tier = point.object;
    for (const DataClass& data : view.policy.data) {
      if (data.name == point.object) tier = data.tier;
    }
    const auto rank = std::find(tiers.begin(), tiers.end(), tier);
    if (rank != tiers.end() && rank - tiers.begin() > limit)
      found.above_clearance[point] = tiers[static_cast<std::size_t>(limit)];
  }
}

void find_kept_by_nobody(const View& view, Findings& found) {
  Set restricted;
  for (const auto& [point, answer] : view.decisions.answers) {
    if (point.subject != nobody && answer.effect != Effect::allow) restricted.insert(point.feature);
  }
  for (const auto& [point, answer] : view.decisions.answers) {
    if (!answer.deciding.empty() && restricted.contains(point.feature)) found.kept_by_nobody.insert(point.feature);
  }
}

// What no rule, guardrail, separation or heir names; the lists that they name, name in turn. A role with parents has
// what they have.
void find_unused(const View& view, Findings& found) {
  Set named_ones;
  const auto take = [&](const List& list) {
    for (const auto* terms : {&list.terms, &list.except}) {
      for (const Term& term : *terms) named_ones.insert(term.name);
    }
  };
  for (const Statement& statement : view.policy.statements) {
    for (const List* list : {&statement.subjects, &statement.features, &statement.objects}) take(*list);
  }
  for (const Separation& separation : view.policy.separations) {
    named_ones.insert(separation.names.begin(), separation.names.end());
  }
  for (const Role& role : view.policy.roles) named_ones.insert(role.parents.begin(), role.parents.end());
  for (std::size_t size = 0; size != named_ones.size();) {
    size = named_ones.size();
    for (const NamedList& list : view.policy.lists) {
      if (named_ones.contains(list.name)) take(list.list);
    }
  }
  for (const Role& role : view.policy.roles) {
    if (!named_ones.contains(role.name) && role.parents.empty()) found.unused_roles.insert(role.name);
  }
  for (const NamedList& list : view.policy.lists) {
    if (!named_ones.contains(list.name)) found.unused_lists.insert(list.name);
  }
}

int days_between(const std::string& first, const std::string& last) {
  const auto day = [](const std::string& text) {
    const auto number = [&](std::size_t at, std::size_t size) { return std::stoi(text.substr(at, size)); };
    return std::chrono::sys_days{std::chrono::year{number(0, 4)} / number(5, 2) / number(8, 2)};
  };
  return static_cast<int>((day(last) - day(first)).count());
}

// A rule is said to end soon on its last 31 days.
void find_ends(const View& view, Findings& found) {
  const std::string& today = view.decisions.day;
  for (std::size_t at = 0; at < view.policy.statements.size(); ++at) {
    const std::string& until = view.policy.statements[at].until;
    if (until.empty()) continue;
    if (until < today) found.expired_rule.insert(at);
    if (until >= today && days_between(today, until) <= 30) found.expires_soon.insert(at);
  }
}

}  // namespace

bool Findings::has_errors() const {
  return !conflict.empty() || !exception_without_reason.empty() || !deny_without_effect.empty() ||
         !privileged_by_wildcard.empty() || !nobody_left.empty() || !never_violated.empty() || !always_violated.empty();
}

std::set<std::size_t> rules_in_force(const Policy& policy, const Decisions& decisions) {
  std::set<std::size_t> rules;
  for (const Part& part : decisions.parts) {
    if (is_rule(policy.statements[part.statement].verb)) rules.insert(part.statement);
  }
  return rules;
}

Findings find_errors(const Policy& policy, const Decisions& decisions) {
  const View view = {policy, decisions};
  Findings found;
  find_conflicts(view, found);
  find_pierced(view, found);
  find_idle_rules(view, found);
  find_privileged_by_wildcard(view, found);
  find_nobody_left(view, found);
  find_broken_guardrails(view, found);
  return found;
}

Findings find_all(const Policy& policy, const Decisions& decisions) {
  const View view = {policy, decisions};
  Findings found = find_errors(policy, decisions);
  find_idle_terms(view, found);
  find_duplicates(view, found);
  find_inversions(view, found);
  find_same_permissions(view, found);
  find_empty_permissions(view, found);
  find_separations(view, found);
  find_feature_facts(view, found);
  find_above_clearance(view, found);
  find_kept_by_nobody(view, found);
  find_unused(view, found);
  find_ends(view, found);
  return found;
}

std::set<std::size_t> find_redundant(const Policy& policy, const Decisions& decisions) {
  for (const auto& [point, answer] : decisions.answers) {
    if (answer.effect == Effect::conflict) return {};
  }
  std::set<std::size_t> redundant = rules_in_force(policy, decisions);
  for (const std::size_t rule : find_needed(policy, decisions, redundant)) redundant.erase(rule);
  return redundant;
}

}  // namespace oracle
