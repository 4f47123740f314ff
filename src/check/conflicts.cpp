#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/sorted.h"
#include "check/findings.h"
#include "check/labels.h"
#include "check/repairs.h"
#include "diag/messages_check.h"
#include "diag/sink.h"

namespace farol::check {
namespace {

using diag::Text;
using Pair = std::pair<model::RuleId, model::RuleId>;  // an allow and a deny

class Collector {
 public:
  Collector(const model::Model& model, const decide::Decisions& decisions) : model_(model), decisions_(decisions) {
    for (const decide::Table& table : decisions.tables) {
      conflicting_.push_back(std::any_of(table.cells.begin(), table.cells.end(),
                                         [](const decide::Cell& cell) { return !cell.clashes().empty(); }));
    }
  }

  std::map<Pair, std::vector<decide::Place>> run() {
    for (std::size_t f = 0; f < decisions_.rows.size(); ++f) {
      if (model_.features[f].uncertain) continue;
      const decide::Decisions::Row& row = decisions_.rows[f];
      std::size_t next = 0;
      if (!conflicting_[row.everyone.index()]) {
        for (const auto& [role, table] : row.tables) collect(role, model::FeatureId{f}, table);
        continue;
      }
      for (std::size_t r = 0; r <= model_.roles.size(); ++r) {
        const bool own = next < row.tables.size() && row.tables[next].first == model::RoleId{r};
        collect(model::RoleId{r}, model::FeatureId{f}, own ? row.tables[next++].second : row.everyone);
      }
    }
    return std::move(places_);
  }

 private:
  void collect(model::RoleId role, model::FeatureId feature, decide::TableId id) {
    if (!conflicting_[id.index()]) return;
    if (role != model_.nobody() && model_[role].uncertain) return;
    const decide::Table& table = decisions_.tables[id.index()];
    for (const decide::Cell& cell : table.cells) {
      if (cell.clashes().empty()) continue;
      const auto objects = decide::objects_of(model_, table, cell, feature);
      for (const decide::Clash& clash : cell.clashes()) {
        places_[{clash.allow, clash.deny}].push_back({role, feature, objects, cell.contexts, clash.where});
      }
    }
  }

