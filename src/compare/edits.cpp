#include "compare/edits.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "base/sorted.h"
#include "compare/later_words.h"
#include "compare/statements.h"

namespace farol::compare {
namespace {

using Account = Edit::Account;
using Guard = Edit::Guard;
using Kind = model::StatementText::Kind;
using decide::Effect;

// Points of one statement are not counted beyond these.
constexpr std::size_t max_counted = 500'000;

// Finds the edit whose statement a place lies in.
class Places {
 public:
  explicit Places(const std::vector<Edit>& edits, source::Span Edit::*span) {
    for (std::size_t i = 0; i < edits.size(); ++i) {
      if (!(edits[i].*span).is_none()) by_begin_[edits[i].*span] = i;
    }
  }
  [[nodiscard]] std::optional<std::size_t> find(source::Span span) const {
    if (span.is_none()) return std::nullopt;
    auto next = by_begin_.upper_bound({span.source, span.begin, UINT32_MAX});
    if (next == by_begin_.begin()) return std::nullopt;
    const auto& [whole, edit] = *std::prev(next);
    return whole.source == span.source && span.end <= whole.end ? std::optional{edit} : std::nullopt;
  }

 private:
  std::map<source::Span, std::size_t> by_begin_;
};

// The rule that a statement is.
class RulesByPlace {
 public:
  explicit RulesByPlace(const model::Model& model) {
    for (const model::Rule& rule : model.rules) by_span_[rule.spans.statement] = &rule;
  }
  // Null if it is none.
  [[nodiscard]] const model::Rule* find(source::Span span) const {
    const auto found = span.is_none() ? by_span_.end() : by_span_.find(span);
    return found == by_span_.end() ? nullptr : found->second;
  }

 private:
  std::map<source::Span, const model::Rule*> by_span_;
};

// The changes of the features that a rule is about.
class ChangesByFeature {
 public:
  ChangesByFeature(const Difference& difference, const Side& side, const Mapping& mapping)
      : side_(side), mapping_(mapping), by_feature_(mapping.own_features.size()) {
    for (std::size_t i = 0; i < difference.changes.size(); ++i) {
      for (const FeatureId feature : difference.changes[i].features) by_feature_[feature.index()].push_back(i);
    }
  }
  [[nodiscard]] std::vector<std::size_t> about(const model::Rule& rule) {
    std::vector<std::size_t> all;
    for (const model::FeatureTermId term : rule.area.features) {
      const std::vector<std::size_t>& its = about(term);
      all.insert(all.end(), its.begin(), its.end());
    }
    base::sort_unique(all);
    return all;
  }

 private:
  const std::vector<std::size_t>& about(model::FeatureTermId term) {
    const auto [known, fresh] = by_term_.try_emplace(term);
    if (!fresh) return known->second;
    for (std::size_t i = 0; i < by_feature_.size(); ++i) {
      const FeatureId own = mapping_.own_features[i];
      if (by_feature_[i].empty() || own.is_none() || !contains(side_.model, side_.model[term], own)) continue;
      known->second.insert(known->second.end(), by_feature_[i].begin(), by_feature_[i].end());
    }
    return known->second;
  }

  const Side& side_;
  const Mapping& mapping_;
  std::vector<std::vector<std::size_t>> by_feature_;  // of the joint vocabulary
  std::map<model::FeatureTermId, std::vector<std::size_t>> by_term_;
};

class Accounts {
 public:
  Accounts(const Side& before, const Side& after, Difference& difference)
      : before_(before), after_(after), difference_(difference), olds_(before.model), news_(after.model) {}

  void run() {
    const StatementDifference found = differing_statements(before_.model, after_.model, difference_.vocabulary.renames);
    const std::vector<Guard> guards = guards_of(found.pairs, before_, after_, difference_);
    for (std::size_t i = 0; i < found.pairs.size(); ++i) add(found.pairs[i], guards[i]);
    link_causes();
    link_rules();
    for (Edit& edit : difference_.edits) {
      base::sort_unique(edit.changes);
      const bool loses = std::any_of(edit.changes.begin(), edit.changes.end(),
                                     [&](std::size_t i) { return difference_.changes[i].loses_guard(); });
      if (loses) edit.guard = Guard::weaker;
      edit.account = account_of(edit);
      if (edit.account == Account::permissions)
        edit.reach = reach_of(edit, news_.find(edit.after_span), before_, after_, difference_);
      if (edit.account == Account::permissions && !loses && is_refusal(edit)) edit.guard = Guard::none;
    }
  }

