#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "comparison.h"

// The compiler against the oracle, on random policies: every answer at every point, every finding exactly so.
namespace property {
namespace {

using oracle::Decisions;
using oracle::Findings;
using oracle::Misshapen;
using oracle::Policy;

using Found = std::map<std::string, Labels>;  // by the name of a finding

std::string text_of(const LabelledAnswer& answer) {
  return fmt::format("{} by [{}] with [{}]", oracle::name_of(answer.effect), fmt::join(answer.deciding, ", "),
                     fmt::join(answer.controls, ", "));
}

Labels at(const Found& found, const std::string& name) { return found.contains(name) ? found.at(name) : Labels{}; }

Difference compare_found(const Found& actual, const Found& expected) {
  Labels names;
  for (const auto& [name, labels] : actual) names.insert(name);
  for (const auto& [name, labels] : expected) names.insert(name);
  for (const std::string& name : names) {
    if (Difference difference = compare_labels(name, at(actual, name), at(expected, name))) return difference;
  }
  return std::nullopt;
}

// The error findings of these names, or all others.
Found errors_of(const Compiled& compiled, const Labels& names, bool others = false) {
  Found found;
  for (const auto& [name, labels] : compiled.errors()) {
    if (names.contains(name) != others) found[name] = labels;
  }
  return found;
}

const Labels about_meaning = {
    "conflict",    "exception-without-reason", "deny-without-effect", "privileged-by-wildcard",
    "nobody-left", "never-violated",           "always-violated"};

Difference compare_answers(const Policy& policy, const Compiled& compiled) {
  if (!is_well_shaped(policy)) return std::nullopt;
  const LabelledAnswers expected = labelled(policy, oracle::decide(policy, today).answers);
  const LabelledAnswers actual = compiled.answers(policy);
  if (actual.size() != expected.size()) return fmt::format("{} points, not {}", actual.size(), expected.size());
  for (const auto& [point, answer] : expected) {
    const auto found = actual.find(point);
    if (found == actual.end()) return fmt::format("no answer at {}", oracle::text_of(point));
    if (!(found->second == answer)) {
      return fmt::format("{}: {}, not {}", oracle::text_of(point), text_of(found->second), text_of(answer));
    }
  }
  return std::nullopt;
}

Difference compare_shape(const Policy& policy, const Compiled& compiled) {
  const Misshapen found = oracle::find_misshapen(policy);
  Labels matches_nothing = labels_of(policy, found.matches_nothing);
  matches_nothing.insert(found.lists.begin(), found.lists.end());
  Labels impossible = labels_of(policy, found.impossible_condition);
  impossible.insert(found.conditions.begin(), found.conditions.end());
  return compare_found(errors_of(compiled, about_meaning, true),
                       {{"matches-nothing", matches_nothing},
                        {"wrong-object", labels_of(policy, found.wrong_object)},
                        {"allow-without-object", labels_of(policy, found.allow_without_object)},
                        {"impossible-condition", impossible}});
}

Difference compare_rule_findings(const Policy& policy, const Compiled& compiled) {
  if (!is_well_shaped(policy)) return std::nullopt;
  const Decisions decisions = oracle::decide(policy, today);
  const Findings found = oracle::find_all(policy, decisions);
  if (Difference difference = compare_labels("governed", compiled.governed(), decisions.governed)) return difference;
  return compare_found(
      errors_of(compiled, {"exception-without-reason", "deny-without-effect", "privileged-by-wildcard"}),
      {{"exception-without-reason", labels_of(policy, found.exception_without_reason)},
       {"deny-without-effect", labels_of(policy, found.deny_without_effect)},
       {"privileged-by-wildcard", labels_of(policy, found.privileged_by_wildcard)}});
}

Difference compare_conflicts(const Policy& policy, const Compiled& compiled) {
  if (!is_well_shaped(policy)) return std::nullopt;
  Labels expected;
  for (const auto& [point, deciding] : oracle::find_all(policy, oracle::decide(policy, today)).conflict) {
    expected.insert(fmt::format("{}: {}", oracle::text_of(point), fmt::join(labels_of(policy, deciding), ", ")));
  }
  Labels actual;
  for (const auto& [point, deciding] : compiled.conflicts(policy)) {
    actual.insert(fmt::format("{}: {}", oracle::text_of(point), fmt::join(deciding, ", ")));
  }
  if (compiled.errors().contains("conflict") == expected.empty()) return "a conflict without a finding, or the reverse";
  return compare_labels("conflict", actual, expected);
}

Difference compare_doors(const Policy& policy, const Compiled& compiled) {
  if (!is_well_shaped(policy)) return std::nullopt;
  Labels expected;
  for (const auto& [cell, statements] : oracle::find_all(policy, oracle::decide(policy, today)).nobody_left) {
    const auto& [feature, object] = cell;
    const bool is_nameless = object == oracle::no_object || object == oracle::untiered;
    expected.insert(is_nameless ? feature : fmt::format("{} · {}", feature, object));
  }
  return compare_labels("nobody-left", compiled.shut_cells(), expected);
}

Difference compare_deciding_rules(const Policy& policy, const Compiled& compiled) {
  if (!is_well_shaped(policy)) return std::nullopt;
  Labels expected;
  for (const auto& [point, answer] : oracle::decide(policy, today).answers) {
    expected.merge(labels_of(policy, answer.deciding));
  }
  return compare_labels("deciding", compiled.rules_that_decide(), expected);
}

Difference compare_needed_rules(const Policy& policy, const Compiled& compiled) {
  if (!is_well_shaped(policy)) return std::nullopt;
  const Decisions decisions = oracle::decide(policy, today);
  if (!oracle::find_all(policy, decisions).conflict.empty()) return std::nullopt;
  const std::set<std::size_t> redundant = oracle::find_redundant(policy, today);
  std::set<std::size_t> needed;
  for (const std::size_t rule : oracle::rules_in_force(policy, decisions)) {
    if (!redundant.contains(rule)) needed.insert(rule);
  }
  return compare_labels("needed", compiled.rules_that_are_needed(), labels_of(policy, needed));
}

Difference compare_idle_terms(const Policy& policy, const Compiled& compiled) {
  if (!is_well_shaped(policy)) return std::nullopt;
  constexpr const char* lists[] = {"subjects", "features", "objects"};
  Labels expected;
  for (const oracle::IdleTerm& term : oracle::find_all(policy, oracle::decide(policy, today)).part_shadowed) {
    const oracle::Statement& statement = policy.statements[term.statement];
    if (statement.verb != oracle::Verb::allow && statement.verb != oracle::Verb::deny) continue;
    expected.insert(fmt::format("{} · {} · {}", statement.label, lists[term.list], term.term));
  }
  return compare_labels("idle", compiled.idle_terms(), expected);
}

}  // namespace

TEST_CASE("every point has the answer of the oracle") { on_random_policies(compare_answers, many); }

TEST_CASE("splitting lists and writing out names change no answer") {
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    Random random(seed + 1);
    const Policy policy = generate_policy(seed);
    require_no_difference(compare_answers, seed, with_lists_split(policy, random), layout_of(seed));
    require_no_difference(compare_answers, seed, with_names_written_out(policy), {});
  }
}

TEST_CASE("mistakes in writing are reported where they are, and only there") { on_random_policies(compare_shape); }

TEST_CASE("a finding about a rule is reported if and only if it is so") { on_random_policies(compare_rule_findings); }

TEST_CASE("a conflict names exactly the points at which it is one, and who decides there") {
  on_random_policies(compare_conflicts, many);
}

TEST_CASE("doors that shut everybody out are told by feature and object") { on_random_policies(compare_doors); }

TEST_CASE("the rules that decide somewhere") { on_random_policies(compare_deciding_rules); }

TEST_CASE("the rules without which something would change") { on_random_policies(compare_needed_rules); }

TEST_CASE("the terms that never decide") { on_random_policies(compare_idle_terms); }

}  // namespace property