  const model::Model& model_;
  const decide::Decisions& decisions_;
  std::vector<bool> conflicting_;
  std::map<Pair, std::vector<decide::Place>> places_;
};

enum class Relation { equal, narrower, wider, apart };

template <class Id, class Inside>
Relation relation(const std::vector<Id>& a, const std::vector<Id>& b, Inside inside) {
  const auto all_in = [&](const std::vector<Id>& these, const std::vector<Id>& those) {
    const std::set<Id> same(those.begin(), those.end());
    return std::all_of(these.begin(), these.end(), [&](Id one) {
      return same.contains(one) ||
             std::any_of(those.begin(), those.end(), [&](Id other) { return inside(one, other); });
    });
  };
  const bool in = all_in(a, b), out = all_in(b, a);
  return in && out ? Relation::equal : in ? Relation::narrower : out ? Relation::wider : Relation::apart;
}

// Why neither rule beats the other: in what the allow is narrower, and in what the deny is.
Text reason(const model::Model& model, const model::Area& allow, const model::Area& deny) {
  const auto subjects =
      relation(allow.subjects, deny.subjects, [&](auto a, auto b) { return is_inside(model, model[a], model[b]); });
  const auto features = relation(allow.features, deny.features, [&](auto a, auto b) {
    return is_inside(model, model[a], model[b], model::KindMask{0x7F});
  });
  const auto objects =
      relation(allow.objects, deny.objects, [&](auto a, auto b) { return is_inside(model, model[a], model[b]); });
  Relation when = Relation::equal;
  if (allow.when != deny.when) {
    const auto contexts = base::united(model[allow.when].contexts, model[deny.when].contexts);
    when = Relation::apart;
    if (combinations(model, contexts) <= model::max_combinations) {
      const auto a = widen(model, model[allow.when].contexts, model[allow.when].where, contexts);
      const auto b = widen(model, model[deny.when].contexts, model[deny.when].where, contexts);
      when = a.is_subset_of(b) ? Relation::narrower : b.is_subset_of(a) ? Relation::wider : Relation::apart;
    }
  }
  std::vector<Text> allow_narrower, deny_narrower, overlap;
  const auto sort_in = [&](Relation found, Text name) {
    if (found == Relation::narrower) allow_narrower.push_back(std::move(name));
    if (found == Relation::wider) deny_narrower.push_back(std::move(name));
    if (found == Relation::apart) overlap.push_back(std::move(name));
  };
  sort_in(subjects, message::list_roles());
  sort_in(features, message::list_features());
  sort_in(objects, message::list_objects());
  sort_in(when, message::list_conditions());
  std::vector<Text> reasons;
  if (!allow_narrower.empty()) reasons.push_back(message::allow_is_narrower(std::move(allow_narrower)));
  if (!deny_narrower.empty()) reasons.push_back(message::deny_is_narrower(std::move(deny_narrower)));
  if (!overlap.empty()) reasons.push_back(message::only_overlap(std::move(overlap)));
  return reasons.empty() ? message::neither_wins_same() : message::neither_wins(std::move(reasons));
}

// One rule, and all that it is in conflict with.
struct Dispute {
  bool deny_is_main = true;
  std::vector<Conflict> conflicts;
};

// Each conflict is told of the one of its rules that has more of them, so that a reader sees what is at fault once.
std::vector<Dispute> by_statement(std::vector<Conflict> conflicts) {
  std::map<model::RuleId, std::size_t> involved;
  for (const Conflict& conflict : conflicts) {
    ++involved[conflict.allow];
    ++involved[conflict.deny];
  }
  std::vector<Dispute> disputes;
  std::map<model::RuleId, std::size_t> known;
  for (Conflict& conflict : conflicts) {
    const bool deny = involved[conflict.deny] >= involved[conflict.allow];
    const auto [entry, fresh] = known.try_emplace(deny ? conflict.deny : conflict.allow, disputes.size());
    if (fresh) disputes.push_back({deny, {}});
    disputes[entry->second].conflicts.push_back(std::move(conflict));
  }
  return disputes;
}

diag::Text message_of(const model::Model& model, const Dispute& dispute) {
  const Conflict& first = dispute.conflicts.front();
  if (dispute.conflicts.size() == 1)
    return message::rules_disagree(model[first.allow].reference(), model[first.deny].reference());
  std::vector<std::string> others;
  for (const Conflict& conflict : dispute.conflicts)
    others.push_back(model[dispute.deny_is_main ? conflict.allow : conflict.deny].reference());
  const std::size_t count = others.size();
  return message::rule_disagrees_with(model[dispute.deny_is_main ? first.deny : first.allow].reference(), count,
                                      std::move(others));
}

diag::Diagnostic describe(const model::Model& model, const Dispute& dispute) {
  const Conflict& first = dispute.conflicts.front();
  bool deny_is_main = dispute.deny_is_main;
  // Of two the later one is usually the one that was just written.
  if (dispute.conflicts.size() == 1)
    deny_is_main = model[first.allow].spans.statement < model[first.deny].spans.statement;
  const model::Rule& main = model[deny_is_main ? first.deny : first.allow];
  auto diagnostic = diag::make(diag::Code::conflict, main.spans.statement, message_of(model, dispute));
  diagnostic.labels.push_back({main.spans.statement, deny_is_main ? message::denied_here() : message::allowed_here()});
  std::vector<decide::Place> places;
  diagnostic.help = reason(model, model[first.allow].area, model[first.deny].area);
  for (const Conflict& conflict : dispute.conflicts) {
    if (diagnostic.labels.size() <= max_labels) {
      diagnostic.labels.push_back({model[deny_is_main ? conflict.allow : conflict.deny].spans.statement,
                                   deny_is_main ? message::allowed_here() : message::denied_here()});
    }
    places.insert(places.end(), conflict.places.begin(), conflict.places.end());
    // Where the reasons are not one, the sentences show them.
    if (!(reason(model, model[conflict.allow].area, model[conflict.deny].area) == diagnostic.help))
      diagnostic.help = message::neither_wins_any();
  }
  diagnostic.witness = decide::witness_of(model, places.front());
  diagnostic.details = decide::lines_of(model, std::move(places));
  return diagnostic;
}

}  // namespace

std::vector<Conflict> find_conflicts(const model::Model& model, const decide::Decisions& decisions) {
  std::vector<Conflict> result;
  std::map<model::RuleId, std::size_t> involved;
  for (auto& [rules, places] : Collector{model, decisions}.run()) {
    ++involved[rules.first];
    ++involved[rules.second];
    result.push_back({rules.first, rules.second, std::move(places)});
  }
  const auto key = [&](const Conflict& conflict) {
    const std::size_t most = std::max(involved[conflict.allow], involved[conflict.deny]);
    const model::RuleId leader = involved[conflict.deny] == most ? conflict.deny : conflict.allow;
    return std::tuple{-static_cast<std::ptrdiff_t>(most), leader, conflict.allow, conflict.deny};
  };
  std::sort(result.begin(), result.end(), [&](const Conflict& a, const Conflict& b) { return key(a) < key(b); });
  return result;
}

void check_conflicts(const model::Model& model, const decide::Decisions& decisions, decide::NamePrinter written,
                     KnownConflicts& known, Findings& findings) {
  auto conflicts = find_conflicts(model, decisions);
  std::erase_if(conflicts, [&](const Conflict& conflict) {
    return !known.insert({conflict.allow, conflict.deny}).second;
  });
  const auto disputes = by_statement(std::move(conflicts));
  const std::size_t shown = std::min(disputes.size(), diag::Sink::default_cap);
  for (std::size_t i = 0; i < shown; ++i) {
    findings.list.push_back(describe(model, disputes[i]));
    findings.list.back().fixes = propose_repairs(model, disputes[i].conflicts, written);
  }
  if (disputes.size() > shown) findings.more.emplace_back(diag::Code::conflict, disputes.size() - shown);
}

}  // namespace farol::check
