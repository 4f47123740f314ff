#include "comparison.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace property {
namespace {

using oracle::Policy;

Difference compare(Comparison comparison, const Policy& policy, const Layout& layout) {
  return comparison(policy, Compiled(print(policy, layout)));
}

}  // namespace

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

void on_random_policies(Comparison comparison, std::uint32_t count,
                        const std::function<Policy(std::uint32_t seed)>& make) {
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    require_no_difference(comparison, seed, make(seed), layout_of(seed));
  }
  fmt::print("NOTE: {} random policies agree with the oracle\n", count);
}

bool is_well_shaped(const Policy& policy) { return oracle::find_misshapen(policy) == oracle::Misshapen{}; }

Difference compare_labels(std::string_view what, const Labels& actual, const Labels& expected) {
  if (actual == expected) return std::nullopt;
  return fmt::format("{}: {{{}}}, not {{{}}}", what, fmt::join(actual, ", "), fmt::join(expected, ", "));
}

}  // namespace property
