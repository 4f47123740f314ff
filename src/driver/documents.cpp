#include "driver/documents.h"

#include <algorithm>
#include <tuple>

#include "base/json_writer.h"
#include "base/version.h"
#include "document/document.h"
#include "driver/confirmations.h"
#include "query/description.h"
#include "query/explanation.h"
#include "query/listing.h"
#include "query/matrix.h"
#include "query/report.h"
#include "query/residual_access.h"
#include "target/dingtalk/checklist.h"
#include "target/dingtalk/document_lines.h"
#include "target/dingtalk/dws_script.h"
#include "target/dingtalk/permissions_document.h"
#include "target/dingtalk/permissions_of_policy.h"

namespace farol::driver {
namespace {

std::string render(const Compilation& compilation, const query::Listing& listing, const AnswerOptions& options) {
  const base::Date as_of = compilation.decisions.as_of;
  if (options.json)
    return query::render_json(listing, compilation.model, as_of, compilation.answers, compilation.sources);
  const auto document =
      query::listing_document(listing, compilation.model, as_of, compilation.sources, options.language);
  return document::render_text(document, {options.color, 0});
}

bool is_of_class(const model::Feature& feature, const std::string& feature_class) {
  const model::Attribute* attribute = feature.find("class");
  return attribute != nullptr && !attribute->values.empty() &&
         attribute->values.front() == model::Value{model::Word{feature_class}};
}

std::string who_can_json(const Compilation& compilation, const std::string& feature_class, const std::string& object,
                         const std::vector<query::Listing>& listings, const query::ResidualAccess& residual) {
  base::JsonWriter json;
  json.begin_object();
  json.key("as_of").string(base::to_string(compilation.decisions.as_of));
  json.key("class").string(feature_class);
  json.key("object").string(object);
  json.key("answers").begin_array();
  for (const query::Listing& listing : listings)
    query::write_json(json, listing, compilation.model, compilation.decisions.as_of, compilation.answers,
                      compilation.sources);
  json.end_array();
  query::write_members(json, residual, compilation.model);
  json.end_object();
  return json.take();
}

// The question again, so that the answer stands by itself.
std::string nobody_can(const Compilation& compilation, const std::string& feature_class, const std::string& object,
                       const AnswerOptions& options) {
  const auto id = compilation.model.find_object(object);
  const std::string& title = id ? compilation.model[*id].label(base::tag(options.language)) : object;
  const auto question = base::find_phrase("who_can_" + feature_class);
  return base::fill(*question, options.language, {title}) + "\n" +
         base::fill(base::Phrase::as_of, options.language, {base::to_string(compilation.decisions.as_of)}) + "\n\n" +
         std::string{base::text(base::Phrase::nobody, options.language)} + "\n";
}

}  // namespace

std::string permissions_json(const Compilation& compilation) {
  return to_json(dingtalk::permissions_of(compilation.model, compilation.decisions, compilation.answers,
                                          compilation.config, compilation.checks, base::version));
}

AdminDocuments admin_documents(const Compilation& compilation, base::Language language,
                               const dingtalk::Ledger& ledger) {
  const document::Document checklist = dingtalk::checklist(compilation.model, compilation.decisions,
                                                           compilation.answers, compilation.config, ledger, language);
  return {permissions_json(compilation), document::render_markdown(checklist), document::render_html(checklist),
          dingtalk::render_dws_script(compilation.model, compilation.decisions, compilation.config)};
}

std::string render_matrix(const Compilation& compilation, const MatrixOptions& options) {
  query::MatrixOptions narrowed;
  narrowed.language = options.language;
  narrowed.roles = options.roles;
  narrowed.features = options.features;
  narrowed.tiers = options.tiers;
  narrowed.objects = options.data;
  narrowed.stated = options.stated;
  const auto& [model, decisions] = std::tie(compilation.model, compilation.decisions);
  const decide::Answers& answers = compilation.answers;
  switch (options.format) {
    case MatrixFormat::text: {
      const auto matrix = query::matrix_document(model, decisions, answers, narrowed);
      return document::render_text(matrix, {options.color, options.width});
    }
    case MatrixFormat::markdown:
      return document::render_markdown(query::matrix_document(model, decisions, answers, narrowed));
    case MatrixFormat::csv: return document::render_csv(query::matrix_sheet(model, decisions, answers, narrowed));
    case MatrixFormat::html: return query::matrix_page(model, decisions, answers, compilation.sources, narrowed);
  }
  return {};
}

std::string render_who(const Compilation& compilation, model::FeatureId feature, const std::string& object,
                       const AnswerOptions& options) {
  return render(compilation, query::who(compilation.model, compilation.answers, feature, object), options);
}

std::string render_who_can(const Compilation& compilation, const std::string& feature_class, const std::string& object,
                           const AnswerOptions& options) {
  const model::Model& model = compilation.model;
  std::vector<query::Listing> listings;
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    const model::FeatureId feature{i};
    if (!is_of_class(model[feature], feature_class) || !acts_on(model, feature, object)) continue;
    query::Listing listing = query::who(model, compilation.answers, feature, object);
    if (!listing.grants.empty()) listings.push_back(std::move(listing));
  }
  const query::ResidualAccess residual =
      query::residual_access(model, compilation.answers, query::find_objects(model, object));
  if (options.json) return who_can_json(compilation, feature_class, object, listings, residual);
  std::string text;
  for (const query::Listing& listing : listings) text += render(compilation, listing, options) + "\n";
  if (text.empty()) text = nobody_can(compilation, feature_class, object, options) + "\n";
  return text + document::render_text(query::residual_document(residual, model, options.language), {options.color, 0});
}

