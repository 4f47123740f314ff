// What a cell of a table of roles and features says. A cell that is not understood has a doubt: it is refused and asked
// about, never allowed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/text.h"

namespace farol::dingtalk {

enum class CellAnswer : std::uint8_t { allow, deny, none, platform };

// One answer of a cell. `on` and `note` are of Farol's own matrix: `✔ crm, other apps [requires: Two-factor sign-in]`.
struct CellEntry {
  CellAnswer answer = CellAnswer::none;
  std::string on, note;
};

struct Cell {
  std::string text;                // as it stands in the table
  std::vector<CellEntry> entries;  // empty where there is a doubt
  diag::Text doubt;                // why it cannot be said, for a question
};

// Returns what a mark or word says that has one meaning everywhere; nullopt for all else. `x` means no in one office
// and yes in another, so it says nothing.
[[nodiscard]] std::optional<CellAnswer> answer_of(std::string_view word);
// Returns true for `○` and the like, which mean yes only where no other mark of the table does.
[[nodiscard]] bool is_faint_yes(std::string_view word);

// Returns true for whatever stands where a yes or no does, though what it says may not be known: `✔ (own only)`, `x`,
// `△`.
[[nodiscard]] bool stands_for_answer(std::string_view cell);

// Reads a cell of somebody's own table. Words behind a mark are a condition in words.
[[nodiscard]] Cell cell_of_table(std::string_view text, bool faint_is_yes);
// Reads a cell that `farol matrix` wrote.
[[nodiscard]] Cell cell_of_matrix(std::string_view text);

// Returns the stricter one of two cells about the same.
[[nodiscard]] const Cell& stricter(const Cell& a, const Cell& b);

}  // namespace farol::dingtalk
