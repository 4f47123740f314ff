// several-roles: where the platform adds up what each role has, and the policy decides for the person. There is one
// finding for the rules that it is about, with the combinations of roles below it.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/sorted.h"
#include "check/labels.h"
#include "check/lint.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using decide::AddedUp;

constexpr std::size_t most_several_roles = 100;
constexpr std::size_t most_combinations = 5;

diag::Text combination(const Model& model, const AddedUp& added_up) {
  std::vector<std::string> roles, features;
  for (const model::RoleId role : added_up.held) roles.push_back(model[role].name);
  for (const auto& [feature, objects] : added_up.what) features.push_back(model[feature].name);
  if (added_up.who.empty()) return message::roles_at_once(std::move(roles), std::move(features));
  return message::people_at_once(added_up.who, std::move(roles), std::move(features));
}

void report_several_roles(const Model& model, const std::vector<const AddedUp*>& about, Findings& findings) {
  const AddedUp& first = *about.front();
  const std::set<model::RuleId> rules(first.rules.begin(), first.rules.end());
  const source::Span span = rules.empty() ? model[first.held.front()].span : model[*rules.begin()].spans.statement;
  auto diagnostic = diag::make(diag::Code::several_roles, span,
                               first.gives ? message::gets_what_is_refused(references(model, rules))
                                           : message::is_kept_from(references(model, rules)));
  label_rules(model, rules, message::decides_for_the_person(), diagnostic);
  std::vector<std::string> roles, features;
  for (std::size_t i = 0; i < about.size(); ++i) {
    if (i < most_combinations) diagnostic.details.push_back(combination(model, *about[i]));
    for (const model::RoleId role : about[i]->held) roles.push_back(model[role].name);
    for (const auto& [feature, objects] : about[i]->what) features.push_back(model[feature].name);
  }
  if (about.size() > most_combinations)
    diagnostic.details.push_back(message::more_at_once(about.size() - most_combinations));
  base::sort_unique(roles);
  base::sort_unique(features);
  diagnostic.about = {std::move(roles), std::move(features)};
  std::vector<std::string> labels;
  for (const model::RuleId rule : rules) labels.push_back(model[rule].label);
  const bool all_named = std::none_of(labels.begin(), labels.end(), [](const auto& label) { return label.empty(); });
  if (!labels.empty() && all_named) diagnostic.about.push_back(std::move(labels));
  diagnostic.help = message::several_roles_help();
  findings.list.push_back(std::move(diagnostic));
}

}  // namespace

void check_added_up(const Model& model, const decide::Answers& answers, Findings& findings) {
  std::map<std::pair<bool, std::vector<model::RuleId>>, std::vector<const AddedUp*>> by_rules;
  for (const AddedUp& each : answers.added_up()) by_rules[{each.gives, each.rules}].push_back(&each);
  std::size_t reported = 0;
  for (const auto& [key, about] : by_rules) {
    if (++reported <= most_several_roles) report_several_roles(model, about, findings);
  }
  if (reported > most_several_roles)
    findings.more.emplace_back(diag::Code::several_roles, reported - most_several_roles);
}

}  // namespace farol::check
