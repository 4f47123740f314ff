// What features say of each other: `needs` and `excludes`.
#include <algorithm>
#include <map>

#include "base/ids.h"
#include "base/sorted.h"
#include "check/about.h"
#include "check/findings.h"
#include "check/labels.h"
#include "check/repairs.h"
#include "decide/boxes.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using diag::Code;

class FeatureFacts {
 public:
  FeatureFacts(const model::Model& model, const decide::Decisions& decisions, decide::NamePrinter written,
               Findings& findings)
      : model_(model),
        decisions_(decisions),
        written_(written),
        findings_(findings),
        roles_(decide::certain_roles(model)) {}

  void check() {
    for (const model::FeatureId id : base::ids(model_.features)) {
      const model::Feature& feature = model_[id];
      if (feature.uncertain || !feature.governed) continue;
      for (const model::FeatureId other : feature.needs) check_need(id, other);
      for (const model::ControlId control : feature.needs_controls) check_need(id, control);
      for (const model::FeatureId other : feature.excludes) check_exclusion(id, other);
    }
    for (const auto& [rules, needs] : missing_) report_missing(rules, needs);
  }

 private:
  struct Need {
    model::FeatureId feature, needed;
    std::vector<decide::Place> places;
  };

  void check_need(model::FeatureId feature, model::FeatureId other) {
    if (model_[other].uncertain) return;
    auto places = places_beside(feature, other, false);
    if (places.empty()) return;
    const auto rules = rules_at(model_, decisions_, places);
    missing_[{rules.begin(), rules.end()}].push_back({feature, other, std::move(places)});
  }

  // What the same rules allow without what it needs is one finding.
  void report_missing(const std::vector<model::RuleId>& rules, const std::vector<Need>& needs) {
    std::vector<std::string> features, needed;
    std::vector<model::FeatureId> needed_ids;
    std::vector<decide::Place> places;
    for (const Need& need : needs) {
      if (features.empty() || features.back() != model_[need.feature].name)
        features.push_back(model_[need.feature].name);
      needed_ids.push_back(need.needed);
      places.insert(places.end(), need.places.begin(), need.places.end());
    }
    base::sort_unique(needed_ids);
    for (const model::FeatureId id : needed_ids) needed.push_back(model_[id].name);
    const auto sentence = [&](diag::Text at) {
      if (needs.size() == 1) return message::needs_not_allowed(features.front(), needed.front(), std::move(at));
      return needed.size() == 1 ? message::several_need(features, needed, std::move(at))
                                : message::need_several(features, needed, std::move(at));
    };
    report(Code::missing_feature, places, model::FeatureId::none(), sentence);
    diag::Diagnostic& diagnostic = findings_.list.back();
    if (const std::string wildcard = wildcard_beside_on(rules, needed_ids); !wildcard.empty())
      diagnostic.help = message::wildcard_leaves_out(wildcard, needed);
    diagnostic.fixes.push_back({message::fix_allow_needed(std::move(needed)), {}, grants(rules.front(), needs)});
  }

  // The wildcard of one of the rules that would have given what is needed, were it not for `on`; or nothing.
  [[nodiscard]] std::string wildcard_beside_on(const std::vector<model::RuleId>& rules,
                                               const std::vector<model::FeatureId>& needed) const {
    for (const model::RuleId rule : rules) {
      const model::Area& area = model_[rule].area;
      for (const model::FeatureTermId term : area.features) {
        if (model_[term].base == model::FeatureTerm::Base::feature) continue;
        const bool left_out = std::all_of(needed.begin(), needed.end(), [&](model::FeatureId feature) {
          const auto covered = decide::coverage_of(model_, area).features;
          return contains(model_, model_[term], feature) &&
                 std::none_of(covered.begin(), covered.end(),
                              [&](const auto& entry) { return entry.first == feature; });
        });
        if (!left_out) continue;
        return model_[term].base == model::FeatureTerm::Base::everything
                   ? "everything"
                   : model_.namespaces[model_[term].id].name + ".*";
      }
    }
    return {};
  }

