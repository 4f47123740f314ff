#include "base/time_zone.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace farol::base {
namespace {

constexpr std::int64_t hour = 3600;
constexpr std::int64_t day_length = 24 * hour;
constexpr std::string_view zone_folder = "/usr/share/zoneinfo";
constexpr std::size_t largest_zone = std::size_t{1} << 20;

// None of them has had summer time since 1991; east of UTC, in hours.
constexpr std::array<std::string_view, 15> zone_names{
    "Asia/Macau",   "Asia/Hong_Kong", "Asia/Shanghai",     "Asia/Taipei",   "Asia/Singapore",
    "Asia/Manila",  "Asia/Tokyo",     "Asia/Kuala_Lumpur", "Asia/Urumqi",   "Asia/Seoul",
    "Asia/Jakarta", "Asia/Bangkok",   "Asia/Ho_Chi_Minh",  "Asia/Jayapura", "UTC"};
constexpr std::array<std::int64_t, 15> zone_hours{8, 8, 8, 8, 8, 8, 9, 8, 6, 9, 7, 7, 7, 9, 0};

Date day_of(std::int64_t local_seconds) {
  const std::int64_t days = (local_seconds >= 0 ? local_seconds : local_seconds - day_length + 1) / day_length;
  return Date{static_cast<std::int32_t>(days)};
}

bool is_zone_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '+' || c == '/';
  };
  return !name.empty() && name.size() <= 64 && name.front() != '/' && std::all_of(name.begin(), name.end(), fits);
}

