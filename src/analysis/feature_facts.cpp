// What features say of each other: `needs` and `excludes`.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "analysis/about.h"
#include "analysis/findings.h"
#include "analysis/labels.h"
#include "analysis/scan.h"
#include "base/sorted.h"

namespace farol::analysis {
namespace {

using diag::Code;

class FeatureFacts {
 public:
  FeatureFacts(const Model& model, const Decisions& decisions, Findings& findings)
      : model_(model), decisions_(decisions), findings_(findings), roles_(certain_roles(model)) {}

  void check() {
    for (std::size_t f = 0; f < model_.features.size(); ++f) {
      const model::Feature& feature = model_.features[f];
      if (feature.uncertain || !feature.governed) continue;
      for (const FeatureId other : feature.needs) check_need(FeatureId{f}, other);
      for (const ControlId control : feature.needs_controls) check_need(FeatureId{f}, control);
      for (const FeatureId other : feature.excludes) check_exclusion(FeatureId{f}, other);
    }
  }

 private:
  // Of a feature that is not governed nobody knows whether it is there.
  void check_need(FeatureId feature, FeatureId other) {
    if (model_[other].uncertain || !model_[other].governed) return;
    report(Code::missing_feature, places_beside(feature, other, false), FeatureId::none(), [&](const std::string& at) {
      return diag::message::missing_feature(
          fmt::format("`{}` needs `{}`, which is not allowed there: {}", model_[feature].name, model_[other].name, at));
    });
  }

  void check_need(FeatureId feature, ControlId control) {
    const auto lacks = [&](const Segment& segment) {
      return is_allowed(segment) && !std::binary_search(segment.controls.begin(), segment.controls.end(), control);
    };
    const auto found = scan(model_, decisions_, coverage_of(model_, feature, roles_), model_.conditions.front(), lacks);
    report(Code::missing_feature, found.places, FeatureId::none(), [&](const std::string& at) {
      return diag::message::missing_feature(fmt::format("`{}` needs `{}`, which is not required there: {}",
                                                        model_[feature].name, model_[control].name, at));
    });
  }

  void check_exclusion(FeatureId feature, FeatureId other) {
    const auto& back = model_[other].excludes;
    const bool said_twice = std::find(back.begin(), back.end(), feature) != back.end() && other < feature;
    if (model_[other].uncertain || said_twice) return;
    report(Code::toxic_combination, places_beside(feature, other, true), other, [&](const std::string& at) {
      return diag::message::toxic_combination(
          fmt::format("`{}` and `{}` do not go together: {}", model_[feature].name, model_[other].name, at));
    });
  }

  // Where `feature` is allowed and `other` is too (`with`), or is not: to the same role, in the same context, on the
  // same object where both can be on it, else on any.
  std::vector<Place> places_beside(FeatureId feature, FeatureId other, bool with) {
    std::vector<Place> result;
    std::map<std::pair<const Table*, const Table*>, std::vector<Place>> known;
    for (const RoleId role : roles_) {
      const std::pair tables{&decisions_.table(role, feature), &decisions_.table(role, other)};
      if (tables.first->cells.empty()) continue;
      const auto [entry, fresh] = known.try_emplace(tables);
      if (fresh) entry->second = places_of(role, feature, other, with);
      for (Place place : entry->second) {
        place.role = role;
        result.push_back(std::move(place));
      }
    }
    return result;
  }

  std::vector<Place> places_of(RoleId role, FeatureId feature, FeatureId other, bool with) const {
    std::vector<Place> result;
    const auto& others = model_.objects_of(model_[other].acts_on);
    const auto found =
        scan(model_, decisions_, coverage_of(model_, feature, {role}), model_.conditions.front(), is_allowed);
    for (const Place& place : found.places) {
      for (const ObjectId object : place.objects) {
        const bool same = std::find(others.begin(), others.end(), object) != others.end();
        Place at{role, feature, {object}, place.contexts, {}};
        const auto allowed = allowed_on(role, other, same ? std::vector{object} : others, at.contexts);
        // A cell with more combinations than can be looked at: what is over the bound was said of the cells themselves,
        // and two of them that name different contexts are not compared.
        if (!allowed) continue;
        at.where = widen(model_, place.contexts, place.where, at.contexts);
        if (with) {
          at.where &= *allowed;
        } else {
          at.where -= *allowed;
        }
        if (at.where.any()) result.push_back(std::move(at));
      }
    }
    return result;
  }

  // Where a role may use a feature on some of the objects; widens `contexts` to what that depends on.
  [[nodiscard]] std::optional<base::BitSet> allowed_on(RoleId role, FeatureId feature,
                                                       const std::vector<ObjectId>& objects,
                                                       std::vector<ContextId>& contexts) const {
    for (const ObjectId object : objects)
      contexts = base::united(contexts, decisions_.cell(model_, role, feature, object).contexts);
    const std::size_t size = combinations(model_, contexts);
    if (size > model::max_combinations) return std::nullopt;
    base::BitSet allowed{size};
    for (const ObjectId object : objects) {
      const Cell& cell = decisions_.cell(model_, role, feature, object);
      for (const Segment& segment : cell.segments) {
        if (is_allowed(segment)) allowed |= widen(model_, cell.contexts, segment.where, contexts);
      }
    }
    return allowed;
  }

  // `beside`: the other feature that it is about.
  template <class Message>
  void report(Code code, const std::vector<Place>& places, FeatureId beside, Message message) {
    if (places.empty()) return;
    const diag::Witness witness = witness_of(model_, places.front());
    const auto rules = rules_at(model_, decisions_, places);
    auto diagnostic = diag::make(code, model_[*rules.begin()].spans.statement, message(in_words(witness)));
    label_rules(model_, rules, "allowed here", diagnostic);
    diagnostic.details = lines_of(model_, places);
    diagnostic.witness = witness;
    // A waiver for a role, an object or the features: of two that do not go together, for both.
    diagnostic.about = about(model_, places);
    if (!beside.is_none()) {
      std::erase(diagnostic.about, Names{model_[places.front().feature].name});
      diagnostic.about.push_back({model_[places.front().feature].name, model_[beside].name});
    }
    findings_.list.push_back(std::move(diagnostic));
  }

  const Model& model_;
  const Decisions& decisions_;
  Findings& findings_;
  std::vector<RoleId> roles_;
};

}  // namespace

void check_feature_facts(const Model& model, const Decisions& decisions, Findings& findings) {
  FeatureFacts{model, decisions, findings}.check();
}

}  // namespace farol::analysis
