#include "sema/area.h"
#include "diag/messages_sema.h"

#include <algorithm>

namespace farol::sema {
namespace {

using model::FeatureTerm;
using model::KindMask;
using model::ObjectTerm;

diag::Text plural(model::ActsOn kind) {
  switch (kind) {
    case model::ActsOn::data: return message::data();
    case model::ActsOn::tier: return message::tiers();
    case model::ActsOn::app: return message::apps();
    case model::ActsOn::group: return message::groups();
    case model::ActsOn::place: return message::places();
    case model::ActsOn::department: return message::departments();
    case model::ActsOn::nothing: return message::nothing_at_all();
  }
  return {};
}

bool needs_object(const model::Feature& feature) {
  return feature.acts_on == model::ActsOn::data || feature.acts_on == model::ActsOn::tier;
}

template <class Table, class Term, class Id>
void publish(const PlacedTerms& terms, Table& table, std::vector<Term>& published, std::vector<Id>& ids) {
  ids.reserve(terms.size());
  for (const PlacedTerm& term : terms) ids.push_back(table.publish(published, term.number));
}

model::AreaSpans spans_of(const syntax::RuleBody& body, Span statement) {
  model::AreaSpans spans;
  spans.statement = statement;
  const auto place = [](const syntax::TermList& list, Span& whole, Span& terms, bool& except) {
    whole = list.span;
    terms = list.terms_span;
    except = !list.except.empty();
  };
  place(body.subjects, spans.subjects, spans.subject_terms, spans.subjects_except);
  if (body.features) place(*body.features, spans.features, spans.feature_terms, spans.features_except);
  if (body.objects) place(*body.objects, spans.objects, spans.object_terms, spans.objects_except);
  if (body.when) spans.when = body.when->span;
  return spans;
}

}  // namespace

Areas::Areas(Resolution& resolution, Lists& lists, Conditions& conditions, Doubts& doubts)
    : resolution_(resolution),
      lists_(lists),
      conditions_(conditions),
      doubts_(doubts),
      everything_(lists.features.intern({FeatureTerm::Base::everything, 0, {}})),
      all_(lists.objects.intern({ObjectTerm::Base::all, 0, {}})) {}

// Every part is looked at, so that each says what is wrong with it.
std::optional<ReadBody> Areas::read(const syntax::RuleBody& body, Span statement, bool is_allow) {
  ReadBody result;
  for (PlacedTerms* terms : {&subject_terms_, &feature_terms_, &object_terms_}) terms->clear();
  if (!body.features) feature_terms_.push_back({everything_, {}});
  if (!body.objects) object_terms_.push_back({all_, {}});
  lists_.lacks_objects = !body.objects;
  bool right = lists_.read_subjects(body.subjects, subject_terms_);
  const bool features_right = !body.features || lists_.read_features(*body.features, feature_terms_);
  const bool objects_right = !body.objects || lists_.read_objects(*body.objects, object_terms_);
  const auto when = body.when ? conditions_.read(*body.when) : model::ConditionId{0};
  right = read_controls(body.controls, result.controls) && right && objects_right && when;
  if (features_right) {
    if (objects_right && body.objects) right = check_objects(feature_terms_, object_terms_) && right;
    if (is_allow) right = check_controls(body.controls, feature_terms_) && right;
    if (is_allow && !body.objects) right = check_allow_without_object(body, feature_terms_) && right;
  }
  if (!right || !features_right) return std::nullopt;

  if (is_allow) govern(feature_terms_, object_terms_);
  model::Model& model = resolution_.model;
  publish(subject_terms_, lists_.subjects, model.subject_terms, result.area.subjects);
  publish(feature_terms_, lists_.features, model.feature_terms, result.area.features);
  publish(object_terms_, lists_.objects, model.object_terms, result.area.objects);
  result.area.when = *when;
  result.spans = spans_of(body, statement);
  return result;
}

bool Areas::is_named_feature(const PlacedTerm& term) const {
  return lists_.features[term.number].base == FeatureTerm::Base::feature;
}

const model::Feature& Areas::named_feature(const PlacedTerm& term) const {
  return resolution_.model.features[lists_.features[term.number].id];
}

Areas::ActsOn Areas::acts_on(std::uint32_t feature_term) {
  if (acts_on_.size() <= feature_term) acts_on_.resize(lists_.features.size());
  auto& known = acts_on_[feature_term];
  if (known) return *known;
  known.emplace();
  for (const model::FeatureId id : members(resolution_.model, lists_.features[feature_term])) {
    const model::Feature& feature = resolution_.model[id];
    if (feature.uncertain)
      known->unknown = true;
    else
      known->known = static_cast<KindMask>(known->known | mask_of(feature.acts_on));
  }
  return *known;
}

KindMask Areas::kinds_of(std::uint32_t object_term) {
  if (kinds_.size() <= object_term) kinds_.resize(lists_.objects.size(), 0);
  if (kinds_[object_term] == 0) kinds_[object_term] = model::kinds_of(resolution_.model, lists_.objects[object_term]);
  return kinds_[object_term];
}

// A named feature must fit every object; a wildcard means the features that fit, and fails only if it fits none.
bool Areas::check_objects(const PlacedTerms& features, const PlacedTerms& objects) {
  bool right = true;
  for (const PlacedTerm& feature : features) {
    const ActsOn kinds = acts_on(feature.number);
    if (kinds.unknown) continue;
    const auto fits = [&](const PlacedTerm& object) { return (kinds_of(object.number) & kinds.known) != 0; };
    const auto misfit = std::find_if_not(objects.begin(), objects.end(), fits);
    if (misfit == objects.end()) continue;
    if (!is_named_feature(feature) && std::any_of(objects.begin(), objects.end(), fits)) continue;
    report_wrong_object(feature, *misfit);
    right = false;
  }
  return right;
}

void Areas::report_wrong_object(const PlacedTerm& feature, const PlacedTerm& object) {
  const std::string on{resolution_.sources.text(object.span)};
  diag::Text said;
  diag::Text help;
  if (is_named_feature(feature)) {
    const model::Feature& named = named_feature(feature);
    said = message::acts_on_other(named.name, plural(named.acts_on), on);
    const ObjectTerm& term = lists_.objects[object.number];
    if (named.acts_on == model::ActsOn::nothing) {
      help = message::leave_out_on();
    } else if (term.base == ObjectTerm::Base::object && named.acts_on == model::ActsOn::tier) {
      const model::TierId tier = resolution_.model.objects[term.id].tier;
      if (!tier.is_none() && !resolution_.model[tier].name.empty())
        help = message::tier_of(on, resolution_.model[tier].name);
    }
  } else if (feature.span.is_none()) {  // a `require` without `to`: every feature
    said = message::no_feature_acts_on(on);
  } else {
    said = message::none_of_these_acts_on(std::string{resolution_.sources.text(feature.span)}, on);
  }
  auto finding =
      diag::make(diag::Code::wrong_object, feature.span.is_none() ? object.span : feature.span, std::move(said));
  finding.labels.push_back({object.span, message::the_object()});
  finding.help = std::move(help);
  resolution_.sink.report(std::move(finding));
}

bool Areas::check_allow_without_object(const syntax::RuleBody& body, const PlacedTerms& features) {
  constexpr KindMask needing = mask_of(model::ActsOn::data) | mask_of(model::ActsOn::tier);
  std::vector<std::string> names;
  std::vector<bool> seen;
  KindMask found = 0;
  for (const PlacedTerm& term : features) {
    if ((acts_on(term.number).known & needing) == 0) continue;
    seen.resize(resolution_.model.features.size(), false);
    for (const model::FeatureId id : members(resolution_.model, lists_.features[term.number])) {
      const model::Feature& feature = resolution_.model[id];
      if (feature.uncertain || !needs_object(feature) || seen[id.index()]) continue;
      seen[id.index()] = true;
      names.push_back(feature.name);
      found = static_cast<KindMask>(found | mask_of(feature.acts_on));
    }
  }
  if (names.empty()) return true;
  diag::Text what = found == needing                        ? message::data_or_tiers()
                    : found == mask_of(model::ActsOn::data) ? message::data()
                                                            : message::tiers();
  const bool one = names.size() == 1;
  auto finding = diag::make(diag::Code::allow_without_object, body.features->span,
                            one ? message::allow_says_not_on_what(std::move(names), std::move(what))
                                : message::allow_says_not_on_what_each(std::move(names), std::move(what)));
  finding.help = message::allow_on_help();
  resolution_.sink.report(std::move(finding));
  return false;
}

bool Areas::read_controls(const std::vector<syntax::Name>& names, std::vector<model::ControlId>& controls) {
  bool right = true;
  for (const syntax::Name& name : names) {
    const Symbol* symbol = resolution_.names.resolve(name, wanted::control);
    if (symbol != nullptr)
      controls.push_back(model::ControlId{symbol->index});
    else
      right = false;
  }
  std::sort(controls.begin(), controls.end());
  controls.erase(std::unique(controls.begin(), controls.end()), controls.end());
  return right;
}

// A feature with a list of controls can have just those.
bool Areas::check_controls(const std::vector<syntax::Name>& names, const PlacedTerms& features) {
  if (names.empty()) return true;
  bool right = true;
  for (const PlacedTerm& term : features) {
    if (!is_named_feature(term)) continue;
    const model::Feature& feature = named_feature(term);
    const model::Attribute* can_have = feature.find("controls");
    if (can_have == nullptr) continue;
    for (const syntax::Name& name : names) {
      const model::Value value = model::Reference{name.text};
      if (std::find(can_have->values.begin(), can_have->values.end(), value) != can_have->values.end()) continue;
      auto finding =
          diag::make(diag::Code::bad_attribute, name.span, message::cannot_have_control(feature.name, name.text));
      finding.labels.push_back({can_have->span, message::controls_it_can_have()});
      resolution_.sink.report(std::move(finding));
      right = false;
    }
  }
  return right;
}

void Areas::govern(const PlacedTerms& features, const PlacedTerms& objects) {
  model::Model& model = resolution_.model;
  KindMask kinds = 0;
  for (const PlacedTerm& object : objects) kinds = static_cast<KindMask>(kinds | kinds_of(object.number));
  for (const PlacedTerm& term : features) {
    if (is_named_feature(term)) {
      model.features[lists_.features[term.number].id].governed = true;
      continue;
    }
    if (!governed_.emplace(term.number, kinds).second) continue;
    for (const model::FeatureId id : members(model, lists_.features[term.number])) {
      model::Feature& feature = model.features[id.index()];
      if ((mask_of(feature.acts_on) & kinds) != 0) feature.governed = true;
    }
  }
}

}  // namespace farol::sema
