#include <doctest/doctest.h>
#include <fmt/format.h>
#include <algorithm>

#include "comparison.h"

// What roles, features and controls say of each other, on random policies: each finding if and only if, with all its
// cells.
namespace property::feature_facts_test {
namespace {

using farol::diag::Code;
using oracle::Point;
using oracle::Policy;

// By separation and role; a role in which they come together stands for those that inherit it.
Difference compare_duties(const Case& one) {
  const auto& expected = one.findings().duties_not_separated;
  Labels roles, found;
  for (const auto& [key, held] : expected) roles.insert(fmt::format("{} {}", key.first, key.second));
  for (const auto& finding : one.compiled().findings(Code::duties_not_separated)) {
    const std::string& separation = finding.labels.at(1);
    for (const auto& [key, held] : expected) {
      if (key.first == separation && oracle::ancestors_of(one.policy(), key.second).contains(finding.at))
        found.insert(fmt::format("{} {}", separation, key.second));
    }
    if (!expected.contains({separation, finding.at})) found.insert(finding.at);
  }
  return compare_labels("duties-not-separated", found, roles);
}

// The label of a separation, which no rule has, begins with this letter.
bool is_of_separation(const Compiled::Found& finding) { return finding.at.starts_with("s"); }

// By separation and role.
Difference compare_separated_features(const Case& one) {
  Labels expected, found;
  for (const auto& [separation, subjects] : one.findings().separated_features) {
    for (const std::string& subject : subjects) expected.insert(fmt::format("{} {}", separation, subject));
  }
  for (const auto& finding : one.compiled().findings(Code::toxic_combination)) {
    if (!is_of_separation(finding)) continue;
    for (const Point& cell : cells_of(one.policy(), finding))
      found.insert(fmt::format("{} {}", finding.at, cell.subject));
  }
  return compare_labels("toxic-combination of a separation", found, expected);
}

// Findings about two names, which their messages begin with, each with its cells.
Difference compare_pairs(const Case& one, const std::vector<Compiled::Found>& findings,
                         const std::map<oracle::Pair, std::set<Point>>& expected) {
  for (const auto& finding : findings) {
    const auto at = expected.find({finding.names.at(0), finding.names.at(1)});
    if (at == expected.end()) return fmt::format("{} and {} are no finding", finding.names[0], finding.names[1]);
    if (auto difference = compare_cells(one.policy(), finding, at->second)) return difference;
  }
  return std::nullopt;
}

// One finding names the features that some rules allow and what they need. Each pair is in one.
Difference compare_needs(const Case& one) {
  const auto& expected = one.findings().missing_feature;
  const auto found = one.compiled().findings(Code::missing_feature);
  Labels names, named;
  std::set<Point> points, cells;
  for (const auto& [pair, at] : expected) {
    names.insert({pair.first, pair.second});
    points.insert(at.begin(), at.end());
    if (std::none_of(found.begin(), found.end(), [&, &features = pair](const auto& finding) {
          return std::find(finding.names.begin(), finding.names.end(), features.first) != finding.names.end() &&
                 std::find(finding.names.begin(), finding.names.end(), features.second) != finding.names.end();
        }))
      return fmt::format("missing-feature: {} needs {}, and no finding says so", pair.first, pair.second);
  }
  for (const auto& finding : found) {
    named.insert(finding.names.begin(), finding.names.end());
    const auto some = cells_of(one.policy(), finding);
    cells.insert(some.begin(), some.end());
    if (!some.contains(finding.witness.value())) return fmt::format("{} is no cell", oracle::text_of(*finding.witness));
  }
  if (auto difference = compare_labels("missing-feature", named, names)) return difference;
  const std::set<Point> every = without_context(points);
  // Of a finding that shows some of its cells, each that it shows is right, and it says how many there are beside them.
  if (std::any_of(found.begin(), found.end(), is_cut) &&
      std::includes(every.begin(), every.end(), cells.begin(), cells.end()))
    return std::nullopt;
  return compare_labels("missing-feature", texts_of(cells), texts_of(every));
}

// Two features may each say that they exclude the other: that is one finding, which names either of them first.
Difference compare_exclusions(const Case& one) {
  const auto& expected = one.findings().excluded_feature;
  auto found = one.compiled().findings(Code::toxic_combination);
  std::erase_if(found, is_of_separation);
  Labels named, pairs;
  const auto in_order = [](const std::string& a, const std::string& b) {
    return fmt::format("{} {}", std::min(a, b), std::max(a, b));
  };
  for (const auto& finding : found) named.insert(in_order(finding.names.at(0), finding.names.at(1)));
  for (const auto& [pair, points] : expected) pairs.insert(in_order(pair.first, pair.second));
  if (auto difference = compare_labels("toxic-combination", named, pairs)) return difference;
  return compare_pairs(one, found, expected);
}

// Findings of which each cell is in one.
Difference compare_together(const Case& one, Code code, const std::set<Point>& expected) {
  std::set<Point> cells;
  for (const auto& finding : one.compiled().findings(code)) {
    const auto some = cells_of(one.policy(), finding);
    cells.insert(some.begin(), some.end());
    if (!some.contains(finding.witness.value())) return fmt::format("{} is no cell", oracle::text_of(*finding.witness));
  }
  return compare_labels(farol::diag::info(code).name, texts_of(cells), texts_of(without_context(expected)));
}

Difference compare_controls(const Case& one) {
  std::set<Point> expected;
  for (const auto& [point, controls] : one.findings().control_impossible) expected.insert(point);
  return compare_together(one, Code::control_impossible, expected);
}

// One finding for each role that states a clearance; those that inherit it are in its lines.
Difference compare_clearance(const Case& one) {
  std::set<Point> expected;
  for (const auto& [point, tier] : one.findings().above_clearance) expected.insert(point);
  if (auto difference = compare_together(one, Code::above_clearance, expected)) return difference;
  for (const auto& finding : one.compiled().findings(Code::above_clearance)) {
    for (const auto& [point, tier] : one.findings().above_clearance) {
      if (without_context({point}).contains(*finding.witness) && tier != finding.names.at(1))
        return fmt::format("{} is cleared up to {}, not {}", finding.at, tier, finding.names[1]);
    }
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("separations, needs, exclusions, clearances and controls that cannot be") {
  on_random_policies({compare_duties, compare_separated_features, compare_needs, compare_exclusions, compare_controls,
                      compare_clearance},
                     many, Shape::without_mistakes,
                     {Code::duties_not_separated, Code::toxic_combination, Code::missing_feature,
                      Code::control_impossible, Code::above_clearance},
                     generate_with_facts);
}

}  // namespace property::feature_facts_test
