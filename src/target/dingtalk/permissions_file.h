// Files that `farol compile` writes, of this version of the form and of the former one.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "base/phrases.h"
#include "target/dingtalk/permissions_document.h"
#include "target/dingtalk/steps_document.h"

namespace farol::dingtalk {

// The former form had the steps in the same file, and every text in four languages.
inline constexpr std::string_view former_permissions_schema = "farol-permissions-1";

struct PermissionsFile {
  PermissionsDocument permissions;
  // Of the former form: what the steps are on and set, and how they are undone. Nothing else of them is read.
  std::optional<StepsDocument> steps;
};
// Reads a permissions.json of any origin. Of the former form the texts are those of `language`.
[[nodiscard]] std::variant<PermissionsFile, NotPermissions> read_permissions_file(std::string_view text,
                                                                                  base::Language language);

}  // namespace farol::dingtalk
