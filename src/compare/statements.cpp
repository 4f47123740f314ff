#include "compare/statements.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compare/later_words.h"
#include "decide/boxes.h"
#include "decide/places.h"

namespace farol::compare {
namespace {

// A rule with longer lists than this is not taken apart to see whether another one says a part of it.
constexpr std::size_t max_parts = 4096;

// Returns the declared members that are taken out.
template <class Term, class Table>
std::string except_names(const Term& term, const Table& declared) {
  std::string text;
  for (const model::Point point : term.except) {
    if (point < declared.size()) text += " -" + declared[point].name;
  }
  return text;
}

std::string term_text(const Model& model, model::SubjectTermId id) {
  const model::SubjectTerm& term = model[id];
  std::string base = "everyone";
  if (term.base != model::SubjectTerm::Base::everyone) base = model[term.role].name;
  if (term.base == model::SubjectTerm::Base::exactly) base = "exactly " + base;
  return base + except_names(term, model.roles);
}

std::string term_text(const Model& model, model::FeatureTermId id) {
  const model::FeatureTerm& term = model[id];
  std::string base = "everything";
  if (term.base == model::FeatureTerm::Base::name_space) base = model.namespaces[term.id].name + ".*";
  if (term.base == model::FeatureTerm::Base::feature) base = model.features[term.id].name;
  return base + except_names(term, model.features);
}

std::string term_text(const Model& model, model::ObjectTermId id) {
  const model::ObjectTerm& term = model[id];
  std::string base = "all";
  if (term.base == model::ObjectTerm::Base::tier) base = model.tiers[term.id].name;
  if (term.base == model::ObjectTerm::Base::object) base = model.objects[term.id].name;
  return base + except_names(term, model.objects);
}

template <class Own, class TermId>
std::vector<TermId> terms_with(const Model& model, const std::vector<TermId>& terms, Own own) {
  std::vector<TermId> result;
  for (const TermId id : terms) {
    if (!own.is_none() && contains(model, model[id], own)) result.push_back(id);
  }
  return result;
}

}  // namespace

std::string without_reason(const std::string& statement) {
  const std::size_t quote = statement.find('"');
  if (quote == std::string::npos) return statement;  // quotes stand nowhere else in a rule
  std::size_t end = std::min(statement.find(" because \""), statement.find(" because."));
  end = std::min({end, statement.find(" kept by \""), quote});
  return statement.substr(0, end);
}

Statements::Statements(const Side& given, const Mapping& mapping, bool is_later, bool by_reference,
                       const std::vector<Rename>& renames)
    : side(given), later(is_later), mapping_(mapping), renames_(renames) {
  for (std::size_t i = 0; i < side.model.rules.size(); ++i) {
    const model::Rule& rule = side.model.rules[i];
    const bool label = by_reference && !rule.label.empty();
    rule_texts.push_back(label ? rule.label : words(without_reason(rule.text)));
    rules[rule_texts.back()].push_back(i);
    if (!rule.label.empty()) labels.insert(rule.label);
  }
  for (std::size_t i = 0; i < side.model.guardrails.size(); ++i)
    guardrails[words(without_reason(side.model.guardrails[i].text))].push_back(i);
  read_declarations();
}

void Statements::compare_with(const Statements& other) {
  for (std::size_t i = 0; i < side.model.rules.size(); ++i) {
    const bool new_text = !other.rules.contains(rule_texts[i]);
    new_text_.push_back(new_text);
    if (!new_text) continue;
    for (std::string& part : parts_of(RuleId{i}, nullptr)) parts_.insert(std::move(part));
    const model::Rule& rule = side.model.rules[i];
    if (rule.verb == model::Verb::allow && !rule.controls.empty()) new_controls.push_back(i);
  }
  for (const auto& [text, ids] : guardrails) {
    if (other.guardrails.contains(text)) continue;
    for (const std::size_t i : ids) {
      if (side.model.guardrails[i].kind == model::Guardrail::Kind::require) new_requirements.push_back(i);
    }
  }
}

Covering Statements::covering(const model::Area& area, const Point& point) const {
  return {terms_with(side.model, area.subjects, mapping_.own_roles[point.role.index()]),
          terms_with(side.model, area.features, mapping_.own_features[point.feature.index()]),
          terms_with(side.model, area.objects, mapping_.own_objects[point.object.index()])};
}

bool Statements::is_new(const Statements& other, RuleId rule, const Point& point) const {
  if (!new_text_[rule.index()]) return false;
  if (other.parts_.empty()) return true;
  const auto parts = parts_of(rule, &point);
  return parts.empty() ||
         !std::all_of(parts.begin(), parts.end(), [&](const std::string& part) { return other.parts_.contains(part); });
}

void Statements::declare(std::string_view kind, const std::string& name, const std::string& text, source::Span span) {
  declared[fmt::format("{} {}", kind, words(name))] = {words(text), span};
}

std::string Statements::words(const std::string& text) const { return later ? text : in_later_words(text, renames_); }

void Statements::read_declarations() {
  const Model& model = side.model;
  for (const model::Role& role : model.roles) {
    std::vector<std::string> parents;
    for (const RoleId parent : role.inherits) parents.push_back(words(model[parent].name));
    std::sort(parents.begin(), parents.end());
    declare(
        "role", role.name,
        parents.empty() ? "role " + role.name : fmt::format("role {} inherits {}", role.name, fmt::join(parents, ", ")),
        role.span);
  }
  for (const model::Object& object : model.objects) {
    if (object.kind != model::ActsOn::data) continue;
    const std::string& tier = model[object.tier].name;
    declare("data", object.name, "data " + object.name + (tier.empty() ? "" : ": " + tier), object.span);
  }
  for (const model::NamedCondition& condition : model.named_conditions)
    declare("condition", condition.name, fmt::format("condition {} = {}", condition.name, condition.text),
            condition.span);
  for (const model::Context& context : model.contexts) {
    if (!context.library)
      declare("context", context.name, fmt::format("context {}: {}", context.name, fmt::join(context.values, " | ")),
              context.span);
  }
  for (const model::Feature& feature : model.features) {
    if (!feature.library)
      declare("feature", feature.name,
              fmt::format("feature {} {{ acts_on: {} }}", feature.name, model::to_string(feature.acts_on)),
              feature.span);
  }
  std::vector<std::string> tiers;
  for (const model::Tier& tier : model.tiers) tiers.push_back(tier.name);
  if (!tiers.front().empty())
    declare("tiers", {}, fmt::format("tiers {}", fmt::join(tiers, " < ")), model.tiers.front().span);
  for (const model::UsedLibrary& library : model.libraries) {
    if (!library.pack) declare("use", library.name, fmt::format("use {} {}", library.name, library.version), {});
  }
  // The lists of named sets are not kept, but their statements are.
  for (const model::StatementText& statement : model.canonical) {
    if (statement.kind != model::StatementText::Kind::set) continue;
    const std::size_t begin = statement.text.find(' ');
    const std::size_t end = statement.text.find(' ', begin + 1);
    declare(statement.text.substr(0, begin), statement.text.substr(begin + 1, end - begin - 1), statement.text,
            statement.span);
  }
}

std::vector<std::string> Statements::parts_of(RuleId id, const Point* point) const {
  const Model& model = side.model;
  const model::Rule& rule = model[id];
  Covering terms{rule.area.subjects, rule.area.features, rule.area.objects};
  if (point != nullptr) terms = covering(rule.area, *point);
  if (rule.verb == model::Verb::only) return {};
  if (terms.subjects.size() * terms.features.size() * terms.objects.size() > max_parts) return {};
  std::string tail;
  if (!rule.area.when.is_none()) {
    const model::Condition& when = model[rule.area.when];
    tail += " when " + decide::in_words(model, decide::boxes_of(model, when.contexts, when.where));
  }
  for (const ControlId control : rule.controls) tail += " +" + model[control].name;
  if (rule.from) tail += " from " + base::to_string(*rule.from);
  if (rule.until) tail += " until " + base::to_string(*rule.until);
  std::vector<std::string> result;
  for (const auto subject : terms.subjects) {
    for (const auto feature : terms.features) {
      for (const auto object : terms.objects) {
        std::string text = fmt::format("{} {} to {} on {}{}", to_string(rule.verb), term_text(model, subject),
                                       term_text(model, feature), term_text(model, object), tail);
        result.push_back(words(text));
      }
    }
  }
  return result;
}

}  // namespace farol::compare
