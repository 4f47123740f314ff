// What stands beside statements: how far a rule reaches, how a test went, and what an edit means.
#pragma once

#include "lsp/answers.h"

namespace farol::lsp {

// An inlay hint behind each rule of a range of the file: for how many roles it decides, whoever holds none among them,
// on how many objects, and at how many points, which are a role, a feature and an object each, in whatever cases.
// Nothing is said of rules while the policy has errors.
[[nodiscard]] Json inlay_hints(const File& file, std::uint32_t begin, std::uint32_t end);
// A lens above each test of the file, with how it went today; and above each statement that the last commit did not
// have so, with the points at which somebody may more or less by it. `committed` is the policy as it was there, none
// where it was in no commit. The commands are `farol.test` and `farol.diff`, which the client has.
[[nodiscard]] Json code_lenses(const File& file, const driver::Compilation* committed);

}  // namespace farol::lsp
