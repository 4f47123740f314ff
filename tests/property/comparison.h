// Comparing what the compiler and the oracle make of random policies.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiled.h"
#include "random.h"

namespace property {

// Random policies on which each kind of finding is compared.
inline const std::uint32_t many = rounds(20'000);
// For what costs more than one answer to a policy.
inline const std::uint32_t policies = rounds(2'000);

// Today, and the later days on which a rule begins, or has ended.
std::set<std::string> days_of(const oracle::Policy& policy);

// What the oracle makes of one day.
struct Day {
  std::string day;
  oracle::Decisions decisions;
  oracle::Findings findings;
  std::set<std::size_t> redundant;
};

// A policy in one layout, and what both make of it. The oracle is asked when its answer is first needed, and only once.
class Case {
 public:
  Case(const oracle::Policy& policy, const Layout& layout) : policy_(policy), compiled_(print(policy, layout)) {}

  const oracle::Policy& policy() const { return policy_; }
  const Compiled& compiled() const { return compiled_; }
  const oracle::Decisions& decisions() const;
  const oracle::Findings& findings() const;
  const std::set<std::size_t>& redundant() const;
  // Those that come, in their order.
  const std::vector<Day>& later_days() const;

 private:
  const oracle::Policy& policy_;
  Compiled compiled_;
  mutable std::optional<oracle::Decisions> decisions_;
  mutable std::optional<oracle::Findings> findings_;
  mutable std::optional<std::set<std::size_t>> redundant_;
  mutable std::optional<std::vector<Day>> later_;
};

// What differs, in words; nothing where all is alike.
using Difference = std::optional<std::string>;
using Comparison = Difference (*)(const Case&);

// A policy for each seed.
using MakePolicy = std::function<oracle::Policy(std::uint32_t seed)>;

// Plain, shuffled, spread over lines or over files: another one for each seed.
Layout layout_of(std::uint32_t seed);

// Fails with the smallest policy that still differs, laid out plainly if it differs there too.
void require_no_difference(Comparison comparison, std::uint32_t seed, const oracle::Policy& policy,
                           const Layout& layout);

// Which of the policies that are made count.
enum class Shape { any, without_mistakes };

// Makes every comparison on so many policies. Fails, too, where a kind of finding occurs too seldom among them for its
// absence and presence to have been compared; prints how often each occurred.
void on_random_policies(const std::vector<Comparison>& comparisons, std::uint32_t count, Shape shape,
                        const std::vector<farol::diag::Code>& kinds, const MakePolicy& make = generate_policy);

// `generate_policy`, with facts.
oracle::Policy generate_with_facts(std::uint32_t seed);

Difference compare_labels(std::string_view what, const Labels& actual, const Labels& expected);

// The labels of the statements, or the names of the declarations, that findings of this kind point at.
Labels where_found(const Compiled& compiled, farol::diag::Code code);

// The cells that the lines of a finding name: points without a context.
// Returns true if the last line only counts further cells: a finding shows so many and no more.
bool is_cut(const Compiled::Found& finding);
// The cells that a finding shows.
std::set<oracle::Point> cells_of(const oracle::Policy& policy, const Compiled::Found& finding);
std::set<oracle::Point> without_context(const std::set<oracle::Point>& points);
Labels texts_of(const std::set<oracle::Point>& points);
// Whether a finding names the cells of just these points, one of them as its example.
Difference compare_cells(const oracle::Policy& policy, const Compiled::Found& finding,
                         const std::set<oracle::Point>& points);

}  // namespace property
