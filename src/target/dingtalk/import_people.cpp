// The address book as a policy to start from: its roles and departments. Whoever is in them is not named in a policy.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/csv.h"
#include "base/text.h"
#include "diag/messages_target.h"
#include "target/dingtalk/import.h"

namespace farol::dingtalk {
namespace {

// Column heads of DingTalk's export of the address book and of its console, and what people write; case folded, each
// between bars.
constexpr std::string_view person_heads =
    "|userid|user_id|user id|员工userid|員工userid|用户id|用戶id|成员userid|id|姓名|成员姓名|name|full name|nome|";
constexpr std::string_view department_heads = "|部门|部門|所在部门|所在部門|department|departments|departamento|";
// Whether the person is the head of the department, one for each department of the row.
constexpr std::string_view head_heads =
    "|是否此部门主管|是否此部門主管|是否为部门主管|是否部门主管|部门主管|是否主管|部門主管|department head|head of "
    "department|"
    "chefe do departamento|";
constexpr std::string_view yes_words = "|是|yes|true|1|y|sim|✓|✔|√|";
constexpr std::string_view role_heads = "|角色|角色名称|角色名稱|role|roles|função|funções|";
constexpr std::string_view cell_blanks = " \t\r\n*";  // required columns have a star
constexpr std::size_t rows_before_head = 5;           // the export has a title and a hint there

bool is_among(std::string_view heads, std::string_view cell) {
  const std::string head = std::string(base::trimmed(cell, cell_blanks));
  return !head.empty() && heads.find("|" + base::fold_case(head) + "|") != std::string_view::npos;
}

// A cell with several names: `默认/人事、默认/财务`.
std::vector<std::string> names_in(std::string_view cell) {
  static constexpr std::array<std::string_view, 8> separators = {"\n", "、", "，", ",", ";", "；", "|", "\r"};
  std::vector<std::string> names;
  while (!cell.empty()) {
    std::size_t end = cell.size(), length = 0;
    for (const std::string_view separator : separators) {
      if (const std::size_t at = cell.find(separator); at < end) end = at, length = separator.size();
    }
    if (std::string name = std::string(base::trimmed(cell.substr(0, end), cell_blanks)); !name.empty())
      names.push_back(std::move(name));
    cell.remove_prefix(end + length);
  }
  return names;
}

struct Columns {
  std::size_t head = 0;  // the row
  std::vector<std::size_t> departments, roles, heads;
};

std::optional<Columns> find_columns(const base::CsvRows& rows) {
  for (std::size_t r = 0; r < std::min(rows.size(), rows_before_head); ++r) {
    Columns columns{r, {}, {}, {}};
    bool has_person = false;
    for (std::size_t c = 0; c < rows[r].cells.size(); ++c) {
      const std::string& cell = rows[r].cells[c];
      has_person = has_person || is_among(person_heads, cell);
      if (is_among(department_heads, cell)) columns.departments.push_back(c);
      if (is_among(role_heads, cell)) columns.roles.push_back(c);
      if (is_among(head_heads, cell)) columns.heads.push_back(c);
    }
    if (has_person && !(columns.departments.empty() && columns.roles.empty())) return columns;
  }
  return std::nullopt;
}

// Names in the order in which they come, each once.
class Found {
 public:
  void add(const std::string& name) {
    if (known_.emplace(name, true).second) names_.push_back(name);
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::map<std::string, bool> known_;
  std::vector<std::string> names_;
};

// The departments of an address book. A name has its way from the top, with `-` between the levels: the platform allows
// none in a name of a department (address-book-update-department).
class DepartmentTree {
 public:
  void add(const std::string& path) {
    std::string above;
    for (std::size_t from = 0; from <= path.size();) {
      const std::size_t end = std::min(path.find('-', from), path.size());
      const std::string here = path.substr(0, end);
      const std::string title{base::trimmed(std::string_view(path).substr(from, end - from), cell_blanks)};
      from = end + 1;
      if (title.empty()) continue;
      if (index_.emplace(here, departments_.size()).second) departments_.push_back({title, above, false});
      above = here;
    }
    last_ = above;
  }
  // Of the one that was added last.
  void set_head() {
    if (const auto found = index_.find(last_); found != index_.end()) departments_[found->second].has_head = true;
  }
  [[nodiscard]] bool empty() const { return departments_.empty(); }

