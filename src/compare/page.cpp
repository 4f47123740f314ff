#include <algorithm>

#include "compare/review.h"
#include "document/words.h"
#include "source/place.h"

namespace farol::compare {
namespace {

using base::Phrase;
using decide::Effect;
using document::Item;
using document::Mark;
using document::Words;

// A sentence names no more than these; the rest is counted.
constexpr std::size_t max_roles = 6;
constexpr std::size_t max_features = 6;
constexpr std::size_t max_causes = 8;
// A comment on a code host folds what a section has beyond these.
constexpr std::size_t max_shown = 10;

// Returns the lines of a text that another does not have: a setting may have a line for each class of data, of which
// one changes.
std::string lines_beyond(const std::string& text, const std::string& other) {
  std::string beyond;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    if (("\n" + other + "\n").find("\n" + line + "\n") == std::string::npos)
      beyond += (beyond.empty() ? "" : "\n") + line;
    at = end + 1;
  }
  return beyond;
}

class Sentence {
 public:
  Sentence(const Difference& difference, const Change& change, const Words& words)
      : model_(difference.vocabulary.model), change_(change), words_(words) {}

  [[nodiscard]] std::string text() const {
    const Effect was = change_.before.effect, is = change_.after.effect;
    if (was == Effect::allow && is == Effect::allow) return still_allowed();
    if (is == Effect::allow)
      return stating(Phrase::diff_gains, tail(change_.after.controls), Phrase::diff_before, change_.before);
    if (was == Effect::allow) return stating(Phrase::diff_loses, tail(), Phrase::diff_now, change_.after);
    if (is == Effect::deny) return stating(Phrase::diff_refused, tail(), Phrase::diff_before, change_.before);
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
    if (!controls.empty()) text += words_(Phrase::explain_with, {words_.controls(controls)});
    if (change_.from) text += words_(Phrase::diff_from, {base::to_string(*change_.from)});
    if (change_.until) text += words_(Phrase::explain_until, {base::to_string(*change_.until)});
    return text;
  }

  const Model& model_;
  const Change& change_;
  const Words& words_;
};

// Fills the document section by section; a section without items is left out.
class DocumentMaker {
 public:
  DocumentMaker(const Review& review, base::Language language)
      : review_(review),
        difference_(review.difference),
        language_(language),
        words_(difference_.vocabulary.model, language) {}

  document::Document run() {
    document_.language = language_;
    document_.title = words_(Phrase::diff_title, {review_.before.name, review_.after.name});
    const std::string then = base::to_string(review_.before.as_of), now = base::to_string(review_.after.as_of);
    document_.frame.date = words_(Phrase::as_of, {then == now ? now : words_(Phrase::diff_days, {then, now})});
    document_.lead = {document_.frame.date, summary()};
    add_findings();
    add_changes(Direction::widening, Phrase::diff_wider, Mark::widening);
    add_changes(Direction::narrowing, Phrase::diff_narrower, Mark::narrowing);
    add_changes(Direction::mixed, Phrase::diff_otherwise, Mark::mixed);
    add_governed();
    add_names();
    add_steps();
    add_limits();
    return std::move(document_);
  }

 private:
  [[nodiscard]] std::string summary() const {
    if (review_.empty()) return words_(Phrase::diff_nothing);
    std::vector<std::string> parts;
    const auto count = [&](std::size_t number, Phrase phrase) {
      if (number > 0) parts.push_back(words_(phrase, {std::to_string(number)}));
    };
    count(review_.count(Direction::widening), Phrase::diff_count_wider);
    count(review_.count(Direction::narrowing), Phrase::diff_count_narrower);
    count(review_.count(Direction::mixed), Phrase::diff_count_otherwise);
    if (parts.empty()) parts.emplace_back(words_.text(Phrase::diff_no_permission));
    const auto solved = static_cast<std::size_t>(std::count_if(review_.findings.begin(), review_.findings.end(),
                                                               [](const auto& finding) { return finding.solved; }));
    count(review_.findings.size() - solved, Phrase::diff_count_new);
    count(solved, Phrase::diff_count_solved);
    count(review_.steps.size(), Phrase::diff_count_steps);
    return words_.list(parts);
  }

  void add_section(Phrase title, std::vector<Item> items) {
    if (items.empty()) return;
    document_.add_section(words_.text(title))
        .add(document::List{std::move(items), document::List::Kind::bullets, max_shown});
  }

  void add_findings() {
    for (const bool solved : {false, true}) {
      std::vector<Item> items;
      for (const FindingChange& finding : review_.findings) {
        if (finding.solved != solved) continue;
        const std::string code = finding.code == finding.name ? finding.code : finding.code + " " + finding.name;
        Item item{{solved ? Mark::narrowing : Mark::widening, words_(Phrase::pair, {code, finding.message})}};
        if (!finding.place.empty()) item.items.push_back({finding.place});
        items.push_back(std::move(item));
      }
      add_section(solved ? Phrase::diff_solved_findings : Phrase::diff_new_findings, std::move(items));
    }
  }

