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
  widening,   // somebody may more: more is allowed, fewer controls are asked for, a refusal is gone
  narrowing,  // the reverse
  mixed,      // other controls, neither more nor fewer
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
};

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
  std::vector<std::string> too_large;    // features that were not compared, by name; sorted
  std::optional<base::Date> not_beyond;  // days after this one were not looked at: too many rules begin or end

  [[nodiscard]] bool empty() const { return changes.empty() && governed.empty() && too_large.empty(); }
};

struct Side {
  const Model& model;
  const decide::Decisions& decisions;  // of its day
  // A document: decided already, with no rules to decide another day from. By rule that stands for one: see
  // permissions_file.h.
  bool decided = false;
};

// Days after that of the decisions are compared too where both sides are policies and of one day.
[[nodiscard]] Difference compare(const Side& before, const Side& after);

}  // namespace farol::compare