 private:
  void add(const StatementPair& pair, Guard guard) {
    Edit edit;
    edit.kind = pair.before == nullptr  ? Edit::Kind::added
                : pair.after == nullptr ? Edit::Kind::removed
                                        : Edit::Kind::edited;
    edit.guard = guard;
    edit.checks_gone = checks_gone(pair, before_, after_);
    const auto take = [&](const model::StatementText* text, std::string& words, source::Span& span) {
      if (text == nullptr) return false;
      edit.what = text->kind;
      words = text->without_label();
      span = text->span;
      return text->is_final();
    };
    const bool was = take(pair.before, edit.before, edit.before_span);
    const bool is = take(pair.after, edit.after, edit.after_span);
    edit.finality = was != is && edit.kind == Edit::Kind::edited;
    if (was) edit.before.insert(0, "final ");
    if (is) edit.after.insert(0, "final ");
    // A description stands before the statement, too.
    if (edit.kind == Edit::Kind::edited && pair.before->doc != pair.after->doc) {
      edit.before.insert(0, "/// " + pair.before->doc + "\n");
      edit.after.insert(0, "/// " + pair.after->doc + "\n");
    }
    difference_.edits.push_back(std::move(edit));
  }

  // A cause that is one half of an edited statement names the statement as it stands now.
  void link_causes() {
    const Places old{difference_.edits, &Edit::before_span}, now{difference_.edits, &Edit::after_span};
    std::map<std::string_view, std::size_t> libraries;  // `use` has no place
    for (std::size_t i = 0; i < difference_.edits.size(); ++i) {
      const Edit& edit = difference_.edits[i];
      if (edit.what == Kind::use) libraries[edit.after.empty() ? edit.before : edit.after] = i;
    }
    for (std::size_t i = 0; i < difference_.changes.size(); ++i) {
      std::vector<Cause>& causes = difference_.changes[i].causes;
      for (Cause& cause : causes) {
        auto edit = (cause.later ? now : old).find(cause.span);
        if (const auto library = libraries.find(cause.statement); !edit && library != libraries.end())
          edit = library->second;
        if (!edit) continue;
        difference_.edits[*edit].changes.push_back(i);
        as_edited(difference_.edits[*edit], cause);
      }
      base::sort_unique(causes);
    }
  }

  static void as_edited(const Edit& edit, Cause& cause) {
    const bool half = cause.kind == Cause::Kind::added || cause.kind == Cause::Kind::removed;
    if (!half || edit.kind != Edit::Kind::edited) return;
    const bool labelled = cause.statement.find(' ') == std::string::npos;
    cause.kind = Cause::Kind::edited;
    if (!labelled) cause.statement = without_reason(edit.after);
    cause.later = true;
    cause.span = edit.after_span;
  }

  // Causes are looked for at a few points of each change. A rule that decides at another one is behind the change, too,
  // and so is one that gives its controls there.
  void link_rules() {
    const bool any = std::any_of(difference_.edits.begin(), difference_.edits.end(),
                                 [](const Edit& edit) { return edit.what == Kind::rule && edit.changes.empty(); });
    if (!any || difference_.changes.empty()) return;
    const Mapping &old = difference_.vocabulary.before, &now = difference_.vocabulary.after;
    ChangesByFeature about_old(difference_, before_, old), about_new(difference_, after_, now);
    for (Edit& edit : difference_.edits) {
      if (edit.what != Kind::rule || !edit.changes.empty()) continue;
      const auto link = [&](const model::Rule* rule, ChangesByFeature& changes, const Side& side,
                            const Mapping& mapping) {
        if (rule == nullptr) return;
        for (const std::size_t i : changes.about(*rule)) {
          if (is_behind(*rule, side, mapping, difference_.changes[i])) edit.changes.push_back(i);
        }
      };
      link(olds_.find(edit.before_span), about_old, before_, old);
      link(news_.find(edit.after_span), about_new, after_, now);
    }
  }

  [[nodiscard]] bool is_behind(const model::Rule& rule, const Side& side, const Mapping& mapping,
                               const Change& change) const {
    const Answer& own = &side == &before_ ? change.before : change.after;
    const bool allows = rule.verb == model::Verb::allow;
    if (allows ? own.effect != Effect::allow : own.effect != Effect::deny) return false;
    const bool gives_controls = allows && change.before.effect == Effect::allow && !rule.controls.empty();
    const auto covers = [&](const auto& terms, const auto& ids, const auto& own_ids) {
      return std::any_of(terms.begin(), terms.end(), [&](auto term) {
        return std::any_of(ids.begin(), ids.end(), [&](auto id) {
          const auto there = own_ids[id.index()];
          return !there.is_none() && contains(side.model, side.model[term], there);
        });
      });
    };
    if (!covers(rule.area.subjects, change.roles, mapping.own_roles) ||
        !covers(rule.area.features, change.features, mapping.own_features) ||
        !covers(rule.area.objects, change.objects, mapping.own_objects))
      return false;
    return gives_controls || decides(rule, side, mapping, change);
  }

