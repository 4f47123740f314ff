// The answers as one long table, a fact on each row, for filters and pivot tables.
#include <algorithm>
#include <string>
#include <vector>

#include "document/words.h"
#include "query/answers.h"
#include "query/matrix.h"
#include "query/matrix_words.h"
#include "query/statement_column.h"

namespace farol::query {
namespace {

using base::Phrase;
using decide::Answer;
using document::Cell;
using document::Line;
using document::Table;
using document::Words;

bool is_asked(const MatrixOptions& options, const model::Model& model, model::ObjectId object) {
  if (options.tiers.empty() && options.objects.empty()) return true;
  const auto has = [](const auto& list, auto id) { return std::find(list.begin(), list.end(), id) != list.end(); };
  return has(options.objects, object) || (!model[object].tier.is_none() && has(options.tiers, model[object].tier));
}

void add_rows(Table& table, const model::Model& model, model::RoleId role, const Answer& answer,
              const MatrixOptions& options, const Words& words) {
  std::vector<std::string> rules, reasons;
  for (const model::RuleId rule : answer.rules) {
    rules.push_back(words.rule(model[rule]));
    const std::string& reason = words.in(model[rule].because);
    if (!reason.empty() && std::find(reasons.begin(), reasons.end(), reason) == reasons.end())
      reasons.push_back(reason);
  }
  const auto lines = [](const std::vector<std::string>& texts) {
    return Cell{std::vector<Line>{texts.begin(), texts.end()}};
  };
  for (const model::ObjectId object : answer.objects) {
    if (!is_asked(options, model, object)) continue;
    const document::Mark mark = query::mark_of(model, answer);
    table.rows.push_back({words.name_of(role), words.title_and_name(model[answer.feature]),
                          model[object].kind == model::ActsOn::nothing ? std::string{} : words.name_of(object),
                          Cell{Line(mark, words.text(meaning_of(mark)))}, words.condition(answer.when),
                          words.controls(answer.controls),
                          answer.expires ? base::to_string(*answer.expires) : std::string{}, lines(rules),
                          lines(reasons), words.kept_by(answer.enforcement.kept_by)});
  }
}

}  // namespace

document::Document facts_sheet(const model::Model& model, const decide::Decisions& decisions,
                               const decide::Answers& answers, const MatrixOptions& options) {
  const Words words{model, options.language};
  Table table;
  for (const Phrase head :
       {Phrase::role, Phrase::feature, Phrase::fact_object, Phrase::fact_answer, Phrase::review_when,
        Phrase::review_requires, Phrase::until, Phrase::fact_rule, Phrase::reason, Phrase::kept_by})
    table.head.emplace_back(words.text(head));
  const auto has = [](const auto& list, auto id) {
    return list.empty() || std::find(list.begin(), list.end(), id) != list.end();
  };
  answers.for_each([&](model::RoleId role, const Answer& answer) {
    if (has(options.roles, role) && has(options.features, answer.feature))
      add_rows(table, model, role, answer, options, words);
  });
  if (!options.statements.empty()) {
    table.head.emplace_back(
        words(Phrase::sheet_statements, {base::to_string(options.stated.value_or(decisions.as_of))}));
    StatementColumn column(options.statements, table.rows.size());
    for (auto& row : table.rows) row.push_back(column.next());
  }
  document::Document document;
  document.language = options.language;
  document.title = words(Phrase::facts);
  document.lead.emplace_back(words(Phrase::as_of, {base::to_string(options.stated.value_or(decisions.as_of))}));
  document.add_section().add(std::move(table));
  return document;
}

}  // namespace farol::query
