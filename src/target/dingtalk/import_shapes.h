// The shapes in which people keep who may do what: features by roles, either way round; one grant a line; pairs of
// duties that stay apart. Outside of these nothing is guessed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "target/dingtalk/import_content.h"
#include "target/dingtalk/import_grid.h"

namespace farol::dingtalk {

// Each returns false, and takes nothing, if the table has another shape.
bool take_matrix(const Grid& grid, TableContent& content);  // as `farol matrix --format csv` writes it, in any language
bool take_pairs(const Grid& grid, TableContent& content);
bool take_pair_matrix(const Grid& grid, TableContent& content);  // the same names down and across
bool take_grants(const Grid& grid, TableContent& content);
bool take_cross_table(const Grid& grid, const FeatureFinder& finder, TableContent& content);

// What a column is, by the words of its head.
enum class HeadWord : std::uint8_t { other, role, action, resource, effect, remark, number };
[[nodiscard]] HeadWord word_of_head(std::string_view head);
// Whether a text says what somebody does, or who somebody is, by its first word.
[[nodiscard]] bool is_doing(std::string_view text);
[[nodiscard]] bool is_doer(std::string_view text);
// Whether what stands below a head may be people and not roles.
[[nodiscard]] bool may_be_person(std::string_view head);

// The row with the heads: the first one that is as full as any and has no mark. Nullopt if there is none.
[[nodiscard]] std::optional<std::size_t> head_of(const Grid& grid);
// Asks about rows above the head that are more than a title.
void ask_about_rows_above(const Grid& grid, std::size_t head, TableContent& content);
// Returns true if a cell below the head stands where a yes or no does.
[[nodiscard]] bool has_mark(const Grid& grid, std::size_t head, std::size_t column);
// Returns true for a column that numbers the rows.
[[nodiscard]] bool is_numbering(const Grid& grid, std::size_t head, std::size_t column);
// Returns true for a number that is neither 0 nor 1.
[[nodiscard]] bool is_level(std::string_view cell);

}  // namespace farol::dingtalk
