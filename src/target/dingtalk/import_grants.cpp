// Tables with one grant a line.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "diag/messages_target.h"
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
    if (const std::string& head = grid_.at(head_, *columns_.role); may_be_person(head))
      content_.ask(message::import_persons(head));
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) {
      names_.insert(base::fold_loosely(role_at(r)));
      if (columns_.effect && answer_of(grid_.at(r, *columns_.effect)) == CellAnswer::allow) faint_is_yes_ = false;
    }
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) take_row(r);
  }

 private:
  [[nodiscard]] const std::string& role_at(std::size_t row) const { return grid_.at(row, *columns_.role); }

  // A comma may be part of a name: it stands between roles where the head says so, or one of them has a line of its
  // own.
  [[nodiscard]] std::vector<std::string> roles_at(std::size_t row) const {
    const std::string& text = role_at(row);
    auto parts = split(text);
    const bool are_roles = text.find_first_of(";|\n") != std::string::npos || text.find("、") != std::string::npos ||
                           base::fold_loosely(grid_.at(head_, *columns_.role)).ends_with('s') ||
                           std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
                             return names_.contains(base::fold_loosely(part));
                           });
    if (parts.size() < 2 || are_roles) return parts;
    content_.ask(message::import_one_role(std::to_string(grid_.rows[row].number), text));
    return {text};
  }

  // What the line says, and what of it no rule can say.
  [[nodiscard]] Cell cell_at(std::size_t row) const {
    Cell cell =
        columns_.effect ? cell_of_table(grid_.at(row, *columns_.effect), faint_is_yes_) : cell_of_table("✔", true);
    const bool allows = cell.doubt.empty() && cell.entries.front().answer == CellAnswer::allow;
    for (const std::size_t c : columns_.others) {
      const std::string& text = grid_.at(row, c);
      if (text.empty() || answer_of(text) == CellAnswer::none || !allows) continue;
      cell.entries.clear();
      cell.text = text;
      cell.doubt = message::import_why_column(grid_.at(head_, c));
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
      content_.ask(
          message::import_lacks(std::to_string(number), fmt::format("{}", fmt::join(grid_.rows[row].cells, ", "))));
      return;
    }
    const Cell cell = cell_at(row);
    for (const std::string& role : roles_at(row)) {
      for (const std::string& action : actions) {
        if (action.find('*') != std::string::npos || resource.find('*') != std::string::npos) {
          content_.ask(message::import_star(std::to_string(number), role));
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

}  // namespace

bool take_grants(const Grid& grid, TableContent& content) {
  const auto head = head_of(grid);
  if (!head) return false;
  auto columns = grant_columns(grid, *head);
  if (!columns) return false;
  GrantReader(grid, *head, std::move(*columns), content).take();
  return true;
}

}  // namespace farol::dingtalk
