// Dates as people write them.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"

namespace farol::syntax {

// Returns the day that a text such as `31 December 2026`, `31/12/2026`, `2026年12月31日` or `31 de dezembro de 2026`
// is; nullopt if it is none, or could be two: 11/12/2026.
[[nodiscard]] std::optional<base::Date> read_written_date(std::string_view text);

}  // namespace farol::syntax
