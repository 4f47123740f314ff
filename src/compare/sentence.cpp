#include "compare/review.h"

#include <algorithm>

#include "document/words.h"
#include "source/place.h"

namespace farol::compare {
namespace {

using base::Phrase;
using decide::Effect;
using document::Words;

// A sentence names no more than these; the rest is counted.
constexpr std::size_t max_roles = 6;
constexpr std::size_t max_features = 6;

class Sentence {
 public:
  Sentence(const Difference& difference, const Change& change, const Words& words, bool alone)
      : difference_(difference), model_(difference.vocabulary.model), change_(change), words_(words), alone_(alone) {}

  [[nodiscard]] std::string text() const {
    const Effect was = change_.before.effect, is = change_.after.effect;
    if (was == Effect::allow && is == Effect::allow) return still_allowed();
    if (is == Effect::allow)
      return stating(Phrase::diff_gains, tail(change_.after.controls), Phrase::diff_before, change_.before);
    if (was == Effect::allow) return stating(Phrase::diff_loses, tail(), Phrase::diff_now, change_.after);
    if (is == Effect::deny) return stating(Phrase::diff_refused, tail(), Phrase::diff_before, change_.before);
    if (is == Effect::none && was == Effect::none)
      return stating(change_.after.governed ? Phrase::diff_taken : Phrase::diff_left, tail(), Phrase::diff_before,
                     change_.before);
    if (is == Effect::conflict) return stating(Phrase::diff_undecided, tail(), Phrase::diff_before, change_.before);
    return stating(Phrase::diff_not_refused, tail(), Phrase::diff_now, change_.after);
  }

 private:
  [[nodiscard]] std::string stating(Phrase phrase, const std::string& tail, Phrase aside, const Answer& other) const {
    const std::string sentence = words_(phrase, {who(), does(), tail});
    return words_(Phrase::diff_with_aside, {sentence, words_(aside, {state(other)})});
  }

  [[nodiscard]] std::string still_allowed() const {
    const auto& was = change_.before.controls;
    const auto& is = change_.after.controls;
    std::vector<ControlId> lost, gained;
    std::set_difference(was.begin(), was.end(), is.begin(), is.end(), std::back_inserter(lost));
    std::set_difference(is.begin(), is.end(), was.begin(), was.end(), std::back_inserter(gained));
    if (lost.empty() && gained.empty()) {
      const auto day = [&](const std::optional<base::Date>& date) {
        return date ? words_(Phrase::until_day, {base::to_string(*date)}) : words_(Phrase::diff_for_good);
      };
      return words_(Phrase::diff_lasts,
                    {who(), does(), tail(), day(change_.after.expires), day(change_.before.expires)});
    }
    if (lost.empty()) return words_(Phrase::diff_needs, {who(), does(), tail(), words_.controls(gained)});
    if (gained.empty()) return words_(Phrase::diff_needs_no, {who(), does(), tail(), words_.controls(lost)});
    return words_(Phrase::diff_needs_instead, {who(), does(), tail(), words_.controls(gained), words_.controls(lost)});
  }

  [[nodiscard]] std::string state(const Answer& answer) const {
    switch (answer.effect) {
      case Effect::allow: return words_(Phrase::diff_state_allowed);
      case Effect::deny: return words_(Phrase::diff_state_denied);
      case Effect::conflict: return words_(Phrase::diff_state_undecided);
      case Effect::none: break;
    }
    return std::string{words_.text(answer.governed ? Phrase::diff_state_none : Phrase::diff_state_platform)};
  }