  // The declarations: whoever is above comes first. A head is a role, for a policy names nobody.
  [[nodiscard]] std::string declared(Names& names) const {
    std::string text, heads;
    std::map<std::string, std::string> name_of;
    for (const auto& [path, index] : in_order()) {
      const Department& each = departments_[index];
      const std::string& name = name_of[path] = names.make(each.title, "department");
      std::string block = fmt::format(" title: {}", quoted_text(each.title));
      if (!each.above.empty()) block += fmt::format(" within: {}", name_of.at(each.above));
      if (each.has_head) {
        const std::string head = names.make("head_" + name, "head");
        heads += fmt::format("role {} {{ title: {} }}\n", head, quoted_text(each.title + "主管"));
        block += fmt::format(" head: {}", head);
      }
      text += fmt::format("department {} {{{} }}\n", name, block);
    }
    return text + heads;
  }

 private:
  struct Department {
    std::string title, above;  // `above` is a path
    bool has_head = false;
  };
  [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> in_order() const {
    std::vector<std::pair<std::string, std::size_t>> order(index_.begin(), index_.end());
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return order;
  }

  std::map<std::string, std::size_t> index_;  // by path
  std::vector<Department> departments_;
  std::string last_;
};

bool says_yes(std::string_view word) {
  const std::string plain{base::trimmed(word, cell_blanks)};
  return !plain.empty() && yes_words.find("|" + base::fold_case(plain) + "|") != std::string_view::npos;
}

}  // namespace

std::optional<PolicyDraft> draft_from_contacts(std::string_view text, std::string_view version, Names names,
                                               base::Language language) {
  const auto read = base::read_csv(text);
  const auto* rows = std::get_if<base::CsvRows>(&read);
  const auto columns = rows == nullptr ? std::nullopt : find_columns(*rows);
  if (!columns) return std::nullopt;

  Found roles;
  DepartmentTree departments;
  std::size_t without_role = 0;
  for (std::size_t r = columns->head + 1; r < rows->size(); ++r) {
    const auto cell = [&](std::size_t column) -> std::string_view {
      return column < (*rows)[r].cells.size() ? std::string_view{(*rows)[r].cells[column]} : std::string_view{};
    };
    for (const std::size_t column : columns->departments) {
      const std::vector<std::string> flags =
          columns->heads.empty() ? std::vector<std::string>{} : names_in(cell(columns->heads.front()));
      const std::vector<std::string> paths = names_in(cell(column));
      for (std::size_t i = 0; i < paths.size(); ++i) {
        departments.add(paths[i]);
        if (!flags.empty() && says_yes(flags[std::min(i, flags.size() - 1)])) departments.set_head();
      }
    }
    std::size_t held = 0;
    for (const std::size_t column : columns->roles) {
      for (const std::string& name : names_in(cell(column))) {
        // Behind the group that the tenant keeps the role in.
        if (std::string own = std::string(base::trimmed(name.substr(name.rfind('/') + 1), cell_blanks)); !own.empty())
          roles.add(own), ++held;
      }
    }
    if (held == 0) ++without_role;
  }

  PolicyDraft draft;
  draft.declarations = head_of_policy(message::import_title_contacts(), version, language);
  const auto declare = [&](std::string_view kind, const std::vector<std::string>& all) {
    if (!all.empty()) draft.declarations += "\n";
    for (const std::string& title : all)
      draft.declarations += fmt::format("{} {} {{ title: {} }}\n", kind, names.make(title, kind), quoted_text(title));
  };
  if (!departments.empty()) draft.declarations += "\n" + departments.declared(names);
  declare("role", roles.names());
  draft.questions.push_back(message::import_people_rights());
  draft.questions.push_back(message::import_people_inherit());
  if (!departments.empty()) draft.questions.push_back(message::import_people_departments());
  if (columns->roles.empty()) {
    draft.questions.push_back(message::import_people_no_roles());
  } else if (without_role > 0) {
    draft.questions.push_back(message::import_people_without(without_role));
  }
  draft.questions.push_back(message::import_people_ids());
  return draft;
}

}  // namespace farol::dingtalk