  static bool decides(const model::Rule& rule, const Side& side, const Mapping& mapping, const Change& change) {
    const auto id = model::RuleId{static_cast<std::size_t>(&rule - side.model.rules.data())};
    std::size_t looked_at = 0;
    for (const RoleId role : change.roles) {
      for (const FeatureId feature : change.features) {
        for (const ObjectId object : change.objects) {
          if (++looked_at > max_counted) return true;
          const RoleId own_role = mapping.own_roles[role.index()];
          const FeatureId own_feature = mapping.own_features[feature.index()];
          const ObjectId own_object = mapping.own_objects[object.index()];
          if (own_role.is_none() || own_feature.is_none() || own_object.is_none()) continue;
          const decide::Cell& cell = side.decisions.cell(side.model, own_role, own_feature, own_object);
          for (const decide::Segment& segment : cell.segments) {
            if (std::find(segment.rules.begin(), segment.rules.end(), id) != segment.rules.end()) return true;
          }
        }
      }
    }
    return false;
  }

  // A refusal whose going or coming changes permissions is said there.
  static bool is_refusal(const Edit& edit) { return edit.what == Kind::rule; }

  [[nodiscard]] Account account_of(const Edit& edit) const {
    if (!edit.changes.empty()) return Account::permissions;
    if (edit.kind != Edit::Kind::edited && is_in_names(edit)) return Account::names;
    if (edit.guard != Guard::none) return Account::safeguard;
    switch (edit.what) {
      case Kind::policy:
      case Kind::use:
      case Kind::drop:
      case Kind::bind:
      case Kind::fact:
      case Kind::waive:
      case Kind::test:
      case Kind::check:
      case Kind::words:
      case Kind::declaration: return Account::fact;
      case Kind::tiers:
      case Kind::context:
      case Kind::condition:
      case Kind::set:
      case Kind::rule:
      case Kind::guardrail:
      case Kind::require:
      case Kind::separate: break;
    }
    // Another reason or keeper, or another description.
    const auto said = [&](const std::string& text) {
      const std::size_t end = text.starts_with("/// ") ? text.find('\n') + 1 : 0;
      return without_reason(in_later_words(text.substr(end), difference_.vocabulary.renames));
    };
    const bool same = edit.kind == Edit::Kind::edited && said(edit.before) == said(edit.after);
    return same ? Account::fact : Account::nothing;
  }

  // `role clerk inherits …` where the role is among the things that only one side has.
  [[nodiscard]] bool is_in_names(const Edit& edit) const {
    if (edit.what != Kind::declaration && edit.what != Kind::context) return false;
    const std::string& text = edit.before.empty() ? edit.after : edit.before;
    return std::any_of(difference_.things.begin(), difference_.things.end(), [&](const VocabularyChange& thing) {
      const std::string begin = thing.thing + " " + thing.name;
      return thing.kind != VocabularyChange::Kind::moved && text.starts_with(begin) &&
             (text.size() == begin.size() || text[begin.size()] == ' ' || text[begin.size()] == ':');
    });
  }

  const Side& before_;
  const Side& after_;
  Difference& difference_;
  const RulesByPlace olds_, news_;
};

}  // namespace

void add_edits(const Side& before, const Side& after, Difference& difference) {
  if (before.decided || after.decided) return add_document_edits(before, after, difference);
  Accounts{before, after, difference}.run();
}

std::size_t Difference::weaker_safeguards() const {
  const auto lost = static_cast<std::size_t>(std::count_if(edits.begin(), edits.end(), [](const Edit& edit) {
    return edit.guard == Guard::weaker || edit.guard == Guard::unclear;
  }));
  const bool guard_gone =
      std::any_of(changes.begin(), changes.end(), [](const Change& change) { return change.loses_guard(); });
  return std::max<std::size_t>(lost, guard_gone ? 1 : 0);
}

std::string_view to_string(Edit::Kind kind) {
  switch (kind) {
    case Edit::Kind::added: return "added";
    case Edit::Kind::removed: return "removed";
    case Edit::Kind::edited: return "edited";
  }
  return "";
}

std::string_view to_string(Account account) {
  switch (account) {
    case Account::permissions: return "permissions";
    case Account::names: return "names";
    case Account::safeguard: return "safeguard";
    case Account::fact: return "fact";
    case Account::nothing: return "nothing";
  }
  return "";
}

std::string_view to_string(Guard guard) {
  switch (guard) {
    case Guard::none: return "none";
    case Guard::weaker: return "weaker";
    case Guard::unclear: return "unclear";
    case Guard::stronger: return "stronger";
  }
  return "";
}

}  // namespace farol::compare
