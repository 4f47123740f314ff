#include "compiled.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/file_system.h"
#include "check/findings.h"
#include "decide/places.h"

namespace property {
namespace {

using farol::decide::Cell;
using farol::decide::ContextId;
using farol::decide::Decisions;
using farol::decide::FeatureId;
using farol::decide::Model;
using farol::decide::ObjectId;
using farol::decide::RoleId;
using farol::decide::RuleId;
using farol::decide::Segment;
using oracle::Point;
using oracle::Policy;
using oracle::Tuple;

farol::driver::Compilation compile(const std::vector<SourceFile>& files) {
  farol::base::MemoryFileSystem disk;
  for (const SourceFile& file : files) disk.files[file.path] = file.text;
  farol::driver::Options options;
  // All are the policy's own: what is read only because it is included gets no advice about use.
  for (const SourceFile& file : files) options.load.paths.push_back(file.path);
  options.as_of = farol::base::parse_date(today).value();
  options.repairs = false;
  return farol::driver::compile(disk, options);
}

std::string subject_name(const Model& model, RoleId role) {
  return role == model.nobody() ? std::string(oracle::nobody) : model[role].name;
}

// Where the values of a tuple of all contexts stand among the combinations of these contexts.
std::size_t combination_of(const Model& model, const std::vector<ContextId>& contexts, const Policy& policy,
                           const Tuple& tuple) {
  std::size_t combination = 0;
  for (const ContextId id : contexts) {
    const farol::model::Context& context = model[id];
    std::size_t at = 0;
    while (policy.contexts.at(at).name != context.name) ++at;
    const auto value = std::find(context.values.begin(), context.values.end(), tuple.at(at));
    combination = combination * context.values.size() + static_cast<std::size_t>(value - context.values.begin());
  }
  return combination;
}

oracle::Effect effect_of(farol::decide::Effect effect) {
  switch (effect) {
    case farol::decide::Effect::none: return oracle::Effect::none;
    case farol::decide::Effect::allow: return oracle::Effect::allow;
    case farol::decide::Effect::deny: return oracle::Effect::deny;
    case farol::decide::Effect::conflict: return oracle::Effect::conflict;
  }
  return oracle::Effect::none;
}

std::vector<RoleId> all_roles(const Model& model) {
  std::vector<RoleId> roles;
  for (std::size_t at = 0; at <= model.roles.size(); ++at) roles.push_back(RoleId{at});
  return roles;
}

std::string text_of(const Model& model, const farol::model::SubjectTerm& term) {
  switch (term.base) {
    case farol::model::SubjectTerm::Base::everyone: return "everyone";
    case farol::model::SubjectTerm::Base::role: return model[term.role].name;
    case farol::model::SubjectTerm::Base::exactly: return "exactly " + model[term.role].name;
  }
  return {};
}

std::string text_of(const Model& model, const farol::model::FeatureTerm& term) {
  switch (term.base) {
    case farol::model::FeatureTerm::Base::everything: return "everything";
    case farol::model::FeatureTerm::Base::name_space: return model.namespaces[term.id].name + ".*";
    case farol::model::FeatureTerm::Base::feature: return model.features[term.id].name;
  }
  return {};
}

std::string text_of(const Model& model, const farol::model::ObjectTerm& term) {
  switch (term.base) {
    case farol::model::ObjectTerm::Base::all: return "all";
    case farol::model::ObjectTerm::Base::tier: return model.tiers[term.id].name;
    case farol::model::ObjectTerm::Base::object: return model.objects[term.id].name;
  }
  return {};
}

// Terms that are written alike, with another `except` each, count as one, as they do for the oracle.
template <typename TermId>
void add_idle(const Model& model, const std::string& label, std::string_view list, const std::vector<TermId>& terms,
              const std::vector<bool>& decides, std::size_t first, Labels& idle) {
  std::map<std::string, bool> by_text;
  for (std::size_t at = 0; at < terms.size(); ++at) {
    bool& any = by_text[text_of(model, model[terms[at]])];
    any = any || decides[first + at];
  }
  if (by_text.size() < 2) return;
  for (const auto& [text, any] : by_text) {
    if (!any) idle.insert(fmt::format("{} · {} · {}", label, list, text));
  }
}

}  // namespace

std::string object_name(const Model& model, ObjectId id) {
  const farol::model::Object& object = model[id];
  if (!object.name.empty()) return object.name;
  if (object.other) return fmt::format("any other {}", farol::model::to_string(object.kind));
  return std::string(object.kind == farol::model::ActsOn::nothing ? oracle::no_object : oracle::untiered);
}

LabelledAnswers labelled(const Policy& policy, const oracle::Answers& answers) {
  LabelledAnswers result;
  for (const auto& [point, answer] : answers) {
    result[point] = {answer.effect, answer.controls, labels_of(policy, answer.deciding)};
  }
  return result;
}

Labels labels_of(const Policy& policy, const std::set<std::size_t>& statements) {
  Labels labels;
  for (const std::size_t at : statements) labels.insert(policy.statements.at(at).label);
  return labels;
}

Compiled::Compiled(const std::vector<SourceFile>& files)
    : compilation_(compile(files)), diagnostics_(compilation_.sink.sorted(compilation_.sources)) {}

// The printer begins statements, and nothing else, at the margin.
std::string Compiled::statement_at(farol::source::Span span) const {
  if (span.is_none()) return "(nowhere)";
  const std::string_view text = compilation_.sources.text(span.source);
  std::size_t line = span.begin;
  while (line > 0 && (text[line - 1] != '\n' || text[line] == ' ' || text[line] == '\n')) --line;
  const std::string_view statement = text.substr(line, text.find('\n', line) - line);
  const std::size_t colon = statement.find(':');
  if (colon < statement.find(' ')) return std::string(statement.substr(0, colon));
  const std::size_t name = statement.find(' ') + 1;
  return std::string(statement.substr(name, statement.find(' ', name) - name));
}

Labels Compiled::labels_of(const std::vector<RuleId>& rules) const {
  Labels labels;
  for (const RuleId rule : rules) labels.insert(compilation_.model[rule].label);
  return labels;
}

std::map<std::string, Labels> Compiled::errors() const { return errors_that_begin(std::nullopt); }

std::map<std::string, Labels> Compiled::errors_from(farol::base::Date day) const { return errors_that_begin(day); }

std::map<std::string, Labels> Compiled::errors_that_begin(std::optional<farol::base::Date> day) const {
  std::map<std::string, Labels> errors;
  for (const farol::diag::Diagnostic& diagnostic : diagnostics_) {
    if (diagnostic.severity != farol::diag::Severity::error || diagnostic.from != day) continue;
    errors[std::string(farol::diag::info(diagnostic.code).name)].insert(statement_at(diagnostic.span));
  }
  return errors;
}

std::multimap<std::string, std::string_view> Compiled::warnings_to_come() const {
  std::multimap<std::string, std::string_view> warnings;
  for (const farol::diag::Diagnostic& diagnostic : diagnostics_) {
    if (diagnostic.from && diagnostic.severity == farol::diag::Severity::warning)
      warnings.emplace(statement_at(diagnostic.span), farol::diag::info(diagnostic.code).name);
  }
  return warnings;
}

std::vector<Compiled::Found> Compiled::findings(farol::diag::Code code) const {
  std::vector<Found> result;
  for (const farol::diag::Diagnostic& diagnostic : diagnostics_) {
    if (diagnostic.code != code || diagnostic.from) continue;
    Found found{statement_at(diagnostic.span), {}, {}, sentences(diagnostic.details), std::nullopt};
    const std::string message = sentence(diagnostic.message);
    for (std::size_t open = message.find('`'); open != std::string::npos; open = message.find('`', open)) {
      const std::size_t close = message.find('`', open + 1);
      found.names.push_back(message.substr(open + 1, close - open - 1));
      open = close + 1;
    }
    for (const auto& label : diagnostic.labels) found.labels.push_back(statement_at(label.span));
    if (diagnostic.witness) found.witness = point_of(*diagnostic.witness);
    result.push_back(std::move(found));
  }
  return result;
}

std::size_t Compiled::count(farol::diag::Code code) const {
  const auto found = std::count_if(diagnostics_.begin(), diagnostics_.end(),
                                   [&](const auto& diagnostic) { return diagnostic.code == code && !diagnostic.from; });
  return static_cast<std::size_t>(found);
}

oracle::Point Compiled::point_of(const farol::diag::Witness& witness) const {
  const Model& model = compilation_.model;
  oracle::Point point{sentence(witness.role), witness.feature, sentence(witness.object), {}};
  if (witness.role == farol::decide::name_of(model, model.nobody())) point.subject = oracle::nobody;
  const auto feature = model.find_feature(witness.feature);
  if (point.object.empty()) {
    const bool nothing = model[*feature].acts_on == farol::model::ActsOn::nothing;
    point.object = nothing ? oracle::no_object : oracle::untiered;
  }
  return point;
}

LabelledAnswers Compiled::answers(const Policy& policy) const {
  const Model& model = compilation_.model;
  LabelledAnswers answers;
  for (const RoleId role : all_roles(model)) {
    for (std::size_t feature = 0; feature < model.features.size(); ++feature) {
      for (const ObjectId object : model.objects_of(model.features[feature].acts_on)) {
        const Cell& cell = compilation_.decisions.cell(model, role, FeatureId{feature}, object);
        for (const Tuple& tuple : oracle::tuples_of(policy)) {
          const Segment& segment = cell.at(combination_of(model, cell.contexts, policy, tuple));
          LabelledAnswer answer = {effect_of(segment.effect), {}, labels_of(segment.rules)};
          for (const auto control : segment.controls) answer.controls.insert(model[control].name);
          answers[{subject_name(model, role), model.features[feature].name, object_name(model, object), tuple}] =
              answer;
        }
      }
    }
  }
  return answers;
}

oracle::Set Compiled::governed() const {
  oracle::Set governed;
  for (const farol::model::Feature& feature : compilation_.model.features) {
    if (feature.governed) governed.insert(feature.name);
  }
  return governed;
}

std::map<Point, Labels> Compiled::conflicts(const Policy& policy) const {
  const Model& model = compilation_.model;
  std::map<Point, Labels> conflicts;
  for (const farol::check::Conflict& conflict : farol::check::find_conflicts(model, compilation_.decisions)) {
    for (const farol::decide::Place& place : conflict.places) {
      for (const ObjectId object : place.objects) {
        for (const Tuple& tuple : oracle::tuples_of(policy)) {
          if (!place.where.test(combination_of(model, place.contexts, policy, tuple))) continue;
          const Point point = {subject_name(model, place.role), model[place.feature].name, object_name(model, object),
                               tuple};
          conflicts[point].merge(labels_of({conflict.allow, conflict.deny}));
        }
      }
    }
  }
  return conflicts;
}

Labels Compiled::shut_cells() const {
  Labels cells;
  for (const farol::diag::Diagnostic& diagnostic : diagnostics_) {
    if (diagnostic.code == farol::diag::Code::nobody_left && !diagnostic.from)
      for (const std::string& line : sentences(diagnostic.details)) cells.insert(line);
  }
  return cells;
}

Labels Compiled::rules_that_decide() const {
  Labels labels;
  for (std::size_t at = 0; at < compilation_.model.rules.size(); ++at) {
    if (compilation_.decisions.facts.decides[at]) labels.insert(compilation_.model.rules[at].label);
  }
  return labels;
}

Labels Compiled::rules_that_are_needed() const {
  Labels labels;
  for (std::size_t at = 0; at < compilation_.model.rules.size(); ++at) {
    if (compilation_.decisions.facts.needed[at]) labels.insert(compilation_.model.rules[at].label);
  }
  return labels;
}

Labels Compiled::idle_terms() const {
  const Model& model = compilation_.model;
  const farol::decide::RuleFacts& facts = compilation_.decisions.facts;
  Labels idle;
  for (std::size_t at = 0; at < model.rules.size(); ++at) {
    const farol::model::Rule& rule = model.rules[at];
    if (!facts.decides[at] || (rule.verb != farol::model::Verb::allow && rule.verb != farol::model::Verb::deny))
      continue;
    std::size_t first = facts.first_term[at];
    const auto look = [&](std::string_view list, const auto& terms) {
      add_idle(model, rule.label, list, terms, facts.terms, first, idle);
      first += terms.size();
    };
    look("subjects", rule.area.subjects);
    look("features", rule.area.features);
    look("objects", rule.area.objects);
  }
  return idle;
}

}  // namespace property
