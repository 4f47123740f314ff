// What features say of each other: `needs` and `excludes`.
#include <algorithm>
#include <map>

#include "base/ids.h"
#include "base/sorted.h"
#include "check/about.h"
#include "check/findings.h"
#include "check/labels.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using diag::Code;

class FeatureFacts {
 public:
  FeatureFacts(const model::Model& model, const decide::Decisions& decisions, Findings& findings)
      : model_(model), decisions_(decisions), findings_(findings), roles_(decide::certain_roles(model)) {}

  void check() {
    for (const model::FeatureId id : base::ids(model_.features)) {
      const model::Feature& feature = model_[id];
      if (feature.uncertain || !feature.governed) continue;
      for (const model::FeatureId other : feature.needs) check_need(id, other);
      for (const model::ControlId control : feature.needs_controls) check_need(id, control);
      for (const model::FeatureId other : feature.excludes) check_exclusion(id, other);
    }
  }

 private:
  // Nobody knows whether a feature that is not governed is there.
  void check_need(model::FeatureId feature, model::FeatureId other) {
    if (model_[other].uncertain || !model_[other].governed) return;
    report(Code::missing_feature, places_beside(feature, other, false), model::FeatureId::none(), [&](diag::Text at) {
      return message::needs_not_allowed(model_[feature].name, model_[other].name, std::move(at));
    });
  }

  void check_need(model::FeatureId feature, model::ControlId control) {
    const auto lacks = [&](const decide::Segment& segment) {
      return decide::is_allowed(segment) &&
             !std::binary_search(segment.controls.begin(), segment.controls.end(), control);
    };
    const auto found = decide::scan(model_, decisions_, decide::coverage_of(model_, feature, roles_),
                                    model_.conditions.front(), lacks);
    report(Code::missing_feature, found.places, model::FeatureId::none(), [&](diag::Text at) {
      return message::needs_not_required(model_[feature].name, model_[control].name, std::move(at));
    });
  }

  void check_exclusion(model::FeatureId feature, model::FeatureId other) {
    const auto& back = model_[other].excludes;
    const bool said_twice = std::find(back.begin(), back.end(), feature) != back.end() && other < feature;
    if (model_[other].uncertain || said_twice) return;
    report(Code::toxic_combination, places_beside(feature, other, true), other, [&](diag::Text at) {
      return message::do_not_go_together(model_[feature].name, model_[other].name, std::move(at));
    });
  }

  // Where `feature` is allowed and `other` is too (`with`), or is not: to the same role, in the same context, on the
  // same object where both can be on it, else on any.
  std::vector<decide::Place> places_beside(model::FeatureId feature, model::FeatureId other, bool with) {
    std::vector<decide::Place> result;
    std::map<std::pair<const decide::Table*, const decide::Table*>, std::vector<decide::Place>> known;
    for (const model::RoleId role : roles_) {
      const std::pair tables{&decisions_.table(role, feature), &decisions_.table(role, other)};
      if (tables.first->cells.empty()) continue;
      const auto [entry, fresh] = known.try_emplace(tables);
      if (fresh) entry->second = places_of(role, feature, other, with);
      for (decide::Place place : entry->second) {
        place.role = role;
        result.push_back(std::move(place));
      }
    }
    return result;
  }

  std::vector<decide::Place> places_of(model::RoleId role, model::FeatureId feature, model::FeatureId other,
                                       bool with) const {
    std::vector<decide::Place> result;
    const auto& others = model_.objects_of(model_[other].acts_on);
    const auto found = decide::scan(model_, decisions_, decide::coverage_of(model_, feature, {role}),
                                    model_.conditions.front(), decide::is_allowed);
    for (const decide::Place& place : found.places) {
      for (const model::ObjectId object : place.objects) {
        const bool same = std::find(others.begin(), others.end(), object) != others.end();
        decide::Place at{role, feature, {object}, place.contexts, {}};
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

  // Returns the contexts in which a role may use a feature on some of the objects; widens `contexts` to all that this
  // depends on.
  [[nodiscard]] std::optional<base::BitSet> allowed_on(model::RoleId role, model::FeatureId feature,
                                                       const std::vector<model::ObjectId>& objects,
                                                       std::vector<model::ContextId>& contexts) const {
    for (const model::ObjectId object : objects)
      contexts = base::united(contexts, decisions_.cell(model_, role, feature, object).contexts);
    const std::size_t size = combinations(model_, contexts);
    if (size > model::max_combinations) return std::nullopt;
    base::BitSet allowed{size};
    for (const model::ObjectId object : objects) {
      const decide::Cell& cell = decisions_.cell(model_, role, feature, object);
      for (const decide::Segment& segment : cell.segments) {
        if (decide::is_allowed(segment)) allowed |= widen(model_, cell.contexts, segment.where, contexts);
      }
    }
    return allowed;
  }

  // `beside`: the other feature that it is about.
  template <class Message>
  void report(Code code, const std::vector<decide::Place>& places, model::FeatureId beside, Message message) {
    if (places.empty()) return;
    const diag::Witness witness = decide::witness_of(model_, places.front());
    const auto rules = rules_at(model_, decisions_, places);
    auto diagnostic = diag::make(code, model_[*rules.begin()].spans.statement, message(diag::point_of(witness)));
    label_rules(model_, rules, message::allowed_here(), diagnostic);
    diagnostic.details = decide::lines_of(model_, places);
    diagnostic.witness = witness;
    // A waiver for a role, an object or the features: of two that do not go together, for both.
    diagnostic.about = about(model_, places);
    if (!beside.is_none()) {
      std::erase(diagnostic.about, Names{model_[places.front().feature].name});
      diagnostic.about.push_back({model_[places.front().feature].name, model_[beside].name});
    }
    findings_.list.push_back(std::move(diagnostic));
  }

  const model::Model& model_;
  const decide::Decisions& decisions_;
  Findings& findings_;
  std::vector<model::RoleId> roles_;
};

}  // namespace

void check_feature_facts(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  FeatureFacts{model, decisions, findings}.check();
}

}  // namespace farol::check
