#include "check/about.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/sorted.h"

namespace farol::check {
namespace {

// Returns the names of all terms of a list, or an empty list if one is no single thing, such as `everyone` or
// `meeting.*`.
template <class Term, class NameOf>
std::optional<Names> names_of(const std::vector<Term>& terms, NameOf name_of_term) {
  Names names;
  for (const Term term : terms) {
    std::string name = name_of_term(term);
    if (name.empty()) return std::nullopt;
    names.push_back(std::move(name));
  }
  base::sort_unique(names);
  return names;
}

void keep(std::vector<Names>& about, std::optional<Names> names) {
  if (names && !names->empty()) about.push_back(std::move(*names));
}

}  // namespace

std::vector<Names> about(const model::Model& model, const std::vector<decide::Place>& places) {
  std::set<model::RoleId> roles;
  std::set<model::FeatureId> features;
  std::set<model::ObjectId> objects;
  for (const decide::Place& place : places) {
    roles.insert(place.role);
    features.insert(place.feature);
    objects.insert(place.objects.begin(), place.objects.end());
  }
  std::vector<Names> about;
  keep(about, names_of(std::vector(roles.begin(), roles.end()),
                       [&](model::RoleId role) { return role == model.nobody() ? std::string{} : model[role].name; }));
  keep(about, names_of(std::vector(features.begin(), features.end()),
                       [&](model::FeatureId feature) { return model[feature].name; }));
  keep(about, names_of(std::vector(objects.begin(), objects.end()),
                       [&](model::ObjectId object) { return model[object].name; }));
  return about;
}

Things::Things(const model::Model& model) : model_(model) {
  for (const model::Rule& rule : model.rules) add(rule.area, rule.label, rule.spans.statement);
  for (const model::Guardrail& guardrail : model.guardrails)
    add(guardrail.area, guardrail.label, guardrail.spans.statement);
  for (const model::Separation& separation : model.separations) {
    std::vector<Names> about;
    if (!separation.label.empty()) about.push_back({separation.label});
    keep(about, names_of(separation.roles, [&](model::RoleId role) { return model[role].name; }));
    keep(about, names_of(separation.features, [&](model::FeatureId feature) { return model[feature].name; }));
    add(separation.span, std::move(about));
  }
  const auto add_declared = [this](const auto& table) {
    for (const auto& declared : table) {
      if (!declared.library && !declared.name.empty()) add(declared.span, {{declared.name}});
    }
  };
  add_declared(model.roles);
  add_declared(model.features);
  add_declared(model.objects);  // tiers too
  add_declared(model.contexts);
  add_declared(model.controls);
  add_declared(model.entities);
  std::sort(things_.begin(), things_.end(), [](const Thing& a, const Thing& b) { return a.span < b.span; });
}

std::vector<Names> Things::at(source::Span span) const {
  if (span.is_none()) return {};
  auto after =
      std::upper_bound(things_.begin(), things_.end(), span.begin, [&](std::uint32_t begin, const Thing& thing) {
        return std::pair(span.source, begin) < std::pair(thing.span.source, thing.span.begin);
      });
  if (after == things_.begin()) return {};
  const Thing& thing = *--after;
  return thing.span.source == span.source && span.end <= thing.span.end ? thing.about : std::vector<Names>{};
}

void Things::add(source::Span span, std::vector<Names> about) {
  if (!span.is_none() && !about.empty()) things_.push_back({span, std::move(about)});
}

void Things::add(const model::Area& area, const std::string& label, source::Span span) {
  using model::FeatureTerm;
  using model::ObjectTerm;
  using model::SubjectTerm;
  std::vector<Names> about;
  if (!label.empty()) about.push_back({label});
  keep(about, names_of(area.subjects, [&](model::SubjectTermId id) {
         return model_[id].base == SubjectTerm::Base::everyone ? std::string{} : model_[model_[id].role].name;
       }));
  keep(about, names_of(area.features, [&](model::FeatureTermId id) {
         return model_[id].base == FeatureTerm::Base::feature ? model_[model::FeatureId{model_[id].id}].name
                                                              : std::string{};
       }));
  keep(about, names_of(area.objects, [&](model::ObjectTermId id) {
         switch (model_[id].base) {
           case ObjectTerm::Base::all: return std::string{};
           case ObjectTerm::Base::tier: return model_[model::TierId{model_[id].id}].name;
           case ObjectTerm::Base::object: return model_[model::ObjectId{model_[id].id}].name;
         }
         return std::string{};
       }));
  add(span, std::move(about));
}

}  // namespace farol::check
