// `explain`: why a role may or may not do something, what a name is, what a finding means.
#include <algorithm>
#include <cctype>
#include <optional>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/check_page.h"
#include "cli/explain_words.h"
#include "cli/help_texts.h"
#include "cli/input.h"
#include "cli/lookup.h"
#include "cli/output.h"
#include "cli/question.h"
#include "decide/explain.h"
#include "diag/messages_cli.h"
#include "diag/pages.h"
#include "document/document.h"
#include "driver/libraries.h"
#include "query/description.h"
#include "query/explanation.h"
#include "query/listing.h"
#include "sema/later_names.h"

namespace farol::cli {
namespace {

// Why a role may or may not use a feature: on an object or on all, in the case of `--when` or in all.
struct ExplainOptions {
  model::RoleId role;
  model::FeatureId feature;
  std::string object;
  std::string when;  // as it was typed, for the heading
};

std::variant<std::string, UsageError> render_explanation(const driver::Compilation& compilation,
                                                         const ExplainOptions& asked, const AnswerOptions& options) {
  const source::SourceMap& sources = compilation.sources;
  const model::Model& model = compilation.model;
  const decide::Decisions& decisions = compilation.decisions;
  decide::Question question{asked.role, asked.feature, {}, model.asked};
  if (!asked.object.empty()) question.objects = query::find_objects(model, asked.object);
  std::sort(question.objects.begin(), question.objects.end());
  const decide::Explanation explanation = decide::explain(model, decisions, compilation.answers, std::move(question));
  if (!explanation.problem.empty()) return UsageError{explanation.problem};
  const query::ExplanationOptions words{options.language, asked.object, asked.when};
  if (options.json) return query::render_json(explanation, model, decisions.as_of, sources, words);
  return document::render_text(query::explanation_document(explanation, model, decisions.as_of, sources, words),
                               {options.color, 0});
}

// Returns what a name or a label is; nullopt if the policy has none. `name` is in NFC.
std::optional<std::string> render_description(const driver::Compilation& compilation, const std::string& name,
                                              const AnswerOptions& options) {
  const source::SourceMap& sources = compilation.sources;
  const model::Model& model = compilation.model;
  const auto thing = query::find_thing(model, name);
  if (!thing) return std::nullopt;
  const auto description = query::describe(model, compilation.answers, sources, *thing, options.language);
  if (options.json) return query::render_json(description, compilation.decisions.as_of);
  return document::render_text(query::description_document(description, options.language), {options.color, 0});
}

// `F3001`, `f3001` or `conflict`.
const diag::CodeInfo* find_code(std::string word) {
  if (const auto* code = diag::find_code(word)) return code;
  if (!word.empty() && word[0] == 'f') word[0] = 'F';
  return diag::find_code(word);
}

ExitCode explain_code(Context& context, const Question& question, const diag::CodeInfo& code) {
  follow_language(context, question.paths);
  const bool json_wanted = answer_options(context).json;
  const std::string page =
      translated_page(diag::page_of(code.code), json_wanted ? context.settings.language : context.settings.spoken);
  if (!json_wanted) return write(context, page);
  base::JsonWriter json;
  json.begin_object();
  json.key("code").string(code.number);
  json.key("name").string(code.name);
  json.key("severity").string(to_string(code.severity));
  json.key("page").string(page);
  json.end_object();
  return write(context, json.take());
}

// Of names, labels and findings alike, those of the packs too.
diag::Text unknown_name(const driver::Compilation& compilation, const driver::Compilation& packs,
                        const std::string& name) {
  std::vector<std::string_view> candidates = query::names_of_things(compilation.model);
  for (const diag::CodeInfo& code : diag::all_codes()) candidates.insert(candidates.end(), {code.name, code.number});
  for (const model::Model* model : {&compilation.model, &packs.model}) {
    const auto ids = ids_of_checks(*model);
    candidates.insert(candidates.end(), ids.begin(), ids.end());
  }
  return with_suggestion(message::nothing_called(name), name, candidates);
}

// What the newest libraries say of a name that the policy does not know: it may use an earlier version, or have errors.
std::optional<ExitCode> answer_from_libraries(Context& context, const driver::Compilation& compilation,
                                              const std::string& name) {
  const driver::Compilation libraries = driver::compile_libraries(context.settings.as_of, true);
  if (const auto word = render_word(libraries, compilation.model, name, answer_options(context)))
    return write(context, *word);
  const auto description = render_description(libraries, base::to_nfc(name), answer_options(context));
  if (!description) {
    const auto titled = name_of_title(libraries.model, name);
    if (!titled) return std::nullopt;
    return write(context, *render_description(libraries, *titled, answer_options(context)));
  }
  const sema::LaterNames later(compilation.program);
  if (later.has(base::to_nfc(name)))
    info(context, sentence(later.came_with(base::to_nfc(name)), context.settings.language));
  return write(context, *description);
}

ExitCode answer_name(Context& context, const driver::Compilation& compilation, const std::string& name) {
  const auto description = render_description(compilation, base::to_nfc(name), answer_options(context));
  if (description) return write(context, *description);
  if (const auto titled = name_of_title(compilation.model, name))
    return write(context, *render_description(compilation, *titled, answer_options(context)));
  if (const auto answered = answer_from_libraries(context, compilation, name)) return *answered;
  const driver::Compilation packs = driver::compile_libraries(context.settings.as_of, true);
  const auto check = render_check(packs, &compilation, name, answer_options(context));
  if (check) return write(context, *check);
  return refuse(context, unknown_name(compilation, packs, name), name);
}

// A check of a pack, whatever the policy says; nothing: there is none of that name. The organisation's own checks are
// names of its policy.
std::optional<ExitCode> explain_check(Context& context, const Question& question, std::string id) {
  std::transform(id.begin(), id.end(), id.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const driver::Compilation packs = driver::compile_libraries(context.settings.as_of, true);
  const auto ids = ids_of_checks(packs.model);
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) return std::nullopt;
  std::optional<driver::Compilation> policy;
  if (!question.in_place || has_policy(context.files(), located(context, "."))) {
    policy = compile_policy(context, question.paths);
    // What the check says does not depend on the policy's errors; what it finds there waits for them.
    if (policy->unreadable) return report_errors(context, *policy);
  }
  return write(context, *render_check(packs, policy ? &*policy : nullptr, id, answer_options(context)));
}

// In a folder without a policy the names of the catalogue can be asked for.
ExitCode explain_name(Context& context, const Question& question) {
  const std::string& name = question.names.front();
  if (context.request.has(OptionId::when))
    return usage_error(context, "`--when` is for farol explain ROLE FEATURE [OBJECT]");
  if (const diag::CodeInfo* code = find_code(name)) return explain_code(context, question, *code);
  // Names of packs' checks have dashes and digits: MO-XFER-001.
  if (name.find('-') != std::string::npos && name.find_first_of("0123456789") != std::string::npos) {
    if (const auto explained = explain_check(context, question, name)) return *explained;
  }
  if (question.in_place && !has_policy(context.files(), located(context, ".")))
    return answer_name(context, driver::compile_libraries(context.settings.as_of, false), name);
  const driver::Compilation compilation = compile_policy(context, question.paths);
  // What the libraries say does not depend on the policy's errors.
  if (!compilation.may_write()) {
    if (const auto answered = answer_from_libraries(context, compilation, name)) return *answered;
  }
  const ExitCode code = report_errors(context, compilation);
  return compilation.may_write() ? answer_name(context, compilation, name) : code;
}

// What is asked about, or what is wrong with a name of it.
std::variant<ExplainOptions, UsageError> read_names(const Context& context, const model::Model& model,
                                                    const std::vector<std::string>& names) {
  ExplainOptions asked;
  asked.role = model.nobody();
  if (names[0] != "everyone") {
    const auto role = look_up_role(model, names[0]);
    if (const auto* error = std::get_if<UsageError>(&role)) {
      const bool turned = model.find_feature(base::to_nfc(names[0])) && model.find_role(base::to_nfc(names[1]));
      if (turned) return UsageError{message::role_comes_first(names[1], names[0])};
      return UsageError{with_path_hint(context, error->message, names[0])};
    }
    asked.role = std::get<model::RoleId>(role);
  }
  const auto feature = look_up_feature(model, names[1]);
  if (const auto* error = std::get_if<UsageError>(&feature))
    return UsageError{with_path_hint(context, error->message, names[1])};
  asked.feature = std::get<model::FeatureId>(feature);
  if (names.size() > 2) {
    const auto object = look_up_object(model, names[2]);
    if (const auto* error = std::get_if<UsageError>(&object))
      return UsageError{with_path_hint(context, error->message, names[2])};
    asked.object = model[std::get<model::ObjectId>(object)].name;
    if (!acts_on(model, asked.feature, asked.object))
      return UsageError{
          message::not_done_to(names[1], asked.object, std::string(to_string(model[asked.feature].acts_on)))};
  }
  return asked;
}

ExitCode explain_permission(Context& context, const Question& question) {
  const std::string* when = context.request.find(OptionId::when);
  if (when != nullptr && when->find_first_not_of(" \t\r\n") == std::string::npos)
    return usage_error(context, "`--when` needs a condition, such as --when \"device is managed\"");
  const driver::Compilation compilation = compile_policy(context, question.paths, when == nullptr ? "" : *when);
  const ExitCode code = report_errors(context, compilation);
  // What is wrong with the condition is wrong usage, not a wrong policy.
  if (when != nullptr && !compilation.model.asked) return ExitCode::usage_error;
  if (!compilation.may_write()) return code;
  auto asked = read_names(context, compilation.model, question.names);
  if (const auto* error = std::get_if<UsageError>(&asked)) return usage_error(context, error->message);
  auto& options = std::get<ExplainOptions>(asked);
  if (when != nullptr) options.when = *when;
  const auto answer = render_explanation(compilation, options, answer_options(context));
  if (const auto* large = std::get_if<UsageError>(&answer)) return usage_error(context, large->message);
  return write(context, std::get<std::string>(answer));
}

}  // namespace

ExitCode explain(Context& context) {
  const Question question = question_of(context);
  constexpr std::size_t most = 3;
  if (question.names.empty()) return usage_error(context, message::what_to_explain(message::explain_usage()));
  if (question.names.size() > most)
    return refuse(context, message::one_name_too_many(question.names[most], said(context, message::explain_usage())),
                  question.names[most]);
  return question.names.size() == 1 ? explain_name(context, question) : explain_permission(context, question);
}

}  // namespace farol::cli
