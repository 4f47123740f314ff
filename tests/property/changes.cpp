#include <fmt/format.h>
#include <algorithm>

#include "generator.h"
#include "support/oracle.h"
#include "support/oracle_findings.h"

namespace property {
namespace {

using oracle::Condition;
using oracle::Findings;
using oracle::List;
using oracle::NamedList;
using oracle::Policy;
using oracle::Statement;
using oracle::Term;
using oracle::Verb;

void remove_statement(Policy& policy, std::size_t at) {
  policy.statements.erase(policy.statements.begin() + static_cast<std::ptrdiff_t>(at));
}

// Repairs one mistake in how a statement is written; false when there is none.
bool repair_shape(Policy& policy) {
  const oracle::Misshapen found = oracle::find_misshapen(policy);
  for (NamedList& one : policy.lists) {
    if (found.lists.contains(one.name)) one.list.except.clear();
  }
  for (oracle::NamedCondition& one : policy.conditions) {
    const oracle::Context& context = policy.contexts.front();
    if (found.conditions.contains(one.name)) {
      one.condition = {.form = Condition::Form::is, .name = context.name, .values = {context.values.front()}};
    }
  }
  if (!found.allow_without_object.empty()) {
    policy.statements[*found.allow_without_object.begin()].objects.terms = {{.form = Term::Form::all}};
  } else if (!found.unusable.empty()) {
    remove_statement(policy, *found.unusable.begin());
  }
  return found != oracle::Misshapen{};
}

void repair_conflict(Policy& policy, const std::set<std::size_t>& deciding, Random& random) {
  std::vector<std::size_t> statements(deciding.begin(), deciding.end());
  random.shuffle(statements);
  for (const std::size_t at : statements) {
    if (policy.statements[at].verb != Verb::deny) continue;
    if (random.chance(50))
      policy.statements[at].verb = Verb::forbid;
    else
      remove_statement(policy, random.chance(50) ? at : statements.front());
    return;
  }
}

// Repairs one mistake in what the policy means; false when there is none.
bool repair_meaning(Policy& policy, Random& random) {
  const Findings found = oracle::find_errors(policy, oracle::decide(policy, today));
  if (!found.has_errors()) return false;
  if (!found.conflict.empty()) {
    repair_conflict(policy, found.conflict.begin()->second, random);
  } else if (!found.exception_without_reason.empty()) {
    policy.statements[*found.exception_without_reason.begin()].because = "An exception";
  } else if (!found.deny_without_effect.empty()) {
    const std::size_t at = *found.deny_without_effect.begin();
    if (random.chance(50))
      policy.statements[at].verb = Verb::forbid;
    else
      remove_statement(policy, at);
  } else if (!found.privileged_by_wildcard.empty()) {
    for (oracle::Feature& feature : policy.features) feature.privileged = false;
  } else if (!found.nobody_left.empty()) {
    remove_statement(policy, *found.nobody_left.begin()->second.begin());
  } else if (!found.never_violated.empty()) {
    remove_statement(policy, found.never_violated.begin()->first);
  } else {
    remove_statement(policy, found.always_violated.begin()->first);
  }
  return true;
}

std::vector<std::size_t> positions_of_tiers(const Policy& policy, const Term& term) {
  std::size_t first = 0;
  std::size_t last = policy.tiers.size();
  for (std::size_t at = 0; at < policy.tiers.size(); ++at) {
    if (policy.tiers[at] == term.name && term.form != Term::Form::or_below) first = at;
    if (policy.tiers[at] == term.name && term.form == Term::Form::or_below) last = at + 1;
    if (policy.tiers[at] == term.upper) last = at + 1;
  }
  std::vector<std::size_t> positions;
  for (; first < last; ++first) positions.push_back(first);
  return positions;
}

// Lists of one term each; a range is the list of its tiers.
std::vector<List> pieces_of(const Policy& policy, const List& list) {
  std::vector<List> pieces;
  for (const Term& term : list.terms) {
    if (term.form == Term::Form::or_below || term.form == Term::Form::or_above || term.form == Term::Form::range) {
      for (const std::size_t at : positions_of_tiers(policy, term)) {
        pieces.push_back({{{.form = Term::Form::tier, .name = policy.tiers[at]}}, list.except});
      }
    } else {
      pieces.push_back({{term}, list.except});
    }
  }
  return pieces;
}

std::vector<Statement> split(const Policy& policy, const Statement& statement, List Statement::*list) {
  std::vector<Statement> pieces;
  for (const List& piece : pieces_of(policy, statement.*list)) {
    pieces.push_back(statement);
    pieces.back().*list = piece;
    pieces.back().label = fmt::format("{}-{}", statement.label, pieces.size());
  }
  return pieces;
}

// A term that stands for nothing, harmless beside others in a list, is an error where it stands alone: such pieces go.
std::vector<Statement> usable_alone(const Policy& policy, const Statement& statement) {
  Policy alone = policy;
  alone.statements = {statement};
  if (oracle::find_misshapen(alone).unusable.empty()) return {statement};
  std::vector<Statement> usable;
  if (statement.features.terms.size() < 2) return usable;
  for (const Statement& piece : split(policy, statement, &Statement::features)) {
    for (Statement& one : usable_alone(policy, piece)) usable.push_back(std::move(one));
  }
  return usable;
}

const NamedList& list_named(const Policy& policy, const std::string& name) {
  std::size_t at = 0;
  while (policy.lists.at(at).name != name) ++at;
  return policy.lists[at];
}

// A list with an `except` of its own cannot be written out inside another.
void write_out(const Policy& policy, std::vector<Term>& terms) {
  std::vector<Term> result;
  for (const Term& term : terms) {
    if (term.form == Term::Form::named_list && list_named(policy, term.name).list.except.empty()) {
      std::vector<Term> content = list_named(policy, term.name).list.terms;
      write_out(policy, content);
      result.insert(result.end(), content.begin(), content.end());
    } else {
      result.push_back(term);
    }
  }
  terms = std::move(result);
}

Condition written_out(const Policy& policy, Condition condition) {
  if (condition.form == Condition::Form::named) {
    for (const oracle::NamedCondition& one : policy.conditions) {
      if (one.name == condition.name) return written_out(policy, one.condition);
    }
  }
  for (Condition& operand : condition.operands) operand = written_out(policy, operand);
  return condition;
}

// Every policy with one thing less in its statements.
std::vector<Policy> one_less(const Policy& policy) {
  std::vector<Policy> result;
  for (std::size_t at = 0; at < policy.statements.size(); ++at) {
    result.push_back(policy);
    remove_statement(result.back(), at);
  }
  const auto without = [&](const auto& change) {
    result.push_back(policy);
    change(result.back());
  };
  for (std::size_t at = 0; at < policy.separations.size(); ++at)
    without([&](Policy& one) { one.separations.erase(one.separations.begin() + static_cast<std::ptrdiff_t>(at)); });
  for (std::size_t at = 0; at < policy.features.size(); ++at) {
    if (!policy.features[at].needs.empty()) without([&](Policy& one) { one.features[at].needs.clear(); });
    if (!policy.features[at].excludes.empty()) without([&](Policy& one) { one.features[at].excludes.clear(); });
  }
  for (std::size_t at = 0; at < policy.statements.size(); ++at) {
    const auto changed = [&](const auto& change) {
      result.push_back(policy);
      change(result.back().statements[at]);
    };
    const Statement& statement = policy.statements[at];
    if (statement.when) changed([](Statement& one) { one.when.reset(); });
    if (!statement.from.empty() || !statement.until.empty()) changed([](Statement& one) { one.from = one.until = ""; });
    if (!statement.controls.empty() && statement.verb != Verb::require) {
      changed([](Statement& one) { one.controls.clear(); });
    }
    for (List Statement::*const list : {&Statement::subjects, &Statement::features, &Statement::objects}) {
      for (std::vector<Term> List::*const terms : {&List::terms, &List::except}) {
        const std::size_t count = (statement.*list.*terms).size();
        if (terms == &List::terms && count < 2) continue;
        for (std::size_t term = 0; term < count; ++term) {
          changed([&](Statement& one) {
            std::vector<Term>& left = one.*list.*terms;
            left.erase(left.begin() + static_cast<std::ptrdiff_t>(term));
          });
        }
      }
    }
  }
  return result;
}

}  // namespace

Policy smallest_with(Policy policy, const std::function<bool(const Policy&)>& has_property) {
  for (;;) {
    const std::vector<Policy> smaller = one_less(policy);
    const auto found = std::find_if(smaller.begin(), smaller.end(), has_property);
    if (found == smaller.end()) return policy;
    policy = *found;
  }
}

Policy without_errors(Policy policy, Random& random) {
  while (repair_shape(policy) || repair_meaning(policy, random)) {
  }
  return policy;
}

Extended with_new_declaration(const Policy& policy, Random& random) {
  Extended result = {policy, Extended::What::role, {}};
  Policy& extended = result.policy;
  switch (random.below(5)) {
    case 0: {
      std::vector<std::string> roles;
      for (const oracle::Role& role : policy.roles) roles.push_back(role.name);
      extended.roles.push_back({"guest", random.sample(roles, random.below(4)), random.chance(50)});
      result.name = "guest";
      return result;
    }
    case 1:
      extended.data.push_back({"drafts", policy.tiers.empty() ? "" : random.pick(policy.tiers)});
      return {extended, Extended::What::data, "drafts"};
    case 2:
      extended.things.push_back({"portal", random.chance(50) ? oracle::Kind::app : oracle::Kind::group});
      return {extended, Extended::What::thing, "portal"};
    case 3: {
      const std::vector<std::string> names = {"doc.sign",        "doc.share.mail", "chat.pin",
                                              "console.billing", "zone.enter",     "wave"};
      const std::vector<oracle::Kind> kinds = {oracle::Kind::data, oracle::Kind::tier, oracle::Kind::app,
                                               oracle::Kind::nothing};
      extended.features.push_back({random.pick(names), random.pick(kinds), random.chance(20)});
      return {extended, Extended::What::feature, extended.features.back().name};
    }
    default:
      extended.contexts.push_back({"season", {"dry", "wet"}});
      return {extended, Extended::What::context, "season"};
  }
}

Policy with_lists_split(const Policy& policy, Random& random) {
  const std::set<std::size_t> unusable = oracle::find_misshapen(policy).unusable;
  Policy result = policy;
  result.statements.clear();
  for (std::size_t at = 0; at < policy.statements.size(); ++at) {
    Statement whole = policy.statements[at];
    std::vector<List Statement::*> lists = {&Statement::features, &Statement::objects};
    if (whole.verb != Verb::only) lists.push_back(&Statement::subjects);
    List Statement::*const list = random.pick(lists);
    // Inside a name, what fits the objects of a piece cannot be told from what does not.
    write_out(policy, whole.features.terms);
    const bool has_names = std::any_of(whole.features.terms.begin(), whole.features.terms.end(),
                                       [](const Term& term) { return term.form == Term::Form::named_list; });
    if (unusable.contains(at) || has_names || (whole.*list).terms.empty() || random.chance(30)) {
      result.statements.push_back(policy.statements[at]);
      continue;
    }
    for (const Statement& piece : split(policy, whole, list)) {
      for (Statement& usable : usable_alone(policy, piece)) result.statements.push_back(std::move(usable));
    }
  }
  return result;
}

Policy with_names_written_out(const Policy& policy) {
  Policy result = policy;
  for (Statement& statement : result.statements) {
    for (List* list : {&statement.subjects, &statement.features, &statement.objects}) {
      write_out(policy, list->terms);
      write_out(policy, list->except);
    }
    if (statement.when) statement.when = written_out(policy, *statement.when);
  }
  return result;
}

}  // namespace property
