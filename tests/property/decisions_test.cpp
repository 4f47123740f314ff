#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "comparison.h"

// The compiler against the oracle, on random policies: every answer at every point, every finding exactly so.
namespace property::decisions_test {
namespace {

using farol::diag::Code;
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

Difference compare_answers(const Case& one) {
  const LabelledAnswers expected = labelled(one.policy(), one.decisions().answers);
  const LabelledAnswers actual = one.compiled().answers(one.policy());
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

Difference compare_shape(const Case& one) {
  const Policy& policy = one.policy();
  const Misshapen found = oracle::find_misshapen(policy);
  Labels matches_nothing = labels_of(policy, found.matches_nothing);
  matches_nothing.insert(found.lists.begin(), found.lists.end());
  Labels impossible = labels_of(policy, found.impossible_condition);
  impossible.insert(found.conditions.begin(), found.conditions.end());
  return compare_found(errors_of(one.compiled(), about_meaning, true),
                       {{"matches-nothing", matches_nothing},
                        {"wrong-object", labels_of(policy, found.wrong_object)},
                        {"allow-without-object", labels_of(policy, found.allow_without_object)},
                        {"impossible-condition", impossible}});
}

Difference compare_rule_findings(const Case& one) {
  const Policy& policy = one.policy();
  const Findings& found = one.findings();
  if (Difference difference = compare_labels("governed", one.compiled().governed(), one.decisions().governed))
    return difference;
  return compare_found(
      errors_of(one.compiled(), {"exception-without-reason", "deny-without-effect", "privileged-by-wildcard"}),
      {{"exception-without-reason", labels_of(policy, found.exception_without_reason)},
       {"deny-without-effect", labels_of(policy, found.deny_without_effect)},
       {"privileged-by-wildcard", labels_of(policy, found.privileged_by_wildcard)}});
}

Difference compare_conflicts(const Case& one) {
  Labels expected;
  for (const auto& [point, deciding] : one.findings().conflict) {
    expected.insert(fmt::format("{}: {}", oracle::text_of(point), fmt::join(labels_of(one.policy(), deciding), ", ")));
  }
  Labels actual;
  for (const auto& [point, deciding] : one.compiled().conflicts(one.policy())) {
    actual.insert(fmt::format("{}: {}", oracle::text_of(point), fmt::join(deciding, ", ")));
  }
  if (one.compiled().errors().contains("conflict") == expected.empty())
    return "a conflict without a finding, or the reverse";
  return compare_labels("conflict", actual, expected);
}

Difference compare_doors(const Case& one) {
  Labels expected;
  for (const auto& [cell, statements] : one.findings().nobody_left) {
    const auto& [feature, object] = cell;
    const bool is_nameless = object == oracle::no_object || object == oracle::untiered;
    expected.insert(is_nameless ? feature : fmt::format("{} · {}", feature, object));
  }
  return compare_labels("nobody-left", one.compiled().shut_cells(), expected);
}

// Errors about statements on later days: what is wrong then and on no day before, and nothing that is right then.
Difference compare_days_to_come(const Case& one) {
  const Policy& policy = one.policy();
  const auto labels = [&](const Findings& found) {
    Found errors{{"exception-without-reason", labels_of(policy, found.exception_without_reason)},
                 {"deny-without-effect", labels_of(policy, found.deny_without_effect)},
                 {"privileged-by-wildcard", labels_of(policy, found.privileged_by_wildcard)}};
    for (const auto& [statement, points] : found.never_violated)
      errors["never-violated"].insert(policy.statements[statement].label);
    for (const auto& [statement, points] : found.always_violated)
      errors["always-violated"].insert(policy.statements[statement].label);
    return errors;
  };
  Found known = labels(one.findings());
  bool conflict = !one.findings().conflict.empty();
  for (const Day& day : one.later_days()) {
    const Found right = labels(day.findings);
    const Found said = one.compiled().errors_from(farol::base::parse_date(day.day).value());
    for (const auto& [name, wrong] : right) {
      for (const std::string& label : at(said, name)) {
        if (!wrong.contains(label)) return fmt::format("{}: {} is no {}", day.day, label, name);
      }
      for (const std::string& label : wrong) {
        if (!known[name].contains(label) && !at(said, name).contains(label))
          return fmt::format("{}: {} begins to be {}, and nobody says so", day.day, label, name);
      }
      known[name].insert(wrong.begin(), wrong.end());
    }
    for (const auto& [name, said_of] : said) {
      if (!right.contains(name) && name.ends_with("-violated")) return fmt::format("{}: no {}", day.day, name);
    }
    const bool now = !day.findings.conflict.empty();
    if (said.contains("conflict") ? !now : now && !conflict)
      return fmt::format("{}: a conflict without a finding, or the reverse", day.day);
    conflict = conflict || now;
  }
  return std::nullopt;
}

Difference compare_deciding_rules(const Case& one) {
  Labels expected;
  for (const auto& [point, answer] : one.decisions().answers) {
    expected.merge(labels_of(one.policy(), answer.deciding));
  }
  return compare_labels("deciding", one.compiled().rules_that_decide(), expected);
}

Difference compare_idle_terms(const Case& one) {
  constexpr const char* lists[] = {"subjects", "features", "objects"};
  Labels expected;
  for (const oracle::IdleTerm& term : one.findings().part_shadowed) {
    const oracle::Statement& statement = one.policy().statements[term.statement];
    if (statement.verb != oracle::Verb::allow && statement.verb != oracle::Verb::deny) continue;
    expected.insert(fmt::format("{} · {} · {}", statement.label, lists[term.list], term.term));
  }
  return compare_labels("idle", one.compiled().idle_terms(), expected);
}

}  // namespace

TEST_CASE(
    "every point has the answer of the oracle, and each finding about rules and points is reported iff it is so") {
  on_random_policies({compare_answers, compare_deciding_rules, compare_rule_findings, compare_days_to_come,
                      compare_conflicts, compare_doors, compare_idle_terms},
                     many, Shape::without_mistakes,
                     {Code::conflict, Code::exception_without_reason, Code::deny_without_effect,
                      Code::privileged_by_wildcard, Code::nobody_left, Code::part_shadowed});
}

TEST_CASE("splitting lists and writing out names change no answer") {
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    Random random(seed + 1);
    const Policy policy = generate_policy(seed);
    for (const Policy& changed : {with_lists_split(policy, random), with_names_written_out(policy)}) {
      if (oracle::find_misshapen(changed) == Misshapen{})
        require_no_difference(compare_answers, seed, changed, layout_of(seed));
    }
  }
}

TEST_CASE("mistakes in writing are reported where they are, and only there") {
  on_random_policies(
      {compare_shape}, many, Shape::any,
      {Code::matches_nothing, Code::wrong_object, Code::allow_without_object, Code::impossible_condition});
}

}  // namespace property::decisions_test
