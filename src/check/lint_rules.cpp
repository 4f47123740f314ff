#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/ids.h"
#include "check/labels.h"
#include "check/lint.h"
#include "decide/scan.h"

namespace farol::check {
namespace {

using decide::RuleId;
using diag::Code;
using model::Rule;
using model::Verb;

// A rule that ends within this many days ends soon.
constexpr int soon = 30;

diag::Diagnostic advice_about(const Rule& rule, Code code, std::string message, std::string label) {
  auto diagnostic = diag::make(code, rule.spans.statement, std::move(message));
  diagnostic.labels.push_back({rule.spans.statement, std::move(label)});
  return diagnostic;
}

// pierced-deny: names every allow that decides somewhere inside a deny.
void check_pierced(const Model& model, const Decisions& decisions, Findings& findings) {
  std::map<RuleId, std::set<RuleId>> pierced;
  for (const model::FeatureId feature : base::ids(model.features)) {
    if (model[feature].uncertain) continue;
    decisions.for_each_table(feature, [&](decide::TableId id) {
      for (const auto& cell : decisions.tables[id.index()].cells) {
        for (const auto& [allow, deny] : cell.piercings) pierced[deny].insert(allow);
      }
    });
  }
  for (const auto& [deny, allows] : pierced) {
    auto diagnostic =
        advice_about(model[deny], Code::pierced_deny,
                     diag::message::pierced_deny(fmt::format(
                         "`{}` has {}", model[deny].reference(),
                         allows.size() == 1 ? "an exception" : fmt::format("{} exceptions", allows.size()))),
                     "normally denied");
    check::label_rules(model, allows, "allowed all the same", diagnostic);
    findings.list.push_back(std::move(diagnostic));
  }
}

void check_only(const Model& model, const Decisions& decisions, Findings& findings) {
  for (const Rule& rule : model.rules) {
    if (rule.verb != Verb::only || !rule.is_live(decisions.as_of)) continue;
    const auto coverage = decide::coverage_of(model, rule.area);
    if (!is_certain(model, coverage)) continue;
    const auto allowed = decide::scan(model, decisions, coverage, model[rule.area.when], decide::is_allowed, 1);
    if (!allowed.places.empty() || !allowed.problem.empty()) continue;
    auto diagnostic = advice_about(rule, Code::only_without_grant,
                                   diag::message::only_without_grant(fmt::format(
                                       "`{}` lets nobody in: no rule allows it to those inside", rule.reference())),
                                   "shuts the door and grants nothing");
    diagnostic.help = "add an `allow` for those who may";
    findings.list.push_back(std::move(diagnostic));
  }
}

void check_dates(const Model& model, const Decisions& decisions, Findings& findings) {
  for (const Rule& rule : model.rules) {
    if (!rule.until) continue;
    const std::string day = base::to_string(*rule.until);
    if (*rule.until < decisions.as_of) {
      auto diagnostic = advice_about(
          rule, Code::expired_rule, diag::message::expired_rule(fmt::format("`{}` ended on {}", rule.reference(), day)),
          "as if not written since then");
      diagnostic.help = "take it out, or give it a new date";
      findings.list.push_back(std::move(diagnostic));
    } else if (rule.until->days - decisions.as_of.days <= soon) {
      findings.list.push_back(advice_about(
          rule, Code::expires_soon, diag::message::expires_soon(fmt::format("`{}` ends on {}", rule.reference(), day)),
          fmt::format("{} days left", rule.until->days - decisions.as_of.days)));
    }
  }
}

void check_expectations(const Model& model, Findings& findings) {
  for (const model::Test& test : model.tests) {
    for (const model::Expectation& expectation : test.expectations) {
      const auto coverage = decide::certain(model, decide::coverage_of(model, expectation.area));
      check::note_ungoverned(model, coverage, expectation.spans, findings);
    }
  }
}

}  // namespace

void check_each_rule(const Model& model, const Decisions& decisions, const decide::Answers& answers,
                     Findings& findings) {
  check_only(model, decisions, findings);
  check_dates(model, decisions, findings);
  check_kept(model, decisions, answers, findings);
  check_pierced(model, decisions, findings);
  check_expectations(model, findings);
}

}  // namespace farol::check
