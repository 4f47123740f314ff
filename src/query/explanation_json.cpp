// `farol explain ROLE FEATURE --format json`.
#include <array>

#include "base/json_writer.h"
#include "decide/permission_json.h"
#include "query/explanation.h"
#include "query/rule_json.h"
#include "query/sentences.h"

namespace farol::query {
namespace {

using base::JsonWriter;
using decide::Effect;
using decide::ExplainedAnswer;
using decide::Voice;
using Layout = JsonWriter::Layout;

class Writer {
 public:
  Writer(const decide::Explanation& explanation, const model::Model& model, const source::SourceMap& sources,
         const ExplanationOptions& options)
      : explanation_(explanation),
        model_(model),
        sources_(sources),
        options_(options),
        words_(model, options.language),
        sentences_(explanation, model, sources, words_) {}

  std::string run(base::Date as_of) {
    const decide::Question& question = explanation_.question;
    json_.begin_object();
    json_.key("as_of").string(base::to_string(as_of));
    write_role(json_.key("role"), model_, question.role);
    json_.key("feature").string(model_[question.feature].name);
    if (!options_.object.empty()) json_.key("object").string(options_.object);
    if (!options_.when.empty()) json_.key("when").string(options_.when);
    json_.key("governed").boolean(model_[question.feature].governed);
    json_.key("answers").begin_array();
    for (std::size_t i = 0; i < explanation_.answers.size(); ++i) write_answer(i);
    json_.end_array();
    json_.key("not_in_force").begin_array();
    for (const model::RuleId rule : explanation_.not_in_force) write_idle(rule);
    json_.end_array();
    json_.key("others").begin_array(Layout::line);
    for (const model::RoleId role : explanation_.others) json_.string(model_[role].name);
    json_.end_array();
    json_.end_object();
    return json_.take();
  }

 private:
  static std::string_view effect_name(Effect effect) {
    constexpr std::array<std::string_view, 4> names = {"none", "allow", "deny", "conflict"};
    return names[static_cast<std::size_t>(effect)];
  }

  void write_answer(std::size_t index) {
    const ExplainedAnswer& answer = explanation_.answers[index];
    json_.begin_object();
    json_.key("effect").string(effect_name(answer.effect));
    json_.key("text").string(sentences_.about(index));
    decide::write_objects(json_.key("objects"), model_, answer.objects);
    decide::write_when(json_.key("when"), model_, answer.when);
    json_.key("controls").begin_array();
    for (const decide::ControlSource& source : answer.controls) write_control(source);
    json_.end_array();
    decide::write_day(json_.key("expires"), answer.expires);
    write_voices("deciding", answer.deciding);
    write_voices("overruled", answer.overruled);
    write_voices("agreeing", answer.agreeing);
    write_keepers(json_.key("kept_by"), answer.keepers);
    json_.end_object();
  }

  void write_control(const decide::ControlSource& source) {
    json_.begin_object();
    json_.key("control").string(model_[source.control].name);
    json_.key("from").begin_array();
    for (const model::RuleId rule : source.rules) {
      json_.begin_object();
      write_rule_members(json_, model_, sources_, rule);
      json_.end_object();
    }
    for (const std::size_t requirement : source.requirements) {
      const model::Guardrail& guardrail = model_.guardrails[requirement];
      json_.begin_object();
      json_.key("require").string(guardrail.label.empty() ? guardrail.text : guardrail.label);
      write_place(json_, sources_, guardrail.spans.statement);
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  // `by` is how the role comes to be meant: a chain of inheritance, or `everyone`, or that an `only` leaves it out.
  void write_voices(std::string_view key, const std::vector<Voice>& voices) {
    json_.key(key).begin_array();
    for (const Voice& voice : voices) {
      json_.begin_object();
      json_.key("verb").string(to_string(model_[voice.rule].verb));
      write_rule_members(json_, model_, sources_, voice.rule);
      json_.key("by").begin_array(Layout::line);
      if (voice.way.empty()) json_.string(voice.shuts_out ? "shut out" : "everyone");
      for (const model::RoleId role : voice.way) json_.string(model_[role].name);
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  void write_idle(model::RuleId id) {
    json_.begin_object();
    json_.key("verb").string(to_string(model_[id].verb));
    write_rule_members(json_, model_, sources_, id);
    decide::write_day(json_.key("from"), model_[id].from);
    decide::write_day(json_.key("until"), model_[id].until);
    json_.end_object();
  }

  const decide::Explanation& explanation_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  const ExplanationOptions& options_;
  document::Words words_;
  Sentences sentences_;
  JsonWriter json_;
};

}  // namespace

std::string render_json(const decide::Explanation& explanation, const model::Model& model, base::Date as_of,
                        const source::SourceMap& sources, const ExplanationOptions& options) {
  return Writer{explanation, model, sources, options}.run(as_of);
}

}  // namespace farol::query
