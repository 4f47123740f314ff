// Advice (F4xxx): what is not wrong, but is hardly what was meant. Exact as the findings of the analysis are;
// declarations of libraries get none, and nothing is said about what an earlier error may be about.
#pragma once

#include "check/ahead.h"
#include "check/findings.h"
#include "decide/answers.h"

namespace farol::check {

using check::Findings;
using decide::Decisions;
using decide::Model;

// Runs all checks below. `wait` is true if what was read is not the whole policy, or there is a conflict.
void run_lint(const Model& model, const Decisions& decisions, const Ahead& ahead, const decide::Answers& answers,
              bool wait, Findings& findings);

// duplicate-rule, shadowed-rule, redundant-rule: a rule gets the strongest of them; part-shadowed. What hides a rule is
// named as a set from which none can be left out. All duplicates and shadowed rules may be taken out together,
// redundant ones one at a time. A rule is hidden only if it is on every day. `wait`: there is an error for which
// redundancy has to wait.
void check_hidden_rules(const Model& model, const Decisions& decisions, const Ahead& ahead, bool wait,
                        Findings& findings);
// pierced-deny, only-without-grant, expired-rule, expires-soon, left-to-platform in tests, and `check_kept`
void check_each_rule(const Model& model, const Decisions& decisions, const decide::Answers& answers,
                     Findings& findings);
// kept-by-nobody: what the answers say nobody keeps, where something is refused or allowed under a condition
void check_kept(const Model& model, const Decisions& decisions, const decide::Answers& answers, Findings& findings);
// several-roles: what the platform gives or refuses people with several roles against what the policy says of them
void check_added_up(const Model& model, const decide::Answers& answers, Findings& findings);
// tier-inversion, same-permissions, nobody-may
void check_shape(const Model& model, const Decisions& decisions, Findings& findings);
// unused-role, unused-set
void check_use(const Model& model, Findings& findings);

}  // namespace farol::check