  void add_changes(Direction direction, Phrase title, Mark mark) {
    std::vector<Item> items;
    for (const Change& change : difference_.changes) {
      if (change.direction != direction) continue;
      Item item{{mark, Sentence{difference_, change, words_}.text()}};
      add_causes(change, item);
      items.push_back(std::move(item));
    }
    add_section(title, std::move(items));
  }

  void add_causes(const Change& change, Item& item) {
    for (std::size_t i = 0; i < std::min(max_causes, change.causes.size()); ++i)
      item.items.push_back({sentence_of(review_, change.causes[i], language_)});
    if (change.causes.size() > max_causes)
      item.items.push_back({words_(Phrase::diff_more_causes, {std::to_string(change.causes.size() - max_causes)})});
  }

  void add_governed() {
    std::vector<Item> items;
    for (const GovernedChange& change : difference_.governed) {
      const std::string feature = words_.title_and_name(difference_.vocabulary.model[change.feature]);
      items.push_back({{change.now ? Mark::widening : Mark::narrowing,
                        words_(change.now ? Phrase::diff_now_governed : Phrase::diff_not_governed, {feature})}});
    }
    add_section(Phrase::diff_governed, std::move(items));
  }

  void add_names() {
    std::vector<Item> items;
    for (const Rename& rename : difference_.vocabulary.renames) {
      const Phrase phrase = rename.declared ? Phrase::diff_renamed : Phrase::diff_seems_renamed;
      items.push_back({{Mark::mixed, words_(phrase, {rename.kind, rename.before, rename.after})}});
    }
    for (const VocabularyChange& thing : difference_.things) {
      switch (thing.kind) {
        case VocabularyChange::Kind::moved:
          items.push_back({{Mark::mixed, words_(Phrase::diff_moved, {thing.name, thing.compared_with, thing.now})}});
          break;
        case VocabularyChange::Kind::added:
        case VocabularyChange::Kind::removed: {
          const bool is_new = thing.kind == VocabularyChange::Kind::added;
          std::string text =
              words_(is_new ? Phrase::diff_new_thing : Phrase::diff_gone_thing, {thing.thing, thing.name});
          if (!thing.compared_with.empty())
            text = words_(Phrase::diff_with_aside, {text, words_(Phrase::diff_compared_with, {thing.compared_with})});
          items.push_back({{is_new ? Mark::widening : Mark::narrowing, text}});
          break;
        }
      }
    }
    add_section(Phrase::diff_names, std::move(items));
  }

  void add_steps() {
    std::vector<Item> items;
    for (const StepChange& step : review_.steps) {
      const std::string text = words_(Phrase::name_in_brackets, {step.title, step.id});
      switch (step.kind) {
        case StepChange::Kind::added: items.push_back({{Mark::widening, text}, {{step.value}}}); break;
        case StepChange::Kind::undone:
          items.push_back({{Mark::narrowing, words_(Phrase::diff_undo, {text})}, {{step.value}}});
          break;
        case StepChange::Kind::altered: {
          const std::string now = lines_beyond(step.value, step.before), was = lines_beyond(step.before, step.value);
          const bool in_lines = !now.empty() && !was.empty();
          items.push_back(
              {{Mark::mixed, text},
               {{in_lines ? now : step.value}, {words_(Phrase::diff_before, {in_lines ? was : step.before})}}});
          break;
        }
      }
    }
    add_section(Phrase::diff_steps, std::move(items));
  }

  void add_limits() {
    std::vector<Item> items;
    const auto add = [&](std::string_view text) { items.push_back({{Mark::attention, text}}); };
    for (const std::string& feature : difference_.too_large) add(words_(Phrase::diff_too_large, {feature}));
    if (difference_.not_beyond) add(words_(Phrase::diff_not_beyond, {base::to_string(*difference_.not_beyond)}));
    if (!review_.steps_compared) add(words_.text(Phrase::diff_no_steps));
    if (!review_.findings_compared) add(words_.text(Phrase::diff_documents));
    add_section(Phrase::diff_limits, std::move(items));
  }

  const Review& review_;
  const Difference& difference_;
  base::Language language_;
  Words words_;
  document::Document document_;
};

}  // namespace

std::size_t Review::count(Direction direction) const {
  return static_cast<std::size_t>(std::count_if(difference.changes.begin(), difference.changes.end(),
                                                [&](const Change& change) { return change.direction == direction; }));
}

std::string sentence_of(const Difference& difference, const Change& change, base::Language language) {
  return Sentence{difference, change, Words{difference.vocabulary.model, language}}.text();
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

document::Document document_of(const Review& review, base::Language language) {
  return DocumentMaker{review, language}.run();
}

}  // namespace farol::compare
