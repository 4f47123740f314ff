#include "sema/conditions.h"

#include <algorithm>
#include <tuple>

#include "base/dependencies.h"
#include "base/sorted.h"
#include "base/text.h"
#include "diag/messages_sema.h"
#include "model/contexts.h"
#include "sema/canonical.h"
#include "sema/circles.h"

namespace farol::sema {
namespace {

// How many combinations of values all conditions of a policy may have, those of their parts included.
constexpr std::size_t most_combinations = 50'000'000;

using model::Condition;
using model::ContextId;
using model::Model;

Condition complement(Condition condition) {
  condition.where = base::BitSet(condition.where.size(), true) - condition.where;
  return condition;
}

// Which named conditions a condition is made of.
void collect_named(Names& names, const syntax::Condition& written, std::vector<std::uint32_t>& found) {
  if (written.kind == syntax::Condition::Kind::named) {
    const Symbol* symbol = names.find(written.name.text);
    if (symbol != nullptr && symbol->kind == Kind::condition) found.push_back(symbol->index);
  }
  for (const syntax::Condition& child : written.children) collect_named(names, child, found);
}

}  // namespace

std::size_t Conditions::Hash::operator()(const Condition& condition) const {
  std::size_t hash = condition.where.hash();
  for (const ContextId context : condition.contexts) hash = hash * 31 + context.value;
  return hash;
}

Conditions Conditions::read_named_conditions(Resolution& resolution) {
  Conditions conditions(resolution);
  conditions.intern({{}, base::BitSet(1, true)});
  conditions.read_named();
  conditions.keep_named();
  if (resolution.program.asked) resolution.model.asked = conditions.read(*resolution.program.asked);
  return conditions;
}

// Rules hold what they stand for; the names are kept for people who ask.
void Conditions::keep_named() {
  auto& kept = resolution_.model.named_conditions;
  for (std::size_t i = 0; i < named_.size(); ++i) {
    if (!named_[i]) continue;
    const auto& origin = resolution_.conditions[i];
    model::NamedCondition named;
    named.name = origin.node->name.text;
    named.doc = origin.statement->doc;
    named.span = origin.node->name.span;
    named.library = origin.library;
    named.text = canonical_text(origin.node->condition);
    named.condition = intern(*named_[i]);
    kept.push_back(std::move(named));
  }
  std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

void Conditions::read_named() {
  const auto& origins = resolution_.conditions;
  std::vector<std::vector<std::uint32_t>> uses(origins.size());
  for (std::size_t i = 0; i < origins.size(); ++i)
    collect_named(resolution_.names, origins[i].node->condition, uses[i]);
  const base::Dependencies dependencies = base::order_dependencies(uses);
  named_.resize(origins.size());
  for (const auto& cycle : dependencies.cycles) report_cycle(cycle);
  for (const std::uint32_t index : dependencies.order) {
    const syntax::ConditionDeclaration& declaration = *origins[index].node;
    if (!dependencies.in_knot[index]) named_[index] = evaluate_possible(declaration.condition);
    if (!named_[index]) resolution_.names.find(declaration.name.text)->broken = true;
  }
}

void Conditions::report_cycle(const std::vector<std::uint32_t>& cycle) {
  const auto name_of = [&](std::size_t i) { return resolution_.conditions[cycle[i]].node->name; };
  diag::Text path = path_around(cycle.size(), message::and_names, [&](std::size_t i) { return name_of(i).text; });
  auto finding = diag::make(diag::Code::definition_cycle, name_of(0).span,
                            message::condition_defined_by_itself(name_of(0).text, std::move(path)));
  for (std::size_t i = 1; i < cycle.size() && i < most_steps; ++i)
    finding.labels.push_back({name_of(i).span, message::part_of_it(name_of(i).text)});
  resolution_.sink.report(std::move(finding));
}

std::optional<model::ConditionId> Conditions::read(const syntax::Condition& written) {
  auto condition = evaluate_possible(written);
  if (!condition) return std::nullopt;
  return intern(std::move(*condition));
}

std::optional<Condition> Conditions::evaluate_possible(const syntax::Condition& written) {
  auto condition = evaluate(written);
  if (!condition || condition->where.any()) return condition;
  resolution_.report(diag::Code::impossible_condition, written.span, message::never_true(canonical_text(written)));
  return std::nullopt;
}

std::optional<Condition> Conditions::evaluate(const syntax::Condition& written) {
  using Form = syntax::Condition::Kind;
  switch (written.kind) {
    case Form::named: {
      if (report_value_alone(written.name)) return std::nullopt;
      const Symbol* symbol = resolution_.names.resolve(written.name, wanted::condition);
      return symbol == nullptr ? std::nullopt : named_[symbol->index];
    }
    case Form::is:
    case Form::is_not: return evaluate_comparison(written);
    case Form::negation: {
      auto inner = evaluate(written.children.front());
      return inner ? std::optional{complement(std::move(*inner))} : std::nullopt;
    }
    case Form::all_of:
    case Form::any_of: return evaluate_joined(written);
  }
  return std::nullopt;
}

std::optional<Condition> Conditions::evaluate_comparison(const syntax::Condition& written) {
  const Symbol* symbol = resolution_.names.resolve(written.name, wanted::context);
  if (symbol == nullptr) return std::nullopt;
  const ContextId context{symbol->index};
  const auto& values = resolution_.model[context].values;
  if (values.size() > model::max_combinations) return std::nullopt;  // reported where the context is declared
  bool known = true;
  base::BitSet chosen(values.size());
  for (const syntax::Name& value : written.values) {
    if (const auto number = find_value(context, value.text)) {
      chosen.set(*number);
      continue;
    }
    report_unknown_value(*symbol, value);
    known = false;
  }
  if (!known) return std::nullopt;
  Condition condition{{context}, std::move(chosen)};
  if (written.kind == syntax::Condition::Kind::is_not) condition = complement(std::move(condition));
  return narrow(resolution_.model, std::move(condition));
}

std::optional<std::uint32_t> Conditions::find_value(ContextId context, std::string_view name) {
  const auto& values = resolution_.model[context].values;
  values_by_name_.resize(resolution_.model.contexts.size());
  auto& sorted = values_by_name_[context.index()];
  if (sorted.empty()) {
    for (std::uint32_t number = 0; number < values.size(); ++number) sorted.push_back(number);
    std::sort(sorted.begin(), sorted.end(),
              [&](std::uint32_t a, std::uint32_t b) { return std::tie(values[a], a) < std::tie(values[b], b); });
  }
  const auto found =
      std::lower_bound(sorted.begin(), sorted.end(), name,
                       [&](std::uint32_t number, std::string_view wanted) { return values[number] < wanted; });
  return found != sorted.end() && values[*found] == name ? std::optional{*found} : std::nullopt;
}

// `when managed`: a value of just one context stands without it.
bool Conditions::report_value_alone(const syntax::Name& name) {
  if (resolution_.names.find(name.text) != nullptr) return false;
  const model::Context* only = nullptr;
  for (const model::Context& context : resolution_.model.contexts) {
    if (std::find(context.values.begin(), context.values.end(), name.text) == context.values.end()) continue;
    if (only != nullptr) return false;
    only = &context;
  }
  if (only == nullptr) return false;
  auto finding = diag::make(diag::Code::unknown_name, name.span, message::unknown_thing("condition", name.text));
  const std::string meant = only->name + " is " + name.text;
  finding.fixes.push_back({message::did_you_mean(meant), {}, {{name.span, meant}}});
  resolution_.sink.report(std::move(finding));
  return true;
}

void Conditions::report_unknown_value(const Symbol& context, const syntax::Name& value) {
  const auto& values = resolution_.model.contexts[context.index].values;
  auto finding = diag::make(diag::Code::unknown_name, value.span, message::unknown_thing("value", value.text));
  const std::vector<std::string_view> candidates(values.begin(), values.end());
  // Whoever has outsiders in mind has a mixed audience, and not an internal one.
  const std::string folded = base::fold_case(value.text);
  const bool is_outside = folded == "external" || folded == "outside" || folded == "outsiders";
  if (is_outside && std::find(values.begin(), values.end(), "mixed") != values.end()) {
    finding.fixes.push_back(did_you_mean(value.span, "mixed"));
  } else if (const auto nearest = base::find_nearest(value.text, candidates)) {
    finding.fixes.push_back(did_you_mean(value.span, *nearest));
  }
  finding.labels.push_back({context.span, message::declared_here(std::string{context.name})});
  finding.help = message::value_is_one_of(std::string{context.name}, values);
  for (const model::Context& other : resolution_.model.contexts) {
    if (std::find(other.values.begin(), other.values.end(), value.text) == other.values.end()) continue;
    finding.help = message::value_of_another(std::string{context.name}, values, value.text, other.name);
    break;
  }
  resolution_.sink.report(std::move(finding));
}

// Every operand is looked at, so that each says what is wrong with it.
std::optional<Condition> Conditions::evaluate_joined(const syntax::Condition& written) {
  const Model& model = resolution_.model;
  const bool all = written.kind == syntax::Condition::Kind::all_of;
  std::optional<Condition> joined = Condition{{}, base::BitSet(1, all)};
  for (const syntax::Condition& child : written.children) {
    const auto operand = evaluate(child);
    if (!operand || !joined) {
      joined.reset();
      continue;
    }
    std::vector<ContextId> contexts = base::united(joined->contexts, operand->contexts);
    if (combinations(model, contexts) > model::max_combinations) {
      std::vector<std::string> names;
      names.reserve(contexts.size());
      for (const ContextId context : contexts) names.push_back(model[context].name);
      resolution_.report(diag::Code::too_large, written.span,
                         message::too_many_combinations(model::max_combinations, std::move(names)));
      return std::nullopt;
    }
    if (!count_combinations(combinations(model, contexts), written.span)) return std::nullopt;
    base::BitSet where = widen(model, joined->contexts, joined->where, contexts);
    const base::BitSet other = widen(model, operand->contexts, operand->where, contexts);
    where = all ? where & other : where | other;
    joined = narrow(model, {std::move(contexts), std::move(where)});
  }
  return joined;
}

// Counts combinations that are looked at. Returns false, and says so once, if they are too many with those before.
bool Conditions::count_combinations(std::size_t count, source::Span span) {
  const bool was_right = combinations_ <= most_combinations;
  combinations_ += count;
  const bool is_right = combinations_ <= most_combinations;
  if (was_right && !is_right)
    resolution_.report(diag::Code::too_large, span, message::too_many_combinations_in_all(most_combinations));
  return is_right;
}

model::ConditionId Conditions::intern(Condition condition) {
  auto& conditions = resolution_.model.conditions;
  const auto [id, is_new] = ids_.try_emplace(condition, model::ConditionId{conditions.size()});
  if (is_new) conditions.push_back(std::move(condition));
  return id->second;
}

}  // namespace farol::sema
