#include "base/date.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace farol::base {
namespace {

struct Civil {
  std::int64_t year = 1970;
  std::int64_t month = 1;
  std::int64_t day = 1;
};

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
  constexpr std::array<std::int64_t, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// Both conversions count in eras of 400 years that start in March, so that the leap day is the last of its year
// (Howard Hinnant, "chrono-compatible low-level date algorithms").
std::int64_t to_days(const Civil& civil) {
  const std::int64_t year = civil.month <= 2 ? civil.year - 1 : civil.year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month_from_march = (civil.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Civil to_civil(std::int64_t days) {
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::optional<std::int64_t> parse_digits(std::string_view text) {
  std::int64_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value;
}

// Dates are written with four digits, so sums stay between the years 0000 and 9999.
constexpr std::int64_t first_day = -719528;
constexpr std::int64_t last_day = 2932896;

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  if (*month < 1 || *month > 12 || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  return Date{static_cast<std::int32_t>(to_days({*year, *month, *day}))};
}

std::string to_string(Date date) {
  const Civil civil = to_civil(date.days);
  std::array<char, 64> buffer{};
  const int size =
      std::snprintf(buffer.data(), buffer.size(), "%04lld-%02lld-%02lld", static_cast<long long>(civil.year),
                    static_cast<long long>(civil.month), static_cast<long long>(civil.day));
  return {buffer.data(), static_cast<std::size_t>(size)};
}

std::string to_string(const Duration& duration) {
  std::string_view unit;
  switch (duration.unit) {
    case Duration::Unit::days: unit = "days"; break;
    case Duration::Unit::weeks: unit = "weeks"; break;
    case Duration::Unit::months: unit = "months"; break;
    case Duration::Unit::years: unit = "years"; break;
  }
  if (duration.count == 1) unit.remove_suffix(1);
  return std::to_string(duration.count) + " " + std::string(unit);
}

Date add(Date date, const Duration& duration) {
  // More than this leaves the calendar at either end; cut here, no sum below can overflow.
  constexpr std::int64_t most = 10'000'000;
  const std::int64_t count = std::clamp(duration.count, -most, most);
  std::int64_t days = date.days;
  switch (duration.unit) {
    case Duration::Unit::days: days += count; break;
    case Duration::Unit::weeks: days += 7 * count; break;
    case Duration::Unit::months:
    case Duration::Unit::years: {
      Civil civil = to_civil(date.days);
      const std::int64_t step = duration.unit == Duration::Unit::years ? 12 * count : count;
      const std::int64_t months = civil.year * 12 + (civil.month - 1) + step;
      civil.year = months >= 0 ? months / 12 : (months - 11) / 12;
      civil.month = months - civil.year * 12 + 1;
      civil.day = std::min(civil.day, days_in_month(civil.year, civil.month));
      days = to_days(civil);
      break;
    }
  }
  return Date{static_cast<std::int32_t>(std::clamp(days, first_day, last_day))};
}

}  // namespace farol::base
