// `debug`: what each phase of the compiler gives to the next one, one thing a line.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ids.h"
#include "base/text.h"
#include "cli/input.h"
#include "cli/output.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/places.h"
#include "diag/snippet.h"
#include "sema/canonical.h"
#include "syntax/loader.h"
#include "syntax/scanner.h"

namespace farol::cli {
namespace {

using Names = std::vector<std::string>;

std::string position_of(const source::SourceMap& sources, source::Span span) {
  const source::Position at = sources.position(span.source, span.begin);
  return fmt::format("{}:{}:{}", diag::printable_text(sources.name(span.source)), at.line, at.column);
}

std::string list(const Names& names) { return fmt::format("{}", fmt::join(names, ", ")); }

void add_part(std::string& text, std::string_view name, const std::string& value) {
  if (!value.empty()) text += fmt::format("  {:<9} {}\n", name, value);
}

std::string render_tokens(const driver::Compilation& compilation) {
  std::string text;
  for (std::size_t i = 0; i < compilation.sources.size(); ++i) {
    const source::SourceId id{i};
    if (compilation.sources.is_library(id)) continue;
    const std::string_view source = compilation.sources.text(id);
    for (const syntax::Token& token : syntax::scan(source).tokens) {
      if (token.kind == syntax::Kind::end) continue;
      text += fmt::format("{}  {}  {}\n", position_of(compilation.sources, {id, token.begin, token.end}),
                          syntax::describe(token.kind),
                          diag::printable_text(source.substr(token.begin, token.end - token.begin)));
    }
  }
  return text;
}

constexpr std::string_view node_names[] = {"policy",    "use",  "include", "drop",  "tiers", "declaration", "context",
                                           "condition", "set",  "bind",    "fact",  "rule",  "guardrail",   "require",
                                           "separate",  "test", "waive",   "words", "check"};
static_assert(std::size(node_names) == std::variant_size_v<syntax::StatementNode>);

std::string text_at(const source::SourceMap& sources, source::Span span) {
  return diag::printable_text(sources.text(span));
}

void add_body(std::string& text, const source::SourceMap& sources, const syntax::RuleBody& body) {
  add_part(text, "subjects", text_at(sources, body.subjects.span));
  if (body.features) add_part(text, "features", text_at(sources, body.features->span));
  if (body.objects) add_part(text, "objects", text_at(sources, body.objects->span));
  if (body.when) add_part(text, "when", sema::canonical_text(*body.when));
  Names controls;
  for (const syntax::Name& control : body.controls) controls.push_back(control.text);
  add_part(text, "requiring", list(controls));
}

std::string render_tree(const driver::Compilation& compilation) {
  const source::SourceMap& sources = compilation.sources;
  std::string text;
  for (const syntax::File& file : compilation.program.files) {
    for (const syntax::Statement& statement : file.statements) {
      text += fmt::format("{}  {}{}  {}\n", position_of(sources, statement.span), node_names[statement.node.index()],
                          statement.label ? " " + statement.label->text : "", sema::canonical_text(statement.node));
      if (const auto* rule = std::get_if<syntax::Rule>(&statement.node)) add_body(text, sources, rule->body);
      if (const auto* guardrail = std::get_if<syntax::Guardrail>(&statement.node))
        add_body(text, sources, guardrail->body);
      if (const auto* require = std::get_if<syntax::Require>(&statement.node)) add_body(text, sources, require->body);
    }
    for (const syntax::BrokenStatement& broken : file.broken)
      text += fmt::format("{}  broken\n", position_of(sources, broken.span));
  }
  return text;
}

// The members of all terms of a list, each once.
template <class Term, class Name>
std::string members_of(const model::Model& model, const std::vector<Term>& terms, Name name) {
  Names names;
  for (const Term& term : terms) {
    for (const auto member : members(model, model[term])) {
      std::string each = sentence(name(member));
      if (!each.empty() && std::find(names.begin(), names.end(), each) == names.end()) names.push_back(std::move(each));
    }
  }
  return list(names);
}

std::string render_model(const driver::Compilation& compilation) {
  const model::Model& model = compilation.model;
  const auto name = [&](auto id) { return decide::name_of(model, id); };
  std::string text;
  for (const model::Tier& tier : model.tiers) {
    if (!tier.name.empty()) text += "tier " + tier.name + "\n";
  }
  for (const model::Role& role : model.roles) {
    Names ancestors;
    for (const model::RoleId id : role.ancestors) {
      if (&model[id] != &role) ancestors.push_back(model[id].name);
    }
    text += "role " + role.name + (ancestors.empty() ? "" : " inherits " + list(ancestors)) + "\n";
  }
  for (const model::Object& object : model.objects) {
    if (object.kind != model::ActsOn::tier && !object.other && !object.name.empty())
      text += fmt::format("{} {}{}\n", to_string(object.kind), object.name,
                          object.kind == model::ActsOn::data ? " on " + model[object.tier].name : "");
  }
  for (const model::Rule& rule : model.rules) {
    text += rule.reference() + "\n";
    add_part(text, "subjects", members_of(model, rule.area.subjects, name));
    add_part(text, "features", members_of(model, rule.area.features, name));
    add_part(text, "objects", members_of(model, rule.area.objects, name));
    const model::Condition& when = model[rule.area.when];
    add_part(text, "when", decide::in_words(model, decide::boxes_of(model, when.contexts, when.where)));
  }
  return text;
}

std::string_view in_words(decide::Effect effect) {
  switch (effect) {
    case decide::Effect::none: return "none";
    case decide::Effect::allow: return "allow";
    case decide::Effect::deny: return "deny";
    case decide::Effect::conflict: return "conflict";
  }
  return "";
}

// Every permission that a rule gives or refuses, each role for itself.
std::string render_permissions(const driver::Compilation& compilation, bool with_keepers) {
  const model::Model& model = compilation.model;
  std::string text;
  for (const model::RoleId role : decide::all_roles(model)) {
    for (const model::FeatureId feature : base::ids(model.features)) {
      for (const decide::Answer* answer : compilation.answers.of(role, feature)) {
        Names objects, controls, rules;
        for (const model::ObjectId id : answer->objects) objects.push_back(sentence(decide::name_of(model, id)));
        for (const model::ControlId id : answer->controls) controls.push_back(model[id].name);
        for (const model::RuleId id : answer->rules) rules.push_back(base::shown_name(model[id].reference()));
        text += fmt::format("{} {} {}\n", in_words(answer->effect), sentence(decide::name_of(model, role)),
                            model[feature].name);
        add_part(text, "objects", list(objects));
        add_part(text, "when",
                 decide::in_words(model, decide::boxes_of(model, answer->when.contexts, answer->when.where)));
        add_part(text, "requiring", list(controls));
        add_part(text, "by", list(rules));
        if (with_keepers) add_part(text, "kept by", std::string{to_string(answer->enforcement.kept_by)});
      }
    }
  }
  return text;
}

std::string render_decisions(const driver::Compilation& compilation) { return render_permissions(compilation, false); }

std::string render_answers(const driver::Compilation& compilation) { return render_permissions(compilation, true); }

struct Phase {
  std::string_view name;
  std::string (*render)(const driver::Compilation& compilation);
};
constexpr Phase phases[] = {{"tokens", render_tokens},
                            {"tree", render_tree},
                            {"model", render_model},
                            {"decisions", render_decisions},
                            {"answers", render_answers}};

}  // namespace

std::vector<std::string_view> debug_phases() {
  std::vector<std::string_view> names;
  for (const Phase& phase : phases) names.push_back(phase.name);
  return names;
}

ExitCode debug(Context& context) {
  const std::vector<std::string>& arguments = context.request.arguments;
  const std::vector<std::string_view> names = debug_phases();
  if (arguments.empty())
    return usage_error(context, "which phase? farol debug PHASE, where PHASE is " + either_of(names));
  const auto phase = std::find_if(std::begin(phases), std::end(phases),
                                  [&](const Phase& each) { return each.name == arguments.front(); });
  if (phase == std::end(phases))
    return usage_error(context, "there is no phase `" + arguments.front() + "`; PHASE is " + either_of(names));
  const driver::Compilation compilation =
      compile_policy(context, policy_paths(context, {arguments.begin() + 1, arguments.end()}));
  const ExitCode code = report_errors(context, compilation);
  return worse(code, write(context, phase->render(compilation)));
}

}  // namespace farol::cli
