// `farol explain ROLE FEATURE` as text.
#include <algorithm>

#include "decide/keeping.h"
#include "query/explanation.h"
#include "query/fields.h"
#include "query/matrix.h"
#include "query/sentences.h"
#include "source/place.h"

namespace farol::query {
namespace {

using base::Phrase;
using decide::Effect;
using decide::ExplainedAnswer;
using decide::Voice;

// A chain of inheritance longer than this is shortened in its middle.
constexpr std::size_t longest_way = 8;

class ExplanationRenderer {
 public:
  ExplanationRenderer(const decide::Explanation& explanation, const model::Model& model,
                      const source::SourceMap& sources, const ExplanationOptions& options)
      : explanation_(explanation),
        model_(model),
        sources_(sources),
        options_(options),
        words_(model, options.language),
        sentences_(explanation, model, sources, words_),
        out_(options.color, {words_.text(Phrase::field_decided_by), words_.text(Phrase::field_overrules),
                             words_.text(Phrase::field_agrees), words_.text(Phrase::field_requires),
                             words_.text(Phrase::field_kept_by)}) {}

  std::string run(base::Date as_of) {
    const decide::Question& question = explanation_.question;
    const std::string role = words_.full_name_of(question.role);
    out_.bold(words_(Phrase::explain_title, {role, words_.title_and_name(model_[question.feature])}));
    if (!options_.object.empty()) {
      const auto object = model_.find_object(options_.object);
      out_.line(words_(Phrase::explain_about, {object ? words_.title_and_name(model_[*object]) : options_.object}));
    }
    if (!options_.when.empty()) out_.line(words_(Phrase::explain_case, {options_.when}));
    out_.line(words_(Phrase::as_of, {base::to_string(as_of)}));
    for (std::size_t i = 0; i < explanation_.answers.size(); ++i) write_answer(i);
    write_not_in_force();
    return out_.take();
  }

 private:
  [[nodiscard]] Mark mark(const ExplainedAnswer& answer) const {
    switch (answer.effect) {
      case Effect::allow: return Mark::allow;
      case Effect::deny:
      case Effect::conflict: return Mark::deny;
      case Effect::none: break;
    }
    return model_[explanation_.question.feature].governed ? Mark::none : Mark::platform;
  }

  void write_answer(std::size_t index) {
    const ExplainedAnswer& answer = explanation_.answers[index];
    out_.line();
    out_.bold(std::string{symbol(mark(answer))} + " " + sentences_.about(index));
    write_voices(Phrase::field_decided_by, answer.deciding);
    write_voices(Phrase::field_overrules, answer.overruled);
    write_voices(Phrase::field_agrees, answer.agreeing);
    write_controls(answer);
    if (mark(answer) != Mark::platform) write_keeper(answer);
  }

  void write_voices(Phrase name, const std::vector<Voice>& voices) {
    std::string_view field = words_.text(name);
    for (const Voice& voice : voices) {
      std::vector<std::string> parts{rule_in_full(model_[voice.rule], sources_, words_)};
      if (std::string how = how_meant(voice); !how.empty()) parts.push_back(std::move(how));
      out_.field(field, words_.join(parts, Phrase::list_semicolon));
      field = {};
    }
  }

  // "executive inherits manager inherits staff", where that is not plain to see.
  [[nodiscard]] std::string how_meant(const Voice& voice) const {
    if (voice.shuts_out) {
      const bool reserved_for_others = explanation_.question.role != model_.nobody();
      return reserved_for_others ? words_(Phrase::explain_shut_out) : std::string{};
    }
    if (voice.way.size() < 2) return {};
    std::string text;
    const auto add = [&](std::string_view name) {
      text = text.empty() ? std::string{name} : words_(Phrase::explain_inherits, {text, name});
    };
    const std::size_t size = voice.way.size();
    for (std::size_t i = 0; i < size; ++i) {
      if (size > longest_way && i == longest_way / 2) {
        add("…");
        i = size - longest_way / 2;
      }
      add(model_[voice.way[i]].name);
    }
    return text;
  }

  // Controls that come from one place stand on one line.
  void write_controls(const ExplainedAnswer& answer) {
    std::vector<std::pair<std::vector<model::ControlId>, std::string>> lines;
    for (const decide::ControlSource& source : answer.controls) {
      std::string from = sources_in_words(source);
      const auto same = std::find_if(lines.begin(), lines.end(), [&](const auto& each) { return each.second == from; });
      if (same == lines.end()) {
        lines.push_back({{source.control}, std::move(from)});
      } else {
        same->first.push_back(source.control);
      }
    }
    std::string_view field = words_.text(Phrase::field_requires);
    for (const auto& [controls, from] : lines) {
      out_.field(field, words_(Phrase::pair, {words_.controls(controls), from}));
      field = {};
    }
  }

  [[nodiscard]] std::string sources_in_words(const decide::ControlSource& source) const {
    std::vector<std::string> parts;
    const auto add = [&](const std::string& said, source::Span span) {
      parts.push_back(words_(Phrase::name_in_brackets, {said, source::place_of(sources_, span)}));
    };
    for (const model::RuleId id : source.rules) add(words_.rule(model_[id]), model_[id].spans.statement);
    for (const std::size_t requirement : source.requirements) {
      const model::Guardrail& guardrail = model_.guardrails[requirement];
      add(document::name_of_statement(guardrail.label, guardrail.text), guardrail.spans.statement);
    }
    return words_.join(parts, Phrase::list_semicolon);
  }

  void write_keeper(const ExplainedAnswer& answer) {
    std::vector<std::string> people;
    for (const Voice& voice : answer.deciding) {
      const std::string& named = model_[voice.rule].kept_by;
      if (!named.empty() && std::find(people.begin(), people.end(), named) == people.end()) people.push_back(named);
    }
    std::vector<std::string> keepers;
    for (const model::KeptBy keeper : answer.keepers) {
      const bool named = keeper == model::KeptBy::people && !people.empty();
      const std::string means =
          named ? words_.join(people, Phrase::list_semicolon) : std::string{words_.kept_by_means(keeper)};
      keepers.push_back(words_(Phrase::name_in_brackets, {words_.kept_by(keeper), means}));
    }
    if (!keepers.empty()) out_.field(words_.text(Phrase::field_kept_by), words_.join(keepers, Phrase::list_semicolon));
  }

  void write_not_in_force() {
    if (explanation_.not_in_force.empty()) return;
    out_.line();
    out_.bold(words_.text(Phrase::explain_not_in_force));
    for (const model::RuleId id : explanation_.not_in_force) {
      const model::Rule& rule = model_[id];
      std::vector<std::string> parts{rule_in_full(rule, sources_, words_)};
      if (rule.from) parts.push_back(words_(Phrase::explain_from_day, {base::to_string(*rule.from)}));
      if (rule.until) parts.push_back(words_(Phrase::until_day, {base::to_string(*rule.until)}));
      out_.line("  " + words_.join(parts, Phrase::list_semicolon));
    }
  }

  const decide::Explanation& explanation_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  const ExplanationOptions& options_;
  document::Words words_;
  Sentences sentences_;
  Fields out_;
};

}  // namespace

std::string render_text(const decide::Explanation& explanation, const model::Model& model, base::Date as_of,
                        const source::SourceMap& sources, const ExplanationOptions& options) {
  return ExplanationRenderer{explanation, model, sources, options}.run(as_of);
}

}  // namespace farol::query
