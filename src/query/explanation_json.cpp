// `farol explain ROLE FEATURE --format json`.
#include <array>

#include "base/json_writer.h"
#include "decide/permission_json.h"
#include "query/explanation.h"
#include "query/rule_json.h"

namespace farol::query {
namespace {

using base::JsonWriter;
using decide::Effect;
using decide::ExplainedAnswer;
using decide::Voice;
using model::Model;
using Layout = JsonWriter::Layout;

std::string_view effect_name(Effect effect) {
  constexpr std::array<std::string_view, 4> names = {"none", "allow", "deny", "conflict"};
  return names[static_cast<std::size_t>(effect)];
}

void write_control(JsonWriter& json, const decide::ControlSource& source, const Model& model,
                   const source::SourceMap& sources) {
  json.begin_object();
  json.key("control").string(model[source.control].name);
  json.key("from").begin_array();
  for (const model::RuleId rule : source.rules) {
    json.begin_object();
    write_rule_members(json, model, sources, rule);
    json.end_object();
  }
  for (const std::size_t requirement : source.requirements) {
    const model::Guardrail& guardrail = model.guardrails[requirement];
    json.begin_object();
    json.key("require").string(guardrail.label.empty() ? guardrail.text : guardrail.label);
    write_place(json, sources, guardrail.spans.statement);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

// `by` is how the role comes to be meant: a chain of inheritance, or `everyone`, or that an `only` leaves it out.
void write_voices(JsonWriter& json, const std::vector<Voice>& voices, const Model& model,
                  const source::SourceMap& sources) {
  json.begin_array();
  for (const Voice& voice : voices) {
    json.begin_object();
    json.key("verb").string(to_string(model[voice.rule].verb));
    write_rule_members(json, model, sources, voice.rule);
    json.key("by").begin_array(Layout::line);
    if (voice.way.empty()) json.string(voice.shuts_out ? "shut out" : "everyone");
    for (const model::RoleId role : voice.way) json.string(model[role].name);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write_answer(JsonWriter& json, const ExplainedAnswer& answer, const std::string& text, const Model& model,
                  const source::SourceMap& sources) {
  json.begin_object();
  json.key("effect").string(effect_name(answer.effect));
  json.key("text").string(text);
  decide::write_objects(json.key("objects"), model, answer.objects);
  decide::write_when(json.key("when"), model, answer.when);
  std::vector<model::ControlId> controls;
  for (const decide::ControlSource& source : answer.controls) controls.push_back(source.control);
  decide::write_controls(json.key("controls"), model, controls);
  json.key("required_by").begin_array();
  for (const decide::ControlSource& source : answer.controls) write_control(json, source, model, sources);
  json.end_array();
  decide::write_day(json.key("expires"), answer.expires);
  write_voices(json.key("deciding"), answer.deciding, model, sources);
  write_voices(json.key("overruled"), answer.overruled, model, sources);
  write_voices(json.key("agreeing"), answer.agreeing, model, sources);
  write_keepers(json.key("kept_by"), answer.keepers);
  json.end_object();
}

// A rule that is in force on other days only.
void write_idle_rule(JsonWriter& json, model::RuleId id, const Model& model, const source::SourceMap& sources) {
  json.begin_object();
  json.key("verb").string(to_string(model[id].verb));
  write_rule_members(json, model, sources, id);
  decide::write_day(json.key("from"), model[id].from);
  decide::write_day(json.key("until"), model[id].until);
  json.end_object();
}

}  // namespace

std::string render_json(const decide::Explanation& explanation, const Model& model, base::Date as_of,
                        const source::SourceMap& sources, const ExplanationOptions& options) {
  const document::Words words{model, options.language};
  const decide::Question& question = explanation.question;
  JsonWriter json;
  json.begin_object();
  json.key("as_of").string(base::to_string(as_of));
  write_role(json.key("role"), model, question.role);
  json.key("feature").string(model[question.feature].name);
  if (!options.object.empty()) json.key("object").string(options.object);
  if (!options.when.empty()) json.key("when").string(options.when);
  json.key("governed").boolean(model[question.feature].governed);
  json.key("answers").begin_array();
  for (std::size_t i = 0; i < explanation.answers.size(); ++i) {
    const std::string text = sentences_about(explanation, i, model, sources, words);
    write_answer(json, explanation.answers[i], text, model, sources);
  }
  json.end_array();
  json.key("not_in_force").begin_array();
  for (const model::RuleId rule : explanation.not_in_force) write_idle_rule(json, rule, model, sources);
  json.end_array();
  json.key("others").begin_array(Layout::line);
  for (const model::RoleId role : explanation.others) json.string(model[role].name);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace farol::query