// ZoneBytes of a TZif file. What lies beyond the end reads as zero and is noticed.
class ZoneBytes {
 public:
  explicit ZoneBytes(std::string_view text) : text_(text) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] std::size_t at() const { return at_; }
  void skip(std::size_t count) {
    good_ = good_ && count <= text_.size() - at_;
    if (good_) at_ += count;
  }
  std::int64_t number(std::size_t size) {
    if (!good_ || size > text_.size() - at_) {
      good_ = false;
      return 0;
    }
    std::uint64_t value = (static_cast<unsigned char>(text_[at_]) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(text_[at_ + i]);
    at_ += size;
    return static_cast<std::int64_t>(value);
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  bool good_ = true;
};

struct Counts {
  std::size_t utc_marks = 0, standard_marks = 0, leaps = 0, transitions = 0, types = 0, letters = 0;
};

std::optional<Counts> read_header(ZoneBytes& bytes) {
  if (!bytes.rest().starts_with("TZif")) return std::nullopt;
  bytes.skip(20);  // with the version and what is reserved
  Counts counts;
  for (std::size_t Counts::*count : {&Counts::utc_marks, &Counts::standard_marks, &Counts::leaps, &Counts::transitions,
                                     &Counts::types, &Counts::letters}) {
    const std::int64_t value = bytes.number(4);
    if (value < 0 || static_cast<std::size_t>(value) > largest_zone) return std::nullopt;
    counts.*count = static_cast<std::size_t>(value);
  }
  if (!bytes.good() || counts.types == 0) return std::nullopt;
  return counts;
}

std::size_t size_of(const Counts& counts, std::size_t time_size) {
  return counts.transitions * (time_size + 1) + counts.types * 6 + counts.letters + counts.leaps * (time_size + 4) +
         counts.standard_marks + counts.utc_marks;
}

// The line behind the data, "CET-1CEST,M3.5.0,M10.5.0/3", says what holds after the last change.
class Rule {
 public:
  explicit Rule(std::string_view text) : text_(text) {}

  std::optional<std::int64_t> offset_at(Instant now) {
    std::int64_t standard = 0, summer = 0;
    if (!name() || !time(standard)) return std::nullopt;
    standard = -standard;
    if (text_.empty()) return standard;
    if (!name()) return std::nullopt;
    summer = standard + hour;
    if (!text_.empty() && text_.front() != ',') {
      if (!time(summer)) return std::nullopt;
      summer = -summer;
    }
    const std::int64_t year = std::stoll(to_string(day_of(now.seconds + standard)).substr(0, 4));
    std::int64_t begin = 0, end = 0;
    if (!change(year, begin) || !change(year, end)) return std::nullopt;
    begin -= standard;
    end -= summer;
    const bool between =
        begin < end ? now.seconds >= begin && now.seconds < end : now.seconds >= begin || now.seconds < end;
    return between ? summer : standard;
  }

 private:
  bool name() {
    const bool quoted = text_.starts_with('<');
    const std::size_t end = quoted ? text_.find('>') : text_.find_first_of("+-0123456789,");
    if (text_.empty() || end == 0 || (quoted && end == std::string_view::npos)) return false;
    text_ = end == std::string_view::npos ? std::string_view{} : text_.substr(quoted ? end + 1 : end);
    return true;
  }
  bool digits(std::int64_t& value) {
    std::size_t count = 0;
    value = 0;
    for (; count < text_.size() && count < 4 && text_[count] >= '0' && text_[count] <= '9'; ++count)
      value = value * 10 + (text_[count] - '0');
    text_.remove_prefix(count);
    return count > 0;
  }
  bool next(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  // `[+-]hh[:mm[:ss]]`, in seconds
  bool time(std::int64_t& seconds) {
    const bool negative = next('-');
    if (!negative) next('+');
    std::int64_t part = 0;
    if (!digits(part)) return false;
    seconds = part * hour;
    for (const std::int64_t unit : {std::int64_t{60}, std::int64_t{1}}) {
      if (!next(':')) break;
      if (!digits(part)) return false;
      seconds += part * unit;
    }
    if (negative) seconds = -seconds;
    return true;
  }
  // `,Mm.w.d[/time]`, `,Jn[/time]` or `,n[/time]`: the local time of the change, in seconds since 1970.
  bool change(std::int64_t year, std::int64_t& at) {
    if (!next(',')) return false;
    const auto first_of = [&](std::int64_t month) {
      std::string day = std::to_string(10000 + year).substr(1) + "-" + std::to_string(100 + month).substr(1) + "-01";
      return std::int64_t{parse_date(day).value_or(Date{}).days};
    };
    std::int64_t day = 0;
    if (next('M')) {
      std::int64_t month = 0, week = 0, weekday = 0;
      if (!digits(month) || !next('.') || !digits(week) || !next('.') || !digits(weekday)) return false;
      if (month < 1 || month > 12 || week < 1 || week > 5 || weekday > 6) return false;
      const std::int64_t first = first_of(month);
      const std::int64_t after = month == 12 ? first + 31 : first_of(month + 1);
      day = first + ((weekday - (first + 4)) % 7 + 7) % 7 + (week - 1) * 7;  // 1970-01-01 was a Thursday
      while (day >= after) day -= 7;
    } else {
      const bool without_leap_day = next('J');
      std::int64_t number = 0;
      if (!digits(number)) return false;
      const bool leap = first_of(3) - first_of(2) == 29;
      day = first_of(1) + number - (without_leap_day && !(leap && number >= 60) ? 1 : 0);
    }
    std::int64_t time_of_day = 2 * hour;
    if (next('/') && !time(time_of_day)) return false;
    at = day * day_length + time_of_day;
    return true;
  }

  std::string_view text_;
};

}  // namespace

std::optional<std::int64_t> offset_at(std::string_view tzif, Instant now) {
  ZoneBytes bytes{tzif};
  auto counts = read_header(bytes);
  if (!counts) return std::nullopt;
  // From the second version on the data stand a second time, with longer times.
  const bool longer = tzif[4] >= '2';
  if (longer) {
    bytes.skip(size_of(*counts, 4));
    counts = read_header(bytes);
    if (!counts) return std::nullopt;
  }
  const std::size_t time_size = longer ? 8 : 4;
  ZoneBytes whole = bytes;
  whole.skip(size_of(*counts, time_size));
  if (!whole.good()) return std::nullopt;
  std::size_t before = 0;  // how many changes came before the moment
  for (std::size_t i = 0; i < counts->transitions; ++i) {
    if (bytes.number(time_size) <= now.seconds) before = i + 1;
  }
  std::size_t type = 0;
  for (std::size_t i = 0; i < counts->transitions; ++i) {
    const auto of_change = static_cast<std::size_t>(bytes.number(1)) & 0xFFU;
    if (i + 1 == before) type = of_change;
  }
  if (type >= counts->types) return std::nullopt;
  if (longer && before == counts->transitions && whole.rest().starts_with('\n')) {
    const std::string_view rule = whole.rest().substr(1, whole.rest().find('\n', 1) - 1);
    if (!rule.empty()) return Rule{rule}.offset_at(now);
  }
  bytes.skip(type * 6);
  const std::int64_t offset = bytes.number(4);
  return bytes.good() ? std::optional{offset} : std::nullopt;
}

DayInZone day_in(const FileSystem& files, std::string_view zone, Instant now) {
  const auto known = std::find(zone_names.begin(), zone_names.end(), zone);
  if (known != zone_names.end())
    return day_of(now.seconds + zone_hours[static_cast<std::size_t>(known - zone_names.begin())] * hour);
  if (!is_zone_name(zone)) return NoDay::no_such_zone;
  if (!files.is_directory(std::string{zone_folder})) return NoDay::no_zones_here;
  const auto text = files.read(join_path(zone_folder, zone), largest_zone);
  if (const auto* bytes = std::get_if<std::string>(&text)) {
    if (const auto offset = offset_at(*bytes, now)) return day_of(now.seconds + *offset);
  }
  return NoDay::no_such_zone;
}

Date day_in_utc(Instant now) { return day_of(now.seconds); }

std::span<const std::string_view> built_in_zones() { return zone_names; }

}  // namespace farol::base
