#include <algorithm>
#include <map>

#include "base/ids.h"
#include "base/sorted.h"
#include "check/findings.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using diag::Code;
using model::Rule;
using model::Verb;

// nobody-left: on one feature and object several `only` leave no role, and not those without one, any combination.
class Doors {
 public:
  explicit Doors(const model::Model& model) : model_(model) {}

  void check(const decide::Decisions& decisions, Findings& findings) {
    std::map<std::pair<model::FeatureId, model::ObjectId>, std::vector<model::RuleId>> doors;
    for (const model::RuleId id : base::ids(model_.rules)) {
      const Rule& rule = model_[id];
      if (rule.verb != Verb::only || !rule.is_live(decisions.as_of)) continue;
      for (const auto& [feature, objects] : decide::coverage_of(model_, rule.area).features) {
        for (const model::ObjectId object : objects) doors[{feature, object}].push_back(id);
      }
    }
    std::map<std::vector<model::RuleId>, std::vector<std::pair<model::FeatureId, model::ObjectId>>> shut;
    for (const auto& [cell, rules] : doors) {
      if (rules.size() < 2 || model_[cell.first].uncertain || is_open(rules)) continue;
      shut[smallest(rules)].push_back(cell);
    }
    for (const auto& [rules, cells] : shut) report(rules, cells, findings);
  }

 private:
  [[nodiscard]] bool lets_in(const Rule& rule, model::RoleId role) const {
    return std::any_of(rule.area.subjects.begin(), rule.area.subjects.end(),
                       [&](auto term) { return contains(model_, model_[term], role); });
  }

  // Returns true if somebody is inside all of them in some combination of contexts. Conditions of different rules may
  // name different contexts; more combinations than a cell may have count as open, since `decide` reports such a cell
  // as too large.
  [[nodiscard]] bool is_open(const std::vector<model::RuleId>& rules) const {
    std::vector<model::ContextId> contexts;
    for (const model::RuleId rule : rules) contexts = base::united(contexts, model_[model_[rule].area.when].contexts);
    if (combinations(model_, contexts) > model::max_combinations) return true;
    base::BitSet open{combinations(model_, contexts), true};
    for (const model::RuleId rule : rules) {
      const model::Condition& when = model_[model_[rule].area.when];
      open &= widen(model_, when.contexts, when.where, contexts);
    }
    if (open.none()) return false;
    for (std::size_t r = 0; r <= model_.roles.size(); ++r) {
      if (r < model_.roles.size() && model_.roles[r].uncertain) return true;
      if (std::all_of(rules.begin(), rules.end(),
                      [&](model::RuleId rule) { return lets_in(model_[rule], model::RoleId{r}); }))
        return true;
    }
    return false;
  }

  // Leaves out the rules that the others do not need to shut everybody out.
  [[nodiscard]] std::vector<model::RuleId> smallest(std::vector<model::RuleId> rules) const {
    for (std::size_t i = 0; i < rules.size() && rules.size() > 2;) {
      std::vector<model::RuleId> rest = rules;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      if (is_open(rest)) {
        ++i;
      } else {
        rules = std::move(rest);
      }
    }
    return rules;
  }

  void report(const std::vector<model::RuleId>& rules,
              const std::vector<std::pair<model::FeatureId, model::ObjectId>>& cells, Findings& findings) const {
    std::vector<std::string> names;
    for (const model::RuleId rule : rules) names.push_back(model_[rule].reference());
    auto diagnostic = diag::make(Code::nobody_left, model_[rules.back()].spans.statement,
                                 message::together_shut_out(std::move(names)));
    for (const model::RuleId rule : rules)
      diagnostic.labels.push_back({model_[rule].spans.statement, message::lets_in_only_these()});
    for (const auto& [feature, object] : cells) {
      if (diagnostic.details.size() == decide::max_lines) {
        diagnostic.details.push_back(message::and_more(cells.size() - decide::max_lines));
        break;
      }
      std::vector<diag::Text> parts{decide::name_of(model_, feature)};
      if (diag::Text on = decide::name_of(model_, object); !on.empty()) parts.push_back(std::move(on));
      diagnostic.details.push_back(message::point(std::move(parts)));
    }
    diagnostic.help = message::nobody_left_help();
    findings.list.push_back(std::move(diagnostic));
  }

  const model::Model& model_;
};

}  // namespace

void check_doors(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  Doors{model}.check(decisions, findings);
}

}  // namespace farol::check
