// Which statements the two sides do not have in common, and under which heading each is accounted for.
#pragma once

#include <vector>

#include "compare/difference.h"
#include "compare/pairs.h"

namespace farol::compare {

// Fills `edits` and `unseen` of a difference whose changes and things stand, and lets a cause that is one half of an
// edited statement say so.
void add_edits(const Side& before, const Side& after, Difference& difference);

// The same where a side is a document: statements are not known there. What both hold of them is compared, and the
// digests say whether there is more.
void add_document_edits(const Side& before, const Side& after, Difference& difference);

// How far the changes of an edit reach. `rule` is what its statement is now; null if that is no rule.
[[nodiscard]] Edit::Reach reach_of(const Edit& edit, const model::Rule* rule, const Side& before, const Side& after,
                                   const Difference& difference);

// What becomes of the safeguard that each statement is, from the models; `none` of what guards nothing.
[[nodiscard]] std::vector<Edit::Guard> guards_of(const std::vector<StatementPair>& pairs, const Side& before,
                                                 const Side& after, const Difference& difference);

// Of a `use pack`: how many checks are no longer made.
[[nodiscard]] std::size_t checks_gone(const StatementPair& pair, const Side& before, const Side& after);

}  // namespace farol::compare
