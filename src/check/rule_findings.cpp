#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "check/findings.h"
#include "check/repairs.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using diag::Code;
using model::Rule;
using model::Verb;

bool mentions_uncertain(const model::Model& model, const model::Area& area) {
  for (const auto subject : area.subjects) {
    if (model[subject].base != model::SubjectTerm::Base::everyone && model[model[subject].role].uncertain) return true;
  }
  const auto features = decide::coverage_of(model, area).features;
  return std::any_of(features.begin(), features.end(), [&](const auto& entry) { return model[entry.first].uncertain; });
}

// Visits every table once, with one role that has it.
class TablePlaces {
 public:
  TablePlaces(const model::Model& model, const decide::Decisions& decisions) : model_(model), decisions_(decisions) {}

  // Calls back for every feature and role that are certain, with their table; roles that share the table of everyone
  // count once.
  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t f = 0; f < decisions_.rows.size(); ++f) {
      if (model_.features[f].uncertain) continue;
      for (const auto& [role, table] : decisions_.rows[f].tables) {
        if (!decide::is_uncertain(model_, role)) visit(role, model::FeatureId{f}, table);
      }
      const model::RoleId other = first_other(decisions_.rows[f]);
      if (!other.is_none()) visit(other, model::FeatureId{f}, decisions_.rows[f].everyone);
    }
  }

 private:
  // Returns some role that has the table of everyone: the first that the row does not list, or none.
  [[nodiscard]] model::RoleId first_other(const decide::Decisions::Row& row) const {
    std::size_t next = 0;
    for (std::size_t r = 0; r <= model_.roles.size(); ++r) {
      if (next < row.tables.size() && row.tables[next].first == model::RoleId{r}) {
        ++next;
      } else if (!decide::is_uncertain(model_, model::RoleId{r})) {
        return model::RoleId{r};
      }
    }
    return model::RoleId::none();
  }

  const model::Model& model_;
  const decide::Decisions& decisions_;
};

// exception-without-reason: an allow that decides somewhere, is more special than a deny there, and says no `because`.
void check_reasons(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  std::map<model::RuleId, std::pair<model::RuleId, decide::Place>> found;
  std::vector<bool> relevant;
  for (const decide::Table& table : decisions.tables) {
    relevant.push_back(std::any_of(table.cells.begin(), table.cells.end(),
                                   [](const decide::Cell& cell) { return !cell.piercings().empty(); }));
  }
  TablePlaces{model, decisions}.each([&](model::RoleId role, model::FeatureId feature, decide::TableId id) {
    if (!relevant[id.index()]) return;
    const decide::Table& table = decisions.tables[id.index()];
    for (const decide::Cell& cell : table.cells) {
      for (const auto& [allow, deny] : cell.piercings()) {
        if (!model[allow].because.empty() || found.count(allow) != 0) continue;
        base::BitSet decided{combinations(model, cell.contexts)};
        for (const decide::Segment& segment : cell.segments) {
          if (std::find(segment.rules.begin(), segment.rules.end(), allow) != segment.rules.end())
            decided |= segment.where;
        }
        found.try_emplace(
            allow, deny,
            decide::Place{role, feature, decide::objects_of(model, table, cell, feature), cell.contexts, decided});
      }
    }
  });
  for (const auto& [allow, at] : found) {
    const auto& [deny, place] = at;
    const Rule& rule = model[allow];
    auto diagnostic = diag::make(Code::exception_without_reason, rule.spans.statement,
                                 message::exception_unexplained(rule.reference(), model[deny].reference()));
    diagnostic.labels.push_back({rule.spans.statement, message::the_exception()});
    diagnostic.labels.push_back({model[deny].spans.statement, message::normally_denied_here()});
    diagnostic.witness = decide::witness_of(model, place);
    diagnostic.help = message::exception_help();
    const source::Span end{rule.spans.statement.source, rule.spans.statement.end, rule.spans.statement.end};
    diagnostic.fixes.push_back({message::say_why(), message::no_permission_changes(), {{end, reason_to_write(model)}}});
    findings.list.push_back(std::move(diagnostic));
  }
}

