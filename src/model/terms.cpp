#include "model/terms.h"

#include <algorithm>

#include "base/sorted.h"
#include "model/contexts.h"
#include "model/model.h"

namespace farol::model {
namespace {

// The points of a dimension, in this order:
//   subjects  the roles, nobody, the undeclared role of `everyone`, the undeclared heir of each role
//   features  the features, the undeclared feature of each namespace, that of `everything`
//   objects   the objects, the undeclared data class of each tier, the undeclared object of `all`
Point undeclared_subject(const Model& model) { return static_cast<Point>(model.roles.size() + 1); }
Point undeclared_heir(const Model& model, RoleId role) {
  return static_cast<Point>(model.roles.size() + 2 + role.index());
}
Point undeclared_in_namespace(const Model& model, std::size_t space) {
  return static_cast<Point>(model.features.size() + space);
}
Point undeclared_feature(const Model& model) { return undeclared_in_namespace(model, model.namespaces.size()); }
Point undeclared_at_tier(const Model& model, std::size_t tier) {
  return static_cast<Point>(model.objects.size() + tier);
}
Point undeclared_object(const Model& model) { return undeclared_at_tier(model, model.tiers.size()); }

bool is_within(const Model& model, NamespaceId inner, NamespaceId outer) {
  while (!inner.is_none() && inner != outer) inner = model[inner].parent;
  return inner == outer;
}

bool base_has(const Model& model, const SubjectTerm& term, Point point) {
  const auto roles = static_cast<Point>(model.roles.size());
  switch (term.base) {
    case SubjectTerm::Base::everyone: return true;
    case SubjectTerm::Base::exactly: return point == term.role.value;
    case SubjectTerm::Base::role: break;
  }
  if (point < roles) return model.is_ancestor(term.role, RoleId{point});
  return point > undeclared_subject(model) && model.is_ancestor(term.role, RoleId{point - roles - 2});
}

bool base_has(const Model& model, const FeatureTerm& term, Point point) {
  const auto features = static_cast<Point>(model.features.size());
  switch (term.base) {
    case FeatureTerm::Base::everything: return true;
    case FeatureTerm::Base::feature: return point == term.id;
    case FeatureTerm::Base::name_space: break;
  }
  const Namespace& space = model.namespaces[term.id];
  if (point < features) return space.first <= point && point < space.last;
  return point < undeclared_feature(model) && is_within(model, NamespaceId{point - features}, NamespaceId{term.id});
}

bool base_has(const Model& model, const ObjectTerm& term, Point point) {
  const auto objects = static_cast<Point>(model.objects.size());
  switch (term.base) {
    case ObjectTerm::Base::all: return true;
    case ObjectTerm::Base::object: return point == term.id;
    case ObjectTerm::Base::tier: break;
  }
  if (point < objects) return model.objects[point].tier == TierId{term.id};
  return point == objects + term.id;
}

std::vector<Point> base_points(const Model& model, const SubjectTerm& term) {
  std::vector<Point> points;
  switch (term.base) {
    case SubjectTerm::Base::exactly: points.push_back(term.role.value); break;
    case SubjectTerm::Base::everyone:
      for (Point p = 0; p < 2 * model.roles.size() + 2; ++p) points.push_back(p);
      break;
    case SubjectTerm::Base::role:
      for (const RoleId heir : model[term.role].heirs) points.push_back(heir.value);
      for (const RoleId heir : model[term.role].heirs) points.push_back(undeclared_heir(model, heir));
      break;
  }
  return points;
}

std::vector<Point> base_points(const Model& model, const FeatureTerm& term) {
  std::vector<Point> points;
  switch (term.base) {
    case FeatureTerm::Base::feature: points.push_back(term.id); break;
    case FeatureTerm::Base::everything:
      for (Point p = 0; p <= undeclared_feature(model); ++p) points.push_back(p);
      break;
    case FeatureTerm::Base::name_space:
      for (Point p = model.namespaces[term.id].first; p < model.namespaces[term.id].last; ++p) points.push_back(p);
      for (std::size_t n = 0; n < model.namespaces.size(); ++n) {
        if (is_within(model, NamespaceId{n}, NamespaceId{term.id})) points.push_back(undeclared_in_namespace(model, n));
      }
      break;
  }
  return points;
}

std::vector<Point> base_points(const Model& model, const ObjectTerm& term) {
  std::vector<Point> points;
  if (term.base == ObjectTerm::Base::object) return {term.id};
  const bool all = term.base == ObjectTerm::Base::all;
  for (Point p = 0; p < model.objects.size(); ++p) {
    if (all || model.objects[p].tier == TierId{term.id}) points.push_back(p);
  }
  for (std::size_t t = 0; t < model.tiers.size(); ++t) {
    if (all || t == term.id) points.push_back(undeclared_at_tier(model, t));
  }
  if (all) points.push_back(undeclared_object(model));
  return points;
}

template <class Term>
bool is_excepted(const Term& term, Point point) {
  return !term.except.empty() && std::binary_search(term.except.begin(), term.except.end(), point);
}

template <class Term>
bool has(const Model& model, const Term& term, Point point) {
  return base_has(model, term, point) && !is_excepted(term, point);
}

// Is every point of the inner term, one by one, in the outer one?
template <class Term, class Counts>
bool all_points_in(const Model& model, const Term& inner, const Term& outer, const Counts& counts) {
  const auto points = base_points(model, inner);
  return std::all_of(points.begin(), points.end(), [&](Point point) {
    return !counts(point) || is_excepted(inner, point) || has(model, outer, point);
  });
}

// What the outer term leaves out, the inner one must leave out too, as far as it lies in the inner one's base.
template <class Term, class Counts>
bool excepts_allow(const Model& model, const Term& inner, const Term& outer, const Counts& counts) {
  return std::all_of(outer.except.begin(), outer.except.end(), [&](Point point) {
    return !counts(point) || !base_has(model, inner, point) || is_excepted(inner, point);
  });
}

constexpr auto every_point = [](Point) { return true; };

template <class Term>
bool subtract_points(const Model& model, Term& term, const std::vector<const Term*>& taken, std::size_t declared) {
  std::vector<Point>& out = term.except;
  // Sorted once, or now and then where many of them name the same points.
  constexpr std::size_t few = 10'000;
  std::size_t room = few;
  for (const Term* each : taken) {
    for (const Point point : base_points(model, *each)) {
      if (!is_excepted(*each, point) && base_has(model, term, point)) out.push_back(point);
    }
    if (out.size() <= room) continue;
    base::sort_unique(out);
    room = 2 * out.size() + few;
  }
  base::sort_unique(out);
  if (is_whole(term))
    return std::lower_bound(out.begin(), out.end(), declared) - out.begin() < static_cast<std::ptrdiff_t>(declared);
  const auto points = base_points(model, term);
  return std::any_of(points.begin(), points.end(),
                     [&](Point point) { return point < declared && !is_excepted(term, point); });
}

}  // namespace

bool contains(const Model& model, const SubjectTerm& term, RoleId role) { return has(model, term, role.value); }
bool contains(const Model& model, const FeatureTerm& term, FeatureId feature) {
  return has(model, term, feature.value);
}
bool contains(const Model& model, const ObjectTerm& term, ObjectId object) { return has(model, term, object.value); }

// In each dimension the base of a term has an undeclared member of its own. Where that is in the inner term, the inner
// base must lie in the outer one, and only then the exceptions matter. It is not there after an `except` of a list that
// has an `except` itself (`staff except others`, where `roles others = staff except manager`): then points are
// compared.
bool is_inside(const Model& model, const SubjectTerm& inner, const SubjectTerm& outer) {
  using Base = SubjectTerm::Base;
  if (inner.base == Base::exactly) return contains(model, outer, inner.role);
  if (is_excepted(inner,
                  inner.base == Base::everyone ? undeclared_subject(model) : undeclared_heir(model, inner.role))) {
    return all_points_in(model, inner, outer, every_point);
  }
  if (outer.base == Base::exactly) return false;
  if (outer.base == Base::role && (inner.base != Base::role || !model.is_ancestor(outer.role, inner.role)))
    return false;
  return excepts_allow(model, inner, outer, every_point);
}

bool is_inside(const Model& model, const FeatureTerm& inner, const FeatureTerm& outer, KindMask kinds) {
  using Base = FeatureTerm::Base;
  const auto counts = [&](Point point) {
    return point >= model.features.size() || (mask_of(model.features[point].acts_on) & kinds) != 0;
  };
  if (inner.base == Base::feature) return contains(model, outer, FeatureId{inner.id});
  if (is_excepted(inner, inner.base == Base::everything ? undeclared_feature(model)
                                                        : undeclared_in_namespace(model, inner.id))) {
    return all_points_in(model, inner, outer, counts);
  }
  if (outer.base == Base::feature) return false;
  if (outer.base == Base::name_space &&
      (inner.base != Base::name_space || !is_within(model, NamespaceId{inner.id}, NamespaceId{outer.id}))) {
    return false;
  }
  return excepts_allow(model, inner, outer, counts);
}

bool is_inside(const Model& model, const ObjectTerm& inner, const ObjectTerm& outer) {
  using Base = ObjectTerm::Base;
  if (inner.base == Base::object) return contains(model, outer, ObjectId{inner.id});
  if (is_excepted(inner, inner.base == Base::all ? undeclared_object(model) : undeclared_at_tier(model, inner.id))) {
    return all_points_in(model, inner, outer, every_point);
  }
  if (outer.base == Base::object) return false;
  if (outer.base == Base::tier && (inner.base != Base::tier || inner.id != outer.id)) return false;
  return excepts_allow(model, inner, outer, every_point);
}

KindMask kinds_of(const Model& model, const ObjectTerm& term) {
  if (term.base == ObjectTerm::Base::tier && term.except.empty()) return mask_of(ActsOn::tier) | mask_of(ActsOn::data);
  if (term.base == ObjectTerm::Base::object && model.objects[term.id].kind != ActsOn::tier) {
    return mask_of(model.objects[term.id].kind);
  }
  unsigned mask = 0;
  for (std::size_t kind = 0; kind < acts_on_count; ++kind) {
    const auto& objects = model.objects_of(static_cast<ActsOn>(kind));
    if (std::any_of(objects.begin(), objects.end(), [&](ObjectId object) { return contains(model, term, object); })) {
      mask |= mask_of(static_cast<ActsOn>(kind));
    }
  }
  return static_cast<KindMask>(mask);
}

std::vector<Point> points_of(const Model& model, const SubjectTerm& term) {
  std::vector<Point> points = base_points(model, term);
  std::erase_if(points, [&](Point point) { return is_excepted(term, point); });
  std::sort(points.begin(), points.end());
  return points;
}

std::vector<RoleId> members(const Model& model, const SubjectTerm& term) {
  std::vector<RoleId> result;
  for (const Point point : base_points(model, term)) {
    if (point <= model.roles.size() && !is_excepted(term, point)) result.push_back(RoleId{point});
  }
  return result;
}

std::vector<FeatureId> members(const Model& model, const FeatureTerm& term) {
  std::vector<FeatureId> result;
  for (const Point point : base_points(model, term)) {
    if (point < model.features.size() && !is_excepted(term, point)) result.push_back(FeatureId{point});
  }
  return result;
}

std::vector<ObjectId> members(const Model& model, const ObjectTerm& term) {
  std::vector<ObjectId> result;
  for (const Point point : base_points(model, term)) {
    if (point < model.objects.size() && !is_excepted(term, point)) result.push_back(ObjectId{point});
  }
  return result;
}

std::size_t size_of(const Model& model, const SubjectTerm& term) {
  switch (term.base) {
    case SubjectTerm::Base::exactly: return 1;
    case SubjectTerm::Base::everyone: return 2 * model.roles.size() + 2 - term.except.size();
    case SubjectTerm::Base::role: break;
  }
  return 2 * model[term.role].heirs.size() - term.except.size();
}

std::size_t size_of(const Model& model, const FeatureTerm& term, KindMask kinds) {
  if (term.base == FeatureTerm::Base::feature) return 1;
  const auto points = base_points(model, term);
  return static_cast<std::size_t>(std::count_if(points.begin(), points.end(), [&](Point point) {
    if (is_excepted(term, point)) return false;
    return point >= model.features.size() || (mask_of(model.features[point].acts_on) & kinds) != 0;
  }));
}

std::size_t size_of(const Model& model, const ObjectTerm& term) {
  const std::size_t all = is_whole(term) ? undeclared_object(model) + std::size_t{1} : base_points(model, term).size();
  return all - term.except.size();
}

bool subtract(const Model& model, SubjectTerm& term, const std::vector<const SubjectTerm*>& taken) {
  return subtract_points(model, term, taken, model.roles.size() + 1);
}
bool subtract(const Model& model, FeatureTerm& term, const std::vector<const FeatureTerm*>& taken) {
  return subtract_points(model, term, taken, model.features.size());
}
bool subtract(const Model& model, ObjectTerm& term, const std::vector<const ObjectTerm*>& taken) {
  return subtract_points(model, term, taken, model.objects.size());
}

Condition narrow(const Model& model, Condition condition) {
  for (std::size_t i = 0; i < condition.contexts.size();) {
    const std::size_t size = condition.where.size();
    const std::size_t stride = strides(model, condition.contexts)[i];
    const std::size_t values = model[condition.contexts[i]].values.size();
    const base::BitSet& where = condition.where;
    base::BitSet rest(size / values);
    bool depends = false;
    for (std::size_t block = 0, place = 0; block < size && !depends; block += stride * values) {
      for (std::size_t first = block; first < block + stride && !depends; ++first, ++place) {
        const bool is_in = where.test(first);
        if (is_in) rest.set(place);
        for (std::size_t value = 1; value < values && !depends; ++value)
          depends = where.test(first + value * stride) != is_in;
      }
    }
    if (depends) {
      ++i;
      continue;
    }
    condition.contexts.erase(condition.contexts.begin() + static_cast<std::ptrdiff_t>(i));
    condition.where = std::move(rest);
  }
  return condition;
}

}  // namespace farol::model
