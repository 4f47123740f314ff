#include "comparison.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace property {
namespace {

using farol::diag::Code;
using oracle::Policy;

Difference compare(Comparison comparison, const Policy& policy, const Layout& layout) {
  return comparison(Case(policy, layout));
}

// No statement, list or condition that is itself a mistake, and no fact of a feature that cannot be.
bool is_well_shaped(const Case& one) {
  return oracle::find_misshapen(one.policy()) == oracle::Misshapen{} &&
         !one.compiled().errors().contains("bad-attribute");
}

std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at = text.find(by); at != std::string::npos; at = text.find(by, from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + by.size();
  }
  parts.push_back(text.substr(from));
  return parts;
}

// The object that a line names by nothing: what a feature without objects, or without tiers, is about.
std::string_view nameless_object(const Policy& policy, const std::string& feature) {
  return oracle::named(policy.features, feature).acts_on == oracle::Kind::nothing ? oracle::no_object
                                                                                  : oracle::untiered;
}

}  // namespace

const oracle::Decisions& Case::decisions() const {
  if (!decisions_) decisions_ = oracle::decide(policy_, today);
  return *decisions_;
}

const oracle::Findings& Case::findings() const {
  if (!findings_) findings_ = oracle::find_all(policy_, decisions());
  return *findings_;
}

const std::set<std::size_t>& Case::redundant() const {
  if (!redundant_) redundant_ = oracle::find_redundant(policy_, decisions());
  return *redundant_;
}

std::set<std::string> days_of(const Policy& policy) {
  std::set<std::string> days{std::string(today)};
  for (const oracle::Statement& statement : policy.statements) {
    if (statement.from > today) days.insert(statement.from);
    if (!statement.until.empty() && statement.until >= today)
      days.insert(farol::base::to_string(
          farol::base::add(farol::base::parse_date(statement.until).value(), {1, farol::base::Duration::Unit::days})));
  }
  return days;
}

const std::vector<Day>& Case::later_days() const {
  if (later_) return *later_;
  later_.emplace();
  for (const std::string& day : days_of(policy_)) {
    if (day == today) continue;
    Day& later = later_->emplace_back(Day{day, oracle::decide(policy_, day), {}, {}});
    later.findings = oracle::find_all(policy_, later.decisions);
    later.redundant = oracle::find_redundant(policy_, later.decisions);
  }
  return *later_;
}

Layout layout_of(std::uint32_t seed) {
  switch (seed % 4) {
    case 0: return {};
    case 1: return {.seed = seed, .shuffled = true, .files = 1, .spread_out = false};
    case 2: return {.seed = seed, .shuffled = true, .files = 1, .spread_out = true};
    default: return {.seed = seed, .shuffled = true, .files = 3, .spread_out = false};
  }
}

void require_no_difference(Comparison comparison, std::uint32_t seed, const Policy& policy, const Layout& layout) {
  if (!compare(comparison, policy, layout)) return;
  const Layout shown = compare(comparison, policy, {}) ? Layout{} : layout;
  const auto differs = [&](const Policy& one) { return compare(comparison, one, shown).has_value(); };
  const Policy smallest = smallest_with(policy, differs);
  std::string text;
  for (const SourceFile& file : print(smallest, shown)) text += fmt::format("\n--- {}\n{}", file.path, file.text);
  FAIL("seed ", seed, ": ", compare(comparison, smallest, shown).value(), text);
}

void on_random_policies(const std::vector<Comparison>& comparisons, std::uint32_t count, Shape shape,
                        const std::vector<Code>& kinds, const MakePolicy& make) {
  std::map<Code, std::size_t> found;
  std::uint32_t compared = 0;
  for (std::uint32_t seed = 0; compared < count; ++seed) {
    const Policy policy = make(seed);
    const Case one(policy, layout_of(seed));
    if (shape == Shape::without_mistakes && !is_well_shaped(one)) continue;
    ++compared;
    for (const Comparison comparison : comparisons) {
      if (comparison(one)) require_no_difference(comparison, seed, policy, layout_of(seed));
    }
    for (const Code kind : kinds) found[kind] += one.compiled().count(kind);
  }
  std::vector<std::string> counts;
  for (const Code kind : kinds) {
    INFO(farol::diag::info(kind).name);
    REQUIRE(found[kind] >= often);
    counts.push_back(fmt::format("{} {}", found[kind], farol::diag::info(kind).name));
  }
  fmt::print("NOTE: {} random policies agree with the oracle{}{}\n", count, counts.empty() ? "" : ": ",
             fmt::join(counts, ", "));
}

Policy generate_with_facts(std::uint32_t seed) {
  Random random(seed + 77);
  return with_facts(generate_policy(seed), random);
}

Difference compare_labels(std::string_view what, const Labels& actual, const Labels& expected) {
  if (actual == expected) return std::nullopt;
  return fmt::format("{}: {{{}}}, not {{{}}}", what, fmt::join(actual, ", "), fmt::join(expected, ", "));
}

Labels where_found(const Compiled& compiled, Code code) {
  Labels labels;
  for (const auto& found : compiled.findings(code)) labels.insert(found.at);
  return labels;
}

// A line is "roles · features · objects · condition"; objects without a name and the condition `always` are left out.
bool is_cut(const Compiled::Found& finding) {
  return !finding.details.empty() && finding.details.back().find(" · ") == std::string::npos;
}

std::set<oracle::Point> cells_of(const Policy& policy, const Compiled::Found& finding) {
  std::set<oracle::Point> cells;
  for (const std::string& line : finding.details) {
    const std::vector<std::string> parts = split(line, " · ");
    if (is_cut(finding) && &line == &finding.details.back()) break;
    REQUIRE_MESSAGE(parts.size() > 1, "cells were left out: ", line);
    const bool has_objects = parts.size() > 2 && parts[2].find(" is ") == std::string::npos;
    for (const std::string& role : split(parts[0], ", ")) {
      for (const std::string& feature : split(parts[1], ", ")) {
        for (const std::string& object : split(has_objects ? parts[2] : "", ", ")) {
          cells.insert(
              {role == "whoever holds no role" ? std::string(oracle::nobody) : role,
               feature,
               object.empty() || object == "any other data" ? std::string(nameless_object(policy, feature)) : object,
               {}});
        }
      }
    }
  }
  return cells;
}

std::set<oracle::Point> without_context(const std::set<oracle::Point>& points) {
  std::set<oracle::Point> cells;
  for (const oracle::Point& point : points) cells.insert({point.subject, point.feature, point.object, {}});
  return cells;
}

Labels texts_of(const std::set<oracle::Point>& points) {
  Labels texts;
  for (const oracle::Point& point : points) texts.insert(oracle::text_of(point));
  return texts;
}

Difference compare_cells(const Policy& policy, const Compiled::Found& finding, const std::set<oracle::Point>& points) {
  const auto expected = without_context(points);
  if (!expected.contains(finding.witness.value()))
    return fmt::format("{} is no example of {}", oracle::text_of(*finding.witness), finding.at);
  return compare_labels(finding.at, texts_of(cells_of(policy, finding)), texts_of(expected));
}

}  // namespace property
