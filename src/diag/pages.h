// The pages of docs/diagnostics inside the binary: what a finding means, with an example of it and of what is right.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace farol::diag {

struct Page {
  std::string_view name;  // `F3001`
  std::string_view text;  // Markdown
};
[[nodiscard]] std::span<const Page> all_pages();
// A test holds that there is one for every code.
[[nodiscard]] std::string_view page_of(Code code);
// The command that shows the page, or for the check of a pack what its ID stands for: `farol explain F3001`.
[[nodiscard]] std::string explained_by(std::string_view code_or_check);
// What such a finding means, in a sentence or two: the first paragraph of its page, on one line.
[[nodiscard]] std::string description(Code code);

}  // namespace farol::diag