std::string render_what(const Compilation& compilation, model::RoleId role, const AnswerOptions& options) {
  return render(compilation, query::what(compilation.model, compilation.answers, role), options);
}

std::variant<std::string, TooLarge> render_explanation(const Compilation& compilation, const ExplainOptions& asked,
                                                       const AnswerOptions& options) {
  const source::SourceMap& sources = compilation.sources;
  const model::Model& model = compilation.model;
  const decide::Decisions& decisions = compilation.decisions;
  decide::Question question{asked.role, asked.feature, {}, model.asked};
  if (!asked.object.empty()) question.objects = query::find_objects(model, asked.object);
  std::sort(question.objects.begin(), question.objects.end());
  const decide::Explanation explanation = decide::explain(model, decisions, compilation.answers, std::move(question));
  if (!explanation.problem.empty()) return TooLarge{sentence(explanation.problem)};
  const query::ExplanationOptions words{options.language, asked.object, asked.when};
  if (options.json) return query::render_json(explanation, model, decisions.as_of, sources, words);
  return document::render_text(query::explanation_document(explanation, model, decisions.as_of, sources, words),
                               {options.color, 0});
}

std::optional<std::string> render_description(const Compilation& compilation, const std::string& name,
                                              const AnswerOptions& options) {
  const source::SourceMap& sources = compilation.sources;
  const model::Model& model = compilation.model;
  const auto thing = query::find_thing(model, name);
  if (!thing) return std::nullopt;
  const auto description = query::describe(model, compilation.answers, sources, *thing, options.language);
  if (options.json) return query::render_json(description, compilation.decisions.as_of);
  return document::render_text(query::description_document(description, options.language), {options.color, 0});
}

std::vector<std::string_view> names_of_things(const model::Model& model) { return query::names_of_things(model); }

bool acts_on(const model::Model& model, model::FeatureId feature, const std::string& object) {
  const auto& possible = model.objects_of(model[feature].acts_on);
  const auto meant = query::find_objects(model, object);
  return std::any_of(meant.begin(), meant.end(), [&](model::ObjectId id) {
    return std::find(possible.begin(), possible.end(), id) != possible.end();
  });
}

std::optional<std::string> render_permission_lines(std::string_view text, base::Language language) {
  const auto lines = dingtalk::read_lines(text, language);
  return lines ? std::optional(document::render_text(*lines)) : std::nullopt;
}

std::span<const std::string_view> report_kinds() { return query::kinds(); }

std::string render_report(const Compilation& compilation, std::string_view kind, base::Language language, bool html,
                          const dingtalk::Ledger& ledger) {
  const auto wanted = *query::find_kind(kind);
  query::Inputs inputs{compilation.checks, {}, {}, {}};
  if (wanted == query::Kind::evidence && !ledger.empty())
    inputs.steps = signed_steps(compilation, ledger, language, true);
  const document::Document document = query::make(wanted, compilation.model, compilation.decisions, inputs, language);
  return html ? document::render_html(document) : document::render_markdown(document);
}

std::string render_first_steps(const Compilation& compilation, base::Language language) {
  const model::Model& model = compilation.model;
  std::size_t rest = 0;
  const auto steps = check::first_steps(model, compilation.checks, rest);
  if (steps.empty()) return {};
  const check::CheckedThings things(model);
  std::string text(base::text(base::Phrase::first_steps, language));
  text += '\n';
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const model::Check& check = model.checks[steps[i].check];
    std::string names;
    constexpr std::size_t shown = 4;
    for (std::size_t t = 0; t < std::min(shown, steps[i].things.size()); ++t) {
      const std::string& name = things.declared(steps[i].things[t]).label(base::tag(language));
      if (!names.empty()) names += base::text(base::Phrase::list_comma, language);
      names += name;
    }
    if (steps[i].things.size() > shown) names += " …";
    text += std::to_string(i + 1) + ". " + check.title.in(base::tag(language));
    if (!names.empty()) text += " " + base::fill(base::Phrase::in_brackets, language, {names});
    // The remedy of a check may name what one finding is about; the first one stands for all.
    const auto finding = std::find_if(compilation.checks.list.begin(), compilation.checks.list.end(),
                                      [&](const auto& each) { return each.check == steps[i].check; });
    const std::string remedy = check::render(model, *finding, check.remedy, base::tag(language));
    if (!remedy.empty()) text += "\n   " + remedy;
    text += "\n   " + check.id + "\n";
  }
  if (rest > 0) text += base::fill(base::Phrase::first_steps_rest, language, {std::to_string(rest)}) + "\n";
  return text;
}

}  // namespace farol::driver
