// `permissions.json` or `steps.json` as lines, one for each thing that it says: what `git diff` shows of it, see
// docs/review.md.
#pragma once

#include <optional>
#include <string_view>

#include "base/phrases.h"
#include "document/document.h"

namespace farol::dingtalk {

// Permissions in the words of the language, then what is left open, then the steps; in the order of the document. What
// follows from the rest is left out: digests, ids, the rules behind a permission, texts in other languages. Returns
// nullopt if the document is not one of ours.
[[nodiscard]] std::optional<document::Document> read_lines(std::string_view text, base::Language language);

}  // namespace farol::dingtalk