  // A role represents its heirs if the change is about all of them.
  [[nodiscard]] std::string who() const {
    const auto& roles = change_.roles;
    if (roles.size() == model_.roles.size() + 1) return words_(Phrase::diff_everybody);
    const auto has = [&](RoleId role) { return std::binary_search(roles.begin(), roles.end(), role); };
    const auto is_whole = [&](RoleId role) {
      if (role == model_.nobody()) return true;
      const auto& heirs = model_[role].heirs;
      return std::all_of(heirs.begin(), heirs.end(), has);
    };
    std::vector<std::string> names;
    std::size_t more = 0;
    for (const RoleId role : roles) {
      const bool nobody = role == model_.nobody();
      const bool said =
          !nobody && std::any_of(model_[role].ancestors.begin(), model_[role].ancestors.end(),
                                 [&](RoleId above) { return above != role && has(above) && is_whole(above); });
      if (said) continue;
      if (names.size() == max_roles) {
        ++more;
        continue;
      }
      const bool heirs = !nobody && model_[role].heirs.size() > 1 && is_whole(role);
      names.push_back(heirs ? words_(Phrase::diff_with_heirs, {words_.who(role)}) : words_.who(role));
    }
    const std::string text = words_.list(names);
    return more == 0 ? text : words_(Phrase::explain_and_more, {text, std::to_string(more)});
  }

  [[nodiscard]] std::string does() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(max_features, change_.features.size()); ++i)
      names.push_back(words_.does(change_.features[i]));
    const std::string text = words_.list(names);
    if (change_.features.size() <= max_features) return text;
    return words_(Phrase::explain_and_more, {text, std::to_string(change_.features.size() - max_features)});
  }

  [[nodiscard]] std::string tail(const std::vector<ControlId>& controls = {}) const {
    std::string text;
    if (change_.kind != model::ActsOn::nothing) text += words_.on(change_.objects, change_.kind);
    const bool always = change_.when.size() == 1 && change_.when.front().empty();
    if (!always) text += words_(Phrase::explain_when, {words_.condition_in_sentence(change_.when)});
    std::vector<ControlId> own;  // without what the page says once
    if (alone_) {
      own = controls;
    } else {
      std::set_difference(controls.begin(), controls.end(), difference_.everywhere.begin(),
                          difference_.everywhere.end(), std::back_inserter(own));
    }
    if (!own.empty()) text += words_(Phrase::explain_with, {words_.controls(own)});
    if (change_.from) text += words_(Phrase::diff_from, {base::to_string(*change_.from)});
    if (change_.until) text += words_(Phrase::explain_until, {base::to_string(*change_.until)});
    return text;
  }

  const Difference& difference_;
  const Model& model_;
  const Change& change_;
  const Words& words_;
  bool alone_;
};

}  // namespace

std::string sentence_of(const Difference& difference, const Change& change, base::Language language, bool alone) {
  return Sentence{difference, change, Words{difference.vocabulary.model, language}, alone}.text();
}

std::string sentence_of(const Review& review, const Cause& cause, base::Language language) {
  const source::SourceMap* sources = cause.later ? review.after.sources : review.before.sources;
  std::string statement = cause.statement;
  const std::string place = sources == nullptr ? std::string{} : source::place_of(*sources, cause.span);
  if (!place.empty()) statement = base::fill(Phrase::name_in_brackets, language, {statement, place});
  switch (cause.kind) {
    case Cause::Kind::added: return base::fill(Phrase::cause_added, language, {statement});
    case Cause::Kind::removed: return base::fill(Phrase::cause_removed, language, {statement});
    case Cause::Kind::edited: return base::fill(Phrase::cause_edited, language, {statement});
    case Cause::Kind::begins: return base::fill(Phrase::cause_begins, language, {statement});
    case Cause::Kind::ended: return base::fill(Phrase::cause_ended, language, {statement});
    case Cause::Kind::inside: return base::fill(Phrase::cause_inside, language, {statement, cause.other});
    case Cause::Kind::outside: return base::fill(Phrase::cause_outside, language, {statement, cause.other});
    case Cause::Kind::unedited: break;
  }
  return base::fill(Phrase::cause_unedited, language, {statement});
}

}  // namespace farol::compare
