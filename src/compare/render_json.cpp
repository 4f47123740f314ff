#include "base/json_writer.h"
#include "compare/review.h"
#include "decide/permission_json.h"
#include "query/rule_json.h"

namespace farol::compare {
namespace {

using base::JsonWriter;
using Layout = JsonWriter::Layout;

std::string_view to_text(const Answer& answer) {
  switch (answer.effect) {
    case decide::Effect::allow: return "allow";
    case decide::Effect::deny: return "deny";
    case decide::Effect::conflict: return "conflict";
    case decide::Effect::none: break;
  }
  return answer.governed ? "none" : "ungoverned";
}

class Writer {
 public:
  Writer(const Review& review, base::Language language)
      : review_(review), difference_(review.difference), model_(difference_.vocabulary.model), language_(language) {}

  std::string run(std::string_view version) {
    json_.begin_object();
    json_.key("farol").string(version);
    write_source("before", review_.before);
    write_source("after", review_.after);
    json_.key("equal").boolean(review_.empty());
    json_.key("summary").begin_object(Layout::line);
    for (const Direction direction : {Direction::widening, Direction::narrowing, Direction::mixed})
      json_.key(to_string(direction)).number(static_cast<std::int64_t>(review_.count(direction)));
    json_.end_object();
    json_.key("changes").begin_array();
    for (const Change& change : difference_.changes) write_change(change);
    json_.end_array();
    write_vocabulary();
    write_findings();
    write_steps();
    json_.key("not_compared").strings(difference_.too_large);
    decide::write_day(json_.key("compared_until"), difference_.not_beyond);
    json_.end_object();
    return json_.take();
  }

 private:
  void write_source(std::string_view key, const Source& source) {
    json_.key(key).begin_object(Layout::line);
    json_.key("name").string(source.name);
    json_.key("as_of").string(base::to_string(source.as_of));
    json_.end_object();
  }

  void write_change(const Change& change) {
    json_.begin_object();
    json_.key("direction").string(to_string(change.direction));
    json_.key("sentence").string(sentence_of(difference_, change, language_));
    json_.key("roles").begin_array(Layout::line);
    for (const RoleId role : change.roles) query::write_role(json_, model_, role);
    json_.end_array();
    json_.key("features").begin_array(Layout::line);
    for (const FeatureId feature : change.features) json_.string(model_[feature].name);
    json_.end_array();
    decide::write_objects(json_.key("objects"), model_, change.objects);
    write_when(change);
    decide::write_day(json_.key("from"), change.from);
    decide::write_day(json_.key("until"), change.until);
    write_answer("before", change.before);
    write_answer("after", change.after);
    json_.key("causes").begin_array();
    for (const Cause& cause : change.causes) write_cause(cause);
    json_.end_array();
    json_.end_object();
  }

  // A value that only the later policy has is compared with each earlier one, which stands beside it.
  void write_when(const Change& change) {
    json_.key("when").begin_array(Layout::line);
    for (const decide::Box& box : change.when) {
      json_.begin_object();
      for (const auto& [id, values] : box) {
        json_.key(model_[id].name).begin_array();
        for (const std::uint32_t value : values) json_.string(name_of_value(id, value));
        json_.end_array();
      }
      json_.end_object();
    }
    json_.end_array();
  }

  [[nodiscard]] std::string name_of_value(ContextId context, std::uint32_t value) const {
    return model_[context].values[value];
  }

  void write_answer(std::string_view key, const Answer& answer) {
    json_.key(key).begin_object(Layout::line);
    json_.key("effect").string(to_text(answer));
    decide::write_controls(json_.key("controls"), model_, answer.controls);
    if (answer.expires) json_.key("expires").string(base::to_string(*answer.expires));
    json_.end_object();
  }

  void write_cause(const Cause& cause) {
    json_.begin_object(Layout::line);
    json_.key("kind").string(to_string(cause.kind));
    json_.key("statement").string(cause.statement);
    if (!cause.other.empty()) json_.key("in").string(cause.other);
    json_.key("side").string(cause.later ? "after" : "before");
    const source::SourceMap* sources = cause.later ? review_.after.sources : review_.before.sources;
    if (sources != nullptr) query::write_place(json_, *sources, cause.span);
    json_.end_object();
  }

  void write_vocabulary() {
    json_.key("renamed").begin_array();
    for (const Rename& rename : difference_.vocabulary.renames) {
      json_.begin_object(Layout::line);
      json_.key("kind").string(rename.kind);
      json_.key("before").string(rename.before);
      json_.key("after").string(rename.after);
      json_.key("declared").boolean(rename.declared);
      json_.end_object();
    }
    json_.end_array();
    json_.key("things").begin_array();
    for (const VocabularyChange& thing : difference_.things) {
      json_.begin_object(Layout::line);
      constexpr std::string_view kinds[] = {"added", "removed", "moved"};
      json_.key("change").string(kinds[static_cast<std::size_t>(thing.kind)]);
      json_.key("kind").string(thing.thing);
      json_.key("name").string(thing.name);
      if (!thing.compared_with.empty())
        json_.key(thing.kind == VocabularyChange::Kind::moved ? "before" : "compared_with").string(thing.compared_with);
      if (!thing.now.empty()) json_.key("after").string(thing.now);
      json_.end_object();
    }
    json_.end_array();
    json_.key("governed").begin_array();
    for (const GovernedChange& change : difference_.governed) {
      json_.begin_object(Layout::line);
      json_.key("feature").string(model_[change.feature].name);
      json_.key("governed").boolean(change.now);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_findings() {
    json_.key("findings").begin_array();
    for (const FindingChange& finding : review_.findings) {
      json_.begin_object(Layout::line);
      json_.key("change").string(finding.solved ? "solved" : "new");
      json_.key("code").string(finding.code);
      json_.key("name").string(finding.name);
      json_.key("severity").string(diag::to_string(finding.severity));
      json_.key("message").string(finding.message);
      json_.key("place").string(finding.place);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_steps() {
    if (!review_.steps_compared) return json_.key("steps").null();
    json_.key("steps").begin_array();
    for (const StepChange& step : review_.steps) {
      constexpr std::string_view kinds[] = {"added", "altered", "undone"};
      json_.begin_object();
      json_.key("change").string(kinds[static_cast<std::size_t>(step.kind)]);
      json_.key("id").string(step.id);
      json_.key("kind").string(step.keeper);
      json_.key("title").string(step.title);
      json_.key("value").string(step.value);
      if (step.kind == StepChange::Kind::altered) json_.key("before").string(step.before);
      json_.end_object();
    }
    json_.end_array();
  }

  const Review& review_;
  const Difference& difference_;
  const Model& model_;
  base::Language language_;
  JsonWriter json_;
};

}  // namespace

std::string render_json(const Review& review, base::Language language, std::string_view version) {
  return Writer{review, language}.run(version);
}

}  // namespace farol::compare
