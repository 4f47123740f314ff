// `check --watch`: looks again whenever a file of the policy changes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/context.h"

namespace farol::cli {

// Calls `look`, which adds the files that it has read, and again after each change of one of them or of the policies in
// their folders, until somebody ends the program.
ExitCode watch(Context& context, const std::function<ExitCode(std::vector<std::string>& files)>& look);

}  // namespace farol::cli
