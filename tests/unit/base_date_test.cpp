#include <doctest/doctest.h>

#include "base/date.h"

namespace base_date_test {

using namespace farol::base;

namespace {

Date date(std::string_view text) {
  const auto parsed = parse_date(text);
  REQUIRE(parsed);
  return *parsed;
}

std::string sum(std::string_view text, std::int64_t count, Duration::Unit unit) {
  return to_string(add(date(text), {count, unit}));
}

}  // namespace

TEST_CASE("days count from 1970") {
  CHECK(date("1970-01-01").days == 0);
  CHECK(date("1969-12-31").days == -1);
  CHECK(date("2000-03-01").days == 11017);
  CHECK(date("2026-11-23").days == 20780);
}

TEST_CASE("every day of ten thousand years comes back as it was written") {
  std::int32_t days = date("0000-01-01").days;
  const std::int32_t last = date("9999-12-31").days;
  CHECK(days == -719528);
  for (; days <= last; days += 13) {
    const std::string text = to_string(Date{days});
    if (date(text).days != days) FAIL(text);
  }
}

TEST_CASE("only real days in the one form are dates") {
  for (const char* text :
       {"2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "2026-1-1", "26-01-01",
        "2026/01/01", "2026-01-01 ", " 2026-01-01", "", "2026-01-0a", "+026-01-01"})
    CHECK_FALSE(parse_date(text));
  CHECK(parse_date("2024-02-29"));
  CHECK(parse_date("2000-02-29"));
}

TEST_CASE("months and years end at the last day of a shorter month") {
  CHECK(sum("2026-01-31", 1, Duration::Unit::months) == "2026-02-28");
  CHECK(sum("2024-01-31", 1, Duration::Unit::months) == "2024-02-29");
  CHECK(sum("2024-02-29", 1, Duration::Unit::years) == "2025-02-28");
  CHECK(sum("2026-11-30", 3, Duration::Unit::months) == "2027-02-28");
  CHECK(sum("2026-01-15", -1, Duration::Unit::months) == "2025-12-15");
  CHECK(sum("2026-12-31", 2, Duration::Unit::weeks) == "2027-01-14");
  CHECK(sum("2026-12-31", 1, Duration::Unit::days) == "2027-01-01");
}

TEST_CASE("sums stay inside the calendar") {
  CHECK(sum("2026-01-01", INT64_MAX, Duration::Unit::years) == "9999-12-31");
  CHECK(sum("2026-01-01", INT64_MIN, Duration::Unit::days) == "0000-01-01");
}

TEST_CASE("durations are written as in a policy") {
  CHECK(to_string(Duration{1, Duration::Unit::months}) == "1 month");
  CHECK(to_string(Duration{6, Duration::Unit::months}) == "6 months");
  CHECK(to_string(Duration{0, Duration::Unit::days}) == "0 days");
}

}  // namespace base_date_test
