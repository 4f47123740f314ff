// What findings have in common: the rules behind places, and how they are named.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "decide/decisions.h"
#include "decide/places.h"
#include "diag/diagnostic.h"

namespace farol::check {

// How many rules are pointed at.
inline constexpr std::size_t max_labels = 5;

// The rules that decide, or refuse, somewhere at the places.
[[nodiscard]] std::set<model::RuleId> rules_at(const model::Model& model, const decide::Decisions& decisions,
                                               const std::vector<decide::Place>& places);
// Points at the first of them, with one text.
void label_rules(const model::Model& model, const std::set<model::RuleId>& rules, diag::Text text,
                 diag::Diagnostic& diagnostic);
[[nodiscard]] std::vector<std::string> references(const model::Model& model, const std::set<model::RuleId>& rules);

}  // namespace farol::check
