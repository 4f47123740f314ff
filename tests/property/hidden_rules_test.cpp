#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "comparison.h"

// Duplicate, shadowed and redundant rules of random policies, and the sets that hide them.
namespace property::hidden_rules_test {
namespace {

using farol::diag::Code;
using oracle::Policy;

// The shadowed and the surplus duplicates, and what is redundant beside them.
struct Hidden {
  std::set<std::size_t> shadowed, redundant, surplus;
};

bool is_in(const std::set<std::size_t>& rules, std::size_t rule) { return rules.contains(rule); }

// Of the rules that are hidden today, those that are on every later day on which they are in force.
void keep_hidden_on(const Policy& policy, const Day& day, Hidden& hidden) {
  const std::set<std::size_t> live = oracle::rules_in_force(policy, day.decisions);
  for (auto next = hidden.shadowed.begin(); next != hidden.shadowed.end();) {
    const std::size_t rule = *next++;
    if (!is_in(live, rule) || is_in(day.findings.shadowed_rule, rule)) continue;
    hidden.shadowed.erase(rule);
    hidden.redundant.insert(rule);  // unless it is needed, then or today
  }
  std::erase_if(hidden.redundant, [&](std::size_t rule) { return is_in(live, rule) && !is_in(day.redundant, rule); });
}

Hidden hidden_by_oracle(const Case& one) {
  const Policy& policy = one.policy();
  const oracle::Findings& found = one.findings();
  const Labels duplicates = where_found(one.compiled(), Code::duplicate_rule);
  Hidden hidden;
  std::set<std::size_t> kept;
  // Of several that say the same the first one in the text is kept, wherever it stands.
  for (const auto& [first, second] : found.duplicate_rule) {
    const bool is_surplus = duplicates.contains(policy.statements[first].label);
    hidden.surplus.insert(is_surplus ? first : second);
    kept.insert(is_surplus ? second : first);
  }
  hidden.shadowed = found.shadowed_rule;
  hidden.redundant = one.redundant();
  for (const std::size_t rule : hidden.shadowed) hidden.redundant.erase(rule);
  bool conflict = !found.conflict.empty();
  for (const Day& day : one.later_days()) {
    keep_hidden_on(policy, day, hidden);
    conflict = conflict || !day.findings.conflict.empty();
  }
  if (conflict) hidden.redundant.clear();
  for (const std::size_t rule : hidden.surplus) {
    hidden.shadowed.erase(rule);
    hidden.redundant.erase(rule);
  }
  for (const std::size_t rule : found.deny_without_effect) hidden.shadowed.erase(rule);
  for (const std::size_t rule : kept) hidden.redundant.erase(rule);
  return hidden;
}

// The rules to come that never decide, and are no error on the day on which they begin.
Labels never_deciding(const Case& one) {
  Labels never;
  for (std::size_t rule = 0; rule < one.policy().statements.size(); ++rule) {
    const oracle::Statement& statement = one.policy().statements[rule];
    if (statement.from <= today) continue;
    const bool hidden = std::all_of(one.later_days().begin(), one.later_days().end(), [&](const Day& day) {
      return !is_in(oracle::rules_in_force(one.policy(), day.decisions), rule) ||
             (is_in(day.findings.shadowed_rule, rule) &&
              (day.day != statement.from || !is_in(day.findings.deny_without_effect, rule)));
    });
    if (hidden) never.insert(statement.label);
  }
  return never;
}

Difference compare_rules_to_come(const Case& one) {
  Labels found;
  for (const auto& [label, code] : one.compiled().warnings_to_come()) {
    if (code == farol::diag::info(Code::shadowed_rule).name) found.insert(label);
  }
  return compare_labels("never decides", found, never_deciding(one));
}

Difference compare_hidden_rules(const Case& one) {
  const Hidden expected = hidden_by_oracle(one);
  const auto compare = [&](Code code, const std::set<std::size_t>& rules) {
    return compare_labels(farol::diag::info(code).name, where_found(one.compiled(), code),
                          labels_of(one.policy(), rules));
  };
  if (auto difference = compare(Code::duplicate_rule, expected.surplus)) return difference;
  if (auto difference = compare(Code::shadowed_rule, expected.shadowed)) return difference;
  return compare(Code::redundant_rule, expected.redundant);
}

Difference compare_needed_rules(const Case& one) {
  if (!one.findings().conflict.empty()) return std::nullopt;
  std::set<std::size_t> needed;
  for (const std::size_t rule : oracle::rules_in_force(one.policy(), one.decisions())) {
    if (!one.redundant().contains(rule)) needed.insert(rule);
  }
  return compare_labels("needed", one.compiled().rules_that_are_needed(), labels_of(one.policy(), needed));
}

Policy without(const Policy& policy, const Labels& labels) {
  Policy left = policy;
  std::erase_if(left.statements, [&](const oracle::Statement& one) { return labels.contains(one.label); });
  return left;
}

std::map<oracle::Point, std::pair<oracle::Effect, oracle::Set>> effects_of(const oracle::Answers& answers) {
  std::map<oracle::Point, std::pair<oracle::Effect, oracle::Set>> effects;
  for (const auto& [point, answer] : answers) effects[point] = {answer.effect, answer.controls};
  return effects;
}

// What the compiler says may go, may go: all of the first two kinds together. That any one of the third may is what
// `redundant` asks of the oracle.
Difference compare_removals(const Case& one) {
  Labels together = where_found(one.compiled(), Code::shadowed_rule);
  together.merge(where_found(one.compiled(), Code::duplicate_rule));
  if (together.empty()) return std::nullopt;
  for (const std::string& day : days_of(one.policy())) {
    const auto left = oracle::decide(without(one.policy(), together), day).answers;
    if (effects_of(left) != effects_of(oracle::decide(one.policy(), day).answers))
      return fmt::format("taking {} out together changes an answer on {}", fmt::join(together, ", "), day);
  }
  return std::nullopt;
}

bool decides_somewhere(const oracle::Decisions& decisions, std::size_t statement) {
  return std::any_of(decisions.answers.begin(), decisions.answers.end(),
                     [&](const auto& entry) { return entry.second.deciding.contains(statement); });
}

// Whether these rules alone, with what is required anyhow, make of a rule what the finding says of it.
bool is_hidden_by(const Policy& policy, Code code, const std::string& rule, const Labels& others) {
  Policy left = policy;
  std::erase_if(left.statements, [&](const oracle::Statement& one) {
    return one.verb != oracle::Verb::require && one.label != rule && !others.contains(one.label);
  });
  std::size_t at = 0;
  while (left.statements[at].label != rule) ++at;
  const oracle::Decisions decisions = oracle::decide(left, today);
  return code == Code::redundant_rule ? oracle::find_needed(left, decisions, {at}).empty()
                                      : !decides_somewhere(decisions, at);
}

// What is said to hide a rule hides it, without all others, and none of it can be left out.
Difference compare_causes(const Case& one) {
  for (const Code code : {Code::shadowed_rule, Code::redundant_rule}) {
    for (const auto& found : one.compiled().findings(code)) {
      const Labels causes{found.labels.begin() + 1, found.labels.end()};
      if (causes.size() >= 5) continue;  // not all of them are pointed at
      const auto is_hidden = [&](const Labels& by) { return is_hidden_by(one.policy(), code, found.at, by); };
      if (!is_hidden(causes)) return fmt::format("{} do not hide {}", fmt::join(causes, ", "), found.at);
      for (const std::string& cause : causes) {
        Labels fewer = causes;
        fewer.erase(cause);
        if (is_hidden(fewer)) return fmt::format("{} is hidden without {}", found.at, cause);
      }
    }
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("duplicate, shadowed and redundant rules, the strongest of them; and what may go, may go") {
  on_random_policies(
      {compare_hidden_rules, compare_rules_to_come, compare_needed_rules, compare_removals, compare_causes}, many,
      Shape::without_mistakes, {Code::duplicate_rule, Code::shadowed_rule, Code::redundant_rule});
}

}  // namespace property::hidden_rules_test