  // The rules that would allow what is needed, one for each kind of thing that it acts on: behind the statement that
  // allows what needs it, on the same objects where both can be on them, else on all.
  [[nodiscard]] std::vector<diag::Edit> grants(model::RuleId behind, const std::vector<Need>& needs) const {
    std::map<std::pair<model::ActsOn, std::vector<model::ObjectId>>, std::vector<const Need*>> by_objects;
    for (const Need& need : needs) by_objects[{model_[need.needed].acts_on, objects_for(need)}].push_back(&need);
    std::vector<diag::Edit> edits;
    for (const auto& [key, some] : by_objects) {
      std::vector<decide::Place> places;
      Grant grant;
      for (const Need* need : some) {
        places.insert(places.end(), need->places.begin(), need->places.end());
        grant.features.push_back(need->needed);
        grant.against_a_deny = grant.against_a_deny || is_denied(*need);
      }
      base::sort_unique(grant.features);
      grant.places = &places;
      grant.objects = key.second;
      grant.when = condition_of(places);
      edits.push_back(grant_edit(model_, grant, model_[behind].spans.statement, written_));
    }
    return edits;
  }

  [[nodiscard]] std::vector<model::ObjectId> objects_for(const Need& need) const {
    const auto& all = model_.objects_of(model_[need.needed].acts_on);
    std::vector<model::ObjectId> objects;
    for (const decide::Place& place : need.places) {
      for (const model::ObjectId object : place.objects) {
        if (std::find(all.begin(), all.end(), object) == all.end()) return all;
        objects.push_back(object);
      }
    }
    base::sort_unique(objects);
    return objects;
  }

  [[nodiscard]] bool is_denied(const Need& need) const {
    return std::any_of(need.places.begin(), need.places.end(), [&](const decide::Place& place) {
      const decide::Table& table = decisions_.table(place.role, need.needed);
      return std::any_of(table.cells.begin(), table.cells.end(), [](const decide::Cell& cell) {
        return std::any_of(cell.segments.begin(), cell.segments.end(),
                           [](const auto& segment) { return segment.effect == decide::Effect::deny; });
      });
    });
  }

  // The condition that all places share; empty if there is none, or none.
  [[nodiscard]] std::string condition_of(const std::vector<decide::Place>& places) const {
    const decide::Place& first = places.front();
    const bool one = std::all_of(places.begin(), places.end(), [&](const decide::Place& place) {
      return place.contexts == first.contexts && place.where == first.where;
    });
    if (!one || first.where.count() == first.where.size()) return {};
    return decide::in_words(model_, decide::boxes_of(model_, first.contexts, first.where), written_);
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
    std::vector<model::ObjectId> others = model_.objects_of(model_[other].acts_on);
    std::sort(others.begin(), others.end());
    const auto found = decide::scan(model_, decisions_, decide::coverage_of(model_, feature, {role}),
                                    model_.conditions.front(), decide::is_allowed);
    for (const decide::Place& place : found.places) {
      for (const model::ObjectId object : place.objects) {
        const bool same = std::binary_search(others.begin(), others.end(), object);
        decide::Place at{role, feature, {object}, place.contexts, {}};
        const auto allowed = there_on(role, other, same ? std::vector{object} : others, !with, at.contexts);
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
  // depends on. `perhaps`: also those in which nobody knows, since nothing governs the feature and nothing refuses it.
  [[nodiscard]] std::optional<base::BitSet> there_on(model::RoleId role, model::FeatureId feature,
                                                     const std::vector<model::ObjectId>& objects, bool perhaps,
                                                     std::vector<model::ContextId>& contexts) const {
    const bool left_open = perhaps && !model_[feature].governed;
    for (const model::ObjectId object : objects)
      contexts = base::united(contexts, decisions_.cell(model_, role, feature, object).contexts);
    const std::size_t size = combinations(model_, contexts);
    if (size > model::max_combinations) return std::nullopt;
    base::BitSet allowed{size};
    for (const model::ObjectId object : objects) {
      const decide::Cell& cell = decisions_.cell(model_, role, feature, object);
      for (const decide::Segment& segment : cell.segments) {
        if (decide::is_allowed(segment) || (left_open && segment.effect == decide::Effect::none))
          allowed |= widen(model_, cell.contexts, segment.where, contexts);
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
  decide::NamePrinter written_;
  Findings& findings_;
  std::vector<model::RoleId> roles_;
  std::map<std::vector<model::RuleId>, std::vector<Need>> missing_;  // by the rules that allow what needs it
};

}  // namespace

void check_feature_facts(const model::Model& model, const decide::Decisions& decisions, decide::NamePrinter written,
                         Findings& findings) {
  FeatureFacts{model, decisions, written, findings}.check();
}

}  // namespace farol::check
