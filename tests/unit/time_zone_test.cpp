#include "base/time_zone.h"

#include <doctest/doctest.h>

namespace farol::testing::time_zone_test {
namespace {

base::Instant at(std::string_view day, std::int64_t hour, std::int64_t minute = 0) {
  return {std::int64_t{base::parse_date(day).value().days} * 86'400 + hour * 3600 + minute * 60};
}

void add(std::string& bytes, std::int64_t value, int size) {
  for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

// A file of version 2 with one change, from the first offset to the second, and the line behind it.
std::string zone(base::Instant change, std::int64_t before, std::int64_t after, const std::string& rule) {
  std::string bytes;
  for (const int size : {4, 8}) {
    bytes += "TZif2" + std::string(15, '\0');
    for (const int count : {0, 0, 0, 1, 2, 4}) add(bytes, count, 4);
    add(bytes, change.seconds, size);
    bytes += '\1';
    for (const std::int64_t offset : {before, after}) {
      add(bytes, offset, 4);
      bytes += std::string(2, '\0');
    }
    bytes += std::string("ABC\0", 4);
  }
  return bytes + "\n" + rule + "\n";
}

std::string day(const base::FileSystem& files, std::string_view zone, base::Instant now) {
  const auto found = base::day_in(files, zone, now);
  const auto* known = std::get_if<base::Date>(&found);
  if (known != nullptr) return base::to_string(*known);
  return std::get<base::NoDay>(found) == base::NoDay::no_such_zone ? "no such zone" : "no zones here";
}

}  // namespace

TEST_CASE("the day of the zones that are built in") {
  const base::MemoryFileSystem none;
  CHECK(day(none, "Asia/Macau", at("2026-11-28", 15, 59)) == "2026-11-28");
  CHECK(day(none, "Asia/Macau", at("2026-11-28", 16)) == "2026-11-29");
  CHECK(day(none, "UTC", at("2026-11-28", 23, 59)) == "2026-11-28");
  CHECK(day(none, "Asia/Tokyo", at("2026-11-28", 15)) == "2026-11-29");
  CHECK(day(none, "Asia/Macau", at("1969-12-31", 15)) == "1969-12-31");
  CHECK(day(none, "Asia/Macau", at("1969-12-31", 17)) == "1970-01-01");
}

TEST_CASE("names that are no zone, and a machine without zones") {
  base::MemoryFileSystem files;
  CHECK(day(files, "Europe/Lisbon", at("2026-11-28", 12)) == "no zones here");
  files.files["/usr/share/zoneinfo/tzdata.zi"] = "no zone";
  files.files["/etc/passwd"] = "root";
  for (const char* name : {"Europe/Lissabon", "", "../../../etc/passwd", "/etc/passwd", "Asia/Macau City", "asia/macau",
                           "tzdata.zi", "UTC+8"}) {
    INFO(name);
    CHECK(day(files, name, at("2026-11-28", 12)) == "no such zone");
  }
}

TEST_CASE("a zone of a file: before and after its change, and by the line behind it") {
  base::MemoryFileSystem files;
  files.files["/usr/share/zoneinfo/Test/Zone"] = zone(at("2020-06-01", 0), 3600, -7200, "");
  CHECK(day(files, "Test/Zone", at("2020-05-01", 23)) == "2020-05-02");
  CHECK(day(files, "Test/Zone", at("2026-05-01", 1)) == "2026-04-30");

  files.files["/usr/share/zoneinfo/Test/Lisbon"] = zone(at("1996-03-31", 0), 0, 0, "WET0WEST,M3.5.0/1,M10.5.0");
  CHECK(day(files, "Test/Lisbon", at("2026-03-28", 23, 30)) == "2026-03-28");
  CHECK(day(files, "Test/Lisbon", at("2026-03-29", 23, 30)) == "2026-03-30");
  CHECK(day(files, "Test/Lisbon", at("2026-10-24", 23, 30)) == "2026-10-25");
  CHECK(day(files, "Test/Lisbon", at("2026-10-25", 23, 30)) == "2026-10-25");

  files.files["/usr/share/zoneinfo/Test/South"] = zone(at("2000-01-01", 0), 0, 0, "<+10>-10<+11>,M10.1.0,M4.1.0/3");
  CHECK(day(files, "Test/South", at("2026-01-10", 13, 30)) == "2026-01-11");
  CHECK(day(files, "Test/South", at("2026-07-10", 13, 30)) == "2026-07-10");
  files.files["/usr/share/zoneinfo/Test/Days"] = zone(at("2000-01-01", 0), 0, 0, "AAA0BBB,J60/0,J300/0");
  CHECK(day(files, "Test/Days", at("2024-02-29", 23, 30)) == "2024-02-29");
  CHECK(day(files, "Test/Days", at("2024-03-01", 23, 30)) == "2024-03-02");
  files.files["/usr/share/zoneinfo/Test/Half"] = zone(at("2000-01-01", 0), 0, 0, "<+0530>-5:30");
  CHECK(day(files, "Test/Half", at("2026-07-10", 18, 29)) == "2026-07-10");
  CHECK(day(files, "Test/Half", at("2026-07-10", 18, 30)) == "2026-07-11");
}

TEST_CASE("a damaged file is no zone, wherever it ends") {
  const std::string whole = zone(at("2020-06-01", 0), 3600, -7200, "");
  for (std::size_t size = 0; size + 2 < whole.size(); ++size) {
    INFO(size);
    CHECK_FALSE(base::offset_at(whole.substr(0, size), at("2026-01-01", 0)).has_value());
  }
  CHECK_FALSE(base::offset_at(zone(at("2020-06-01", 0), 0, 0, "XYZ"), at("2026-01-01", 0)).has_value());
  CHECK_FALSE(base::offset_at(zone(at("2020-06-01", 0), 0, 0, "AAA0BBB,M13.1.0,M4.1.0"), at("2026-01-01", 0)));
}

}  // namespace farol::testing::time_zone_test
