#include <algorithm>
#include <map>
#include <tuple>

#include "base/ids.h"
#include "check/findings.h"
#include "check/labels.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using diag::Code;
using model::Guardrail;

bool lists(const std::vector<model::ControlId>& sorted, model::ControlId control) {
  return std::binary_search(sorted.begin(), sorted.end(), control);
}

// control-impossible: an allowed point requires what its feature or its store cannot have, or two controls that exclude
// each other.
class Controls {
 public:
  Controls(const model::Model& model, const decide::Decisions& decisions) : model_(model), decisions_(decisions) {
    for (const model::ControlId id : base::ids(model.controls)) {
      for (const model::ControlId other : model[id].excludes) exclusive_.insert({id, other});
    }
    find_stores();
  }

  void check(Findings& findings) {
    const auto roles = decide::certain_roles(model_);
    for (const model::FeatureId id : base::ids(model_.features)) {
      if (!model_[id].uncertain && may_lack(id)) check(id, roles);
    }
    for (const auto& [problem, places] : found_) findings.list.push_back(describe(problem, places));
  }

 private:
  // What cannot be, and the control that it is about.
  enum class Impossible : std::uint8_t { excluded, lacking, unstored };
  struct Problem {
    Impossible what;
    std::vector<std::string> names;  // as in the message
    model::ControlId control;

    // In the order of the names, as a reader looks for them.
    bool operator<(const Problem& other) const {
      return std::tie(names, what, control) < std::tie(other.names, other.what, other.control);
    }
  };

  // A store that says no to what is named as a control is, has no such control.
  void find_stores() {
    for (const model::ObjectId id : base::ids(model_.objects)) {
      const model::Attribute* at = model_[id].find("store");
      if (at == nullptr) continue;
      const auto* reference = std::get_if<model::Reference>(&at->values.front());
      const auto store = std::find_if(model_.entities.begin(), model_.entities.end(), [&](const model::Entity& entity) {
        return reference != nullptr && entity.kind == "store" && entity.name == reference->name;
      });
      if (store == model_.entities.end()) continue;
      for (std::size_t c = 0; c < model_.controls.size(); ++c) {
        const model::Attribute* has = store->find(model_.controls[c].name);
        if (has != nullptr && has->values.front() == model::Value{false})
          without_[id].emplace_back(model::ControlId{c}, store->name);
      }
    }
  }

  [[nodiscard]] bool may_lack(model::FeatureId feature) const {
    const model::Feature& it = model_[feature];
    const bool on_data = it.acts_on == model::ActsOn::data || it.acts_on == model::ActsOn::tier;
    return !exclusive_.empty() || it.controls || !it.excludes_controls.empty() || (on_data && !without_.empty());
  }

  void check(model::FeatureId feature, const std::vector<model::RoleId>& roles) {
    const auto wanted = [](const decide::Segment& segment) {
      return decide::is_allowed(segment) && !segment.controls.empty();
    };
    const auto& always = model_.conditions.front();
    for (const decide::Place& place :
         decide::scan(model_, decisions_, decide::coverage_of(model_, feature, roles), always, wanted).places) {
      const decide::Cell& cell = decisions_.cell(model_, place.role, feature, place.objects.front());
      const auto& controls = cell.at(place.where.first()).controls;
      for (const model::ObjectId object : place.objects) {
        const auto problem = find_problem(feature, object, controls);
        if (!problem) continue;
        decide::Place one = place;
        one.objects = {object};
        found_[*problem].push_back(std::move(one));
      }
    }
  }

  [[nodiscard]] std::optional<Problem> find_problem(model::FeatureId feature, model::ObjectId object,
                                                    const std::vector<model::ControlId>& controls) const {
    const model::Feature& it = model_[feature];
    const auto name = [&](model::ControlId control) -> const std::string& { return model_[control].name; };
    const auto store = without_.find(object);
    for (const model::ControlId control : controls) {
      if ((it.controls && !lists(*it.controls, control)) || lists(it.excludes_controls, control))
        return Problem{Impossible::lacking, {it.name, name(control)}, control};
      for (const model::ControlId other : controls) {
        if (exclusive_.contains({control, other}))
          return Problem{Impossible::excluded, {name(control), name(other)}, control};
      }
      if (store == without_.end()) continue;
      for (const auto& [missing, of] : store->second) {
        if (missing == control) return Problem{Impossible::unstored, {of, model_[object].name, name(control)}, control};
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] diag::Diagnostic describe(const Problem& problem, const std::vector<decide::Place>& places) const {
    const decide::Place& first = places.front();
    const diag::Witness witness = decide::witness_of(model_, first);
    const std::vector<source::Span> statements = who_requires(first, problem.control);
    auto diagnostic =
        diag::make(Code::control_impossible, statements.front(), sentence_of(problem, diag::point_of(witness)));
    for (const source::Span span : statements) {
      if (diagnostic.labels.size() < max_labels) diagnostic.labels.push_back({span, message::requires_it()});
    }
    diagnostic.details = decide::lines_of(model_, places);
    diagnostic.witness = witness;
    diagnostic.help = message::control_impossible_help();
    return diagnostic;
  }

  static diag::Text sentence_of(const Problem& problem, diag::Text point) {
    const auto& names = problem.names;
    switch (problem.what) {
      case Impossible::lacking: return message::feature_cannot_have(names[0], names[1], std::move(point));
      case Impossible::excluded: return message::controls_exclude(names[0], names[1], std::move(point));
      case Impossible::unstored: return message::store_has_no(names[0], names[1], names[2], std::move(point));
    }
    return {};
  }

  // Returns the statements that give a control at the first point of a place.
  [[nodiscard]] std::vector<source::Span> who_requires(const decide::Place& place, model::ControlId control) const {
    std::vector<source::Span> spans;
    const auto look = [&](const model::Area& area, const std::vector<model::ControlId>& controls, source::Span span) {
      if (!lists(controls, control)) return;
      const auto has = [&](const auto& terms, auto id) {
        return std::any_of(terms.begin(), terms.end(), [&](auto term) { return contains(model_, model_[term], id); });
      };
      if (!has(area.subjects, place.role) || !has(area.features, place.feature) ||
          !has(area.objects, place.objects.front()))
        return;
      const model::Condition& when = model_[area.when];
      if (!std::includes(place.contexts.begin(), place.contexts.end(), when.contexts.begin(), when.contexts.end()))
        return;
      if (widen(model_, when.contexts, when.where, place.contexts).test(place.where.first())) spans.push_back(span);
    };
    for (const model::Rule& rule : model_.rules) {
      if (rule.verb == model::Verb::allow && rule.is_live(decisions_.as_of))
        look(rule.area, rule.controls, rule.spans.statement);
    }
    for (const Guardrail& guardrail : model_.guardrails) {
      if (guardrail.kind == Guardrail::Kind::require)
        look(guardrail.area, guardrail.controls, guardrail.spans.statement);
    }
    return spans;
  }

  const model::Model& model_;
  const decide::Decisions& decisions_;
  std::set<std::pair<model::ControlId, model::ControlId>> exclusive_;
  std::map<model::ObjectId, std::vector<std::pair<model::ControlId, std::string>>> without_;
  std::map<Problem, std::vector<decide::Place>> found_;
};

}  // namespace

void check_controls(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  Controls{model, decisions}.check(findings);
}

}  // namespace farol::check
