// kept-by-nobody: what the policy refuses, or allows within limits, and nothing on the platform enforces;
// allow-not-possible: what it allows, and the platform cannot give to just these people. The answers say what keeps
// what, so that `check` says the same as every output. There is one finding for one cause, whatever the number of
// rules.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/phrases.h"
#include "base/sorted.h"
#include "check/labels.h"
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

// How many findings there are; the others are counted.
constexpr std::size_t most_causes = 100;

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
    case Shortfall::narrower:
    case Shortfall::unsaid:
    case Shortfall::elsewhere: break;
  }
  return false;
}

// Returns true if every role may use a feature, always: then there is nothing to keep. Controls say who keeps them
// themselves.
bool is_open_to_all(const Model& model, const Decisions& decisions, FeatureId feature) {
  const auto is_open = [&](decide::TableId table) {
    const auto& cells = decisions.tables[table.index()].cells;
    return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](const decide::Cell& cell) {
      return std::all_of(cell.segments.begin(), cell.segments.end(), decide::is_allowed);
    });
  };
  const auto& [everyone, own] = decisions.rows[feature.index()];
  const auto has_role = [&](const auto& entry) { return entry.first != model.nobody(); };
  const auto named = static_cast<std::size_t>(std::count_if(own.begin(), own.end(), has_role));
  return (named == model.roles.size() || is_open(everyone)) &&
         std::all_of(own.begin(), own.end(),
                     [&](const auto& entry) { return !has_role(entry) || is_open(entry.second); });
}

// What a rule says and nobody keeps.
enum class What : std::uint8_t { condition, objects, refusal, permission };

Code code_of(What what) { return what == What::permission ? Code::allow_not_possible : Code::kept_by_nobody; }

// Answers that fall short for one reason, by the rule that is to blame.
struct Unkept {
  std::size_t permissions = 0;  // each role for itself, as permissions.json lists them
  std::set<RuleId> rules;
  std::set<FeatureId> features;
  std::set<RoleId> roles;
};
using Causes = std::map<std::pair<What, Shortfall>, std::map<RuleId, Unkept>>;

bool has_condition(const Model& model, RuleId rule) { return !model[model[rule].area.when].contexts.empty(); }

// Returns the rule whose words are not kept, or none if it is another answer of the same cell that is to blame: a rule
// without a condition is to blame for none, only because another rule with one cuts into it.
RuleId culprit_in(const Model& model, const Answer& answer) {
  if (*answer.enforcement.shortfall != Shortfall::condition) return answer.rules.front();
  const auto found =
      std::find_if(answer.rules.begin(), answer.rules.end(), [&](RuleId rule) { return has_condition(model, rule); });
  return found == answer.rules.end() ? RuleId::none() : *found;
}

std::optional<What> what_falls_short(const Answer& answer) {
  if (decide::is_withheld(answer)) return What::permission;
  if (answer.effect == decide::Effect::deny) return What::refusal;
  if (answer.effect != decide::Effect::allow) return std::nullopt;
  if (*answer.enforcement.shortfall == Shortfall::objects) return What::objects;
  return answer.is_always() ? std::nullopt : std::optional(What::condition);
}

void report_feature(const Model& model, FeatureId feature, RuleId rule, Findings& findings) {
  const model::Rule& first = model[rule];
  auto diagnostic =
      diag::make(Code::kept_by_nobody, first.spans.statement, message::nothing_enforces(model[feature].name));
  diagnostic.labels.push_back({first.spans.statement, message::nobody_keeps_it()});
  diagnostic.help = message::kept_help();
  findings.list.push_back(std::move(diagnostic));
}

diag::Text message_for_one(What what, const std::string& rule, std::size_t permissions) {
  switch (what) {
    case What::condition: return message::condition_not_enforced(rule, permissions);
    case What::objects: return message::objects_not_enforced(rule, permissions);
    case What::refusal: return message::refusal_not_enforced(rule, permissions);
    case What::permission: break;
  }
  return message::allow_is_withheld(rule, permissions);
}

diag::Text message_for_several(What what, std::size_t rules, std::size_t permissions) {
  switch (what) {
    case What::condition: return message::conditions_not_enforced(rules, permissions);
    case What::objects: return message::objects_of_rules_not_enforced(rules, permissions);
    case What::refusal: return message::refusals_not_enforced(rules, permissions);
    case What::permission: break;
  }
  return message::allows_are_withheld(rules, permissions);
}

// What a waiver can name of several rules; of one rule its statement says it.
std::vector<std::vector<std::string>> about_several(const Model& model, const Unkept& unkept) {
  std::vector<std::vector<std::string>> about(3);
  for (const RuleId rule : unkept.rules) about[0].push_back(model[rule].label);
  for (const FeatureId feature : unkept.features) about[1].push_back(model[feature].name);
  for (const RoleId role : unkept.roles) about[2].push_back(role == model.nobody() ? std::string{} : model[role].name);
  std::erase_if(about, [](auto& names) {
    base::sort_unique(names);
    return names.front().empty();
  });
  return about;
}

