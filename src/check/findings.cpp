#include "check/findings.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

void check_size(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  for (const decide::TooLarge& cell : decisions.too_large) {
    const source::Span place = cell.rule.is_none() ? source::Span{} : model[cell.rule].spans.statement;
    const std::string& feature = model[cell.feature].name;
    findings.list.push_back(diag::make(
        diag::Code::too_large, place,
        cell.role.is_none() ? message::feature_not_decided(feature, cell.what)
                            : message::cell_not_decided(feature, decide::name_of(model, cell.role), cell.what)));
  }
}

}  // namespace

Findings check(const model::Model& model, const decide::Decisions& decisions, decide::NamePrinter written,
               KnownConflicts& known) {
  Findings findings;
  check_size(model, decisions, findings);
  check_conflicts(model, decisions, written, known, findings);
  check_rules(model, decisions, findings);
  check_doors(model, decisions, findings);
  // The rest is about the whole function, which is not known while a cell is undecided.
  if (!decisions.too_large.empty()) return findings;
  check_guardrails(model, decisions, findings);
  check_controls(model, decisions, findings);
  check_separations(model, decisions, findings);
  check_feature_facts(model, decisions, written, findings);
  check_clearance(model, decisions, findings);
  return findings;
}

}  // namespace farol::check
