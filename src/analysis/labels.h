// What findings have in common: the rules behind places, and long lists made short.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "analysis/decisions.h"
#include "analysis/places.h"
#include "diag/diagnostic.h"

namespace farol::analysis {

// How many rules are pointed at, and how many names stand in one sentence.
inline constexpr std::size_t max_labels = 5;
inline constexpr std::size_t max_names = 8;

// The rules that decide, or refuse, somewhere at the places.
[[nodiscard]] std::set<RuleId> rules_at(const Model& model, const Decisions& decisions,
                                        const std::vector<Place>& places);
// Points at the first of them, with one text.
void label_rules(const Model& model, const std::set<RuleId>& rules, std::string_view text,
                 diag::Diagnostic& diagnostic);
// "`a`, `b` and 7 more"
[[nodiscard]] std::string in_short(const std::vector<std::string>& names);
[[nodiscard]] std::string in_short(const Model& model, const std::set<RuleId>& rules);

}  // namespace farol::analysis