void report(const Model& model, What what, Shortfall shortfall, const Unkept& unkept, Findings& findings) {
  const model::Rule& first = model[*std::min_element(unkept.rules.begin(), unkept.rules.end(), [&](RuleId a, RuleId b) {
    return model[a].spans.statement < model[b].spans.statement;
  })];
  auto diagnostic =
      diag::make(code_of(what), first.spans.statement,
                 unkept.rules.size() == 1 ? message_for_one(what, first.reference(), unkept.permissions)
                                          : message_for_several(what, unkept.rules.size(), unkept.permissions));
  if (unkept.rules.size() > 1) diagnostic.about = about_several(model, unkept);
  label_rules(model, unkept.rules,
              what == What::permission ? message::allowed_and_withheld() : message::no_setting_does_this(), diagnostic);
  if (unkept.rules.size() > max_labels)
    diagnostic.details.push_back(message::more_rules_fall_short(unkept.rules.size() - max_labels));
  std::vector<std::string> names;
  for (const FeatureId feature : unkept.features) names.push_back(model[feature].name);
  diagnostic.details.push_back(
      message::features_fall_short(std::move(names), std::string{base::identifier(decide::phrase_of(shortfall))}));
  diagnostic.help = what == What::permission ? message::withheld_help() : message::kept_by_help();
  findings.list.push_back(std::move(diagnostic));
}

// Where a waiver speaks of some rules or features only, each rule has a finding of its own, which it can cover.
bool is_waived_in_part(const Model& model, Code code) {
  return std::any_of(model.waivers.begin(), model.waivers.end(), [&](const model::Waiver& waiver) {
    return waiver.finding == diag::info(code).name && !waiver.things.empty();
  });
}

void report_all(const Model& model, const Causes& causes, Findings& findings) {
  std::map<Code, std::size_t> reported;
  const auto report_one = [&](What what, Shortfall shortfall, const Unkept& unkept) {
    if (++reported[code_of(what)] <= most_causes) report(model, what, shortfall, unkept, findings);
  };
  for (const auto& [cause, rules] : causes) {
    const auto& [what, shortfall] = cause;
    const bool one_by_one = is_waived_in_part(model, code_of(what));
    Unkept all;
    for (const auto& [rule, unkept] : rules) {
      if (one_by_one) report_one(what, shortfall, unkept);
      all.permissions += unkept.permissions;
      all.rules.insert(rule);
      all.features.insert(unkept.features.begin(), unkept.features.end());
      all.roles.insert(unkept.roles.begin(), unkept.roles.end());
    }
    if (!one_by_one) report_one(what, shortfall, all);
  }
  for (const auto& [code, count] : reported) {
    if (count > most_causes) findings.more.emplace_back(code, count - most_causes);
  }
}

}  // namespace

void check_kept(const Model& model, const Decisions& decisions, const decide::Answers& answers, Findings& findings) {
  Causes causes;
  for (const FeatureId feature : base::ids(model.features)) {
    if (model[feature].uncertain) continue;
    RuleId without_setting = RuleId::none();  // the first rule of those
    for (const Answer& answer : answers.of(feature)) {
      const decide::Enforcement& enforcement = answer.enforcement;
      if (enforcement.kept_by != model::KeptBy::nobody && enforcement.kept_by != model::KeptBy::withheld) continue;
      const auto is_certain_role = [&](RoleId role) { return !decide::is_uncertain(model, role); };
      if (std::none_of(answer.roles.begin(), answer.roles.end(), is_certain_role)) continue;
      if (has_no_setting(*enforcement.shortfall)) {
        if (!answer.rules.empty() && (without_setting.is_none() || answer.rules.front() < without_setting))
          without_setting = answer.rules.front();
        continue;
      }
      const std::optional<What> what = what_falls_short(answer);
      const RuleId rule = what ? culprit_in(model, answer) : RuleId::none();
      if (rule.is_none()) continue;
      std::vector<RoleId> roles;
      std::copy_if(answer.roles.begin(), answer.roles.end(), std::back_inserter(roles), is_certain_role);
      Unkept& unkept = causes[{*what, *enforcement.shortfall}][rule];
      unkept.permissions += roles.size();
      unkept.rules.insert(rule);
      unkept.features.insert(feature);
      unkept.roles.insert(roles.begin(), roles.end());
    }
    if (!without_setting.is_none() && !is_open_to_all(model, decisions, feature))
      report_feature(model, feature, without_setting, findings);
  }
  report_all(model, causes, findings);
}

}  // namespace farol::check
