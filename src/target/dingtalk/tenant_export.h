// The file that the script of `collect` writes: one entry for each call, with what came back (docs/tenant-export.md).
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "target/dingtalk/json_tree.h"
#include "target/dingtalk/tenant.h"

namespace farol::dingtalk {

inline constexpr std::string_view export_format = "farol-tenant-export";
// It grows only when a reader of the old form would misread the new one.
inline constexpr std::string_view export_version = "1";
// The most bytes of a file.
inline constexpr std::size_t max_export_bytes = std::size_t{64} << 20;
// The most faults that are reported at once.
inline constexpr std::size_t max_faults = 20;

// Returns true if the first bytes are those of an export: all else is a table.
[[nodiscard]] bool looks_like_export(std::string_view text);

// Returns what the calls show, or all that is wrong with the file. A call that was refused is no fault: nothing of it
// was seen, and the result says why. Fields that are not documented are passed over.
[[nodiscard]] std::variant<Tenant, std::vector<Fault>> read_export(std::string_view text);

}  // namespace farol::dingtalk
