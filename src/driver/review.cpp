#include "driver/review.h"

#include <iterator>

#include "query/report.h"
#include "query/sheet.h"

namespace farol::driver {

base::Date last_review(const model::Model& model, base::Date as_of) {
  std::optional<base::Date> last;
  for (const model::Entity& entity : model.entities) {
    const model::Attribute* attribute = entity.kind == "review" ? entity.find("last") : nullptr;
    const auto* day = attribute == nullptr ? nullptr : std::get_if<base::Date>(&attribute->values.front());
    if (day != nullptr && *day <= as_of && (!last || *last < *day)) last = *day;
  }
  return last.value_or(as_of);
}

std::string render_review(const Compilation& compilation, const EarlierPolicy* since, base::Language language,
                          PaperForm form) {
  const auto now = query::grants_of(compilation.model, compilation.answers, language);
  // Compared with itself nothing has changed.
  const auto before =
      since == nullptr ? now : query::grants_of(since->compilation.model, since->compilation.answers, language);
  const auto changes = query::compare(before, now, language);
  if (form == PaperForm::csv) return document::render_csv(query::make_sheet(changes, since != nullptr, language));
  query::Inputs inputs{compilation.checks, {}, {}, {}, &compilation.answers};
  if (since != nullptr) {
    inputs.since = base::fill(base::Phrase::review_compared, language,
                              {since->name, base::to_string(since->compilation.decisions.as_of)});
    for (const query::Change& change : changes) {
      if (change.kind == query::Change::Kind::unchanged) continue;
      const query::ReviewedGrant& grant = change.grant;
      inputs.changes.push_back({grant.owner, grant.data, grant.role, grant.feature, grant.terms(language),
                                query::in_words(change, language)});
    }
  }
  const document::Document document =
      query::make(query::Kind::review, compilation.model, compilation.decisions, inputs, language);
  return form == PaperForm::html ? document::render_html(document) : document::render_markdown(document);
}

std::variant<ReviewResult, std::string> read_review(const Compilation& compilation,
                                                    const std::vector<std::pair<std::string, std::string>>& sheets,
                                                    base::Language language, bool html) {
  std::vector<query::ReviewAnswer> answers;
  for (const auto& [name, text] : sheets) {
    auto read = query::read_sheet(text, name);
    if (const auto* problem = std::get_if<std::string>(&read)) return "cannot read `" + name + "`: " + *problem;
    auto& more = std::get<std::vector<query::ReviewAnswer>>(read);
    std::move(more.begin(), more.end(), std::back_inserter(answers));
  }
  const auto held = query::hold_against(answers, query::grants_of(compilation.model, compilation.answers, language));
  if (const auto* problem = std::get_if<std::string>(&held)) return *problem;
  const auto& result = std::get<query::Result>(held);
  const document::Document document =
      query::make_document(result, compilation.model, compilation.decisions, compilation.sources, language);
  return ReviewResult{html ? document::render_html(document) : document::render_markdown(document),
                      result.complete() && result.refused.empty()};
}

}  // namespace farol::driver
