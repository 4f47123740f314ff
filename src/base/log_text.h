// Text on its way to standard output and standard error: a terminal, or the log of a build server.
//
// A line of a log can be a command to the server that runs the build: GitHub takes `::name …::` behind blanks and
// `##[name]` anywhere, Azure `##vso[name]`, TeamCity `##teamcity[name]`. A text of a policy must not become one,
// wherever a renderer has put it, so this is done to the whole of what leaves.
#pragma once

#include <string>
#include <string_view>

namespace farol::base {

// Sets apart, by a blank, what would begin a command, and takes out what a terminal would obey or hide: controls, marks
// of direction. A byte that is no UTF-8 is shown as U+FFFD. Line ends stay, as do tabs, a byte-order mark at the start,
// and the colours that are ours (`ESC [ … m`) if `colors` says that there are any.
[[nodiscard]] std::string for_log(std::string_view text, bool colors = false);

}  // namespace farol::base
