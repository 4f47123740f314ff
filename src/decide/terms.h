// Questions about terms that the sweep asks over and over, answered once.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "model/model.h"

namespace farol::decide {

class TermCache {
 public:
  explicit TermCache(const model::Model& model);

  [[nodiscard]] const model::Model& model() const { return model_; }
  [[nodiscard]] model::KindMask kinds(model::ObjectTermId term) { return known(term).kinds; }
  // The objects that are in the term while what they are twins of is not, or the reverse; sorted.
  [[nodiscard]] const std::vector<model::ObjectId>& odd(model::ObjectTermId term);
  [[nodiscard]] std::size_t size(model::SubjectTermId term) const { return subject_sizes_[term.index()]; }
  [[nodiscard]] std::size_t size(model::ObjectTermId term) { return known(term).size; }
  [[nodiscard]] std::size_t size(model::FeatureTermId term, model::KindMask kinds);
  [[nodiscard]] bool is_inside(model::SubjectTermId inner, model::SubjectTermId outer);
  [[nodiscard]] bool is_inside(model::ObjectTermId inner, model::ObjectTermId outer);
  [[nodiscard]] bool is_inside(model::FeatureTermId inner, model::FeatureTermId outer, model::KindMask kinds);

 private:
  struct OfObjects {
    model::KindMask kinds = 0;
    std::size_t size = 0;
  };
  // Each is found when it is first asked for: all objects are gone through.
  const OfObjects& known(model::ObjectTermId term);

  const model::Model& model_;
  std::vector<std::size_t> subject_sizes_;
  std::vector<std::optional<OfObjects>> of_objects_;
  std::vector<std::optional<std::vector<model::ObjectId>>> odd_;
  std::unordered_map<std::uint64_t, std::size_t> feature_sizes_;
  // Only pairs with exceptions are worth remembering: the others are an ancestor test.
  std::unordered_map<std::uint64_t, bool> subjects_, objects_;
  std::map<std::pair<std::uint64_t, model::KindMask>, bool> features_;
};

}  // namespace farol::decide
