// Civil days. Farol has no clock and no time of day: a rule holds on whole days of the tenant's time zone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace farol::base {

struct Date {
  std::int32_t days = 0;  // days since 1970-01-01, proleptic Gregorian

  auto operator<=>(const Date&) const = default;
};

// A span of calendar time as it is written: `6 months` is not a number of days.
struct Duration {
  std::int64_t count = 0;
  enum class Unit : std::uint8_t { days, weeks, months, years } unit = Unit::days;

  auto operator<=>(const Duration&) const = default;
};

// `YYYY-MM-DD` with a real day of the month, else nothing.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_string(Date date);
[[nodiscard]] std::string to_string(const Duration& duration);
// The last day of the target month where the day does not exist there.
[[nodiscard]] Date add(Date date, const Duration& duration);

}  // namespace farol::base
