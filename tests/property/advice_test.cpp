#include <doctest/doctest.h>
#include <fmt/format.h>
#include <algorithm>

#include "comparison.h"

// Advice on random policies: exceptions, doors, roles, tiers, dates and keepers.
namespace property::advice_test {
namespace {

using farol::diag::Code;
using oracle::Policy;

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

Difference compare_exceptions(const Case& one) {
  const Policy& policy = one.policy();
  Labels pierced, exceptions, found;
  for (const auto& [deny, allows] : one.findings().pierced_deny) {
    pierced.insert(policy.statements[deny].label);
    for (const std::string& allow : labels_of(policy, allows))
      exceptions.insert(fmt::format("{} {}", policy.statements[deny].label, allow));
  }
  if (auto difference = compare_labels("pierced-deny", where_found(one.compiled(), Code::pierced_deny), pierced))
    return difference;
  for (const auto& note : one.compiled().findings(Code::pierced_deny)) {
    if (note.labels.size() > 5) return std::nullopt;  // not all of them are pointed at
    for (std::size_t at = 1; at < note.labels.size(); ++at)
      found.insert(fmt::format("{} {}", note.at, note.labels[at]));
  }
  return compare_labels("exceptions", found, exceptions);
}

// All names in the messages.
Labels all_names(const Compiled& compiled, Code code) {
  Labels names;
  for (const auto& finding : compiled.findings(code)) names.insert(finding.names.begin(), finding.names.end());
  return names;
}

// The first names in the messages.
Labels first_names(const Compiled& compiled, Code code) {
  Labels names;
  for (const auto& finding : compiled.findings(code)) names.insert(finding.names.at(0));
  return names;
}

Difference compare_permissions(const Case& one) {
  const oracle::Findings& expected = one.findings();
  const Compiled& compiled = one.compiled();
  if (auto difference = compare_labels("only-without-grant", where_found(compiled, Code::only_without_grant),
                                       labels_of(one.policy(), expected.only_without_grant)))
    return difference;
  if (auto difference = compare_labels("nobody-may", all_names(compiled, Code::nobody_may), expected.nobody_may))
    return difference;
  Labels same;
  for (const auto& [a, b] : expected.same_permissions) same.insert(fmt::format("{} {}", a, b));
  if (auto difference = compare_labels("same-permissions", same_pairs(one.policy(), compiled), same)) return difference;
  return compare_labels("kept-by-nobody", first_names(compiled, Code::kept_by_nobody), expected.kept_by_nobody);
}

Difference compare_names_and_dates(const Case& one) {
  const auto compare = [&](Code code, const Labels& expected) {
    return compare_labels(farol::diag::info(code).name, where_found(one.compiled(), code), expected);
  };
  const oracle::Findings& expected = one.findings();
  if (auto difference = compare(Code::unused_role, expected.unused_roles)) return difference;
  if (auto difference = compare(Code::unused_set, expected.unused_lists)) return difference;
  if (auto difference = compare(Code::expired_rule, labels_of(one.policy(), expected.expired_rule))) return difference;
  return compare(Code::expires_soon, labels_of(one.policy(), expected.expires_soon));
}

// By role and feature, as the lines name them.
Difference compare_inversions(const Case& one) {
  Labels expected, found;
  for (const oracle::Inversion& inversion : one.findings().tier_inversion)
    expected.insert(fmt::format("{} {}", inversion.subject, inversion.feature));
  for (const auto& finding : one.compiled().findings(Code::tier_inversion)) {
    for (const oracle::Point& cell : cells_of(one.policy(), finding))
      found.insert(fmt::format("{} {}", cell.subject, cell.feature));
  }
  return compare_labels("tier-inversion", found, expected);
}

}  // namespace

TEST_CASE("advice is given if and only if there is reason for it") {
  on_random_policies(
      {compare_exceptions, compare_permissions, compare_names_and_dates, compare_inversions}, many,
      Shape::without_mistakes,
      {Code::pierced_deny, Code::only_without_grant, Code::nobody_may, Code::same_permissions, Code::kept_by_nobody,
       Code::unused_role, Code::unused_set, Code::expired_rule, Code::expires_soon, Code::tier_inversion},
      generate_with_facts);
}

}  // namespace property::advice_test
