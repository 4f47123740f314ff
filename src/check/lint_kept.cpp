// kept-by-nobody: what the policy refuses, or allows under a condition, and nothing on the platform enforces. The
// answers say what keeps what, so that `check` says the same as every output.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/phrases.h"
#include "check/lint.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using decide::Answer;
using decide::FeatureId;
using decide::RoleId;
using decide::RuleId;
using decide::Shortfall;
using diag::Code;

// How many rules are reported one by one; the others are counted.
constexpr std::size_t max_rules = 100;

// Returns true if the platform has nothing for the feature, rather than something that falls short.
bool has_no_setting(Shortfall shortfall) {
  switch (shortfall) {
    case Shortfall::edition:
    case Shortfall::undocumented:
    case Shortfall::nothing: return true;
    case Shortfall::condition:
    case Shortfall::objects:
    case Shortfall::organisation:
    case Shortfall::implied:
    case Shortfall::unnamed:
    case Shortfall::too_many:
    case Shortfall::elsewhere: break;
  }
  return false;
}

// Returns true if every role may use a feature, always: then there is nothing to keep. Controls say who keeps them
// themselves.
bool is_open_to_all(const Model& model, const Decisions& decisions, FeatureId feature) {
  const auto tables = decisions.roles_by_table(model, feature);
  return std::all_of(tables.begin(), tables.end(), [&](const auto& entry) {
    const auto& [table, roles] = entry;
    if (roles == std::vector{model.nobody()}) return true;
    const auto& cells = decisions.tables[table.index()].cells;
    return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](const decide::Cell& cell) {
      return std::all_of(cell.segments.begin(), cell.segments.end(), decide::is_allowed);
    });
  });
}

// Answers that one rule decides and nobody keeps.
struct Unkept {
  std::size_t permissions = 0;                        // each role for itself, as permissions.json lists them
  std::map<Shortfall, std::set<FeatureId>> features;  // by why it is not kept
};

void report_feature(const Model& model, FeatureId feature, const std::set<RuleId>& rules, Findings& findings) {
  const model::Rule& first = model[*rules.begin()];
  auto diagnostic =
      diag::make(Code::kept_by_nobody, first.spans.statement, message::nothing_enforces(model[feature].name));
  diagnostic.labels.push_back({first.spans.statement, message::nobody_keeps_it()});
  diagnostic.help = message::kept_help();
  findings.list.push_back(std::move(diagnostic));
}

void report_rule(const Model& model, RuleId id, const Unkept& unkept, Findings& findings) {
  const model::Rule& rule = model[id];
  const bool allows = rule.verb == model::Verb::allow;
  auto diagnostic = diag::make(Code::kept_by_nobody, rule.spans.statement,
                               allows ? message::condition_not_enforced(rule.reference(), unkept.permissions)
                                      : message::refusal_not_enforced(rule.reference(), unkept.permissions));
  diagnostic.labels.push_back({rule.spans.statement, message::no_setting_does_this()});
  for (const auto& [shortfall, features] : unkept.features) {
    std::vector<std::string> names;
    for (const FeatureId feature : features) names.push_back(model[feature].name);
    diagnostic.details.push_back(message::features_fall_short(
        std::move(names), std::string{base::identifier(decide::phrase_of(shortfall))}));
  }
  diagnostic.help = message::kept_by_help();
  findings.list.push_back(std::move(diagnostic));
}

}  // namespace

void check_kept(const Model& model, const Decisions& decisions, const decide::Answers& answers, Findings& findings) {
  std::map<RuleId, Unkept> rules;
  for (const FeatureId feature : base::ids(model.features)) {
    if (model[feature].uncertain) continue;
    std::set<RuleId> without_setting;
    for (const Answer& answer : answers.of(feature)) {
      const decide::Enforcement& enforcement = answer.enforcement;
      if (enforcement.kept_by != model::KeptBy::nobody) continue;
      const auto roles = static_cast<std::size_t>(std::count_if(
          answer.roles.begin(), answer.roles.end(), [&](RoleId role) { return !decide::is_uncertain(model, role); }));
      if (roles == 0) continue;
      if (has_no_setting(*enforcement.shortfall)) {
        without_setting.insert(answer.rules.begin(), answer.rules.end());
      } else if (answer.effect == decide::Effect::deny ||
                 (answer.effect == decide::Effect::allow && !answer.is_always())) {
        Unkept& unkept = rules[answer.rules.front()];
        unkept.permissions += roles;
        unkept.features[*enforcement.shortfall].insert(feature);
      }
    }
    if (!without_setting.empty() && !is_open_to_all(model, decisions, feature))
      report_feature(model, feature, without_setting, findings);
  }
  std::size_t reported = 0;
  for (const auto& [rule, unkept] : rules) {
    if (++reported <= max_rules) report_rule(model, rule, unkept, findings);
  }
  if (reported > max_rules) findings.more.emplace_back(Code::kept_by_nobody, reported - max_rules);
}

}  // namespace farol::check
