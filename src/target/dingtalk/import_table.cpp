// A table of roles and features as rules: what a cell says and can be said in a rule is one, and what cannot is a
// question.
//
// A cell that is not understood is refused in the policy, never allowed: a feature that no rule mentions would be left
// to the platform.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/csv.h"
#include "base/text.h"
#include "document/words.h"
#include "target/dingtalk/import.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using model::ActsOn;

enum class CellAnswer { allow, deny, none, platform };

// Returns the answer that a matrix or a person writes with a word. `x` means no in one office and yes in another, so it
// is neither.
std::optional<CellAnswer> answer_of(std::string_view word) {
  static const std::map<std::string, CellAnswer, std::less<>> words = {
      {"✔", CellAnswer::allow},     {"✓", CellAnswer::allow},       {"✅", CellAnswer::allow},
      {"√", CellAnswer::allow},     {"yes", CellAnswer::allow},     {"y", CellAnswer::allow},
      {"allow", CellAnswer::allow}, {"allowed", CellAnswer::allow}, {"1", CellAnswer::allow},
      {"true", CellAnswer::allow},  {"sim", CellAnswer::allow},     {"是", CellAnswer::allow},
      {"有", CellAnswer::allow},    {"允许", CellAnswer::allow},    {"允許", CellAnswer::allow},
      {"可", CellAnswer::allow},    {"⊘", CellAnswer::allow},    {"○", CellAnswer::platform},    {"✖", CellAnswer::deny},
      {"✗", CellAnswer::deny},      {"✘", CellAnswer::deny},        {"❌", CellAnswer::deny},
      {"no", CellAnswer::deny},     {"n", CellAnswer::deny},        {"deny", CellAnswer::deny},
      {"denied", CellAnswer::deny}, {"0", CellAnswer::deny},        {"false", CellAnswer::deny},
      {"não", CellAnswer::deny},    {"否", CellAnswer::deny},       {"无", CellAnswer::deny},
      {"無", CellAnswer::deny},     {"禁止", CellAnswer::deny},     {"拒绝", CellAnswer::deny},
      {"拒絕", CellAnswer::deny},   {"不可", CellAnswer::deny},     {"–", CellAnswer::none},
      {"-", CellAnswer::none},      {"—", CellAnswer::none},        {"", CellAnswer::none}};
  const auto found = words.find(base::fold_case(word));
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

// One answer of a cell: `✔ crm, other apps [requires: Two-factor sign-in]`.
struct CellEntry {
  CellAnswer answer = CellAnswer::none;
  std::string on, note;
};

struct TableCell {
  std::vector<CellEntry> entries;
  bool is_clear = true;  // everything in it was understood
};

TableCell cell_of(std::string_view text) {
  TableCell cell;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    std::string line = std::string(base::trimmed(text.substr(from, end - from)));
    from = end + 1;
    CellEntry entry;
    if (const auto whole = answer_of(line)) {
      entry.answer = *whole;
    } else {
      if (line.ends_with(']')) {
        const std::size_t open = line.find(" [");
        if (open != std::string::npos) {
          entry.note = line.substr(open + 2, line.size() - open - 3);
          line.erase(open);
        }
      }
      const std::size_t blank = line.find(' ');
      const auto answer = answer_of(line.substr(0, blank));
      if (!answer || line.empty()) {
        cell.is_clear = false;
        continue;
      }
      entry.answer = *answer;
      if (blank != std::string::npos) entry.on = std::string(base::trimmed(line.substr(blank)));
    }
    cell.entries.push_back(std::move(entry));
  }
  return cell;
}

struct TableRow {
  const model::Feature* feature = nullptr;
  std::vector<std::string> cells;  // one for each role
};

struct TableColumn {
  std::string title, name;
  bool is_nobody = false;
};

class TableImporter {
 public:
  TableImporter(const model::Model& catalogue, std::string_view version, Names names)
      : catalogue_(catalogue), version_(version), names_(std::move(names)) {}

