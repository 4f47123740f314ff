#include <algorithm>
#include <map>
#include <set>

#include "check/labels.h"
#include "check/lint.h"
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
  for (std::size_t f = 0; f < decisions.rows.size(); ++f) {
    if (model.features[f].uncertain) continue;
    const auto look = [&](decide::TableId id) {
      for (const auto& cell : decisions.tables[id.index()].cells) {
        for (const auto& [allow, deny] : cell.piercings) pierced[deny].insert(allow);
      }
    };
    look(decisions.rows[f].everyone);
    for (const auto& [role, table] : decisions.rows[f].tables) look(table);
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

// Whether every role may use a feature, always: then there is nothing to keep. Controls say who keeps them themselves.
bool is_open_to_all(const Model& model, const Decisions::Row& row, const Decisions& decisions) {
  const auto open = [&](decide::TableId id) {
    const auto& cells = decisions.tables[id.index()].cells;
    return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](const decide::Cell& cell) {
      return std::all_of(cell.segments.begin(), cell.segments.end(), decide::is_allowed);
    });
  };
  const auto own = std::count_if(row.tables.begin(), row.tables.end(),
                                 [&](const auto& entry) { return entry.first != model.nobody(); });
  const bool all_own = static_cast<std::size_t>(own) == model.roles.size();
  return (all_own || open(row.everyone)) && std::all_of(row.tables.begin(), row.tables.end(), [&](const auto& entry) {
           return entry.first == model.nobody() || open(entry.second);
         });
}

// kept-by-nobody: one finding for each feature that no setting or request enforces, that is not everybody's, and on
// which some rule without `kept by` decides.
void check_kept(const Model& model, const Decisions& decisions, Findings& findings) {
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    const model::Feature& feature = model.features[f];
    if (feature.uncertain || feature.kept_by != model::KeptBy::nobody) continue;
    std::set<RuleId> rules;
    const auto look = [&](decide::TableId id) {
      for (const auto& cell : decisions.tables[id.index()].cells) {
        for (const auto& segment : cell.segments) {
          for (const RuleId rule : segment.rules) {
            if (model[rule].kept_by.empty()) rules.insert(rule);
          }
        }
      }
    };
    look(decisions.rows[f].everyone);
    for (const auto& [role, table] : decisions.rows[f].tables) look(table);
    if (rules.empty() || is_open_to_all(model, decisions.rows[f], decisions)) continue;
    auto diagnostic = advice_about(model[*rules.begin()], Code::kept_by_nobody, message::nothing_enforces(feature.name),
                                   message::nobody_keeps_it());
    diagnostic.help = message::kept_help();
    findings.list.push_back(std::move(diagnostic));
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

void check_each_rule(const Model& model, const Decisions& decisions, Findings& findings) {
  check_only(model, decisions, findings);
  check_dates(model, decisions, findings);
  check_kept(model, decisions, findings);
  check_pierced(model, decisions, findings);
  check_expectations(model, findings);
}

}  // namespace farol::check
