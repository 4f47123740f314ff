#include "query/explanation.h"

#include <algorithm>
#include <utility>

#include "query/statements.h"
#include "source/place.h"

namespace farol::query {
namespace {

using base::Phrase;
using decide::Effect;
using decide::ExplainedAnswer;
using decide::Voice;
using document::Cell;
using document::Document;
using document::Line;
using document::Mark;
using document::Words;
using model::Model;

// A chain of inheritance longer than this is shortened in its middle.
constexpr std::size_t longest_way = 8;

Mark mark_of(const ExplainedAnswer& answer, bool governed) {
  switch (answer.effect) {
    case Effect::allow: return answer.withheld ? Mark::withheld : Mark::allow;
    case Effect::deny:
    case Effect::conflict: return Mark::deny;
    case Effect::none: break;
  }
  return governed ? Mark::none : Mark::platform;
}

// "executive inherits manager inherits staff"; empty if the rule names the role itself.
std::string how_meant(const Voice& voice, const decide::Question& question, const Model& model, const Words& words) {
  if (voice.shuts_out) {
    const bool reserved_for_others = question.role != model.nobody();
    return reserved_for_others ? words(Phrase::explain_shut_out) : std::string{};
  }
  if (voice.way.size() < 2) return {};
  std::string text;
  const auto add = [&](std::string_view name) {
    text = text.empty() ? std::string{name} : words(Phrase::explain_inherits, {text, name});
  };
  const std::size_t size = voice.way.size();
  for (std::size_t i = 0; i < size; ++i) {
    if (size > longest_way && i == longest_way / 2) {
      add("…");
      i = size - longest_way / 2;
    }
    add(model[voice.way[i]].name);
  }
  return text;
}

Cell voices_in_words(const std::vector<Voice>& voices, const decide::Question& question, const Model& model,
                     const source::SourceMap& sources, const Words& words) {
  Cell cell;
  for (const Voice& voice : voices) {
    std::vector<std::string> parts{rule_in_full(model[voice.rule], sources, words)};
    if (std::string how = how_meant(voice, question, model, words); !how.empty()) parts.push_back(std::move(how));
    cell.lines.emplace_back(words.join(parts, Phrase::list_semicolon));
  }
  return cell;
}

std::string sources_in_words(const decide::ControlSource& source, const Model& model, const source::SourceMap& sources,
                             const Words& words) {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& said, source::Span span) {
    parts.push_back(words(Phrase::name_in_brackets, {said, source::place_of(sources, span)}));
  };
  for (const model::RuleId id : source.rules) add(words.rule(model[id]), model[id].spans.statement);
  for (const std::size_t requirement : source.requirements) {
    const model::Guardrail& guardrail = model.guardrails[requirement];
    add(document::name_of_statement(guardrail.label, guardrail.text), guardrail.spans.statement);
  }
  return words.join(parts, Phrase::list_semicolon);
}

// Controls that come from one place are on one line.
Cell controls_in_words(const ExplainedAnswer& answer, const Model& model, const source::SourceMap& sources,
                       const Words& words) {
  std::vector<std::pair<std::vector<model::ControlId>, std::string>> lines;
  for (const decide::ControlSource& source : answer.controls) {
    std::string from = sources_in_words(source, model, sources, words);
    const auto same = std::find_if(lines.begin(), lines.end(), [&](const auto& each) { return each.second == from; });
    if (same == lines.end()) {
      lines.push_back({{source.control}, std::move(from)});
    } else {
      same->first.push_back(source.control);
    }
  }
  Cell cell;
  for (const auto& [controls, from] : lines)
    cell.lines.emplace_back(words(Phrase::pair, {words.controls(controls), from}));
  return cell;
}

std::string keepers_in_words(const ExplainedAnswer& answer, const Model& model, const Words& words) {
  std::vector<std::string> people;
  for (const Voice& voice : answer.deciding) {
    const std::string& named = model[voice.rule].kept_by;
    if (!named.empty() && std::find(people.begin(), people.end(), named) == people.end()) people.push_back(named);
  }
  std::vector<std::string> keepers;
  for (const model::KeptBy keeper : answer.keepers) {
    const bool named = keeper == model::KeptBy::people && !people.empty();
    keepers.push_back(
        named ? words(Phrase::name_in_brackets, {words.kept_by(keeper), words.join(people, Phrase::list_semicolon)})
              : words.kept_by_in_full(keeper));
  }
  return words.join(keepers, Phrase::list_semicolon);
}

document::Section not_in_force(const std::vector<model::RuleId>& rules, const Model& model,
                               const source::SourceMap& sources, const Words& words) {
  document::List list;
  for (const model::RuleId id : rules) {
    const model::Rule& rule = model[id];
    std::vector<std::string> parts{rule_in_full(rule, sources, words)};
    if (rule.from) parts.push_back(words(Phrase::explain_from_day, {base::to_string(*rule.from)}));
    if (rule.until) parts.push_back(words(Phrase::until_day, {base::to_string(*rule.until)}));
    list.items.push_back({words.join(parts, Phrase::list_semicolon)});
  }
  return {words.text(Phrase::explain_not_in_force), {std::move(list)}};
}

}  // namespace

Document explanation_document(const decide::Explanation& explanation, const Model& model, base::Date as_of,
                              const source::SourceMap& sources, const ExplanationOptions& options) {
  const Words words{model, options.language};
  const decide::Question& question = explanation.question;
  Document document;
  document.language = options.language;
  document.title =
      words(Phrase::explain_title, {words.full_name_of(question.role), words.title_and_name(model[question.feature])});
  if (!options.object.empty()) {
    const auto object = model.find_object(options.object);
    const std::string name = object ? words.title_and_name(model[*object]) : options.object;
    document.lead.emplace_back(words(Phrase::explain_about, {name}));
  }
  if (!options.when.empty()) document.lead.emplace_back(words(Phrase::explain_case, {options.when}));
  document.lead.emplace_back(words(Phrase::as_of, {base::to_string(as_of)}));
  for (std::size_t i = 0; i < explanation.answers.size(); ++i) {
    const ExplainedAnswer& answer = explanation.answers[i];
    const Mark mark = mark_of(answer, model[question.feature].governed);
    document::Fields fields;
    const auto add = [&](Phrase name, Cell value) {
      if (!value.lines.empty()) fields.push_back({words(name), std::move(value)});
    };
    add(Phrase::field_decided_by, voices_in_words(answer.deciding, question, model, sources, words));
    add(Phrase::field_overrules, voices_in_words(answer.overruled, question, model, sources, words));
    add(Phrase::field_agrees, voices_in_words(answer.agreeing, question, model, sources, words));
    add(Phrase::field_requires, controls_in_words(answer, model, sources, words));
    if (mark != Mark::platform) add(Phrase::field_kept_by, keepers_in_words(answer, model, words));
    document.add_section(Line(mark, sentences_about(explanation, i, model, sources, words))).add(std::move(fields));
  }
  if (!explanation.not_in_force.empty())
    document.sections.push_back(not_in_force(explanation.not_in_force, model, sources, words));
  return document;
}

}  // namespace farol::query
