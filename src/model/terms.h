// The sets that a term of a list stands for, and when one lies inside another.
//
// A set is a base (a role with its heirs, a namespace, a tier with its data …) less the points that `except` takes out.
// The points of a dimension are its declared members and, for comparisons only, one undeclared member for each base:
// so `staff` is always narrower than `everyone`, whatever is declared (language reference, "What a policy decides").
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "base/bit_set.h"
#include "model/ids.h"

namespace farol::model {

class Model;

// A point of a dimension, see `Points` in terms.cpp for the order: declared members come first, with their ids.
using Point = std::uint32_t;

struct SubjectTerm {
  enum class Base : std::uint8_t { everyone, role, exactly };
  Base base = Base::everyone;
  RoleId role;
  std::vector<Point> except;  // sorted, each inside the base

  bool operator==(const SubjectTerm&) const = default;
  bool operator<(const SubjectTerm& other) const {
    return std::tie(base, role, except) < std::tie(other.base, other.role, other.except);
  }
};

struct FeatureTerm {
  enum class Base : std::uint8_t { everything, name_space, feature };
  Base base = Base::everything;
  std::uint32_t id = 0;       // of the namespace or feature
  std::vector<Point> except;  // sorted, each inside the base

  bool operator==(const FeatureTerm&) const = default;
  bool operator<(const FeatureTerm& other) const {
    return std::tie(base, id, except) < std::tie(other.base, other.id, other.except);
  }
};

struct ObjectTerm {
  enum class Base : std::uint8_t { all, tier, object };
  Base base = Base::all;
  std::uint32_t id = 0;       // of the tier or object
  std::vector<Point> except;  // sorted, each inside the base

  bool operator==(const ObjectTerm&) const = default;
  bool operator<(const ObjectTerm& other) const {
    return std::tie(base, id, except) < std::tie(other.base, other.id, other.except);
  }
};

// A set of combinations of context values. `contexts` are sorted and just those that the set depends on; the values of
// the last one change fastest. Without contexts the set is everything (one bit, set) or nothing.
struct Condition {
  std::vector<ContextId> contexts;
  base::BitSet where;

  bool operator==(const Condition&) const = default;
  bool operator<(const Condition& other) const {
    return std::tie(contexts, where) < std::tie(other.contexts, other.where);
  }
};

// The same set over only those of its contexts that it depends on.
[[nodiscard]] Condition narrow(const Model& model, Condition condition);

// What features of one kind can be on: a bit for each `ActsOn`.
using KindMask = std::uint8_t;

[[nodiscard]] bool contains(const Model& model, const SubjectTerm& term, RoleId role);  // `model.nobody()` too
[[nodiscard]] bool contains(const Model& model, const FeatureTerm& term, FeatureId feature);
[[nodiscard]] bool contains(const Model& model, const ObjectTerm& term, ObjectId object);

[[nodiscard]] bool is_inside(const Model& model, const SubjectTerm& inner, const SubjectTerm& outer);
[[nodiscard]] bool is_inside(const Model& model, const ObjectTerm& inner, const ObjectTerm& outer);
// Both sides restricted to the features of the kinds in `kinds`: those that fit the inner rule's objects.
[[nodiscard]] bool is_inside(const Model& model, const FeatureTerm& inner, const FeatureTerm& outer, KindMask kinds);

// The kinds of features that can be on some object of the term.
[[nodiscard]] KindMask kinds_of(const Model& model, const ObjectTerm& term);

// The declared members, `nobody` among the roles where it is inside.
[[nodiscard]] std::vector<RoleId> members(const Model& model, const SubjectTerm& term);
[[nodiscard]] std::vector<FeatureId> members(const Model& model, const FeatureTerm& term);
[[nodiscard]] std::vector<ObjectId> members(const Model& model, const ObjectTerm& term);

// All points of a set, sorted: equal sets, however they were written, have equal points.
[[nodiscard]] std::vector<Point> points_of(const Model& model, const SubjectTerm& term);

// Return true if the base is everything that there is, whatever `except` takes out.
[[nodiscard]] inline bool is_whole(const SubjectTerm& term) { return term.base == SubjectTerm::Base::everyone; }
[[nodiscard]] inline bool is_whole(const FeatureTerm& term) { return term.base == FeatureTerm::Base::everything; }
[[nodiscard]] inline bool is_whole(const ObjectTerm& term) { return term.base == ObjectTerm::Base::all; }

// How many points the set has, declared or not. If a set lies inside another, its size is not larger, and equal only
// if the sets are: sums of sizes are a linear order that respects "more special".
[[nodiscard]] std::size_t size_of(const Model& model, const SubjectTerm& term);
[[nodiscard]] std::size_t size_of(const Model& model, const FeatureTerm& term, KindMask kinds);
[[nodiscard]] std::size_t size_of(const Model& model, const ObjectTerm& term);

// Takes the points of all of `taken` out of `term`, as `except` does. Returns false if no declared member is left.
bool subtract(const Model& model, SubjectTerm& term, const std::vector<const SubjectTerm*>& taken);
bool subtract(const Model& model, FeatureTerm& term, const std::vector<const FeatureTerm*>& taken);
bool subtract(const Model& model, ObjectTerm& term, const std::vector<const ObjectTerm*>& taken);

}  // namespace farol::model
