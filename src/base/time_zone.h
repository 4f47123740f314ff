// What day it is somewhere. The moment is a parameter, and the zone of the machine is never asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/date.h"
#include "base/file_system.h"

namespace farol::base {

struct Instant {
  std::int64_t seconds = 0;  // since 1970-01-01, 00:00 UTC
};

enum class NoDay : std::uint8_t {
  no_such_zone,
  no_zones_here,  // the machine has no time zone data (tzdata), and the zone is none of those that are built in
};
using DayInZone = std::variant<Date, NoDay>;

// The day that a zone has at a moment. Zones are named as the IANA database names them, such as `Asia/Macau`. Those of
// East Asia that have no summer time are built in; the others are read from `/usr/share/zoneinfo`.
[[nodiscard]] DayInZone day_in(const FileSystem& files, std::string_view zone, Instant now);
[[nodiscard]] Date day_in_utc(Instant now);

// The zones that are built in.
[[nodiscard]] std::span<const std::string_view> built_in_zones();

// The seconds east of UTC at a moment, by the bytes of a TZif file (RFC 8536). Returns nullopt if it is none.
[[nodiscard]] std::optional<std::int64_t> offset_at(std::string_view tzif, Instant now);

}  // namespace farol::base
