#include "driver/matrix_statements.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "document/document.h"
#include "driver/documents.h"
#include "sema/canonical.h"
#include "sema/statements.h"

namespace farol::driver {
namespace {

using base::Phrase;

// What of a declaration tells what its name means in a rule. All else, such as who is a member or where data lies, is
// said to those who have the policy.
bool is_told(std::string_view key) {
  const std::string_view first = key.substr(0, key.find('.'));
  constexpr std::string_view told[] = {"title",      "within",     "acts_on",     "needs",    "excludes", "clearance",
                                       "privileged", "everybody",  "admin",       "class",    "handles",  "controls",
                                       "carries",    "per_object", "made_by_app", "external", "kept_by",  "of"};
  return std::find(std::begin(told), std::end(told), first) != std::end(told);
}

void keep_what_is_told(std::optional<syntax::Block>& block) {
  if (!block) return;
  std::erase_if(block->attributes, [](const syntax::Attribute& each) { return !is_told(each.key.text); });
  if (block->attributes.empty()) block.reset();
}

// Returns false for what has nothing to do with who may do what.
bool take(syntax::StatementNode& node) {
  return std::visit(
      []<class Node>(Node& each) {
        if constexpr (std::is_same_v<Node, syntax::PolicyDeclaration>) {
          keep_what_is_told(each.block);
          return true;
        } else if constexpr (std::is_same_v<Node, syntax::Declaration>) {
          keep_what_is_told(each.block);
          return each.kind != syntax::Declaration::Kind::store;
        } else if constexpr (std::is_same_v<Node, syntax::Use>) {
          return !each.pack;
        } else {
          return std::is_same_v<Node, syntax::Tiers> || std::is_same_v<Node, syntax::ContextDeclaration> ||
                 std::is_same_v<Node, syntax::ConditionDeclaration> || std::is_same_v<Node, syntax::SetDeclaration> ||
                 std::is_same_v<Node, syntax::Rule> || std::is_same_v<Node, syntax::Guardrail> ||
                 std::is_same_v<Node, syntax::Require> || std::is_same_v<Node, syntax::Separate>;
        }
      },
      node);
}

// The day of a last heading in one of the languages; nullopt: it is none.
std::optional<base::Date> day_in_head(std::string_view head, base::Language language) {
  constexpr std::size_t length = std::string_view("2026-11-24").size();
  for (std::size_t at = 0; at + length <= head.size(); ++at) {
    const auto day = base::parse_date(head.substr(at, length));
    if (day && head.starts_with(base::fill(Phrase::sheet_statements, language, {base::to_string(*day)}))) return day;
  }
  return std::nullopt;
}

// What keeps an answer, and whether the platform can give it to just these people, hangs on more than the statements.
bool says_what_keeps_it(std::string_view head, base::Language language) {
  return head == base::text(Phrase::kept_by, language);
}
std::string without_what_keeps_it(std::string cell, base::Language language) {
  for (const auto& [mark, plain] :
       {std::pair(base::text(Phrase::mark_withheld, language), base::text(Phrase::mark_allow, language)),
        std::pair(document::symbol(document::Mark::withheld), document::symbol(document::Mark::allow))}) {
    for (std::size_t at = 0; (at = cell.find(mark, at)) != std::string::npos; at += plain.size())
      cell.replace(at, mark.size(), plain);
  }
  return cell;
}

}  // namespace

std::vector<std::string> statements_of_matrix(const Compilation& compilation) {
  diag::Sink sink;
  std::vector<std::string> lines;
  const sema::Statements statements = sema::gather(compilation.program, sink);
  for (const auto& [statement, library] : statements.all()) {
    if (library) continue;
    syntax::Statement told = *statement;
    if (!take(told.node)) continue;
    std::uint32_t body = 0;
    lines.push_back(sema::canonical_text(told, body));
  }
  return lines;
}

std::optional<MatrixSheet> read_matrix_sheet(const dingtalk::Grid& grid) {
  if (grid.rows.empty() || grid.width == 0) return std::nullopt;
  const std::size_t last = grid.width - 1;
  for (const base::Language language : base::all_languages) {
    const auto day = day_in_head(grid.at(0, last), language);
    if (!day) continue;
    MatrixSheet sheet{language, *day, "farol 1\n"};
    for (std::size_t r = 1; r < grid.rows.size(); ++r) sheet.policy += grid.at(r, last) + "\n";
    return sheet;
  }
  return std::nullopt;
}

std::optional<std::string> first_difference(const MatrixSheet& sheet, const Compilation& compilation,
                                            const dingtalk::Grid& grid) {
  MatrixOptions options;
  options.language = sheet.language;
  options.format = MatrixFormat::csv;
  options.facts = std::find(grid.rows[0].cells.begin(), grid.rows[0].cells.end(),
                            base::text(Phrase::fact_object, sheet.language)) != grid.rows[0].cells.end();
  const std::string rendered = render_matrix(compilation, options);
  std::string_view text = rendered;
  constexpr std::string_view mark = "\uFEFF";  // for spreadsheets, and no part of the first cell
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  const auto read = dingtalk::read_grid(text);
  const auto* made = std::get_if<dingtalk::Grid>(&read);
  if (made == nullptr) return std::to_string(grid.rows.front().number);
  const dingtalk::Grid& again = *made;
  for (std::size_t r = 0; r < std::max(grid.rows.size(), again.rows.size()); ++r) {
    if (r >= grid.rows.size()) return std::to_string(grid.rows.back().number);
    const std::string number = std::to_string(grid.rows[r].number);
    if (r >= again.rows.size() || grid.width != again.width) return number;
    for (std::size_t c = 0; c + 1 < grid.width; ++c) {
      if (says_what_keeps_it(grid.at(0, c), sheet.language)) continue;
      if (without_what_keeps_it(grid.at(r, c), sheet.language) != without_what_keeps_it(again.at(r, c), sheet.language))
        return number;
    }
  }
  return std::nullopt;
}

}  // namespace farol::driver
