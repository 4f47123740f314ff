// Guardrails: what must be true of the decided function.
#include <algorithm>
#include <iterator>

#include "check/expectations.h"
#include "check/findings.h"
#include "check/labels.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using diag::Code;
using model::Guardrail;

// A rule that does what the guardrail asks for, on a line of its own behind it.
diag::Fix rule_instead(const Guardrail& guardrail, std::string_view written, std::string_view verb, diag::Text title) {
  const source::Span statement = guardrail.spans.statement;
  return {std::move(title),
          {},
          {{{statement.source, statement.end, statement.end},
            "\n" + std::string{verb} + guardrail.text.substr(written.size())}}};
}

diag::Diagnostic describe(const model::Model& model, const decide::Decisions& decisions, const Guardrail& guardrail,
                          const std::vector<decide::Place>& broken) {
  const bool never = guardrail.kind == Guardrail::Kind::never;
  const std::string& name = guardrail.label.empty() ? guardrail.text : guardrail.label;
  const diag::Witness witness = decide::witness_of(model, broken.front());
  const source::Span span = guardrail.spans.statement;
  auto diagnostic =
      never ? diag::make(Code::never_violated, span, message::never_does_not_hold(name, diag::point_of(witness)))
            : diag::make(Code::always_violated, span, message::always_does_not_hold(name, diag::point_of(witness)));
  diagnostic.labels.push_back({span, message::must_hold()});
  label_rules(model, rules_at(model, decisions, broken), never ? message::allows_it() : message::decides_against_it(),
              diagnostic);
  diagnostic.details = decide::lines_of(model, broken);
  diagnostic.witness = witness;
  diagnostic.help = never ? message::never_help() : message::always_help();
  diagnostic.fixes.push_back(never ? rule_instead(guardrail, "never allow", "forbid", message::fix_forbid())
                                   : rule_instead(guardrail, "always allow", "allow", message::fix_allow()));
  return diagnostic;
}

}  // namespace

void check_guardrails(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  for (const Guardrail& guardrail : model.guardrails) {
    if (guardrail.kind == Guardrail::Kind::require) continue;
    const bool never = guardrail.kind == Guardrail::Kind::never;
    const decide::Coverage coverage = decide::certain(model, decide::coverage_of(model, guardrail.area));
    note_left_to_platform(model, left_to_platform(model, decisions, coverage, model[guardrail.area.when]),
                          guardrail.spans, findings);
    const decide::Scan broken =
        decide::scan(model, decisions, coverage, model[guardrail.area.when],
                     [&](const decide::Segment& segment) { return decide::is_allowed(segment) == never; });
    if (!broken.problem.empty()) {
      findings.list.push_back(
          diag::make(Code::too_large, guardrail.spans.statement, message::guardrail_not_checked(broken.problem)));
    } else if (!broken.places.empty()) {
      findings.list.push_back(describe(model, decisions, guardrail, broken.places));
    }
  }
}

void note_left_to_platform(const model::Model& model, const std::vector<model::FeatureId>& left,
                           const model::AreaSpans& spans, Findings& findings) {
  if (left.empty()) return;
  std::vector<std::string> names;
  for (const model::FeatureId feature : left) names.push_back(model[feature].name);
  auto note = diag::make(Code::left_to_platform, spans.statement, message::no_allow_names(std::move(names)));
  note.labels.push_back({spans.features, message::asked_about_here()});
  findings.list.push_back(std::move(note));
}

}  // namespace farol::check
