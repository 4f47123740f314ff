// Waiting until files change.
#pragma once

#include <string>
#include <vector>

namespace farol::base {

// Returns when something in one of the folders may have changed: at once where the system tells (inotify), otherwise
// when it is time to look again. Whoever calls compares what is there.
void wait_for_change(const std::vector<std::string>& folders);

}  // namespace farol::base
