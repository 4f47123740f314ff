// What the coming days bring: every day on which a rule begins or has ended is decided, and what is wrong then and not
// before is found today.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

#include "check/findings.h"
#include "decide/decisions.h"

namespace farol::check {

struct Ahead {
  std::vector<base::Date> days;             // that were looked at
  std::size_t not_looked_at = 0;            // how many more there are
  std::optional<base::Date> first_of_them;  // the first of those
  // Of today and the days that were looked at together: what a rule does on any of them.
  decide::RuleFacts facts;
  std::set<model::RuleId> givers;  // rules that on some day decide nowhere, and give a control that no other gives
};

// `findings` are today's, and are followed by those of the coming days: each says from when on it is so. The work is
// bounded; where it does not reach all days, `findings` say so.
[[nodiscard]] Ahead look_ahead(const model::Model& model, const decide::Decisions& today, decide::NamePrinter written,
                               KnownConflicts& known, Findings& findings);

// The finding of a day to come.
void begin_on(base::Date day, diag::Diagnostic& finding);

}  // namespace farol::check
