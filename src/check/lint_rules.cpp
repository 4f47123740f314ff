#include <algorithm>
#include <map>
#include <set>

#include "base/ids.h"
#include "check/expectations.h"
#include "check/findings.h"
#include "check/labels.h"
#include "check/lint.h"
#include "decide/days.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using decide::RuleId;
using diag::Code;
using model::Rule;
using model::Verb;

// A rule that ends within this many days ends soon.
constexpr int soon = 30;

diag::Diagnostic advice_about(const Rule& rule, Code code, diag::Text message, diag::Text label) {
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
        for (const auto& [allow, deny] : cell.piercings()) pierced[deny].insert(allow);
      }
    });
  }
  for (const auto& [deny, allows] : pierced) {
    auto diagnostic =
        advice_about(model[deny], Code::pierced_deny, message::has_exceptions(model[deny].reference(), allows.size()),
                     message::normally_denied());
    check::label_rules(model, allows, message::allowed_all_the_same(), diagnostic);
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
    auto diagnostic = advice_about(rule, Code::only_without_grant, message::lets_nobody_in(rule.reference()),
                                   message::shuts_the_door());
    diagnostic.help = message::only_help();
    findings.list.push_back(std::move(diagnostic));
  }
}

void check_dates(const Model& model, const Decisions& decisions, Findings& findings) {
  for (const Rule& rule : model.rules) {
    if (!rule.until) continue;
    if (*rule.until < decisions.as_of) {
      auto diagnostic = advice_about(rule, Code::expired_rule, message::rule_ended(rule.reference(), *rule.until),
                                     message::not_written_since());
      diagnostic.help = message::expired_help();
      findings.list.push_back(std::move(diagnostic));
    } else if (rule.until->days - decisions.as_of.days <= soon) {
      const auto left = static_cast<std::size_t>(rule.until->days - decisions.as_of.days);
      findings.list.push_back(advice_about(rule, Code::expires_soon, message::rule_ends(rule.reference(), *rule.until),
                                           message::days_left(left)));
    }
  }
}

void check_expectations(const Model& model, const Decisions& decisions, Findings& findings) {
  decide::DecisionsByDay by_day{model, decisions};
  // Expectations that stand together are often about the same.
  std::vector<model::FeatureId> left;
  const model::Expectation* last = nullptr;
  const auto is_about_the_same = [&](const model::Expectation& other) {
    const model::Area &one = last->area, &two = other.area;
    return one.subjects == two.subjects && one.features == two.features && one.objects == two.objects &&
           one.when == two.when && last->day == other.day;
  };
  for (const model::Test& test : model.tests) {
    for (const model::Expectation& expectation : test.expectations) {
      if (last == nullptr || !is_about_the_same(expectation)) {
        const auto coverage = decide::certain(model, decide::coverage_of(model, expectation.area));
        left = check::left_to_platform(model, by_day.on(expectation.day.value_or(decisions.as_of)), coverage,
                                       model[expectation.area.when]);
      }
      last = &expectation;
      check::note_left_to_platform(model, left, expectation.spans, findings);
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
  check_expectations(model, decisions, findings);
}

}  // namespace farol::check
