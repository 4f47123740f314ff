#include "driver/review.h"

#include <iterator>

#include "base/digest.h"
#include "query/report.h"

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

query::RoleHolders holders_of(const people::Holders& people) {
  query::RoleHolders holders;
  for (const auto& [role, held_by] : people.by_role) {
    for (const people::NamedPerson& person : held_by) holders[role].push_back({person.id, person.name});
  }
  return holders;
}

Rendered render_review(const Compilation& compilation, const ReviewOf& review, base::Language language,
                       PaperForm form) {
  Rendered rendered;
  document::Words words(compilation.model, language);
  words.note_untranslated(rendered.untranslated);
  const auto now = query::grants_of(compilation.model, compilation.answers, words);
  query::Inputs inputs;
  inputs.holders = review.holders;
  inputs.answers = &compilation.answers;
  // Compared with itself nothing has changed.
  auto before = now;
  if (review.since != nullptr) {
    const Compilation& earlier = review.since->compilation;
    before = query::grants_of(earlier.model, earlier.answers, document::Words(earlier.model, language));
    inputs.since = base::fill(base::Phrase::review_compared, language,
                              {review.since->name, base::to_string(earlier.decisions.as_of)});
  }
  const auto changes = query::compare(before, now, language);
  if (form == PaperForm::csv) {
    rendered.text = document::render_csv(query::make_sheet(changes, review.since != nullptr, review.holders, language));
    return rendered;
  }
  for (const query::Change& change : changes) {
    if (change.kind == query::Change::Kind::unchanged) continue;
    const query::ReviewedGrant& grant = change.grant;
    inputs.changes.push_back(
        {grant.owner, grant.data, grant.role, grant.feature, grant.terms(language), query::in_words(change, language)});
  }
  const document::Document document = query::make(query::Kind::review, compilation.model, compilation.decisions, inputs,
                                                  language, &rendered.untranslated);
  rendered.text = form == PaperForm::html ? document::render_html(document) : document::render_markdown(document);
  return rendered;
}

std::variant<std::unique_ptr<ReadReview>, std::string> read_review(
    const Compilation& compilation, const std::vector<std::pair<std::string, std::string>>& sheets,
    const query::RoleHolders* holders, base::Language language) {
  auto review = std::make_unique<ReadReview>();
  for (const auto& [name, text] : sheets) {
    auto read = query::read_sheet(text, name);
    if (const auto* problem = std::get_if<std::string>(&read)) return "cannot read `" + name + "`: " + *problem;
    auto& more = std::get<std::vector<query::ReviewAnswer>>(read);
    review->sheets.push_back({name, base::sha256_hex(text), more.size()});
    std::move(more.begin(), more.end(), std::back_inserter(review->answers));
  }
  auto held = query::hold_against(
      review->answers,
      query::grants_of(compilation.model, compilation.answers, document::Words(compilation.model, language)), holders,
      compilation.model, compilation.decisions);
  if (const auto* problem = std::get_if<std::string>(&held)) return *problem;
  review->result = std::move(std::get<query::Result>(held));
  return review;
}

std::optional<BadFile> look_at_tenant(ReadReview& review, const Compilation& compilation, const std::string& name,
                                      std::string text, const dingtalk::Ledger& ledger) {
  std::string digest = base::sha256_hex(text);
  auto seen = hold_against_tenant(compilation, name, std::move(text), ledger);
  if (auto* bad = std::get_if<BadFile>(&seen)) return std::move(*bad);
  auto& [tenant, drift] = std::get<SeenTenant>(seen);
  query::Result& result = review.result;
  result.tenant = query::ReadTenant{name, std::move(digest), tenant.collected, std::move(drift)};
  query::look_for(result.removals, *result.tenant, compilation.model, compilation.answers, compilation.config);
  return std::nullopt;
}

std::string render_review_result(const Compilation& compilation, const ReadReview& read, base::Language language,
                                 bool html) {
  const document::Document document = query::make_document(read.result, read.sheets, compilation.model,
                                                           compilation.decisions, compilation.sources, language);
  return html ? document::render_html(document) : document::render_markdown(document);
}

}  // namespace farol::driver