  std::variant<PolicyDraft, std::string> run(std::string_view text) {
    auto read = base::read_csv(text);
    if (auto* problem = std::get_if<std::string>(&read)) return std::move(*problem);
    const auto& rows = std::get<base::CsvRows>(read);
    if (rows.size() < 2 || rows.front().cells.size() < 2)
      return "it is no table of roles and features: it needs a head and a first column";
    if (!take_matrix(rows) && !take_table(rows)) {
      return fmt::format(
          "row {}: neither the rows nor the columns are features of the catalogue: `{}` is none; `farol list features` "
          "has them",
          rows[1].number, std::string(base::trimmed(rows[1].cells.front())));
    }
    return write();
  }

 private:
  const model::Feature* feature_of(const std::string& text) const {
    const std::string wanted = std::string(base::trimmed(text));
    if (const auto found = catalogue_.find_feature(wanted)) return &catalogue_[*found];
    for (const model::Feature& feature : catalogue_.features) {
      for (const base::Language language : base::all_languages) {
        if (feature.label(base::tag(language)) == wanted) return &feature;
      }
    }
    return nullptr;
  }

  static bool is_in_any_language(std::string_view text, Phrase phrase) {
    return std::any_of(std::begin(base::all_languages), std::end(base::all_languages),
                       [&](base::Language language) { return base::text(phrase, language) == text; });
  }

  void ask(std::string question) { draft_.questions.push_back(std::move(question)); }

