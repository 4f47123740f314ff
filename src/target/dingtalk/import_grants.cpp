// Tables with one grant a line, and with pairs of duties that stay apart.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "target/dingtalk/import_shapes.h"

namespace farol::dingtalk {
namespace {

// The columns of a table of grants.
struct GrantColumns {
  std::optional<std::size_t> role, action, resource, effect;
  std::vector<std::size_t> others;  // what a rule may depend on
};

std::optional<GrantColumns> grant_columns(const Grid& grid, std::size_t head) {
  GrantColumns columns;
  for (std::size_t c = 0; c < grid.width; ++c) {
    const auto take = [&](std::optional<std::size_t>& which) {
      if (which || has_mark(grid, head, c)) return false;
      which = c;
      return true;
    };
    bool taken = false;
    switch (word_of_head(grid.at(head, c))) {
      case HeadWord::role: taken = take(columns.role); break;
      case HeadWord::action: taken = take(columns.action); break;
      case HeadWord::resource: taken = take(columns.resource); break;
      case HeadWord::effect:
        taken = !columns.effect;
        if (taken) columns.effect = c;
        break;
      case HeadWord::remark:
      case HeadWord::number: taken = true; break;
      case HeadWord::other: break;
    }
    if (taken || is_numbering(grid, head, c)) continue;
    // Another column with marks is a role: the table is no list of grants.
    if (has_mark(grid, head, c)) return std::nullopt;
    columns.others.push_back(c);
  }
  if (!columns.role || (!columns.action && !columns.resource)) return std::nullopt;
  return columns;
}

// `create, delete`: several in one cell.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::string part;
  const auto end_part = [&] {
    if (const auto inner = base::trimmed(part); !inner.empty()) parts.emplace_back(inner);
    part.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode(text, at);
    if (point.value == ',' || point.value == ';' || point.value == '|' || point.value == '\n' || point.value == U'、' ||
        point.value == U'，' || point.value == U'；') {
      end_part();
    } else {
      part.append(text, at, point.size);
    }
    at += point.size;
  }
  end_part();
  return parts;
}

class GrantReader {
 public:
  GrantReader(const Grid& grid, std::size_t head, GrantColumns columns, TableContent& content)
      : grid_(grid), head_(head), columns_(std::move(columns)), content_(content) {}

  void take() {
    ask_about_rows_above(grid_, head_, content_);
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) {
      names_.insert(base::fold_loosely(role_at(r)));
      if (columns_.effect && answer_of(grid_.at(r, *columns_.effect)) == CellAnswer::allow) faint_is_yes_ = false;
    }
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) take_row(r);
  }

 private:
  [[nodiscard]] const std::string& role_at(std::size_t row) const { return grid_.at(row, *columns_.role); }

  // Several roles only where each of them has lines of its own: a comma may be part of a name.
  [[nodiscard]] std::vector<std::string> roles_at(std::size_t row) const {
    auto parts = split(role_at(row));
    const bool are_roles = std::all_of(
        parts.begin(), parts.end(), [&](const std::string& part) { return names_.contains(base::fold_loosely(part)); });
    if (parts.empty() || are_roles) return parts;
    return {role_at(row)};
  }

  // What the line says, and what of it no rule can say.
  [[nodiscard]] Cell cell_at(std::size_t row) const {
    Cell cell =
        columns_.effect ? cell_of_table(grid_.at(row, *columns_.effect), faint_is_yes_) : cell_of_table("✔", true);
    if (!columns_.effect) cell.text = "listed";
    const bool allows = cell.doubt.empty() && cell.entries.front().answer == CellAnswer::allow;
    for (const std::size_t c : columns_.others) {
      const std::string& text = grid_.at(row, c);
      if (text.empty() || answer_of(text) == CellAnswer::none || !allows) continue;
      cell.entries.clear();
      cell.text = text;
      cell.doubt = fmt::format("what `{}` says of it is a condition in words", grid_.at(head_, c));
      break;
    }
    return cell;
  }

  void take_row(std::size_t row) {
    const std::uint64_t number = grid_.rows[row].number;
    std::string resource = columns_.resource ? grid_.at(row, *columns_.resource) : std::string{};
    const std::vector<std::string> actions =
        columns_.action ? split(grid_.at(row, *columns_.action)) : std::vector<std::string>{{}};
    if (role_at(row).empty() || actions.empty() || (actions.front().empty() && resource.empty())) {
      content_.ask(fmt::format("row {} lacks who or what, and is left out: `{}`", number,
                               fmt::join(grid_.rows[row].cells, ", ")));
      return;
    }
    const Cell cell = cell_at(row);
    for (const std::string& role : roles_at(row)) {
      for (const std::string& action : actions) {
        if (action.find('*') != std::string::npos || resource.find('*') != std::string::npos) {
          content_.ask(fmt::format("row {}: `*` for {} names no feature, and is left out", number, role));
          continue;
        }
        std::vector<std::string> label;
        if (!resource.empty()) label.push_back(resource);
        if (!action.empty()) label.push_back(action);
        const std::size_t feature = content_.feature(label);
        content_.set(feature, content_.role(role), cell);
      }
    }
  }

  const Grid& grid_;
  std::size_t head_;
  GrantColumns columns_;
  TableContent& content_;
  bool faint_is_yes_ = true;
  std::set<std::string> names_;  // of roles that stand alone in some line, folded
};

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

bool take_grants(const Grid& grid, TableContent& content) {
  const auto head = head_of(grid);
  if (!head) return false;
  auto columns = grant_columns(grid, *head);
  if (!columns) return false;
  GrantReader(grid, *head, std::move(*columns), content).take();
  return true;
}

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
      unsaid.push_back("`" + grid.at(*head, c) + "`");
    }
  }
  for (std::size_t r = *head + 1; r < grid.rows.size(); ++r) {
    const std::string &one = grid.at(r, columns->one), &other = grid.at(r, columns->other);
    if (one.empty() || other.empty()) {
      content.ask(fmt::format("row {} has only one of the two, and is left out", grid.rows[r].number));
      continue;
    }
    content.pairs.push_back({columns->of_roles, one, other, reason ? grid.at(r, *reason) : std::string{}});
  }
  if (!unsaid.empty())
    content.ask(fmt::format("a separation has a reason, and no more: what the table says under {} is not in the policy",
                            fmt::join(unsaid, ", ")));
  return true;
}

}  // namespace farol::dingtalk
