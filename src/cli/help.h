// Help in plain words, examples first, made from the table of verbs.
#pragma once

#include <string>

#include "cli/verbs.h"

namespace farol::cli {

[[nodiscard]] std::string render_help();
[[nodiscard]] std::string render_help(const Verb& verb);
// What `completions` prints; `shell` is `bash`, `zsh` or `fish`.
[[nodiscard]] std::string render_completions(std::string_view shell);

}  // namespace farol::cli