  // Reads a table that `farol matrix` wrote: group, feature, name, the roles, what keeps it, the day.
  bool take_matrix(const base::CsvRows& rows) {
    const auto& head = rows.front().cells;
    if (head.size() < 5 || !is_in_any_language(head[1], Phrase::feature)) return false;
    const auto kept = std::find_if(head.begin() + 3, head.end(),
                                   [](const std::string& cell) { return is_in_any_language(cell, Phrase::kept_by); });
    if (kept == head.end()) return false;
    const auto count = static_cast<std::size_t>(kept - head.begin()) - 3;
    for (std::size_t i = 0; i < count; ++i) add_column(head[i + 3]);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const auto& cells = rows[i].cells;
      const std::string name = cells.size() > 2 ? cells[2] : "";
      const model::Feature* feature = feature_of(name);
      if (feature == nullptr) {
        ask(fmt::format("`{}` is no feature of the catalogue: its row is left out", name));
        continue;
      }
      TableRow row{feature, {}};
      for (std::size_t c = 0; c < count; ++c) row.cells.push_back(c + 3 < cells.size() ? cells[c + 3] : "");
      rows_.push_back(std::move(row));
    }
    ask("whether every permission requires a safeguard: a matrix says so in its legend, which CSV does not have");
    return true;
  }

  // Features down or across, whichever side has more of them.
  bool take_table(const base::CsvRows& rows) {
    const auto& head = rows.front().cells;
    std::size_t down = 0, across = 0;
    for (std::size_t i = 1; i < rows.size(); ++i)
      down += !rows[i].cells.empty() && feature_of(rows[i].cells.front()) != nullptr ? 1U : 0U;
    for (std::size_t i = 1; i < head.size(); ++i) across += feature_of(head[i]) != nullptr ? 1U : 0U;
    if (down + across == 0) return false;
    const auto at = [&](std::size_t row, std::size_t column) {
      return column < rows[row].cells.size() ? rows[row].cells[column] : std::string{};
    };
    const bool features_down = down >= across;
    const std::size_t features = features_down ? rows.size() : head.size();
    const std::size_t roles = features_down ? head.size() : rows.size();
    for (std::size_t i = 1; i < roles; ++i) add_column(features_down ? head[i] : at(i, 0));
    for (std::size_t i = 1; i < features; ++i) {
      const std::string name = features_down ? at(i, 0) : head[i];
      const model::Feature* feature = feature_of(name);
      if (feature == nullptr) {
        ask(fmt::format("`{}` is no feature of the catalogue: what the table says of it is left out",
                        std::string(base::trimmed(name))));
        continue;
      }
      TableRow row{feature, {}};
      for (std::size_t c = 1; c < roles; ++c) row.cells.push_back(features_down ? at(i, c) : at(c, i));
      rows_.push_back(std::move(row));
    }
    return true;
  }

  void add_column(const std::string& cell) {
    const std::string title = std::string(base::trimmed(cell));
    TableColumn column{title, {}, is_in_any_language(title, Phrase::no_role)};
    if (!column.is_nobody) column.name = names_.make(title, "role");
    columns_.push_back(std::move(column));
  }

  PolicyDraft write() {
    draft_.declarations =
        fmt::format("policy {} {{ }}\n\nuse dingtalk {}\n\n", quoted_text("Imported matrix"), version_);
    for (const TableColumn& column : columns_) {
      if (!column.is_nobody)
        draft_.declarations += fmt::format("role {} {{ title: {} }}\n", column.name, quoted_text(column.title));
    }
    std::map<std::string, Part> parts;  // by namespace
    for (const TableRow& row : rows_) {
      const std::string group = row.feature->name.substr(0, row.feature->name.find('.'));
      Part& part = parts.try_emplace(group, Part{group, {}}).first->second;
      write_row(row, part.text);
    }
    for (auto& [group, part] : parts) draft_.parts.push_back(std::move(part));
    std::string objects;
    for (const auto& [title, declared] : objects_)
      objects += fmt::format("{} {} {{ title: {} }}\n", declared.first, declared.second, quoted_text(title));
    if (!objects.empty()) draft_.declarations += "\n" + objects;
    ask("why any of this is so: a table has no reasons");
    ask("which role inherits from which: a table says for each what it may do in the end");
    return std::move(draft_);
  }

  // Roles with the same cell are one rule.
  void write_row(const TableRow& row, std::string& text) {
    if (can_be_declared(row.feature->acts_on)) static_cast<void>(all_objects(row.feature->acts_on));
    std::map<std::string, std::set<std::size_t>> by_cell;
    for (std::size_t i = 0; i < row.cells.size(); ++i) by_cell[row.cells[i]].insert(i);
    std::map<std::string, std::set<std::size_t>> statements;  // by verb and objects
    for (const auto& [cell_text, who] : by_cell) {
      const TableCell cell = cell_of(cell_text);
      const std::string left = unreadable(*row.feature, cell);
      if (!left.empty()) {
        ask(fmt::format("{} for {}: `{}`: {}; refused until somebody says it", row.feature->name, titles(who),
                        cell_text, left));
        statements["deny"].insert(who.begin(), who.end());
        continue;
      }
      for (const CellEntry& entry : cell.entries) {
        if (entry.answer == CellAnswer::none || entry.answer == CellAnswer::platform) continue;
        const std::string verb = entry.answer == CellAnswer::allow ? "allow" : "deny";
        statements[verb + objects_for(*row.feature, entry, verb == "allow")].insert(who.begin(), who.end());
      }
    }
    close_what_nobody_opens(row, statements);
    for (const auto& [statement, who] : statements) {
      const std::size_t blank = std::min(statement.find(' '), statement.size());
      text += fmt::format("{} {} to {}{}\n", statement.substr(0, blank), subjects(who), row.feature->name,
                          statement.substr(blank));
    }
  }

  // Without an `allow` a feature is left to the platform, and a cell that says “not permitted” would be none: it is
  // refused.
  void close_what_nobody_opens(const TableRow& row, std::map<std::string, std::set<std::size_t>>& statements) {
    const bool is_opened = std::any_of(statements.begin(), statements.end(),
                                       [](const auto& statement) { return statement.first.starts_with("allow"); });
    std::set<std::size_t> closed;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const TableCell cell = cell_of(row.cells[i]);
      const bool says_none = std::any_of(cell.entries.begin(), cell.entries.end(),
                                         [](const CellEntry& entry) { return entry.answer == CellAnswer::none; });
      if (says_none) closed.insert(i);
    }
    if (is_opened || closed.empty()) return;
    ask(
        fmt::format("{}: nobody is allowed it by what could be read; whoever is not permitted is refused it here, so "
                    "that it is not left to the platform",
                    row.feature->name));
    statements["deny"].insert(closed.begin(), closed.end());
  }

  // Returns what of a cell no rule can say; an empty text if all of it can be said.
  std::string unreadable(const model::Feature& feature, const TableCell& cell) const {
    if (!cell.is_clear) return "the mark is not known";
    for (const CellEntry& entry : cell.entries) {
      if (!entry.note.empty()) return "conditions and safeguards in words";
      if (entry.on.empty()) continue;
      if (!can_be_declared(feature.acts_on)) return "tiers and classes of data are not declared in a table";
    }
    return {};
  }

  // Returns true if a table can declare things of this kind: a cell names no others.
  static bool can_be_declared(ActsOn acts_on) {
    return acts_on != ActsOn::data && acts_on != ActsOn::tier && acts_on != ActsOn::nothing;
  }
  // Returns true if a title means whatever is not declared of such a kind: "other apps".
  static bool is_other(std::string_view title, ActsOn acts_on) {
    return can_be_declared(acts_on) && is_in_any_language(title, document::name_of_others(acts_on));
  }

  // ` on crm, mail`, or ` on all except crm` where any other one is among them.
  std::string objects_for(const model::Feature& feature, const CellEntry& entry, bool must_name) {
    if (entry.on.empty()) return must_name && feature.acts_on != ActsOn::nothing ? " on all" : "";
    std::set<std::string> named;
    bool with_others = false;
    for (const std::string& title : split(entry.on)) {
      if (is_other(title, feature.acts_on)) {
        with_others = true;
      } else {
        named.insert(object_named(title, feature.acts_on));
      }
    }
    if (!with_others) return fmt::format(" on {}", fmt::join(named, ", "));
    std::vector<std::string> absent;
    for (const std::string& name : all_objects(feature.acts_on)) {
      if (!named.contains(name)) absent.push_back(name);
    }
    return absent.empty() ? " on all" : fmt::format(" on all except {}", fmt::join(absent, ", "));
  }

  static std::vector<std::string> split(const std::string& on) {
    std::vector<std::string> parts;
    std::string rest = on;
    while (true) {
      std::size_t at = std::string::npos, size = 0;
      for (const std::string_view comma : {", ", "、"}) {
        if (const std::size_t found = rest.find(comma); found < at) {
          at = found;
          size = comma.size();
        }
      }
      parts.push_back(std::string(base::trimmed(rest.substr(0, at))));
      if (at == std::string::npos) return parts;
      rest = rest.substr(at + size);
    }
  }

  std::string object_named(const std::string& title, ActsOn acts_on) {
    const auto known = objects_.find(title);
    if (known != objects_.end()) return known->second.second;
    const std::string kind(to_string(acts_on));
    return objects_.emplace(title, std::pair{kind, names_.make(title, kind)}).first->second.second;
  }

  // Returns all things of a kind that the table names anywhere.
  std::vector<std::string> all_objects(ActsOn acts_on) {
    for (const TableRow& row : rows_) {
      if (row.feature->acts_on != acts_on) continue;
      for (const std::string& text : row.cells) {
        for (const CellEntry& entry : cell_of(text).entries) {
          if (entry.on.empty()) continue;
          for (const std::string& title : split(entry.on)) {
            if (!is_other(title, acts_on)) static_cast<void>(object_named(title, acts_on));
          }
        }
      }
    }
    std::vector<std::string> names;
    for (const auto& [title, declared] : objects_) {
      if (declared.first == to_string(acts_on)) names.push_back(declared.second);
    }
    return names;
  }

  [[nodiscard]] std::string titles(const std::set<std::size_t>& who) const {
    std::vector<std::string> all;
    for (const std::size_t i : who) all.push_back(columns_[i].title);
    return fmt::format("{}", fmt::join(all, ", "));
  }

  [[nodiscard]] std::string subjects(const std::set<std::size_t>& who) const {
    bool with_nobody = false;
    std::vector<std::string> named, others;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].is_nobody) {
        with_nobody = who.contains(i);
      } else {
        (who.contains(i) ? named : others).push_back(columns_[i].name);
      }
    }
    if (!with_nobody) return fmt::format("{}", fmt::join(named, ", "));
    return others.empty() ? "everyone" : fmt::format("everyone except {}", fmt::join(others, ", "));
  }

  const model::Model& catalogue_;
  std::string version_;
  Names names_;
  PolicyDraft draft_;
  std::vector<TableColumn> columns_;
  std::vector<TableRow> rows_;
  std::map<std::string, std::pair<std::string, std::string>> objects_;  // by title: kind and name
};

}  // namespace

std::variant<PolicyDraft, std::string> draft_from_table(std::string_view text, const model::Model& catalogue,
                                                        std::string_view version, Names names) {
  return TableImporter{catalogue, version, std::move(names)}.run(text);
}

}  // namespace farol::dingtalk
