// What a check may say of each kind of thing, and of which type it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sema/schemas.h"

namespace farol::sema {

// The kinds that a quantifier can range over: `data`, `role`, `transfer` …
[[nodiscard]] const std::vector<std::string_view>& thing_kinds();

// An attribute of a kind: of its block, or one that everything of the kind has (`name`, `title`, `tier` of data …).
[[nodiscard]] std::optional<AttributeSchema> attribute_of(std::string_view kind, std::string_view key);
// Returns true for what is known of everything of a kind without a block, and is therefore never left out.
[[nodiscard]] bool is_derived(std::string_view kind, std::string_view key);
[[nodiscard]] std::vector<std::string_view> attributes_of(std::string_view kind);

// The kinds of what an attribute names.
[[nodiscard]] std::vector<std::string_view> kinds_of(const Wanted& wanted);
[[nodiscard]] Wanted wanted_of(std::string_view kind);

// "a date", "one of `MO`, `HK`", "a store": for messages.
[[nodiscard]] diag::Text in_words(const AttributeSchema& type);

}  // namespace farol::sema
