#include "sema/lists.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/dependencies.h"
#include "base/sorted.h"
#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/canonical.h"
#include "sema/circles.h"

namespace farol::sema {
namespace {

using model::FeatureTerm;
using model::ObjectTerm;
using model::SubjectTerm;
using TermForm = syntax::Term::Form;

// How many different `except` of one term from another a policy may have.
constexpr std::size_t most_subtractions = 1'000'000;
// How many terms all lists of a policy may stand for. A range of tiers, or a named list, is many in each that names it.
constexpr std::size_t most_terms = 8'000'000;

void keep_first_of_each(PlacedTerms& terms) {
  if (terms.size() < 2) return;
  std::unordered_set<std::uint32_t> seen;
  std::erase_if(terms, [&](const PlacedTerm& term) { return !seen.insert(term.number).second; });
}

// Which named lists of its own kind a list is made of.
std::vector<std::uint32_t> find_named(Names& names, const syntax::TermList& list, Kind kind) {
  std::vector<std::uint32_t> found;
  for (const auto* terms : {&list.terms, &list.except}) {
    for (const syntax::Term& term : *terms) {
      const Symbol* symbol = term.form == TermForm::name ? names.find(term.name.text) : nullptr;
      if (symbol != nullptr && symbol->kind == kind) found.push_back(symbol->index);
    }
  }
  return found;
}

}  // namespace

Lists Lists::read_named_lists(Resolution& resolution) {
  Lists lists(resolution);
  lists.read_named(resolution.role_lists, Kind::role_list, lists.subjects, lists.role_lists_);
  lists.read_named(resolution.feature_lists, Kind::feature_list, lists.features, lists.feature_lists_);
  lists.read_named(resolution.object_lists, Kind::object_list, lists.objects, lists.object_lists_);
  for (const auto* origins : {&resolution.role_lists, &resolution.feature_lists, &resolution.object_lists})
    lists.keep_named(*origins);
  return lists;
}

// Rules hold what they stand for; the names are kept for people who ask.
void Lists::keep_named(const Origins<syntax::SetDeclaration>& origins) {
  const auto copy = [](const Named& named, std::size_t i, const auto& table, auto& terms) {
    if (!named[i]) return;
    for (const PlacedTerm& term : *named[i]) terms.push_back(table[term.number]);
  };
  for (std::size_t i = 0; i < origins.size(); ++i) {
    const auto& origin = origins[i];
    model::NamedSet set;
    set.name = origin.node->name.text;
    set.doc = origin.statement->doc;
    set.span = origin.node->name.span;
    set.library = origin.library;
    set.text = canonical_text(*origin.node);
    switch (origin.node->kind) {
      case syntax::SetDeclaration::Kind::roles:
        set.kind = model::NamedSet::Kind::roles;
        copy(role_lists_, i, subjects, set.roles);
        break;
      case syntax::SetDeclaration::Kind::features:
        set.kind = model::NamedSet::Kind::features;
        copy(feature_lists_, i, features, set.features);
        break;
      case syntax::SetDeclaration::Kind::objects:
        set.kind = model::NamedSet::Kind::objects;
        copy(object_lists_, i, objects, set.objects);
        break;
    }
    resolution_.model.sets.push_back(std::move(set));
  }
}

template <class Table>
void Lists::read_named(const Origins<syntax::SetDeclaration>& origins, Kind kind, Table& table, Named& named) {
  std::vector<std::vector<std::uint32_t>> uses;
  for (const auto& origin : origins) uses.push_back(find_named(resolution_.names, origin.node->list, kind));
  const base::Dependencies dependencies = base::order_dependencies(uses);
  for (const auto& cycle : dependencies.cycles) report_cycle(origins, cycle);
  named.resize(origins.size());
  for (const std::uint32_t index : dependencies.order) {
    const syntax::SetDeclaration& declaration = *origins[index].node;
    PlacedTerms terms;
    if (!dependencies.in_knot[index] && read(declaration.list, table, terms)) named[index] = std::move(terms);
    if (!named[index]) resolution_.names.find(declaration.name.text)->broken = true;
  }
}

void Lists::report_cycle(const Origins<syntax::SetDeclaration>& origins, const std::vector<std::uint32_t>& cycle) {
  const auto name_of = [&](std::size_t i) { return origins[cycle[i]].node->name; };
  diag::Text path = path_around(cycle.size(), message::and_names, [&](std::size_t i) { return name_of(i).text; });
  auto finding = diag::make(diag::Code::definition_cycle, name_of(0).span,
                            message::list_defined_by_itself(name_of(0).text, std::move(path)));
  for (std::size_t i = 1; i < cycle.size() && i < most_steps; ++i)
    finding.labels.push_back({name_of(i).span, message::part_of_it(name_of(i).text)});
  resolution_.sink.report(std::move(finding));
}

// Every term is looked at, so that each says what is wrong with it.
template <class Table>
bool Lists::read(const syntax::TermList& list, Table& table, PlacedTerms& terms) {
  if (terms_ > most_terms) return false;
  PlacedTerms taken;
  bool right = true;
  objects_among_features_ = false;
  for (const syntax::Term& term : list.terms) {
    right = add(term, table, terms) && right;
    before_ = &term;
  }
  before_ = nullptr;
  for (const syntax::Term& term : list.except) right = add(term, table, taken) && right;
  if (!right || !take_out(list, taken, table, terms)) return false;
  keep_first_of_each(terms);
  terms_ += terms.size();
  if (terms_ > most_terms) resolution_.report(diag::Code::too_large, list.span, message::too_many_terms(most_terms));
  return terms_ <= most_terms;
}

bool Lists::read_subjects(const syntax::TermList& list, PlacedTerms& terms) { return read(list, subjects, terms); }
bool Lists::read_features(const syntax::TermList& list, PlacedTerms& terms) { return read(list, features, terms); }
bool Lists::read_objects(const syntax::TermList& list, PlacedTerms& terms) { return read(list, objects, terms); }

template <class Table>
bool Lists::take_out(const syntax::TermList& list, const PlacedTerms& taken, Table& table, PlacedTerms& terms) {
  if (taken.empty()) return true;
  std::vector<std::uint32_t> numbers;
  for (const PlacedTerm& each : taken) numbers.push_back(each.number);
  base::sort_unique(numbers);
  std::erase_if(terms, [&](PlacedTerm& term) {
    if (table.subtractions() > most_subtractions) return false;
    const auto rest = table.subtract(resolution_.model, term.number, numbers);
    if (rest) term.number = *rest;
    return !rest;
  });
  if (table.subtractions() > most_subtractions) {
    if (!too_large_) {
      resolution_.report(diag::Code::too_large, list.span, message::too_many_exceptions(most_subtractions));
    }
    too_large_ = true;
    return false;
  }
  if (!terms.empty()) return true;
  resolution_.report(diag::Code::matches_nothing, list.span, message::nothing_left());
  return false;
}

bool Lists::add_named(const std::optional<PlacedTerms>& named, Span span, PlacedTerms& terms) {
  if (!named) return false;
  for (const PlacedTerm& term : *named) terms.push_back({term.number, span});
  return true;
}

void Lists::report_misplaced(const syntax::Term& term, diag::Text (*misplaced)(std::string)) {
  resolution_.report(diag::Code::bad_attribute, term.span, misplaced(std::string{resolution_.sources.text(term.span)}));
}

// --- subjects ---

bool Lists::add(const syntax::Term& term, const SubjectTable&, PlacedTerms& terms) {
  switch (term.form) {
    case TermForm::everyone:
      terms.push_back({subjects.intern({SubjectTerm::Base::everyone, {}, {}}), term.span});
      return true;
    case TermForm::exactly: return add_exactly(term, terms);
    case TermForm::name: {
      const Symbol* symbol = resolution_.names.resolve(term.name, wanted::subject);
      if (symbol == nullptr) return false;
      if (symbol->kind == Kind::role_list) return add_named(role_lists_[symbol->index], term.span, terms);
      terms.push_back({subjects.intern({SubjectTerm::Base::role, model::RoleId{symbol->index}, {}}), term.span});
      return true;
    }
    case TermForm::wildcard:
    case TermForm::everything:
    case TermForm::all:
    case TermForm::or_below:
    case TermForm::or_above:
    case TermForm::range: break;
  }
  report_misplaced(term, message::cannot_be_in_roles);
  return false;
}

bool Lists::add_exactly(const syntax::Term& term, PlacedTerms& terms) {
  const Symbol* symbol = resolution_.names.resolve(term.name, wanted::subject);
  if (symbol == nullptr) return false;
  if (symbol->kind == Kind::role_list) {
    resolution_.report(diag::Code::bad_attribute, term.span, message::exactly_is_for_one(std::string{symbol->name}));
    return false;
  }
  terms.push_back({subjects.intern({SubjectTerm::Base::exactly, model::RoleId{symbol->index}, {}}), term.span});
  return true;
}

// --- features ---

bool Lists::add(const syntax::Term& term, const FeatureTable&, PlacedTerms& terms) {
  switch (term.form) {
    case TermForm::everything:
      terms.push_back({features.intern({FeatureTerm::Base::everything, 0, {}}), term.span});
      return true;
    case TermForm::wildcard: return add_namespace(term, terms);
    case TermForm::name: return add_feature(term, terms);
    case TermForm::exactly:
    case TermForm::everyone:
    case TermForm::all:
    case TermForm::or_below:
    case TermForm::or_above:
    case TermForm::range: break;
  }
  report_misplaced(term, message::cannot_be_in_features);
  return false;
}

bool Lists::add_feature(const syntax::Term& term, PlacedTerms& terms) {
  Names& names = resolution_.names;
  if (resolution_.namespaces.contains(term.name.text) && names.find(term.name.text) == nullptr) {
    auto finding = diag::make(diag::Code::unknown_name, term.span, message::namespace_no_feature(term.name.text));
    const std::string wildcard = written_name(term.name.text) + ".*";
    finding.fixes.push_back({message::all_features_in(wildcard), {}, {{term.span, wildcard}}});
    resolution_.sink.report(std::move(finding));
    return false;
  }
  const Symbol* symbol = names.find(term.name.text);
  if (symbol != nullptr && before_ != nullptr && lacks_objects && !symbol->broken && !symbol->twice &&
      (kinds(symbol->kind) & (wanted::object_kinds | kinds(Kind::object_list))) != 0) {
    // Those behind it follow the same `on`.
    if (!std::exchange(objects_among_features_, true)) report_object_among_features(term, *symbol);
    return false;
  }
  symbol = names.resolve(term.name, wanted::feature_term);
  if (symbol == nullptr) return false;
  if (symbol->kind == Kind::feature_list) return add_named(feature_lists_[symbol->index], term.span, terms);
  names.speak_of(*symbol);
  terms.push_back({features.intern({FeatureTerm::Base::feature, symbol->index, {}}), term.span});
  return true;
}

// `drive.read, contracts`: what it is done to follows `on`.
void Lists::report_object_among_features(const syntax::Term& term, const Symbol& symbol) {
  auto finding = diag::make(diag::Code::unknown_name, term.span,
                            message::not_of_kind(term.name.text, std::string{noun(symbol.kind)}, "feature"));
  finding.labels.push_back({symbol.span, message::declared_here(term.name.text)});
  finding.fixes.push_back({message::write_name("on " + written_name(term.name.text)),
                           {},
                           {{{term.span.source, before_->span.end, term.span.begin}, " on "}}});
  resolution_.sink.report(std::move(finding));
}

bool Lists::add_namespace(const syntax::Term& term, PlacedTerms& terms) {
  const auto found = resolution_.namespaces.find(term.name.text);
  if (found == resolution_.namespaces.end()) {
    if (!resolution_.names.has_unread_in(term.name.text)) report_no_namespace(term);
    return false;
  }
  terms.push_back({features.intern({FeatureTerm::Base::name_space, found->second.value, {}}), term.span});
  return true;
}

void Lists::report_no_namespace(const syntax::Term& term) {
  const Symbol* symbol = resolution_.names.find(term.name.text);
  if (symbol != nullptr && (symbol->broken || symbol->twice)) return;
  if (symbol == nullptr && resolution_.names.later.take_namespace(term.name.text, term.span)) return;
  auto finding = diag::make(diag::Code::matches_nothing, term.span, message::no_feature_begins(term.name.text + "."));
  if (symbol != nullptr && symbol->kind == Kind::feature) {
    finding.fixes.push_back(
        {message::is_a_feature_itself(std::string{symbol->name}), {}, {{term.span, written_name(symbol->name)}}});
  } else if (const auto nearest = resolution_.names.find_nearest(term.name.text, resolution_.namespaces)) {
    const std::string wildcard = written_name(*nearest) + ".*";
    finding.fixes.push_back({message::did_you_mean(wildcard), {}, {{term.span, wildcard}}});
  }
  resolution_.names.suggest_library(finding, term.name.text);
  resolution_.sink.report(std::move(finding));
}

// --- objects ---

bool Lists::add(const syntax::Term& term, const ObjectTable&, PlacedTerms& terms) {
  switch (term.form) {
    case TermForm::all: terms.push_back({objects.intern({ObjectTerm::Base::all, 0, {}}), term.span}); return true;
    case TermForm::name: return add_object(term, terms);
    case TermForm::or_below:
    case TermForm::or_above:
    case TermForm::range: return add_tiers(term, terms);
    case TermForm::exactly:
    case TermForm::wildcard:
    case TermForm::everyone:
    case TermForm::everything: break;
  }
  report_misplaced(term, message::cannot_be_in_objects);
  return false;
}

bool Lists::add_object(const syntax::Term& term, PlacedTerms& terms) {
  const Symbol* symbol = resolution_.names.resolve(term.name, wanted::object);
  if (symbol == nullptr) return false;
  if (symbol->kind == Kind::object_list) return add_named(object_lists_[symbol->index], term.span, terms);
  const auto base = symbol->kind == Kind::tier ? ObjectTerm::Base::tier : ObjectTerm::Base::object;
  terms.push_back({objects.intern({base, symbol->index, {}}), term.span});
  return true;
}

bool Lists::add_tiers(const syntax::Term& term, PlacedTerms& terms) {
  const bool range = term.form == TermForm::range;
  const Symbol* low = resolution_.names.resolve(term.name, wanted::tier);
  const Symbol* high = range ? resolution_.names.resolve(*term.to, wanted::tier) : low;
  if (low == nullptr || high == nullptr) return false;
  const std::uint32_t first = term.form == TermForm::or_below ? 0 : low->index;
  const std::uint32_t last =
      term.form == TermForm::or_above ? static_cast<std::uint32_t>(resolution_.model.tiers.size() - 1) : high->index;
  if (last < first) {
    auto finding = diag::make(diag::Code::matches_nothing, term.span,
                              message::no_tier_between(std::string{high->name}, std::string{low->name}));
    const std::string swapped = written_name(high->name) + ".." + written_name(low->name);
    finding.fixes.push_back({message::did_you_mean(swapped), {}, {{term.span, swapped}}});
    resolution_.sink.report(std::move(finding));
    return false;
  }
  for (std::uint32_t tier = first; tier <= last; ++tier)
    terms.push_back({objects.intern({ObjectTerm::Base::tier, tier, {}}), term.span});
  return true;
}

}  // namespace farol::sema