// Returns the first certain place inside a rule's area at which the effect is allow, or nullopt.
std::optional<decide::Place> find_allowed(const model::Model& model, const decide::Decisions& decisions,
                                          const model::Area& area) {
  decide::Coverage coverage = decide::coverage_of(model, area);
  std::erase_if(coverage.roles, [&](model::RoleId role) { return decide::is_uncertain(model, role); });
  auto found = decide::scan(model, decisions, coverage, model[area.when], decide::is_allowed, 1);
  return found.places.empty() ? std::nullopt : std::optional{std::move(found.places.front())};
}

void check_denies(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  // The deny could decide in a cell that was not decided.
  if (!decisions.too_large.empty()) return;
  for (std::size_t i = 0; i < model.rules.size(); ++i) {
    const Rule& rule = model.rules[i];
    if (rule.verb != Verb::deny || decisions.facts.decides[i] || !rule.is_live(decisions.as_of)) continue;
    if (mentions_uncertain(model, rule.area)) continue;
    const auto allowed = find_allowed(model, decisions, rule.area);
    if (!allowed) continue;
    auto diagnostic =
        diag::make(Code::deny_without_effect, rule.spans.statement, message::denies_nothing(rule.reference()));
    diagnostic.labels.push_back({rule.spans.statement, message::decides_nowhere_label()});
    const decide::Cell& cell = decisions.cell(model, allowed->role, allowed->feature, allowed->objects.front());
    for (const model::RuleId allow : cell.at(allowed->where.first()).rules) {
      diagnostic.labels.push_back({model[allow].spans.statement, message::allowed_here()});
    }
    diagnostic.witness = decide::witness_of(model, *allowed);
    diagnostic.details = {message::allowed_all_the_same_at(diag::point_of(*diagnostic.witness))};
    diagnostic.help = message::denies_nothing_help();
    findings.list.push_back(std::move(diagnostic));
  }
}

void check_privileges(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  for (const Rule& rule : model.rules) {
    if (rule.verb != Verb::allow || !rule.is_live(decisions.as_of)) continue;
    std::set<model::FeatureId> reached;
    for (const auto term : rule.area.features) {
      if (model[term].base == model::FeatureTerm::Base::feature) continue;
      for (const auto object : rule.area.objects) {
        const auto kinds = kinds_of(model, model[object]);
        for (const model::FeatureId feature : members(model, model[term])) {
          if (model[feature].privileged && (mask_of(model[feature].acts_on) & kinds) != 0) reached.insert(feature);
        }
      }
    }
    if (reached.empty()) continue;
    std::set<model::RoleId> ordinary;
    for (const auto term : rule.area.subjects) {
      for (const model::RoleId role : members(model, model[term])) {
        if (role == model.nobody() || (!model[role].admin && !model[role].uncertain)) ordinary.insert(role);
      }
    }
    if (ordinary.empty()) continue;
    std::vector<diag::Text> features, roles;
    for (const model::FeatureId feature : reached) features.push_back(message::quoted(model[feature].name));
    for (const model::RoleId role : ordinary) roles.push_back(decide::quoted_name(model, role));
    auto diagnostic = diag::make(Code::privileged_by_wildcard, rule.spans.features,
                                 message::wildcard_gives(std::move(roles), std::move(features)));
    diagnostic.labels.push_back({rule.spans.features, message::reaches_privileged()});
    diagnostic.help = message::wildcard_help();
    findings.list.push_back(std::move(diagnostic));
  }
}

}  // namespace

void check_rules(const model::Model& model, const decide::Decisions& decisions, Findings& findings) {
  check_reasons(model, decisions, findings);
  check_denies(model, decisions, findings);
  check_privileges(model, decisions, findings);
}

}  // namespace farol::check
