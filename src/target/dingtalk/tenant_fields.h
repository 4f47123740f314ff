// What replies show, and which field of a request sets it: tenant_fields.def as a table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "target/dingtalk/calls.h"

namespace farol::dingtalk {

enum class FieldKind : std::uint8_t { id, ids, text, flag, any };
enum class FieldMatch : std::uint8_t { same, has, lacks, equal };

struct TenantField {
  Call read;
  std::string_view shown;  // in an item of the reply: `member.id`
  FieldKind kind;
  std::optional<Call> set_by;
  std::string_view wanted;  // in the body of `set_by`
  FieldMatch match;
};
[[nodiscard]] std::span<const TenantField> all_fields();

}  // namespace farol::dingtalk
