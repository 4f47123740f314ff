// A permissions.json as one side of a comparison: the decisions that it lists, and what they are about.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "compare/steps.h"
#include "decide/decisions.h"
#include "model/model.h"

namespace farol::compare {

struct PermissionsFile {
  model::Model model;  // of each rule only how the document refers to it
  decide::Decisions decisions;
  std::vector<Step> steps;
};

// What is wrong, each with the place in the document: `permissions[3].effect: neither allow nor deny`.
struct NotPermissions {
  std::vector<std::string> problems;
};

// `text` may be anything. Titles and steps in the language.
[[nodiscard]] std::variant<PermissionsFile, NotPermissions> read_permissions(std::string_view text,
                                                                             base::Language language);

}  // namespace farol::compare
