#include "driver/documents.h"

#include <tuple>

#include "base/csv.h"
#include "base/version.h"
#include "document/document.h"
#include "document/page.h"
#include "driver/confirmations.h"
#include "driver/matrix_statements.h"
#include "driver/review.h"
#include "query/matrix.h"
#include "query/report.h"
#include "target/dingtalk/checklist.h"
#include "target/dingtalk/dws_script.h"
#include "target/dingtalk/permissions_document.h"
#include "target/dingtalk/permissions_of_policy.h"
#include "target/dingtalk/steps_of_policy.h"
#include "target/dingtalk/work_order.h"

namespace farol::driver {

namespace {

base::Language language_of(const Compilation& compilation, std::optional<base::Language> language) {
  return language.value_or(wished_language(compilation.model).value_or(base::Language::en));
}

}  // namespace

std::string permissions_json(const Compilation& compilation, std::optional<base::Language> language) {
  return to_json(dingtalk::permissions_of(compilation.model, compilation.decisions, compilation.answers,
                                          compilation.config, compilation.checks, language_of(compilation, language),
                                          base::version));
}

std::string steps_json(const Compilation& compilation, std::optional<base::Language> language) {
  return to_json(dingtalk::steps_of(compilation.model, compilation.decisions, compilation.config,
                                    language_of(compilation, language), base::version));
}

namespace {

// What a signature on the page is for: rows of confirmations.csv up to who has signed, one for each step that nobody
// has confirmed.
document::Page signed_page(const Compilation& compilation, base::Language language, const dingtalk::Ledger& ledger) {
  document::Page page;
  page.signed_file = dingtalk::confirmations_file;
  const auto rows = base::read_csv(dingtalk::Confirmations{}.write());
  page.signed_head = std::get<base::CsvRows>(rows).front().cells;
  const auto tasks = dingtalk::tasks_of(compilation.model, compilation.config);
  const auto in_language = static_cast<std::size_t>(language);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    auto& records = page.records[dingtalk::id_of_card(tasks[i], i + 1)];
    for (const dingtalk::Step* step : tasks[i].steps) {
      const auto status = ledger.status_of(step->id, step->target, compilation.decisions.as_of);
      if (status.standing != dingtalk::Standing::current)
        records.push_back({step->id, step->title[in_language], step->target, step->value[in_language]});
    }
  }
  return page;
}

}  // namespace

AdminDocuments admin_documents(const Compilation& compilation, base::Language language,
                               const dingtalk::Ledger& ledger) {
  document::Document checklist = dingtalk::checklist(compilation.model, compilation.decisions, compilation.answers,
                                                     compilation.config, ledger, language);
  std::string markdown = document::render_markdown(checklist);
  checklist.frame = document::frame_of(compilation.model, language, compilation.decisions.as_of);
  return {permissions_json(compilation, language), steps_json(compilation, language), std::move(markdown),
          document::render_html(checklist, signed_page(compilation, language, ledger)),
          dingtalk::render_dws_script(compilation.model, compilation.decisions, compilation.config)};
}

namespace {

// A sheet for each language, that of the reader first, and one with a row for each permission.
std::string workbook(const Compilation& compilation, query::MatrixOptions options) {
  const auto& [model, decisions] = std::tie(compilation.model, compilation.decisions);
  std::vector<base::Language> languages{options.language};
  for (const base::Language language : base::all_languages) {
    if (language != options.language) languages.push_back(language);
  }
  std::vector<document::Sheet> sheets;
  document::Document facts = query::facts_sheet(model, decisions, compilation.answers, options);
  for (const base::Language language : languages) {
    options.language = language;
    sheets.push_back({std::string(base::text(base::Phrase::language_name, language)),
                      query::matrix_sheet(model, decisions, compilation.answers, options), 3});
  }
  sheets.push_back({std::string(base::text(base::Phrase::facts, languages.front())), std::move(facts), 2});
  return document::render_xlsx(sheets, decisions.as_of);
}

}  // namespace

