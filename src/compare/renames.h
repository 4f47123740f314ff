// Roles and features that changed their names and nothing else.
#pragma once

#include "compare/difference.h"
#include "compare/vocabulary.h"

namespace farol::compare {

// The vocabulary of both sides with the renamings that `was` declares, and those that can be told: a role, app, group …
// that is gone and one that is new, bound to one id of the tenant; or a role (feature) that is gone and one that is
// new, declared alike, with one title or, where they have none, with the same answers everywhere, each the only such
// one.
[[nodiscard]] Vocabulary recognise(const Side& before, const Side& after);

}  // namespace farol::compare
