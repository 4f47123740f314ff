// The forms of a list of people.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "people/lines.h"

namespace farol::people {

enum class Field { id, name, roles, from, until };

// What a column or key is about, by its name in any of the languages; the ids of roles are not among them.
[[nodiscard]] std::optional<Field> field_named(std::string_view name);
// Returns true for the head of a column with numbers that a firm gives its people.
[[nodiscard]] bool is_staff_number(std::string_view head);

// Reads `2026-11-24` or `2026/11/24`; an empty text is no day. Returns false if the text is neither.
[[nodiscard]] bool read_day(std::string_view text, std::optional<base::Date>& day);

[[nodiscard]] std::optional<std::string> read_csv(base::Bytes& bytes, const std::function<void(const Line&)>& take);
// Of DingTalk's, WeCom's and Feishu's calls, SCIM 2.0 (RFC 7643) users and groups, or plain objects.
[[nodiscard]] std::optional<std::string> read_json(base::Bytes& bytes, const std::function<void(const Line&)>& take);
[[nodiscard]] std::optional<std::string> read_ldif(base::Bytes& bytes, const std::function<void(const Line&)>& take);

}  // namespace farol::people
