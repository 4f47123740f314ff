// What is made from the table of verbs for people to read: help in plain words with examples first, a manual page, and
// the tables of docs/cli.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "cli/verbs.h"

namespace farol::cli {

[[nodiscard]] std::string render_help(base::Language language);
[[nodiscard]] std::string render_help(const Verb& verb, base::Language language);
// farol(1), as man reads it.
[[nodiscard]] std::string render_man_page();
// A table in Markdown of a verb's own options, without those that every verb has that reads a policy.
[[nodiscard]] std::string render_options(const Verb& verb);
[[nodiscard]] std::string render_options(const std::vector<Option>& options);

}  // namespace farol::cli
