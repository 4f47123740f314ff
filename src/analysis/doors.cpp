#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/findings.h"
#include "analysis/scan.h"
#include "base/sorted.h"

namespace farol::analysis {
namespace {

using diag::Code;
using model::Rule;
using model::Verb;

// nobody-left: on one feature and object several `only` leave no role, and not those without one, any combination.
class Doors {
 public:
  explicit Doors(const Model& model) : model_(model) {}

  void check(const Decisions& decisions, Findings& findings) {
    std::map<std::pair<FeatureId, ObjectId>, std::vector<RuleId>> doors;
    for (std::size_t i = 0; i < model_.rules.size(); ++i) {
      const Rule& rule = model_.rules[i];
      if (rule.verb != Verb::only || !rule.is_live(decisions.as_of)) continue;
      for (const auto& [feature, objects] : coverage_of(model_, rule.area).features) {
        for (const ObjectId object : objects) doors[{feature, object}].push_back(RuleId{i});
      }
    }
    std::map<std::vector<RuleId>, std::vector<std::pair<FeatureId, ObjectId>>> shut;
    for (const auto& [cell, rules] : doors) {
      if (rules.size() < 2 || model_[cell.first].uncertain || is_open(rules)) continue;
      shut[smallest(rules)].push_back(cell);
    }
    for (const auto& [rules, cells] : shut) report(rules, cells, findings);
  }

 private:
  [[nodiscard]] bool lets_in(const Rule& rule, RoleId role) const {
    return std::any_of(rule.area.subjects.begin(), rule.area.subjects.end(),
                       [&](auto term) { return contains(model_, model_[term], role); });
  }

  // Somebody is inside all of them in some combination of contexts. Conditions of different rules may name different
  // contexts; more combinations than a cell may have count as open, since `decide` reports such a cell as too large.
  [[nodiscard]] bool is_open(const std::vector<RuleId>& rules) const {
    std::vector<ContextId> contexts;
    for (const RuleId rule : rules) contexts = base::united(contexts, model_[model_[rule].area.when].contexts);
    if (combinations(model_, contexts) > model::max_combinations) return true;
    base::BitSet open{combinations(model_, contexts), true};
    for (const RuleId rule : rules) {
      const model::Condition& when = model_[model_[rule].area.when];
      open &= widen(model_, when.contexts, when.where, contexts);
    }
    if (open.none()) return false;
    for (std::size_t r = 0; r <= model_.roles.size(); ++r) {
      if (r < model_.roles.size() && model_.roles[r].uncertain) return true;
      if (std::all_of(rules.begin(), rules.end(), [&](RuleId rule) { return lets_in(model_[rule], RoleId{r}); }))
        return true;
    }
    return false;
  }

  // Without the rules that the others do not need to shut everybody out.
  [[nodiscard]] std::vector<RuleId> smallest(std::vector<RuleId> rules) const {
    for (std::size_t i = 0; i < rules.size() && rules.size() > 2;) {
      std::vector<RuleId> rest = rules;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      if (is_open(rest)) {
        ++i;
      } else {
        rules = std::move(rest);
      }
    }
    return rules;
  }

  void report(const std::vector<RuleId>& rules, const std::vector<std::pair<FeatureId, ObjectId>>& cells,
              Findings& findings) const {
    std::vector<std::string> names;
    for (const RuleId rule : rules) names.push_back(fmt::format("`{}`", model_[rule].reference()));
    auto diagnostic = diag::make(
        Code::nobody_left, model_[rules.back()].spans.statement,
        diag::message::nobody_left(fmt::format("{} together shut everybody out", fmt::join(names, " and "))));
    for (const RuleId rule : rules) diagnostic.labels.push_back({model_[rule].spans.statement, "lets in only these"});
    for (const auto& [feature, object] : cells) {
      if (diagnostic.details.size() == max_lines) {
        diagnostic.details.push_back(fmt::format("and {} more", cells.size() - max_lines));
        break;
      }
      const std::string on = name_of(model_, object);
      diagnostic.details.push_back(on.empty() ? model_[feature].name
                                              : fmt::format("{} · {}", model_[feature].name, on));
    }
    diagnostic.help = "name in one `only` everybody who may be inside";
    findings.list.push_back(std::move(diagnostic));
  }

  const Model& model_;
};

}  // namespace

void check_doors(const Model& model, const Decisions& decisions, Findings& findings) {
  Doors{model}.check(decisions, findings);
}

}  // namespace farol::analysis
