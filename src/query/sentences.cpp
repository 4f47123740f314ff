#include "query/sentences.h"

#include <algorithm>

#include "query/fields.h"
#include "source/place.h"

namespace farol::query {
namespace {

using base::Phrase;
using decide::Effect;
using decide::ExplainedAnswer;
using model::Verb;

// A sentence that names more than these is no sentence; the fields below it have them all.
constexpr std::size_t most_named = 2;
constexpr std::size_t most_roles = 6;

}  // namespace

std::string Sentences::about(std::size_t index) const {
  const ExplainedAnswer& answer = explanation_.answers[index];
  std::string text = statement(answer, tail(index));
  add_overruled(answer, text);
  const bool is_last = index + 1 == explanation_.answers.size();
  if (is_last && answer.effect != Effect::allow && model_[explanation_.question.feature].governed) {
    const bool allowed_before = explanation_.answers.front().effect == Effect::allow;
    if (!explanation_.others.empty()) {
      const std::string roles = words_.roles(explanation_.others, most_roles);
      text = words_(Phrase::next_sentence, {text, words_(Phrase::explain_others, {roles})});
    } else if (!allowed_before) {
      text = words_(Phrase::next_sentence, {text, words_.text(Phrase::explain_no_others)});
    }
  }
  return text;
}

std::string Sentences::statement(const ExplainedAnswer& answer, const std::string& tail) const {
  const std::string who = words_.who(explanation_.question.role);
  const std::string does = words_.does(explanation_.question.feature);
  switch (answer.effect) {
    case Effect::allow: return words_(Phrase::explain_allow, {who, does, tail});
    case Effect::deny:
    case Effect::conflict: return refusal(answer, tail);
    case Effect::none: break;
  }
  const bool governed = model_[explanation_.question.feature].governed;
  return words_(governed ? Phrase::explain_none : Phrase::explain_platform, {who, does, tail});
}

// Of several that refuse, the strongest word: `forbid`, then an `only` that leaves the role out.
std::string Sentences::refusal(const ExplainedAnswer& answer, const std::string& tail) const {
  const std::string who = words_.who(explanation_.question.role);
  const std::string does = words_.does(explanation_.question.feature);
  const decide::Voice* only = nullptr;
  for (const decide::Voice& voice : answer.deciding) {
    const Verb verb = model_[voice.rule].verb;
    if (verb == Verb::forbid) return words_(Phrase::explain_forbid, {who, does, tail});
    if (verb == Verb::only && (only == nullptr || (voice.shuts_out && !only->shuts_out))) only = &voice;
  }
  if (only == nullptr) return words_(Phrase::explain_deny, {who, does, tail});
  const model::Area& area = model_[only->rule].area;
  if (only->shuts_out) return words_(Phrase::explain_only, {who, does, tail, words_.subjects(area)});
  const model::Condition& when = model_[area.when];
  const auto boxes = decide::boxes_of(model_, when.contexts, when.where);
  return words_(Phrase::explain_only_when, {who, does, tail, words_.condition_in_sentence(boxes)});
}

std::string Sentences::tail(std::size_t index) const {
  const ExplainedAnswer& answer = explanation_.answers[index];
  std::string text = on(answer);
  if (is_the_rest(index)) {
    text += words_.text(Phrase::explain_otherwise);
  } else if (!answer.whenever) {
    text += words_(Phrase::explain_when, {words_.condition_in_sentence(answer.when)});
  }
  std::vector<model::ControlId> controls;
  for (const decide::ControlSource& source : answer.controls) controls.push_back(source.control);
  if (!controls.empty()) text += words_(Phrase::explain_with, {words_.controls(controls)});
  if (answer.expires) text += words_(Phrase::explain_until, {base::to_string(*answer.expires)});
  return text + reasons(answer);
}

std::string Sentences::on(const ExplainedAnswer& answer) const {
  return words_.on(answer.objects, model_[explanation_.question.feature].acts_on);
}

// The last answer about its objects holds in all cases that the others leave.
bool Sentences::is_the_rest(std::size_t index) const {
  const auto& answers = explanation_.answers;
  if (answers[index].whenever) return false;
  return std::none_of(
      answers.begin() + static_cast<std::ptrdiff_t>(index) + 1, answers.end(), [&](const ExplainedAnswer& later) {
        return std::find_first_of(later.objects.begin(), later.objects.end(), answers[index].objects.begin(),
                                  answers[index].objects.end()) != later.objects.end();
      });
}

std::string Sentences::reasons(const ExplainedAnswer& answer) const {
  std::vector<std::string> reasons;
  for (const decide::Voice& voice : answer.deciding) {
    const model::Localized& because = model_[voice.rule].because;
    if (because.empty()) continue;
    std::string reason = words_.quoted(because);
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(std::move(reason));
  }
  if (reasons.empty()) return {};
  return words_(Phrase::explain_because, {words_.list(reasons)});
}

void Sentences::add_overruled(const ExplainedAnswer& answer, std::string& text) const {
  const Phrase phrase = answer.effect == Effect::allow ? Phrase::explain_pierces : Phrase::explain_would_allow;
  for (std::size_t i = 0; i < std::min(most_named, answer.overruled.size()); ++i) {
    const model::Rule& rule = model_[answer.overruled[i].rule];
    const std::string place = source::place_of(sources_, rule.spans.statement);
    text = words_(Phrase::next_sentence, {text, words_(phrase, {words_.subjects(rule.area), place})});
  }
}

}  // namespace farol::query