std::string render_matrix(const Compilation& compilation, const MatrixOptions& options) {
  query::MatrixOptions narrowed;
  narrowed.language = options.language;
  narrowed.roles = options.roles;
  narrowed.features = options.features;
  narrowed.tiers = options.tiers;
  narrowed.objects = options.data;
  narrowed.stated = options.stated;
  // A part of a matrix is not the place for all that is said.
  const bool is_whole =
      options.roles.empty() && options.features.empty() && options.tiers.empty() && options.data.empty();
  if (options.format == MatrixFormat::csv && is_whole) narrowed.statements = statements_of_matrix(compilation);
  const auto& [model, decisions] = std::tie(compilation.model, compilation.decisions);
  const decide::Answers& answers = compilation.answers;
  if (options.facts && options.format != MatrixFormat::xlsx) {
    const document::Document facts = query::facts_sheet(model, decisions, answers, narrowed);
    return options.format == MatrixFormat::csv        ? document::render_csv(facts)
           : options.format == MatrixFormat::markdown ? document::render_markdown(facts)
           : options.format == MatrixFormat::html     ? document::render_html(facts)
                                                      : document::render_text(facts, {options.color, options.width});
  }
  if (options.overview && options.format == MatrixFormat::text) {
    const auto overview = query::matrix_overview(model, decisions, answers, narrowed);
    if (overview) return document::render_text(*overview, {options.color, options.width});
  }
  switch (options.format) {
    case MatrixFormat::text:
    case MatrixFormat::markdown: {
      std::string text;
      query::matrix_document(model, decisions, answers, narrowed, [&](const document::Document& part) {
        if (!text.empty()) text += '\n';
        text += options.format == MatrixFormat::markdown ? document::render_markdown(part)
                                                         : document::render_text(part, {options.color, options.width});
      });
      return text;
    }
    case MatrixFormat::csv: {
      std::string text;
      query::matrix_sheet(model, decisions, answers, narrowed,
                          [&](const document::Document& part) { text += document::render_csv(part, !text.empty()); });
      return text;
    }
    case MatrixFormat::xlsx: return workbook(compilation, narrowed);
    case MatrixFormat::html: return query::matrix_page(model, decisions, answers, compilation.sources, narrowed);
  }
  return {};
}

std::span<const std::string_view> report_kinds() { return query::kinds(); }

std::string_view report_title(std::string_view kind, base::Language language) {
  const auto found = query::find_kind(kind);  // not the checklist, which is none of its kinds
  return base::text(found ? query::title_of(*found) : base::Phrase::checklist, language);
}

Rendered render_report(const Compilation& compilation, std::string_view kind, const ReportOf& made_from,
                       base::Language language, bool html) {
  const auto wanted = *query::find_kind(kind);
  query::Inputs inputs;
  inputs.findings = compilation.checks;
  inputs.answers = &compilation.answers;
  inputs.approvals = made_from.approvals;
  if (wanted == query::Kind::evidence && made_from.ledger != nullptr && !made_from.ledger->empty())
    inputs.steps = signed_steps(compilation, *made_from.ledger, language, true);
  document::Section review;
  if (made_from.review != nullptr) {
    query::add_review(review, made_from.review->result, made_from.review->sheets, language);
    inputs.review = &review;
  }
  query::Filed filed;
  if (made_from.since != nullptr) {
    const Compilation& earlier = made_from.since->compilation;
    filed = {&earlier.model, &earlier.decisions, made_from.since->name};
    inputs.filed = &filed;
  }
  Rendered rendered;
  const document::Document document =
      query::make(wanted, compilation.model, compilation.decisions, inputs, language, &rendered.untranslated);
  rendered.text = html ? document::render_html(document) : document::render_markdown(document);
  return rendered;
}

}  // namespace farol::driver
