#include "check/lint.h"
#include "diag/messages_check.h"

namespace farol::check {

using diag::Code;

void check_use(const Model& model, Findings& findings) {
  for (const model::Role& role : model.roles) {
    if (role.used || role.library || role.uncertain) continue;
    auto diagnostic = diag::make(Code::unused_role, role.span, message::role_unused(role.name));
    diagnostic.labels.push_back({role.span, message::declared_not_used()});
    findings.list.push_back(std::move(diagnostic));
  }
  for (const model::NamedSet& set : model.sets) {
    if (set.used || set.library) continue;
    auto diagnostic = diag::make(Code::unused_set, set.span, message::set_unused(set.name));
    diagnostic.labels.push_back({set.span, message::declared_not_used()});
    findings.list.push_back(std::move(diagnostic));
  }
}

void run_lint(const Model& model, const Decisions& decisions, const Ahead& ahead, const decide::Answers& answers,
              bool wait, Findings& findings) {
  check_use(model, findings);
  // The rest is about the whole function, which is not known while a cell is undecided.
  if (!decisions.too_large.empty()) return;
  check_hidden_rules(model, decisions, ahead, wait, findings);
  check_each_rule(model, decisions, answers, findings);
  check_shape(model, decisions, findings);
  if (!wait) check_added_up(model, answers, findings);
}

}  // namespace farol::check
