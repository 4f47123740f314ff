// Guardrails: what must be true of the decided function.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "check/findings.h"
#include "check/labels.h"
#include "decide/scan.h"

namespace farol::check {
namespace {

using diag::Code;
using model::Guardrail;

// A rule that does what the guardrail asks for, on a line of its own behind it.
diag::Fix rule_instead(const Guardrail& guardrail, std::string_view written, std::string_view verb, std::string title) {
  const source::Span statement = guardrail.spans.statement;
  return {std::move(title),
          "",
          {{{statement.source, statement.end, statement.end},
            fmt::format("\n{}{}", verb, std::string_view{guardrail.text}.substr(written.size()))}}};
}

diag::Diagnostic describe(const model::Model& model, const decide::Decisions& decisions, const Guardrail& guardrail,
                          const std::vector<decide::Place>& broken) {
  const bool never = guardrail.kind == Guardrail::Kind::never;
  const std::string name = fmt::format("`{}`", guardrail.label.empty() ? guardrail.text : guardrail.label);
  const diag::Witness witness = decide::witness_of(model, broken.front());
  const source::Span span = guardrail.spans.statement;
  auto diagnostic = never ? diag::make(Code::never_violated, span,
                                       diag::message::never_violated(fmt::format("{} does not hold: {} is allowed",
                                                                                 name, decide::in_words(witness))))
                          : diag::make(Code::always_violated, span,
                                       diag::message::always_violated(fmt::format("{} does not hold: {} is not allowed",
                                                                                  name, decide::in_words(witness))));
  diagnostic.labels.push_back({span, "must hold"});
  label_rules(model, rules_at(model, decisions, broken), never ? "allows it" : "stands against it", diagnostic);
  diagnostic.details = decide::lines_of(model, broken);
  diagnostic.witness = witness;
  diagnostic.help = never ? "a guardrail forbids nothing by itself: a `forbid` does"
                          : "a guardrail grants nothing by itself: an `allow` does";
  diagnostic.fixes.push_back(
      never ? rule_instead(guardrail, "never allow", "forbid", "forbid it, whatever other rules say")
            : rule_instead(guardrail, "always allow", "allow", "allow it by a rule"));
  return diagnostic;
}

}  // namespace

void check_guardrails(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  for (const Guardrail& guardrail : model.guardrails) {
    if (guardrail.kind == Guardrail::Kind::require) continue;
    const bool never = guardrail.kind == Guardrail::Kind::never;
    const decide::Coverage coverage = decide::certain(model, decide::coverage_of(model, guardrail.area));
    note_ungoverned(model, coverage, guardrail.spans, findings);
    const decide::Scan broken =
        decide::scan(model, decisions, coverage, model[guardrail.area.when],
                     [&](const decide::Segment& segment) { return decide::is_allowed(segment) == never; });
    if (!broken.problem.empty()) {
      findings.list.push_back(
          diag::make(Code::too_large, guardrail.spans.statement,
                     diag::message::too_large(fmt::format("this guardrail was not checked: {}", broken.problem))));
    } else if (!broken.places.empty()) {
      findings.list.push_back(describe(model, decisions, guardrail, broken.places));
    }
  }
}

void note_ungoverned(const model::Model& model, const decide::Coverage& coverage, const model::AreaSpans& spans,
                     Findings& findings) {
  std::vector<std::string> names;
  for (const auto& [feature, objects] : coverage.features) {
    if (!model[feature].governed) names.push_back(fmt::format("`{}`", model[feature].name));
  }
  if (names.empty()) return;
  const std::string text = decide::in_short(names);
  auto note = diag::make(Code::left_to_platform, spans.statement, diag::message::left_to_platform(text));
  note.labels.push_back({spans.features, "asked about here"});
  findings.list.push_back(std::move(note));
}

}  // namespace farol::check
