// One answer of an explanation as sentences that a colleague would say.
#include <algorithm>
#include <cstddef>

#include "query/explanation.h"
#include "source/place.h"

namespace farol::query {
namespace {

using base::Phrase;
using decide::Effect;
using decide::ExplainedAnswer;
using decide::Explanation;
using document::Words;
using model::Model;
using model::Verb;

// A sentence that names more than these is hard to read; the fields below it have them all.
constexpr std::size_t most_named = 2;
constexpr std::size_t most_roles = 6;

// The last answer about its objects holds in all cases that the others leave.
bool is_the_rest(const Explanation& explanation, std::size_t index) {
  const auto& answers = explanation.answers;
  if (answers[index].whenever) return false;
  return std::none_of(
      answers.begin() + static_cast<std::ptrdiff_t>(index) + 1, answers.end(), [&](const ExplainedAnswer& later) {
        return std::find_first_of(later.objects.begin(), later.objects.end(), answers[index].objects.begin(),
                                  answers[index].objects.end()) != later.objects.end();
      });
}

std::string reasons(const ExplainedAnswer& answer, const Model& model, const Words& words) {
  std::vector<std::string> reasons;
  for (const decide::Voice& voice : answer.deciding) {
    const model::Localized& because = model[voice.rule].because;
    if (because.empty()) continue;
    std::string reason = words.quoted(because);
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(std::move(reason));
  }
  return reasons.empty() ? std::string{} : words(Phrase::explain_because, {words.list(reasons)});
}

// What follows the verb: on what, when, with which controls, until when and why.
std::string tail(const Explanation& explanation, std::size_t index, const Model& model, const Words& words) {
  const ExplainedAnswer& answer = explanation.answers[index];
  std::string text = words.on(answer.objects, model[explanation.question.feature].acts_on);
  if (is_the_rest(explanation, index)) {
    text += words.text(Phrase::explain_otherwise);
  } else if (!answer.whenever) {
    text += words(Phrase::explain_when, {words.condition_in_sentence(answer.when)});
  }
  std::vector<model::ControlId> controls;
  for (const decide::ControlSource& source : answer.controls) controls.push_back(source.control);
  if (!controls.empty()) text += words(Phrase::explain_with, {words.controls(controls)});
  if (answer.expires) text += words(Phrase::explain_until, {base::to_string(*answer.expires)});
  return text + reasons(answer, model, words);
}

// Who does what, with the strongest word of several rules that refuse: `forbid`, then an `only` that leaves the role
// out.
std::string refusal(const ExplainedAnswer& answer, const Model& model, const Words& words, const std::string& who,
                    const std::string& does, const std::string& tail) {
  const decide::Voice* only = nullptr;
  for (const decide::Voice& voice : answer.deciding) {
    const Verb verb = model[voice.rule].verb;
    if (verb == Verb::forbid) return words(Phrase::explain_forbid, {who, does, tail});
    if (verb == Verb::only && (only == nullptr || (voice.shuts_out && !only->shuts_out))) only = &voice;
  }
  if (only == nullptr) return words(Phrase::explain_deny, {who, does, tail});
  const model::Area& area = model[only->rule].area;
  if (only->shuts_out) return words(Phrase::explain_only, {who, does, tail, words.subjects(area)});
  return words(Phrase::explain_only_when, {who, does, tail, words.condition_in_sentence(model[area.when])});
}

std::string statement(const Explanation& explanation, std::size_t index, const Model& model, const Words& words) {
  const ExplainedAnswer& answer = explanation.answers[index];
  const std::string who = words.who(explanation.question.role);
  const std::string does = words.does(explanation.question.feature);
  const std::string rest = tail(explanation, index, model, words);
  switch (answer.effect) {
    case Effect::allow: return words(Phrase::explain_allow, {who, does, rest});
    case Effect::deny:
    case Effect::conflict: return refusal(answer, model, words, who, does, rest);
    case Effect::none: break;
  }
  const bool governed = model[explanation.question.feature].governed;
  return words(governed ? Phrase::explain_none : Phrase::explain_platform, {who, does, rest});
}

}  // namespace

std::string sentences_about(const Explanation& explanation, std::size_t index, const Model& model,
                            const source::SourceMap& sources, const Words& words) {
  const ExplainedAnswer& answer = explanation.answers[index];
  std::string text = statement(explanation, index, model, words);
  const Phrase overruled = answer.effect == Effect::allow ? Phrase::explain_pierces : Phrase::explain_would_allow;
  for (std::size_t i = 0; i < std::min(most_named, answer.overruled.size()); ++i) {
    const model::Rule& rule = model[answer.overruled[i].rule];
    const std::string place = source::place_of(sources, rule.spans.statement);
    text = words(Phrase::next_sentence, {text, words(overruled, {words.subjects(rule.area), place})});
  }
  const bool is_last = index + 1 == explanation.answers.size();
  if (!is_last || answer.effect == Effect::allow || !model[explanation.question.feature].governed) return text;
  const bool allowed_before = explanation.answers.front().effect == Effect::allow;
  if (!explanation.others.empty()) {
    const std::string roles = words.roles(explanation.others, most_roles);
    text = words(Phrase::next_sentence, {text, words(Phrase::explain_others, {roles})});
  } else if (!allowed_before) {
    text = words(Phrase::next_sentence, {text, words.text(Phrase::explain_no_others)});
  }
  return text;
}

}  // namespace farol::query
