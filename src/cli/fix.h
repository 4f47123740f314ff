// `check --fix` and `check --interactive`.
#pragma once

#include "cli/context.h"

namespace farol::cli {

// Carries out repairs in the files of the policy, and says what was done. Nothing is written where a file changed
// meanwhile.
ExitCode fix(Context& context, const std::vector<std::string>& paths);

}  // namespace farol::cli
