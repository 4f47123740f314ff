// Tables of duties that stay apart: one pair a line, or the same names down and across.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "diag/messages_target.h"
#include "target/dingtalk/import_shapes.h"

namespace farol::dingtalk {
namespace {

// `Role A` and `Role B`, `Funktion 1` and `Funktion 2`: the head without what tells the two apart.
std::string stem_of(std::string_view head) {
  std::string stem = base::fold_loosely(head);
  for (const std::string_view end : {"1", "2", "a", "b", "一", "二", "甲", "乙", "i", "ii"}) {
    for (const std::string_view joint : {" ", "_", "-", ""}) {
      const std::string tail = std::string(joint) + std::string(end);
      const bool is_letter = (end[0] >= 'a' && end[0] <= 'z') && joint.empty();
      if (!is_letter && stem.size() > tail.size() && stem.ends_with(tail))
        return stem.substr(0, stem.size() - tail.size());
    }
  }
  return {};
}

bool says_conflict(std::string_view head) {
  const std::string folded = base::fold_loosely(head);
  constexpr std::string_view words[] = {"conflict",      "incompatib", "incompativ", "exclusive", "segregat",
                                        "separate from", "冲突",       "衝突",       "互斥",      "不相容",
                                        "分离",          "分離",       "unvereinbar"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

struct PairColumns {
  std::size_t one = 0, other = 0;
  bool of_roles = false;
};

// Returns true if nearly every row has a word there, as both columns of a table of pairs have.
bool is_full(const Grid& grid, std::size_t head, std::size_t column) {
  std::size_t words = 0;
  for (std::size_t r = head + 1; r < grid.rows.size(); ++r) words += answer_of(grid.at(r, column)) ? 0U : 1U;
  return 2 * words > grid.rows.size() - head - 1;
}

std::optional<PairColumns> pair_columns(const Grid& grid, std::size_t head) {
  std::map<std::string, std::size_t> stems;
  std::optional<std::size_t> named;
  for (std::size_t c = 0; c < grid.width; ++c) {
    const std::string& title = grid.at(head, c);
    if (has_mark(grid, head, c) || is_numbering(grid, head, c) || !is_full(grid, head, c)) continue;
    const std::string stem = stem_of(title);
    if (!stem.empty()) {
      const auto [first, is_new] = stems.emplace(stem, c);
      if (!is_new) return PairColumns{first->second, c, word_of_head(stem) == HeadWord::role};
    }
    const HeadWord word = word_of_head(title);
    if (says_conflict(title) && named && word != HeadWord::remark)
      return PairColumns{*named, c, word_of_head(grid.at(head, *named)) == HeadWord::role};
    if (!named && (word == HeadWord::role || word == HeadWord::action)) named = c;
  }
  return std::nullopt;
}

}  // namespace

bool take_pairs(const Grid& grid, TableContent& content) {
  const auto head = head_of(grid);
  const auto columns = head ? pair_columns(grid, *head) : std::nullopt;
  if (!columns) return false;
  ask_about_rows_above(grid, *head, content);
  std::optional<std::size_t> reason;
  std::vector<std::string> unsaid;
  for (std::size_t c = 0; c < grid.width; ++c) {
    if (c == columns->one || c == columns->other || is_numbering(grid, *head, c) || grid.at(*head, c).empty()) continue;
    if (!reason && word_of_head(grid.at(*head, c)) == HeadWord::remark) {
      reason = c;
    } else {
      unsaid.push_back(grid.at(*head, c));
    }
  }
  for (std::size_t r = *head + 1; r < grid.rows.size(); ++r) {
    const std::string &one = grid.at(r, columns->one), &other = grid.at(r, columns->other);
    if (one.empty() || other.empty()) {
      content.ask(message::import_one_of_two(std::to_string(grid.rows[r].number)));
      continue;
    }
    content.pairs.push_back({columns->of_roles, one, other, reason ? grid.at(r, *reason) : std::string{}});
  }
  if (!unsaid.empty()) content.ask(message::import_pair_columns(std::move(unsaid)));
  return true;
}

bool take_pair_matrix(const Grid& grid, TableContent& content) {
  const auto head = head_of(grid);
  if (!head) return false;
  std::map<std::string, std::size_t> down;
  for (std::size_t r = *head + 1; r < grid.rows.size(); ++r) down.emplace(base::fold_loosely(grid.at(r, 0)), r);
  for (std::size_t c = 1; c < grid.width; ++c) {
    if (!down.contains(base::fold_loosely(grid.at(*head, c)))) return false;
  }
  if (grid.width < 3 || down.contains("")) return false;
  bool has_refusal = false, of_roles = word_of_head(grid.at(*head, 0)) == HeadWord::role;
  for (const auto& [name, row] : down) {
    of_roles = of_roles || is_doer(grid.at(row, 0));
    for (std::size_t c = 1; c < grid.width; ++c)
      has_refusal = has_refusal || answer_of(grid.at(row, c)) == CellAnswer::deny;
  }
  ask_about_rows_above(grid, *head, content);
  std::set<std::pair<std::string, std::string>> known;
  std::set<std::string> marks;
  for (std::size_t r = *head + 1; r < grid.rows.size(); ++r) {
    for (std::size_t c = 1; c < grid.width; ++c) {
      const std::string &one = grid.at(r, 0), &other = grid.at(*head, c), &cell = grid.at(r, c);
      const auto answer = answer_of(cell);
      // Beside a mark that refuses, one that allows says that the two go together.
      if (answer == CellAnswer::none || (has_refusal && answer == CellAnswer::allow)) continue;
      if (base::fold_loosely(one) == base::fold_loosely(other)) continue;
      if (marks.insert(cell).second) content.ask(message::import_pair_marks(cell));
      if (known.insert(std::minmax(base::fold_loosely(one), base::fold_loosely(other))).second)
        content.pairs.push_back({of_roles, one, other, {}});
    }
  }
  return true;
}

}  // namespace farol::dingtalk
