// The versions of a library: each entry says with `since` in which version it first was.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/ast.h"

namespace farol::syntax {

// Returns the version in `since` of a declaration, fact or check; nullopt if it has none. A named list has been there
// since the newest of the `declared` things that it names.
[[nodiscard]] std::optional<std::string_view> version_of(const Statement& statement,
                                                         const std::vector<Statement>& declared);

// Returns the different versions in a file, the oldest first.
[[nodiscard]] std::vector<std::string> known_versions(const File& file);

// Compares component by component, as numbers: `2026.9` is before `2026.11`.
[[nodiscard]] bool is_older(std::string_view version, std::string_view other);

}  // namespace farol::syntax
