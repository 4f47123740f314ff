// Roles by features, either way round: what a mark in a cell says.
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

class CrossReader {
 public:
  CrossReader(const Grid& grid, std::size_t head, const FeatureFinder& finder, TableContent& content)
      : grid_(grid), head_(head), finder_(finder), content_(content) {}

  // Which columns have marks, names and remarks. Returns false if the table has no marks, or no names.
  bool look() {
    for (std::size_t c = 0; c < grid_.width; ++c) {
      if (is_numbering(grid_, head_, c)) continue;
      const std::string& head = grid_.at(head_, c);
      const bool is_remark = word_of_head(head) == HeadWord::remark || head.ends_with('?') || head.ends_with("？");
      if (c > 0 && !is_remark && has_mark(grid_, head_, c)) {
        marks_.push_back(c);
      } else if (marks_.empty() && !is_remark) {
        labels_.push_back(c);
      } else {
        others_.push_back(c);
      }
    }
    return !marks_.empty() && !labels_.empty();
  }

  // Heads in two rows, where the lower one says the same below each of the upper ones: `Admin` over `view` and `edit`.
  // Returns false if it cannot be told which row names the roles.
  bool read_upper_heads() {
    if (head_ == 0 || marks_.empty()) return true;
    std::set<std::string> lower, upper;
    std::string above;
    for (const std::size_t c : marks_) {
      lower.insert(base::fold_loosely(grid_.at(head_, c)));
      if (!grid_.at(head_ - 1, c).empty()) above = grid_.at(head_ - 1, c);
      upper_.push_back(above);
      upper.insert(base::fold_loosely(above));
    }
    if (upper.size() < 2 || upper.contains("") || lower.size() == marks_.size()) {
      upper_.clear();
      return true;
    }
    std::size_t roles_above = 0, roles_below = 0;
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      const std::string& below = grid_.at(head_, marks_[i]);
      roles_above += (is_doer(upper_[i]) ? 1U : 0U) + (is_doing(below) ? 1U : 0U);
      roles_below += (is_doer(below) ? 1U : 0U) + (is_doing(upper_[i]) ? 1U : 0U);
    }
    are_roles_above_ = roles_above > roles_below;
    return roles_above != roles_below;
  }

  // Whether the words say that roles stand down and what they do across.
  [[nodiscard]] bool are_roles_down() const {
    std::size_t roles_down = 0, roles_across = 0;
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) {
      roles_down += is_doer(grid_.at(r, 0)) ? 1U : 0U;
      roles_across += is_doing(grid_.at(r, 0)) ? 1U : 0U;
    }
    for (std::size_t c = 1; c < grid_.width; ++c) {
      roles_down += is_doing(grid_.at(head_, c)) ? 1U : 0U;
      roles_across += is_doer(grid_.at(head_, c)) ? 1U : 0U;
    }
    return roles_down > roles_across;
  }

  // How many names of features of the catalogue stand down and across.
  [[nodiscard]] std::size_t known_down() const {
    std::size_t known = 0;
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r)
      if (finder_.find(grid_.at(r, 0)) != nullptr) ++known;
    return known;
  }
  [[nodiscard]] std::size_t known_across() const {
    std::size_t known = 0;
    for (std::size_t c = 1; c < grid_.width; ++c) {
      if (finder_.find(grid_.at(head_, c)) != nullptr) ++known;
    }
    return known;
  }

  void take() {
    ask_about_rows_above(grid_, upper_.empty() ? head_ : head_ - 1, content_);
    ask_about_names();
    find_faint_yes();
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      const std::string& title = grid_.at(head_, marks_[i]);
      const std::string& role = !upper_.empty() && are_roles_above_ ? upper_[i] : title;
      const std::string doing = upper_.empty() ? "" : are_roles_above_ ? title : upper_[i];
      if (title.empty()) {
        content_.ask(message::import_no_head(std::to_string(marks_[i] + 1)));
      } else {
        roles_.push_back({marks_[i], content_.role(role), doing});
      }
    }
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) take_row(r);
    if (!headings_.empty()) content_.ask(message::import_headings(headings_));
    if (faint_used_) content_.ask(message::import_faint(*faint_used_));
    ask_about_remarks();
  }

 private:
  // `○` means yes where nothing else does, and `1` where no other number is.
  void find_faint_yes() {
    for (const std::size_t c : marks_) {
      for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) {
        faint_is_yes_ = faint_is_yes_ && answer_of(grid_.at(r, c)) != CellAnswer::allow;
        has_levels_ = has_levels_ || is_level(grid_.at(r, c));
      }
    }
  }

  [[nodiscard]] Cell cell_at(std::size_t row, std::size_t column) {
    const std::string& text = grid_.at(row, column);
    if (has_levels_ && text == "1") return {text, {}, message::import_why_levels()};
    if (faint_is_yes_ && is_faint_yes(text)) faint_used_ = text;
    return cell_of_table(text, faint_is_yes_);
  }

  // A cell of the names that is empty means the same as above, where the sheet has merged it.
  std::vector<std::string> label_of(std::size_t row) {
    std::vector<std::string> label;
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      std::string text = grid_.at(row, labels_[i]);
      const bool is_last = i + 1 == labels_.size();
      if (text.empty() && !is_last) text = above_[labels_[i]];
      if (!is_last) above_[labels_[i]] = text;
      if (!text.empty()) label.push_back(std::move(text));
    }
    // What stands in the first column alone is no name of anything below it.
    if (grid_.at(row, labels_.back()).empty() && labels_.size() > 1 && grid_.at(row, labels_.front()).empty()) {
      return {};
    }
    return label;
  }

  void take_row(std::size_t row) {
    std::vector<std::string> label = label_of(row);
    const bool has_cells =
        std::any_of(marks_.begin(), marks_.end(), [&](std::size_t c) { return !grid_.at(row, c).empty(); });
    if (label.empty()) {
      if (has_cells) content_.ask(message::import_no_name(std::to_string(grid_.rows[row].number)));
      return;
    }
    const bool is_known = finder_.find(label.back()) != nullptr;
    if (!has_cells && !is_known) {
      headings_.push_back(label.back());
      section_ = label.back();
      return;
    }
    for (const auto& [column, role, doing] : roles_) {
      std::vector<std::string> whole = label;
      if (!doing.empty()) whole.push_back(doing);
      content_.set(content_.feature(whole, is_known ? "" : section_), role, cell_at(row, column));
    }
  }

  // Only the first column is known to name something, and what says so of itself.
  void ask_about_names() {
    for (std::size_t i = 1; i < labels_.size(); ++i) {
      const std::string& head = grid_.at(head_, labels_[i]);
      const HeadWord word = word_of_head(head);
      if (word == HeadWord::other && !head.empty()) content_.ask(message::import_part_of_name(head));
    }
  }

  void ask_about_remarks() {
    for (const std::size_t c : others_) {
      std::vector<std::uint64_t> rows;
      for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) {
        if (!grid_.at(r, c).empty()) rows.push_back(grid_.rows[r].number);
      }
      const std::string& title = grid_.at(head_, c);
      if (rows.empty() && !title.empty()) {
        content_.ask(message::import_empty_column(title));
      } else if (!rows.empty()) {
        content_.ask(message::import_remarks(title.empty() ? std::to_string(c + 1) : title,
                                             fmt::format("{}", fmt::join(rows, ", "))));
      }
    }
  }

  const Grid& grid_;
  std::size_t head_;
  const FeatureFinder& finder_;
  TableContent& content_;
  std::vector<std::size_t> labels_, marks_, others_;
  struct RoleColumn {
    std::size_t column, role;
    std::string doing;  // where the heads are in two rows
  };
  std::vector<RoleColumn> roles_;
  std::vector<std::string> upper_;  // the upper heads of the columns with marks, where there are such
  bool are_roles_above_ = true;
  std::map<std::size_t, std::string> above_;
  std::vector<std::string> headings_;
  std::string section_;
  bool faint_is_yes_ = true, has_levels_ = false;
  std::optional<std::string> faint_used_;
};

}  // namespace

