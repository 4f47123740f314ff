// Comparing what the compiler and the oracle make of random policies.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "compiled.h"

namespace property {

// Random policies for each comparison: more for what a policy means, fewer for what is said about it.
inline constexpr std::uint32_t many = 10'000;
inline constexpr std::uint32_t policies = 2'000;

// What differs, in words; nothing where all is alike.
using Difference = std::optional<std::string>;

// Compares what both make of a policy in one layout.
using Comparison = Difference (*)(const oracle::Policy& policy, const Compiled& compiled);

// Plain, shuffled, spread over lines or over files: another one for each seed.
Layout layout_of(std::uint32_t seed);

// Fails with the smallest policy that still differs, laid out plainly if it differs there too.
void require_no_difference(Comparison comparison, std::uint32_t seed, const oracle::Policy& policy,
                           const Layout& layout);
void on_random_policies(Comparison comparison, std::uint32_t count = policies,
                        const std::function<oracle::Policy(std::uint32_t seed)>& make = generate_policy);

// No statement, list or condition that is itself a mistake.
bool is_well_shaped(const oracle::Policy& policy);

Difference compare_labels(std::string_view what, const Labels& actual, const Labels& expected);

}  // namespace property
