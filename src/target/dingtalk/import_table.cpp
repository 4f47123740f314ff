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

#include "base/text.h"
#include "diag/messages_target.h"
#include "document/words.h"
#include "target/dingtalk/import.h"
#include "target/dingtalk/import_shapes.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using model::ActsOn;

bool is_in_any_language(std::string_view text, Phrase phrase) {
  return std::any_of(std::begin(base::all_languages), std::end(base::all_languages),
                     [&](base::Language language) { return base::text(phrase, language) == text; });
}

// Returns true if a table can declare things of this kind: a cell names no others.
bool can_be_declared(ActsOn acts_on) {
  return acts_on != ActsOn::data && acts_on != ActsOn::tier && acts_on != ActsOn::nothing;
}

// Returns true if a title means whatever is not declared of such a kind: "other apps".
bool is_other(std::string_view title, ActsOn acts_on) {
  return can_be_declared(acts_on) && is_in_any_language(title, document::name_of_others(acts_on));
}

std::vector<std::string> split(const std::string& on) {
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

class PolicyWriter {
 public:
  PolicyWriter(TableContent content, std::string_view version, Names names, base::Language language)
      : content_(std::move(content)), version_(version), names_(std::move(names)), language_(language) {}

  PolicyDraft run() {
    draft_.questions = std::move(content_.questions);
    declare();
    std::map<std::string, Part> parts;
    for (std::size_t i = 0; i < content_.features.size(); ++i) {
      const std::string group = group_of(content_.features[i]);
      Part& part = parts.try_emplace(group, Part{group, {}}).first->second;
      write_row(i, part.text);
    }
    for (auto& [group, part] : parts) draft_.parts.push_back(std::move(part));
    write_pairs();
    std::string objects;
    for (const auto& [title, declared] : objects_)
      objects += fmt::format("{} {} {{ title: {} }}\n", declared.first, declared.second, quoted_text(title));
    if (!objects.empty()) draft_.declarations += "\n" + objects;
    ask(message::import_reasons());
    ask(message::import_inheritance());
    return std::move(draft_);
  }

 private:
  void ask(diag::Text question) { draft_.questions.push_back(std::move(question)); }

  [[nodiscard]] std::string said(const diag::Text& text) const { return sentence(text, language_); }

  [[nodiscard]] std::string group_of(const TableFeature& feature) const {
    if (feature.known != nullptr) return feature.known->name.substr(0, feature.known->name.find('.'));
    return feature.section.empty() ? said(message::import_own_features()) : feature.section;
  }

  // Roles, and the features that the catalogue does not have.
  void declare() {
    draft_.declarations = head_of_policy(message::import_title_table(), version_, language_) + "\n";
    for (TableRole& role : content_.roles) {
      role_names_.push_back(role.is_nobody ? std::string{} : names_.make(role.title, "role"));
      if (!role.is_nobody) declare("role", role_names_.back(), role.title);
    }
    std::string role_text = std::move(draft_.declarations);
    draft_.declarations.clear();
    for (const TableFeature& feature : content_.features) feature_names_.push_back(named(feature));
    for (const TablePair& pair : content_.pairs) {
      for (const std::string& title : {pair.one, pair.other}) static_cast<void>(paired(title, pair.of_roles));
    }
    if (!draft_.declarations.empty() && !content_.roles.empty()) role_text += "\n";
    role_text += draft_.declarations;
    draft_.declarations = std::move(role_text);
  }
  void declare(std::string_view kind, const std::string& name, const std::string& title) {
    draft_.declarations += fmt::format("{} {} {{ title: {} }}\n", kind, name, quoted_text(title));
  }

  std::string named(const TableFeature& feature) {
    if (feature.known != nullptr) return feature.known->name;
    const std::string name = names_.make_dotted(feature.name.empty() ? feature.title : feature.name, "feature");
    declare("feature", name, feature.title);
    return name;
  }

  // The name of one side of a pair, which is declared where it is new.
  const std::string& paired(const std::string& title, bool is_role) {
    const auto [entry, is_new] = paired_.emplace(base::fold_loosely(title), std::string{});
    if (is_new) {
      entry->second = names_.make(title, is_role ? "role" : "feature");
      declare(is_role ? "role" : "feature", entry->second, title);
    }
    return entry->second;
  }

  void write_pairs() {
    Part part{said(message::import_apart()), {}};
    for (const TablePair& pair : content_.pairs) {
      const std::string &one = paired(pair.one, pair.of_roles), &other = paired(pair.other, pair.of_roles);
      if (one == other) {
        ask(message::import_itself(pair.one));
        continue;
      }
      part.text += fmt::format("separate {}, {} because {}\n", one, other,
                               quoted_text(pair.because.empty() ? said(message::import_pair_reason()) : pair.because));
    }
    if (!part.text.empty()) draft_.parts.push_back(std::move(part));
  }

  // Roles with the same cell are one rule.
  void write_row(std::size_t number, std::string& text) {
    const TableFeature& row = content_.features[number];
    const ActsOn acts_on = row.known != nullptr ? row.known->acts_on : ActsOn::nothing;
    if (can_be_declared(acts_on)) static_cast<void>(all_objects(acts_on));
    std::map<std::pair<std::string, diag::Text>, std::set<std::size_t>> by_cell;
    for (std::size_t i = 0; i < row.cells.size(); ++i) by_cell[{row.cells[i].text, row.cells[i].doubt}].insert(i);
    std::map<std::string, std::set<std::size_t>> statements;  // by verb and objects
    for (const auto& [key, who] : by_cell) {
      const Cell& cell = row.cells[*who.begin()];
      const diag::Text left = unreadable(acts_on, cell);
      if (!left.empty()) {
        ask(message::import_refused(name_of(row), titles(who), cell.text, left));
        statements["deny"].insert(who.begin(), who.end());
        continue;
      }
      for (const CellEntry& entry : cell.entries) {
        if (entry.answer == CellAnswer::none || entry.answer == CellAnswer::platform) continue;
        const std::string verb = entry.answer == CellAnswer::allow ? "allow" : "deny";
        statements[verb + objects_for(acts_on, entry, verb == "allow")].insert(who.begin(), who.end());
      }
    }
    close_what_nobody_opens(row, statements);
    for (const auto& [statement, who] : statements) {
      const std::size_t blank = std::min(statement.find(' '), statement.size());
      text += fmt::format("{} {} to {}{}\n", statement.substr(0, blank), subjects(who), feature_names_[number],
                          statement.substr(blank));
    }
  }

  // Without an `allow` a feature is left to the platform, and a cell that says “not permitted” would be none: it is
  // refused.
  void close_what_nobody_opens(const TableFeature& row, std::map<std::string, std::set<std::size_t>>& statements) {
    const bool is_opened = std::any_of(statements.begin(), statements.end(),
                                       [](const auto& statement) { return statement.first.starts_with("allow"); });
    std::set<std::size_t> closed;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto& entries = row.cells[i].entries;
      const bool says_none = std::any_of(entries.begin(), entries.end(),
                                         [](const CellEntry& entry) { return entry.answer == CellAnswer::none; });
      if (says_none) closed.insert(i);
    }
    if (is_opened || closed.empty()) return;
    ask(message::import_closed(name_of(row)));
    statements["deny"].insert(closed.begin(), closed.end());
  }

  // Returns what of a cell no rule can say; an empty text if all of it can be said.
  static diag::Text unreadable(ActsOn acts_on, const Cell& cell) {
    if (!cell.doubt.empty()) return cell.doubt;
    for (const CellEntry& entry : cell.entries) {
      if (!entry.note.empty()) return message::import_why_words();
      if (entry.on.empty()) continue;
      if (!can_be_declared(acts_on)) return message::import_why_tiers();
    }
    return {};
  }

  // ` on crm, mail`, or ` on all except crm` where any other one is among them.
  std::string objects_for(ActsOn acts_on, const CellEntry& entry, bool must_name) {
    if (entry.on.empty()) return must_name && acts_on != ActsOn::nothing ? " on all" : "";
    std::set<std::string> named;
    bool with_others = false;
    for (const std::string& title : split(entry.on)) {
      if (is_other(title, acts_on)) {
        with_others = true;
      } else {
        named.insert(object_named(title, acts_on));
      }
    }
    if (!with_others) return fmt::format(" on {}", fmt::join(named, ", "));
    std::vector<std::string> absent;
    for (const std::string& name : all_objects(acts_on)) {
      if (!named.contains(name)) absent.push_back(name);
    }
    return absent.empty() ? " on all" : fmt::format(" on all except {}", fmt::join(absent, ", "));
  }

  std::string object_named(const std::string& title, ActsOn acts_on) {
    const auto known = objects_.find(title);
    if (known != objects_.end()) return known->second.second;
    const std::string kind(to_string(acts_on));
    return objects_.emplace(title, std::pair{kind, names_.make(title, kind)}).first->second.second;
  }

  // Returns all things of a kind that the table names anywhere.
  std::vector<std::string> all_objects(ActsOn acts_on) {
    for (const TableFeature& row : content_.features) {
      if (row.known == nullptr || row.known->acts_on != acts_on) continue;
      for (const Cell& cell : row.cells) {
        for (const CellEntry& entry : cell.entries) {
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
    for (const std::size_t i : who) all.push_back(content_.roles[i].title);
    return fmt::format("{}", fmt::join(all, ", "));
  }

  [[nodiscard]] std::string subjects(const std::set<std::size_t>& who) const {
    bool with_nobody = false;
    std::vector<std::string> named, others;
    for (std::size_t i = 0; i < content_.roles.size(); ++i) {
      if (content_.roles[i].is_nobody) {
        with_nobody = who.contains(i);
      } else {
        (who.contains(i) ? named : others).push_back(role_names_[i]);
      }
    }
    if (!with_nobody) return fmt::format("{}", fmt::join(named, ", "));
    return others.empty() ? "everyone" : fmt::format("everyone except {}", fmt::join(others, ", "));
  }

  TableContent content_;
  std::string version_;
  Names names_;
  base::Language language_;
  PolicyDraft draft_;
  std::vector<std::string> role_names_, feature_names_;
  std::map<std::string, std::string> paired_;
  std::map<std::string, std::pair<std::string, std::string>> objects_;  // by title: kind and name
};

}  // namespace

bool take_matrix(const Grid& grid, TableContent& content) {
  if (grid.rows.empty()) return false;
  const auto& head = grid.rows.front().cells;
  if (head.size() < 5 || !is_in_any_language(head[1], Phrase::feature)) return false;
  const auto kept = std::find_if(head.begin() + 3, head.end(),
                                 [](const std::string& cell) { return is_in_any_language(cell, Phrase::kept_by); });
  if (kept == head.end()) return false;
  const auto count = static_cast<std::size_t>(kept - head.begin()) - 3;
  for (std::size_t i = 0; i < count; ++i)
    static_cast<void>(content.role(head[i + 3], is_in_any_language(head[i + 3], Phrase::no_role)));
  for (std::size_t r = 1; r < grid.rows.size(); ++r) {
    // A feature without a title has its name in one of the two columns.
    const std::string& name = grid.at(r, 2).empty() ? grid.at(r, 1) : grid.at(r, 2);
    const std::size_t feature = content.feature_named(name, grid.at(r, 1));
    for (std::size_t c = 0; c < count; ++c)
      content.set(feature, content.role(head[c + 3]), cell_of_matrix(grid.at(r, c + 3)));
  }
  return true;
}

std::variant<PolicyDraft, diag::Text> draft_from_table(std::string_view text, const model::Model& catalogue,
                                                       std::string_view version, Names names, base::Language language) {
  auto read = read_grid(text);
  if (auto* problem = std::get_if<diag::Text>(&read)) return std::move(*problem);
  auto& grid = std::get<Grid>(read);
  if (grid.rows.size() < 2 || grid.width < 2) return message::import_no_table();
  const FeatureFinder finder(catalogue);
  TableContent content(finder, language);
  if (!take_matrix(grid, content) && !take_pairs(grid, content) && !take_pair_matrix(grid, content) &&
      !take_grants(grid, content) && !take_cross_table(grid, finder, content))
    return message::import_no_marks(std::to_string(grid.rows.front().number));
  if (!content.refusal.empty()) return content.refusal;
  content.questions.insert(content.questions.begin(), grid.questions.begin(), grid.questions.end());
  content.fill();
  return PolicyWriter(std::move(content), version, std::move(names), language).run();
}

}  // namespace farol::dingtalk
