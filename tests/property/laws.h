#pragma once

#include <optional>
#include <string>

#include "support/oracle.h"

// The laws of the language, over the decisions of two policies that differ by one change. Whoever made the decisions,
// oracle or compiler, they must hold.
namespace property {

// Where a law does not hold, in words.
using Counterexample = std::optional<std::string>;

// After an allow was added, or a deny, forbid or only removed.
Counterexample check_keeps_permissions(const oracle::Answers& before, const oracle::Answers& after);

// After a deny, forbid or only was added, or an allow removed.
Counterexample check_gives_no_permission(const oracle::Answers& before, const oracle::Answers& after);

// After rules were joined, split or moved: the effects and controls are the same everywhere.
Counterexample check_same_answers(const oracle::Answers& before, const oracle::Answers& after);

// After something was declared that made no statement an error: every point that there was keeps its effect and its
// controls, or is in conflict now. A point in conflict had no decision: a first common heir of two roles may settle it.
// A new context must be the last one.
Counterexample check_keeps_decisions(const oracle::Answers& before, const oracle::Answers& after);

// The same, after a declaration that the undeclared members of the sets stand for: anything but a role with several
// parents. It changes no answer at all, and conflicts neither come nor go.
Counterexample check_was_foreseen(const oracle::Answers& before, const oracle::Answers& after);

// A new data class has the answers of its tier, a new thing those of any other thing.
Counterexample check_answers_alike(const oracle::Answers& answers, const std::string& fresh, const std::string& model);

// A person never has what none of their roles has. Someone without roles is not asked about.
Counterexample check_person_has_less(const oracle::Answers& answers, const oracle::Set& roles,
                                     const oracle::Answers& person);

}  // namespace property
