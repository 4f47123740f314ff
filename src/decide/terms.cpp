#include "decide/terms.h"

#include <algorithm>

#include "decide/decisions.h"

namespace farol::decide {
namespace {

std::uint64_t key_of(std::uint32_t inner, std::uint32_t outer) { return std::uint64_t{inner} << 32 | outer; }

}  // namespace

TermCache::TermCache(const model::Model& model) : model_(model), of_objects_(model.object_terms.size()) {
  for (const auto& term : model.subject_terms) subject_sizes_.push_back(size_of(model, term));
}

const TermCache::OfObjects& TermCache::known(model::ObjectTermId id) {
  auto& known = of_objects_[id.index()];
  if (!known) known = {kinds_of(model_, model_[id]), size_of(model_, model_[id])};
  return *known;
}

const std::vector<model::ObjectId>& TermCache::odd(model::ObjectTermId id) {
  odd_.resize(model_.object_terms.size());
  auto& known = odd_[id.index()];
  if (known) return *known;
  known.emplace();
  const model::ObjectTerm& term = model_[id];
  const auto look_at = [&](model::ObjectId object) {
    const model::ObjectId twin = twin_of(model_, object);
    if (twin != object && contains(model_, term, object) != contains(model_, term, twin)) known->push_back(object);
  };
  if (term.base == model::ObjectTerm::Base::object) {
    look_at(model::ObjectId{term.id});
  } else if (!term.except.empty()) {
    // Without the exceptions an object is in it where its twin is.
    const bool twin_is_out = std::any_of(term.except.begin(), term.except.end(), [&](model::Point point) {
      return point < model_.objects.size() && twin_of(model_, model::ObjectId{point}) == model::ObjectId{point};
    });
    if (twin_is_out) {
      for (std::size_t i = 0; i < model_.objects.size(); ++i) look_at(model::ObjectId{i});
    } else {
      for (const model::Point point : term.except) {
        if (point < model_.objects.size()) look_at(model::ObjectId{point});
      }
    }
  }
  return *known;
}

std::size_t TermCache::size(model::FeatureTermId term, model::KindMask kinds) {
  if (model_[term].base == model::FeatureTerm::Base::feature) return 1;
  const auto [entry, fresh] = feature_sizes_.try_emplace(key_of(term.value, kinds));
  if (fresh) entry->second = size_of(model_, model_[term], kinds);
  return entry->second;
}

bool TermCache::is_inside(model::SubjectTermId inner, model::SubjectTermId outer) {
  if (inner == outer) return true;
  if (model_[outer].except.empty()) return model::is_inside(model_, model_[inner], model_[outer]);
  const auto [entry, fresh] = subjects_.try_emplace(key_of(inner.value, outer.value));
  if (fresh) entry->second = model::is_inside(model_, model_[inner], model_[outer]);
  return entry->second;
}

bool TermCache::is_inside(model::ObjectTermId inner, model::ObjectTermId outer) {
  if (inner == outer) return true;
  if (model_[outer].except.empty()) return model::is_inside(model_, model_[inner], model_[outer]);
  const auto [entry, fresh] = objects_.try_emplace(key_of(inner.value, outer.value));
  if (fresh) entry->second = model::is_inside(model_, model_[inner], model_[outer]);
  return entry->second;
}

bool TermCache::is_inside(model::FeatureTermId inner, model::FeatureTermId outer, model::KindMask kinds) {
  if (inner == outer) return true;
  if (model_[outer].except.empty()) return model::is_inside(model_, model_[inner], model_[outer], kinds);
  const auto [entry, fresh] = features_.try_emplace({key_of(inner.value, outer.value), kinds});
  if (fresh) entry->second = model::is_inside(model_, model_[inner], model_[outer], kinds);
  return entry->second;
}

}  // namespace farol::decide
