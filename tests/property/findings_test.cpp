#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "comparison.h"

// Guardrails, facts and advice on random policies: each is reported if and only if the oracle says so.
namespace property {
namespace {

using farol::diag::Code;
using oracle::Findings;
using oracle::Policy;

Findings found_by_oracle(const Policy& policy) { return oracle::find_all(policy, oracle::decide(policy, today)); }

bool is_comparable(const Policy& policy, const Compiled& compiled) {
  return is_well_shaped(policy) && !compiled.errors().contains("bad-attribute");
}

Labels where_found(const Compiled& compiled, Code code) {
  Labels labels;
  for (const auto& found : compiled.findings(code)) labels.insert(found.at);
  return labels;
}

// The first two names of each finding.
Labels pairs_found(const Compiled& compiled, Code code) {
  Labels pairs;
  for (const auto& found : compiled.findings(code))
    pairs.insert(fmt::format("{} {}", found.names.at(0), found.names.at(1)));
  return pairs;
}

// A finding names a group: every two of it that are not related.
Labels same_pairs(const Policy& policy, const Compiled& compiled) {
  Labels pairs;
  for (const auto& found : compiled.findings(Code::same_permissions)) {
    for (const std::string& a : found.names) {
      for (const std::string& b : found.names) {
        const bool related = oracle::ancestors_of(policy, a).contains(b) || oracle::ancestors_of(policy, b).contains(a);
        if (a < b && !related) pairs.insert(fmt::format("{} {}", a, b));
      }
    }
  }
  return pairs;
}

bool has_place(const std::set<oracle::Point>& points, const oracle::Point& witness) {
  return std::any_of(points.begin(), points.end(), [&](const oracle::Point& point) {
    return point.subject == witness.subject && point.feature == witness.feature && point.object == witness.object;
  });
}

Difference compare_guardrail(const Policy& policy, const Compiled& compiled, Code code,
                             const std::map<std::size_t, std::set<oracle::Point>>& expected) {
  std::set<std::size_t> statements;
  for (const auto& [statement, points] : expected) statements.insert(statement);
  const std::string name{farol::diag::info(code).name};
  if (auto difference = compare_labels(name, where_found(compiled, code), labels_of(policy, statements)))
    return difference;
  for (const auto& found : compiled.findings(code)) {
    for (const auto& [statement, points] : expected) {
      if (policy.statements[statement].label == found.at && !has_place(points, found.witness.value()))
        return fmt::format("{} is no example of {}", oracle::text_of(*found.witness), found.at);
    }
  }
  return std::nullopt;
}

Difference compare_guardrails(const Policy& policy, const Compiled& compiled) {
  if (!is_comparable(policy, compiled)) return std::nullopt;
  const Findings expected = found_by_oracle(policy);
  if (auto difference = compare_guardrail(policy, compiled, Code::never_violated, expected.never_violated))
    return difference;
  if (auto difference = compare_guardrail(policy, compiled, Code::always_violated, expected.always_violated))
    return difference;
  Labels asked, found;
  for (const auto& [statement, feature] : expected.left_to_platform)
    asked.insert(fmt::format("{} {}", policy.statements[statement].label, feature));
  for (const auto& note : compiled.findings(Code::left_to_platform)) {
    for (const std::string& feature : note.names) found.insert(fmt::format("{} {}", note.at, feature));
  }
  return compare_labels("left-to-platform", found, asked);
}

// By separation and role; a role in which they come together stands for those that inherit it.
Difference compare_separations(const Policy& policy, const Compiled& compiled, const Findings& expected) {
  Labels roles, found, features;
  for (const auto& [key, held] : expected.duties_not_separated)
    roles.insert(fmt::format("{} {}", key.first, key.second));
  for (const auto& finding : compiled.findings(Code::duties_not_separated)) {
    const std::string& separation = finding.labels.at(1);
    for (const auto& [key, held] : expected.duties_not_separated) {
      if (key.first == separation && oracle::ancestors_of(policy, key.second).contains(finding.at))
        found.insert(fmt::format("{} {}", separation, key.second));
    }
    if (!expected.duties_not_separated.contains({separation, finding.at})) found.insert(finding.at);
  }
  if (auto difference = compare_labels("duties-not-separated", found, roles)) return difference;
  for (const auto& [separation, subjects] : expected.separated_features) features.insert(separation);
  Labels separated;
  for (const auto& finding : compiled.findings(Code::toxic_combination)) {
    if (finding.at.starts_with("s")) separated.insert(finding.at);
  }
  return compare_labels("toxic-combination of a separation", separated, features);
}

Difference compare_facts(const Policy& policy, const Compiled& compiled) {
  if (!is_comparable(policy, compiled)) return std::nullopt;
  const Findings expected = found_by_oracle(policy);
  if (auto difference = compare_separations(policy, compiled, expected)) return difference;

  Labels needs, excluded, excludes, cleared;
  for (const auto& [pair, points] : expected.missing_feature)
    needs.insert(fmt::format("{} {}", pair.first, pair.second));
  if (auto difference = compare_labels("missing-feature", pairs_found(compiled, Code::missing_feature), needs))
    return difference;

  const auto in_order = [](const std::string& a, const std::string& b) {
    return fmt::format("{} {}", std::min(a, b), std::max(a, b));
  };
  for (const auto& [pair, points] : expected.excluded_feature) excluded.insert(in_order(pair.first, pair.second));
  for (const auto& found : compiled.findings(Code::toxic_combination)) {
    if (!found.at.starts_with("s")) excludes.insert(in_order(found.names.at(0), found.names.at(1)));
  }
  if (auto difference = compare_labels("toxic-combination", excludes, excluded)) return difference;

  if (compiled.findings(Code::control_impossible).empty() != expected.control_impossible.empty())
    return "control-impossible without its finding, or the reverse";
  for (const auto& found : compiled.findings(Code::control_impossible)) {
    std::set<oracle::Point> points;
    for (const auto& [point, controls] : expected.control_impossible) points.insert(point);
    if (!has_place(points, *found.witness)) return fmt::format("{} can be", oracle::text_of(*found.witness));
  }

  // One finding for each role that states a clearance; those that inherit it are in its lines.
  Labels above, allowed_more;
  for (const auto& [point, tier] : expected.above_clearance) above.insert(tier);
  for (const auto& found : compiled.findings(Code::above_clearance)) {
    allowed_more.insert(found.names.at(1));
    const auto at = std::find_if(expected.above_clearance.begin(), expected.above_clearance.end(),
                                 [&](const auto& entry) { return has_place({entry.first}, *found.witness); });
    if (at == expected.above_clearance.end()) return fmt::format("{} is cleared", oracle::text_of(*found.witness));
  }
  return compare_labels("above-clearance", allowed_more, above);
}

// The shadowed and the surplus duplicates, and what is redundant beside them.
struct Hidden {
  std::set<std::size_t> shadowed, redundant, surplus;
};

Hidden hidden_by_oracle(const Policy& policy, const Compiled& compiled, const Findings& found) {
  Hidden hidden;
  std::set<std::size_t> kept;
  // Of several that say the same the first one in the text is kept, wherever it stands.
  for (const auto& [first, second] : found.duplicate_rule) {
    const bool is_surplus = where_found(compiled, Code::duplicate_rule).contains(policy.statements[first].label);
    hidden.surplus.insert(is_surplus ? first : second);
    kept.insert(is_surplus ? second : first);
  }
  for (const std::size_t rule : found.shadowed_rule) {
    if (!found.deny_without_effect.contains(rule) && !hidden.surplus.contains(rule)) hidden.shadowed.insert(rule);
  }
  for (const std::size_t rule : oracle::find_redundant(policy, today)) {
    if (!hidden.surplus.contains(rule) && !kept.contains(rule) && !found.shadowed_rule.contains(rule))
      hidden.redundant.insert(rule);
  }
  return hidden;
}

Difference compare_hidden_rules(const Policy& policy, const Compiled& compiled) {
  if (!is_comparable(policy, compiled)) return std::nullopt;
  const Hidden expected = hidden_by_oracle(policy, compiled, found_by_oracle(policy));
  if (auto difference = compare_labels("duplicate-rule", where_found(compiled, Code::duplicate_rule),
                                       labels_of(policy, expected.surplus)))
    return difference;
  if (auto difference = compare_labels("shadowed-rule", where_found(compiled, Code::shadowed_rule),
                                       labels_of(policy, expected.shadowed)))
    return difference;
  return compare_labels("redundant-rule", where_found(compiled, Code::redundant_rule),
                        labels_of(policy, expected.redundant));
}

Policy without(const Policy& policy, const Labels& labels) {
  Policy left = policy;
  std::erase_if(left.statements, [&](const oracle::Statement& one) { return labels.contains(one.label); });
  return left;
}

std::map<oracle::Point, std::pair<oracle::Effect, oracle::Set>> effects_of(const Policy& policy) {
  std::map<oracle::Point, std::pair<oracle::Effect, oracle::Set>> effects;
  for (const auto& [point, answer] : oracle::decide(policy, today).answers)
    effects[point] = {answer.effect, answer.controls};
  return effects;
}

// What the compiler says may go, may go: all of the first two kinds together, and of the third any one.
Difference compare_removals(const Policy& policy, const Compiled& compiled) {
  if (!is_comparable(policy, compiled)) return std::nullopt;
  const auto effects = effects_of(policy);
  Labels together = where_found(compiled, Code::shadowed_rule);
  together.merge(where_found(compiled, Code::duplicate_rule));
  if (effects_of(without(policy, together)) != effects)
    return fmt::format("taking {} out together changes an answer", fmt::join(together, ", "));
  for (const std::string& rule : where_found(compiled, Code::redundant_rule)) {
    if (effects_of(without(policy, {rule})) != effects) return fmt::format("taking {} out changes an answer", rule);
  }
  return std::nullopt;
}

// What is said to hide a rule hides it, without all others, and none of it can be left out.
Difference compare_causes(const Policy& policy, const Compiled& compiled) {
  if (!is_comparable(policy, compiled)) return std::nullopt;
  for (const Code code : {Code::shadowed_rule, Code::redundant_rule}) {
    for (const auto& found : compiled.findings(code)) {
      const Labels causes{found.labels.begin() + 1, found.labels.end()};
      if (causes.size() >= 5) continue;  // not all of them are pointed at
      const auto is_hidden = [&](const Labels& some) {
        Policy left = policy;
        std::erase_if(left.statements, [&](const oracle::Statement& one) {
          return one.verb != oracle::Verb::require && one.label != found.at && !some.contains(one.label);
        });
        std::size_t at = 0;
        while (left.statements[at].label != found.at) ++at;
        return code == Code::shadowed_rule ? found_by_oracle(left).idle_rule.contains(at)
                                           : effects_of(left) == effects_of(without(left, {found.at}));
      };
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

Difference compare_advice(const Policy& policy, const Compiled& compiled) {
  if (!is_comparable(policy, compiled)) return std::nullopt;
  const Findings expected = found_by_oracle(policy);
  Labels pierced, idle, same, inverted, found_inverted, exceptions;
  for (const auto& [deny, allows] : expected.pierced_deny) {
    pierced.insert(policy.statements[deny].label);
    for (const std::string& allow : labels_of(policy, allows))
      exceptions.insert(fmt::format("{} {}", policy.statements[deny].label, allow));
  }
  if (auto difference = compare_labels("pierced-deny", where_found(compiled, Code::pierced_deny), pierced))
    return difference;
  Labels exceptions_found;
  for (const auto& found : compiled.findings(Code::pierced_deny)) {
    if (found.labels.size() > 5) return std::nullopt;
    for (std::size_t at = 1; at < found.labels.size(); ++at)
      exceptions_found.insert(fmt::format("{} {}", found.at, found.labels[at]));
  }
  if (auto difference = compare_labels("exceptions", exceptions_found, exceptions)) return difference;
  if (auto difference = compare_labels("only-without-grant", where_found(compiled, Code::only_without_grant),
                                       labels_of(policy, expected.only_without_grant)))
    return difference;
  Labels nobody_may;
  for (const auto& found : compiled.findings(Code::nobody_may)) nobody_may.insert(found.names.at(0));
  if (auto difference = compare_labels("nobody-may", nobody_may, expected.nobody_may)) return difference;
  for (const auto& [a, b] : expected.same_permissions) same.insert(fmt::format("{} {}", a, b));
  if (auto difference = compare_labels("same-permissions", same_pairs(policy, compiled), same)) return difference;
  Labels kept;
  for (const auto& found : compiled.findings(Code::kept_by_nobody)) kept.insert(found.names.at(0));
  if (auto difference = compare_labels("kept-by-nobody", kept, expected.kept_by_nobody)) return difference;
  if (auto difference = compare_labels("unused-role", where_found(compiled, Code::unused_role), expected.unused_roles))
    return difference;
  if (auto difference = compare_labels("unused-set", where_found(compiled, Code::unused_set), expected.unused_lists))
    return difference;
  // By role and feature, as the lines name them.
  for (const oracle::Inversion& one : expected.tier_inversion)
    inverted.insert(fmt::format("{} {}", one.subject, one.feature));
  const auto split = [](const std::string& text, const std::string& by) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (std::size_t at = text.find(by); at != std::string::npos; at = text.find(by, from)) {
      parts.push_back(text.substr(from, at - from));
      from = at + by.size();
    }
    parts.push_back(text.substr(from));
    return parts;
  };
  for (const auto& found : compiled.findings(Code::tier_inversion)) {
    for (const std::string& line : found.details) {
      if (line.starts_with("and ")) return std::nullopt;
      const auto parts = split(line, " · ");
      for (const std::string& role : split(parts.at(0), ", ")) {
        for (const std::string& feature : split(parts.at(1), ", "))
          found_inverted.insert(fmt::format("{} {}", role == "whoever holds no role" ? oracle::nobody : role, feature));
      }
    }
  }
  return compare_labels("tier-inversion", found_inverted, inverted);
}

Policy generate_with_facts(std::uint32_t seed) {
  Random random(seed + 77);
  return with_facts(generate_policy(seed), random);
}

constexpr std::uint32_t enough = 4'000;

}  // namespace

TEST_CASE("a guardrail is broken if and only if it is reported, and the example is one") {
  on_random_policies(compare_guardrails, enough);
}

TEST_CASE("separations, needs, exclusions, clearances and controls that cannot be") {
  on_random_policies(compare_facts, enough, generate_with_facts);
}

TEST_CASE("duplicate, shadowed and redundant rules: the strongest of them, exactly") {
  on_random_policies(compare_hidden_rules, enough);
}

TEST_CASE("taking out what is superfluous changes no answer") { on_random_policies(compare_removals, enough); }

TEST_CASE("what hides a rule is a set from which none can be left out") { on_random_policies(compare_causes, enough); }

TEST_CASE("advice on exceptions, doors, roles and tiers") {
  on_random_policies(compare_advice, enough, generate_with_facts);
}

}  // namespace property
