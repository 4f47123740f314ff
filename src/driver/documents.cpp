#include "driver/documents.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/version.h"
#include "dingtalk/permissions_document.h"
#include "library/library.h"
#include "matrix/listing.h"
#include "matrix/matrix.h"
#include "report/report.h"

namespace farol::driver {
namespace {

std::string render(const Compilation& compilation, const matrix::Listing& listing, const AnswerOptions& options) {
  const auto& [sources, sink, model, decisions, checks, unreadable] = compilation;
  if (options.json) return matrix::render_json(listing, model, decisions, sources);
  return matrix::render_text(listing, model, decisions, sources, {options.language, options.color});
}

bool is_of_class(const model::Feature& feature, const std::string& feature_class) {
  const model::Attribute* attribute = feature.find("class");
  return attribute != nullptr && !attribute->values.empty() &&
         attribute->values.front() == model::Value{model::Word{feature_class}};
}

}  // namespace

std::string permissions_json(const Compilation& compilation) {
  return dingtalk::permissions_json(compilation.model, compilation.decisions, compilation.checks, base::version);
}

std::string render_matrix(const Compilation& compilation, const MatrixOptions& options) {
  matrix::Options narrowed;
  narrowed.language = options.language;
  narrowed.roles = options.roles;
  narrowed.features = options.features;
  narrowed.tiers = options.tiers;
  narrowed.objects = options.data;
  const matrix::Matrix matrix = matrix::build(compilation.model, compilation.decisions, narrowed);
  return options.markdown ? matrix::render_markdown(matrix)
                          : matrix::render_text(matrix, {options.color, options.width});
}

std::string render_who(const Compilation& compilation, model::FeatureId feature, const std::string& object,
                       const AnswerOptions& options) {
  return render(compilation, matrix::who(compilation.model, compilation.decisions, feature, object), options);
}

std::string render_who_can(const Compilation& compilation, const std::string& feature_class, const std::string& object,
                           const AnswerOptions& options) {
  const model::Model& model = compilation.model;
  std::string text;
  nlohmann::ordered_json answers = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    const model::FeatureId feature{i};
    if (!is_of_class(model[feature], feature_class) || !acts_on(model, feature, object)) continue;
    const matrix::Listing listing = matrix::who(model, compilation.decisions, feature, object);
    if (listing.grants.empty()) continue;
    const std::string answer = render(compilation, listing, options);
    if (options.json) answers.push_back(nlohmann::ordered_json::parse(answer));
    text.append(text.empty() ? "" : "\n").append(answer);
  }
  if (!options.json)
    return text.empty() ? std::string{base::text(base::Phrase::nobody, options.language)} + "\n" : text;
  const nlohmann::ordered_json document{{"as_of", base::to_string(compilation.decisions.as_of)},
                                        {"class", feature_class},
                                        {"object", object},
                                        {"answers", std::move(answers)}};
  return document.dump(2) + "\n";
}

std::string render_what(const Compilation& compilation, model::RoleId role, const AnswerOptions& options) {
  return render(compilation, matrix::what(compilation.model, compilation.decisions, role), options);
}

bool acts_on(const model::Model& model, model::FeatureId feature, const std::string& object) {
  const auto& possible = model.objects_of(model[feature].acts_on);
  const auto meant = matrix::find_objects(model, object);
  return std::any_of(meant.begin(), meant.end(), [&](model::ObjectId id) {
    return std::find(possible.begin(), possible.end(), id) != possible.end();
  });
}

std::span<const std::string_view> report_kinds() { return report::kinds(); }

std::string render_report(const Compilation& compilation, std::string_view kind, base::Language language, bool html) {
  const report::Document document = report::make(*report::find_kind(kind), compilation.model, compilation.decisions,
                                                 compilation.checks, language);
  return html ? report::render_html(document) : report::render_markdown(document);
}

std::string render_first_steps(const Compilation& compilation, base::Language language) {
  const model::Model& model = compilation.model;
  std::size_t rest = 0;
  const auto steps = checks::first_steps(model, compilation.checks, rest);
  if (steps.empty()) return {};
  const checks::Things things(model);
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
    const std::string remedy = checks::render(model, *finding, check.remedy, base::tag(language));
    if (!remedy.empty()) text += "\n   " + remedy;
    text += "\n   " + check.id + "\n";
  }
  if (rest > 0) text += base::fill(base::Phrase::first_steps_rest, language, {std::to_string(rest)}) + "\n";
  return text;
}

Compilation compile_packs(const base::FileSystem& disk, base::Date as_of) {
  Options options;
  options.as_of = as_of;
  options.load.paths = {"-"};
  options.load.standard_input = "farol 1\nuse dingtalk\n";
  for (const library::Embedded& pack : library::packs())
    options.load.standard_input += "use pack " + std::string(pack.name) + "\n";
  return compile(disk, options);
}

Compilation compile_catalogue(const base::FileSystem& disk, base::Date as_of) {
  Options options;
  options.as_of = as_of;
  options.load.paths = {"-"};
  options.load.standard_input = "farol 1\nuse dingtalk\n";
  return compile(disk, options);
}

}  // namespace farol::driver
