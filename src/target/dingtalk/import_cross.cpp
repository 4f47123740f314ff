// Roles by features, either way round: what a mark in a cell says.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
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
      if (c > 0 && has_mark(grid_, head_, c)) {
        marks_.push_back(c);
      } else if (marks_.empty() && word_of_head(grid_.at(head_, c)) != HeadWord::remark) {
        labels_.push_back(c);
      } else {
        others_.push_back(c);
      }
    }
    return !marks_.empty() && !labels_.empty();
  }

  // How many names of features of the catalogue stand down and across.
  [[nodiscard]] std::size_t known_down() const {
    std::size_t known = 0;
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r)
      known += finder_.find(grid_.at(r, 0)) != nullptr ? 1 : 0;
    return known;
  }
  [[nodiscard]] std::size_t known_across() const {
    std::size_t known = 0;
    for (std::size_t c = 1; c < grid_.width; ++c) known += finder_.find(grid_.at(head_, c)) != nullptr ? 1 : 0;
    return known;
  }

  void take() {
    ask_about_rows_above(grid_, head_, content_);
    find_faint_yes();
    for (const std::size_t c : marks_) {
      const std::string& title = grid_.at(head_, c);
      if (title.empty()) {
        content_.ask(
            fmt::format("column {} has marks and no head: whose they are is not known, and they are left out", c + 1));
      } else {
        roles_.emplace_back(c, content_.role(title));
      }
    }
    for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) take_row(r);
    if (!headings_.empty())
      content_.ask(fmt::format("rows without any mark are taken for headings: {}", fmt::join(headings_, ", ")));
    if (faint_used_)
      content_.ask(fmt::format("`{}` is taken for yes, for no other mark of the table is one", *faint_used_));
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
    if (has_levels_ && text == "1")
      return {text, {}, "the table has other numbers, so what this one means is not known"};
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
    if (grid_.at(row, labels_.back()).empty() && labels_.size() > 1 && grid_.at(row, labels_.front()).empty())
      return {};
    return label;
  }

  void take_row(std::size_t row) {
    std::vector<std::string> label = label_of(row);
    const bool has_cells =
        std::any_of(marks_.begin(), marks_.end(), [&](std::size_t c) { return !grid_.at(row, c).empty(); });
    if (label.empty()) {
      if (has_cells)
        content_.ask(
            fmt::format("row {} has marks and no name: what they are about is not known, and they are left out",
                        grid_.rows[row].number));
      return;
    }
    const bool is_known = finder_.find(label.back()) != nullptr;
    if (!has_cells && !is_known) {
      headings_.push_back("`" + label.back() + "`");
      section_ = label.back();
      return;
    }
    const std::size_t feature = content_.feature(label, is_known ? "" : section_);
    for (const auto& [column, role] : roles_) content_.set(feature, role, cell_at(row, column));
  }

  void ask_about_remarks() {
    for (const std::size_t c : others_) {
      std::vector<std::uint64_t> rows;
      for (std::size_t r = head_ + 1; r < grid_.rows.size(); ++r) {
        if (!grid_.at(r, c).empty()) rows.push_back(grid_.rows[r].number);
      }
      const std::string& title = grid_.at(head_, c);
      const std::string name = title.empty() ? fmt::format("column {}", c + 1) : fmt::format("column `{}`", title);
      if (rows.empty() && !title.empty()) {
        content_.ask(fmt::format("{} is empty, so no role is made of it", name));
      } else if (!rows.empty()) {
        content_.ask(fmt::format("{} has no mark and is taken for remarks: does one of rows {} make a rule narrower?",
                                 name, fmt::join(rows, ", ")));
      }
    }
  }

  const Grid& grid_;
  std::size_t head_;
  const FeatureFinder& finder_;
  TableContent& content_;
  std::vector<std::size_t> labels_, marks_, others_;
  std::vector<std::pair<std::size_t, std::size_t>> roles_;  // column and role
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
  const std::size_t known_down = reader.known_down(), known_across = reader.known_across();
  const bool corner_says_role = word_of_head(grid.at(*head, 0)) == HeadWord::role;
  if (known_across > known_down || (corner_says_role && known_down == 0)) {
    Grid body = grid;
    body.rows.erase(body.rows.begin(), body.rows.begin() + static_cast<std::ptrdiff_t>(*head));
    const Grid turned = transposed(body);
    CrossReader across(turned, 0, finder, content);
    if (across.look()) {
      ask_about_rows_above(grid, *head, content);
      across.take();
      return true;
    }
  }
  if (!down) return false;
  reader.take();
  return true;
}

}  // namespace farol::dingtalk
