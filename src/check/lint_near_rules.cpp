#include "check/lint_near_rules.h"

#include <algorithm>
#include <optional>

#include "base/ids.h"
#include "decide/scan.h"

namespace farol::check {
namespace {

// Which terms of a table have one of some members. Terms are few beside rules: each is looked at once.
template <class Term, class TermId, class Id>
class Touched {
 public:
  Touched(const model::Model& model, const std::vector<Term>& terms, std::vector<Id> wanted, std::size_t count)
      : model_(model), wanted_(std::move(wanted)), marked_(count), known_(terms.size()) {
    for (const Id id : wanted_) marked_[id.index()] = true;
  }

  bool any(const std::vector<TermId>& terms) {
    return std::any_of(terms.begin(), terms.end(), [&](TermId term) {
      auto& known = known_[term.index()];
      if (!known && is_whole(model_[term])) {
        // One of the first is in it, most often.
        known = std::any_of(wanted_.begin(), wanted_.end(), [&](Id id) { return contains(model_, model_[term], id); });
      } else if (!known) {
        const auto all = members(model_, model_[term]);
        known = std::any_of(all.begin(), all.end(), [&](Id id) { return marked_[id.index()]; });
      }
      return *known;
    });
  }

 private:
  const model::Model& model_;
  std::vector<Id> wanted_;
  std::vector<bool> marked_;
  std::vector<std::optional<bool>> known_;
};

}  // namespace

std::set<RuleId> NearRules::of(RuleId rule, base::Date day) {
  auto coverage = decide::coverage_of(model_, model_[rule].area);
  std::vector<model::FeatureId> features;
  for (const auto& [feature, objects] : coverage.features) features.push_back(feature);
  Touched<model::SubjectTerm, model::SubjectTermId, model::RoleId> subjects{
      model_, model_.subject_terms, std::move(coverage.roles), model_.roles.size() + 1};
  Touched<model::FeatureTerm, model::FeatureTermId, model::FeatureId> named{
      model_, model_.feature_terms, std::move(features), model_.features.size()};
  std::set<RuleId> near;
  for (const model::RuleId id : base::ids(model_.rules)) {
    const model::Rule& other = model_[id];
    if (id == rule || !other.is_live(day) || !named.any(other.area.features)) continue;
    // An `only` is about those outside, too.
    const bool door = other.verb == model::Verb::only || model_[rule].verb == model::Verb::only;
    if (door || subjects.any(other.area.subjects)) near.insert(id);
  }
  return near;
}

bool NearRules::is_only_grant(RuleId rule) {
  if (model_[rule].verb != model::Verb::allow) return false;
  if (grants_.empty()) {
    grants_.resize(model_.features.size());
    for (const model::Rule& other : model_.rules) {
      if (other.verb != model::Verb::allow) continue;
      for (const auto& [feature, objects] : decide::coverage_of(model_, other.area).features)
        ++grants_[feature.index()];
    }
  }
  const auto features = decide::coverage_of(model_, model_[rule].area).features;
  return std::any_of(features.begin(), features.end(),
                     [&](const auto& entry) { return grants_[entry.first.index()] == 1; });
}

}  // namespace farol::check
