// What is wrong with the meaning of a policy (F3xxx): each finding is reported if and only if it is so on the day of
// the decisions. Features and roles that an earlier error may be about are passed over.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "decide/decisions.h"
#include "decide/people.h"
#include "decide/places.h"
#include "decide/scan.h"
#include "diag/diagnostic.h"

namespace farol::check {

// All places at which an allow and a deny decide against each other.
struct Conflict {
  model::RuleId allow, deny;
  std::vector<decide::Place> places;  // by feature, then role
};

// Sorted by the statement that is in most of them, then by the other one.
[[nodiscard]] std::vector<Conflict> find_conflicts(const model::Model& model, const decide::Decisions& decisions);

// Findings, and how many more of a code there are that were not spelled out. Their repairs are proposals: whoever
// offers them applies each to the policy and keeps those that hold (docs/decisions/0005-repairs.md).
struct Findings {
  std::vector<diag::Diagnostic> list;
  std::vector<std::pair<diag::Code, std::size_t>> more;
};

// The pairs of an allow and a deny whose conflict was reported.
using KnownConflicts = std::set<std::pair<model::RuleId, model::RuleId>>;

// Runs all checks below. `written` prints a name where the language expects one, for repairs. Conflicts that are known
// are passed over; those that are reported become known.
[[nodiscard]] Findings check(const model::Model& model, const decide::Decisions& decisions, decide::NamePrinter written,
                             KnownConflicts& known);

// One finding for each rule with all that it is in conflict with.
void check_conflicts(const model::Model& model, const decide::Decisions& decisions, decide::NamePrinter written,
                     KnownConflicts& known, Findings& findings);
// exception-without-reason, deny-without-effect, privileged-by-wildcard
void check_rules(const model::Model& model, const decide::Decisions& decisions, Findings& findings);
// nobody-left
void check_doors(const model::Model& model, const decide::Decisions& decisions, Findings& findings);
// never-violated, always-violated, and left-to-platform
void check_guardrails(const model::Model& model, const decide::Decisions& decisions, Findings& findings);
// control-impossible
void check_controls(const model::Model& model, const decide::Decisions& decisions, Findings& findings);
// duties-not-separated and, for features, toxic-combination
void check_separations(const model::Model& model, const decide::Decisions& decisions, Findings& findings);
// duties-not-separated, toxic-combination: of people who are bound to several roles
void check_people(const model::Model& model, const decide::Decisions& decisions,
                  const std::vector<decide::Together>& together, Findings& findings);
// missing-feature, toxic-combination: what features say of each other
void check_feature_facts(const model::Model& model, const decide::Decisions& decisions, decide::NamePrinter written,
                         Findings& findings);
// above-clearance
void check_clearance(const model::Model& model, const decide::Decisions& decisions, Findings& findings);

// left-to-platform: what a statement asks about, and what is neither governed nor refused everywhere: the `left`
// features of `left_to_platform`.
void note_left_to_platform(const model::Model& model, const std::vector<model::FeatureId>& left,
                           const model::AreaSpans& spans, Findings& findings);

}  // namespace farol::check
