// What a change of a policy means: both sides are decided, and the two functions are compared point by point.
//
// Exact: a point (role, feature, object, context, day) is in a change if and only if its answer differs, so moving,
// splitting, reordering or relabelling statements is no change, and the changes applied to the earlier decisions give
// the later ones. Points of what only one side has: see vocabulary.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/date.h"
#include "compare/vocabulary.h"
#include "decide/boxes.h"
#include "decide/decisions.h"
#include "source/source_map.h"

namespace farol::compare {

using model::RuleId;

enum class Direction : std::uint8_t {
  widening,   // somebody may more: more is allowed, fewer controls are asked for, or what was not permitted is now left
              // to the platform, which may allow it
  narrowing,  // the reverse
  mixed,  // other controls, neither more nor fewer; or nobody gains: a rule refuses what no rule allowed, or no longer
};
[[nodiscard]] std::string_view to_string(Direction direction);

struct Answer {
  decide::Effect effect = decide::Effect::none;
  bool governed = false;              // of `none`: not permitted, while what is not governed is left to the platform
  std::vector<ControlId> controls;    // sorted
  std::optional<base::Date> expires;  // only of documents, which do not say what comes then

  bool operator==(const Answer&) const = default;
  bool operator<(const Answer& other) const {
    return std::tie(effect, governed, controls, expires) <
           std::tie(other.effect, other.governed, other.controls, other.expires);
  }
};

// A statement that is behind a change.
struct Cause {
  enum class Kind : std::uint8_t {
    added,     // a statement that only the later policy has
    removed,   // one that only the earlier one has
    edited,    // of one name or label on both sides, with another text
    begins,    // a rule that was not yet in force on the earlier day
    ended,     // one that no longer is on the later
    inside,    // nothing was edited: a rule now lies inside another one, which it did not before
    outside,   // the reverse
    unedited,  // a statement of both sides that now speaks of these points, or no longer does
  };
  Kind kind = Kind::added;
  std::string statement;  // its label, or its text without the reason; of a declaration its text
  std::string other;      // of `inside` and `outside`: the rule that it lies in
  bool later = true;      // `span` is in the later policy
  source::Span span;

  bool operator==(const Cause&) const = default;
  bool operator<(const Cause& that) const {
    return std::tie(kind, statement, other, later, span) <
           std::tie(that.kind, that.statement, that.other, that.later, that.span);
  }
};
[[nodiscard]] std::string_view to_string(Cause::Kind kind);

// All points of some roles × features × objects × contexts × days, with one answer before and one after.
struct Change {
  Direction direction = Direction::widening;
  std::vector<RoleId> roles;        // ids of the vocabulary; sorted; whoever holds none last
  std::vector<FeatureId> features;  // sorted
  model::ActsOn kind = model::ActsOn::nothing;
  std::vector<ObjectId> objects;  // sorted
  std::vector<decide::Box> when;
  std::optional<base::Date> from, until;  // the first and the last day; nothing: from now on, for good
  Answer before, after;
  std::vector<Cause> causes;  // sorted

  [[nodiscard]] std::size_t points() const { return roles.size() * features.size() * objects.size(); }
  // A refusal is gone, and nobody may more by that alone: what guarded these points no longer does.
  [[nodiscard]] bool loses_guard() const {
    return before.effect == decide::Effect::deny && after.effect != decide::Effect::deny &&
           direction == Direction::mixed;
  }
};

// A statement of which the two sides do not have the same. Every one is here, whatever follows from it.
struct Edit {
  enum class Kind : std::uint8_t { added, removed, edited };
  // Under which heading it is accounted for.
  enum class Account : std::uint8_t {
    permissions,  // some change is by it
    names,        // it declares what is new, gone, moved or called otherwise
    safeguard,    // it guards permissions without giving any
    fact,         // what documents and checks say: reasons, titles, periods, ids in the tenant
    nothing,      // it could change a permission, and changes none
  };
  // What becomes of a safeguard. What is not seen to be no weaker is `unclear`, and no gate takes it for harmless.
  enum class Guard : std::uint8_t { none, weaker, unclear, stronger };
  // How far the changes by it reach.
  struct Reach {
    std::size_t roles = 0, features = 0, objects = 0;  // that the changes are about
    std::size_t points = 0;                            // role × feature × object
    std::optional<std::size_t> already;  // other points of an `allow`: they were allowed before; none: not counted
  };
  Kind kind = Kind::added;
  model::StatementText::Kind what = model::StatementText::Kind::rule;
  Account account = Account::nothing;
  Guard guard = Guard::none;
  std::string before, after;    // without label, on the side that has it
  bool finality = false;        // `final` came or went, which stands before the text
  std::size_t checks_gone = 0;  // of a pack: checks that are no longer made
  source::Span before_span, after_span;
  std::vector<std::size_t> changes;  // of `Difference::changes`; sorted
  Reach reach;
};
[[nodiscard]] std::string_view to_string(Edit::Kind kind);
[[nodiscard]] std::string_view to_string(Edit::Account account);
[[nodiscard]] std::string_view to_string(Edit::Guard guard);

// A feature about which nothing was said before, so that the platform's own default held, or the reverse.
struct GovernedChange {
  FeatureId feature;
  bool now = false;
};

// What only one side has, or both have in another place.
struct VocabularyChange {
  enum class Kind : std::uint8_t { added, removed, moved };
  Kind kind = Kind::added;
  std::string thing;  // `role`, `data` …
  std::string name;
  std::string compared_with;  // what it came from; of `moved`: its tier before
  std::string now;            // of `moved`: its tier now
};

struct Difference {
  Vocabulary vocabulary;
  std::vector<Change> changes;  // the greatest risk first
  std::vector<GovernedChange> governed;
  std::vector<VocabularyChange> things;
  std::vector<ControlId> everywhere;  // what every permission requires on both sides, sorted: sentences leave it out
  std::vector<Edit> edits;            // the later policy's in the order of its text, then those that are gone
  // A side is a document, which does not hold all statements; its policy's digest says whether it has others.
  enum class Unseen : std::uint8_t { nothing, perhaps, something };
  Unseen unseen = Unseen::nothing;
  std::vector<std::string> too_large;    // features that were not compared, by name; sorted
  std::optional<base::Date> not_beyond;  // days after this one were not looked at: too many rules begin or end

  // No permission changes. Statements may differ all the same.
  [[nodiscard]] bool empty() const { return changes.empty() && governed.empty() && too_large.empty(); }
  // Statements that guard less than before, or may do so, and refusals that are gone though nobody gains.
  [[nodiscard]] std::size_t weaker_safeguards() const;
};

struct Side {
  const Model& model;
  const decide::Decisions& decisions;  // of its day
  // A document: decided already, with no rules to decide another day from. By rule that stands for one: see
  // permissions_file.h.
  bool decided = false;
  std::string digest = {};  // of the policy, where one of the sides is a document
};

// Days after that of the decisions are compared too where both sides are policies and of one day.
[[nodiscard]] Difference compare(const Side& before, const Side& after);

}  // namespace farol::compare
