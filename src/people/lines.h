// Lists of people as they come out of spreadsheets and of DingTalk's calls, read line by line in constant memory.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/file_system.h"

namespace farol::people {

// What one line says of one person; another line may say more of the same person.
struct Line {
  std::uint64_t number = 0;  // of a spreadsheet: the row, from 1; else which person of the file it is, from 1
  std::string id;            // never empty
  std::string name;          // empty where the file has none
  // As the cell has them, `hr; fire_warden`, or one behind the other with `role_end` behind each. Of a role that is
  // given by several names (`{"id": 20000, "name": "HR"}`) each has `other_name` before it but the first.
  std::string roles;
  std::optional<base::Date> from, until;  // the days on which the line counts, both included

  static constexpr char role_end = '\x1f';
  static constexpr char other_name = '\x1e';
};

// Reads CSV with a head (comma, semicolon or tab), a JSON array, JSON lines, the JSON of DingTalk's list calls, SCIM or
// LDIF: which of them, the first bytes say. Columns and keys are found by name, in English, Chinese and Portuguese
// (docs/cli.md). Returns nullopt if all was read, otherwise what is wrong and where; then nothing of what was taken may
// be used.
[[nodiscard]] std::optional<std::string> read_lines(base::ByteStream& bytes,
                                                    const std::function<void(const Line&)>& take);

// The cell as one name and, where that is none, as several: `hr, fire_warden`, `人事、財務`.
[[nodiscard]] std::vector<std::string_view> split_roles(std::string_view cell);

}  // namespace farol::people