bool take_cross_table(const Grid& grid, const FeatureFinder& finder, TableContent& content) {
  const auto head = head_of(grid);
  if (!head) return false;
  CrossReader reader(grid, *head, finder, content);
  const bool down = reader.look();
  if (down && !reader.read_upper_heads()) {
    content.refusal =
        message::import_two_heads(std::to_string(grid.rows[*head - 1].number), std::to_string(grid.rows[*head].number));
    return true;
  }
  const std::size_t known_down = reader.known_down(), known_across = reader.known_across();
  const bool corner_says_role = word_of_head(grid.at(*head, 0)) == HeadWord::role;
  const bool is_guess = known_across == 0 && known_down == 0 && !corner_says_role &&
                        word_of_head(grid.at(*head, 0)) != HeadWord::action && reader.are_roles_down();
  if (known_across > known_down || (corner_says_role && known_down == 0) || is_guess) {
    Grid body = grid;
    body.rows.erase(body.rows.begin(), body.rows.begin() + static_cast<std::ptrdiff_t>(*head));
    const Grid turned = transposed(body);
    CrossReader across(turned, 0, finder, content);
    if (across.look()) {
      ask_about_rows_above(grid, *head, content);
      if (is_guess) content.ask(message::import_rows_are_roles());
      across.take();
      return true;
    }
  }
  if (!down) return false;
  reader.take();
  return true;
}

}  // namespace farol::dingtalk
