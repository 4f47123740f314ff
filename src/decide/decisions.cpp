#include "decide/decisions.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/sorted.h"
#include "decide/cell.h"
#include "diag/messages_decide.h"

namespace farol::decide {
namespace {

using model::SubjectTerm;

// Equal lists of entries, for features of one kind, have one table.
struct ListHash {
  std::size_t operator()(const std::pair<model::ActsOn, std::vector<Entry>>& key) const noexcept {
    std::size_t h = static_cast<std::size_t>(key.first);
    const auto mix = [&h](std::size_t value) { h = (h ^ value) * 0x9E3779B97F4A7C15ULL; };
    for (const Entry& entry : key.second) {
      mix(entry.statement);
      mix(entry.subject.value);
      mix(entry.feature.value);
    }
    return h ^ (h >> 31);
  }
};

std::vector<Statement> live_statements(const Model& model, base::Date day, const std::vector<RuleId>& rules) {
  std::vector<Statement> result;
  for (const RuleId id : rules) {
    const model::Rule& rule = model[id];
    if (!rule.is_live(day)) continue;
    result.push_back({rule.verb, id, &rule.area, &rule.controls});
  }
  for (const model::Guardrail& guardrail : model.guardrails) {
    if (guardrail.kind != model::Guardrail::Kind::require) continue;
    result.push_back({std::nullopt, RuleId::none(), &guardrail.area, &guardrail.controls});
  }
  return result;
}

// Builds the rows: for each feature which roles have which list of entries.
class Decider {
 public:
  Decider(const Model& model, base::Date as_of, const std::vector<RuleId>& rules)
      : model_(model), statements_(live_statements(model, as_of, rules)), own_(model.roles.size() + 1) {
    result_.as_of = as_of;
    start_facts();
    result_.tables.emplace_back();
  }

  Decisions run() {
    CellSweep sweep{model_, statements_, result_.facts};
    sweep_ = &sweep;
    members_.resize(model_.subject_terms.size());
    by_feature();
    for (std::size_t f = 0; f < model_.features.size(); ++f) result_.rows.push_back(row(FeatureId{f}));
    result_.work = sweep.work();

    return std::move(result_);
  }

 private:
  void start_facts() {
    RuleFacts& facts = result_.facts;
    facts.decides.assign(model_.rules.size(), false);
    facts.needed.assign(model_.rules.size(), false);
    facts.first_term.reserve(model_.rules.size());
    std::size_t terms = 0;
    for (const model::Rule& rule : model_.rules) {
      facts.first_term.push_back(static_cast<std::uint32_t>(terms));
      terms += rule.area.subjects.size() + rule.area.features.size() + rule.area.objects.size();
    }
    facts.terms.assign(terms, false);
  }

  // The bounds of what all features together are decided for: pairs of a role and a feature that rules speak of, those
  // whose rules no other role has in the same way, and pairs of a feature and an object.
  static constexpr std::size_t max_pairs = 12'000'000, max_answers = 1'500'000, max_things = 300'000;

  using Named = std::pair<std::uint32_t, model::FeatureTermId>;

  void by_feature() {
    named_.resize(model_.features.size());
    for (std::uint32_t s = 0; s < statements_.size(); ++s) {
      for (const model::FeatureTermId term : statements_[s].area->features) {
        if (model_[term].base == model::FeatureTerm::Base::feature) {
          named_[model_[term].id].emplace_back(s, term);
        } else {
          const std::vector<FeatureId> features = members(model_, model_[term]);
          if (!sweep_->spend(CellSweep::work_of_an_entry * features.size())) {
            named_in_part_ = true;
            return;
          }
          for (const FeatureId feature : features) named_[feature.index()].emplace_back(s, term);
        }
      }
    }
  }

  const std::vector<RoleId>& members_of(model::SubjectTermId term) {
    auto& list = members_[term.index()];
    if (list.empty()) list = members(model_, model_[term]);
    return list;
  }

  void add(RoleId role, const Entry& entry) {
    auto& list = own_[role.index()];
    if (list.empty()) touched_.push_back(role);
    list.push_back(entry);
  }

  Decisions::Row row(FeatureId feature) {
    std::vector<Entry> everyone = entries_of(feature);
    Decisions::Row row{TableId{0}, {}};
    // Where everybody has entries, every role has answers.
    pairs_ += everyone.empty() ? touched_.size() : own_.size();
    if (!named_[feature.index()].empty()) things_ += model_.objects_of(model_[feature].acts_on).size();
    if (is_over_a_bound()) {
      refuse(feature);
    } else {
      std::sort(touched_.begin(), touched_.end());
      // A table that no role has would say of rules that they decide where nobody is.
      if (touched_.size() < own_.size()) row.everyone = table_of(everyone, feature, first_untouched());
      row.tables.reserve(touched_.size());
      for (const RoleId role : touched_) {
        if (!sweep_->spend(CellSweep::work_of_an_entry * (1 + everyone.size()))) break;
        const TableId table = table_of(merge(everyone, own_[role.index()]), feature, role);
        row.tables.emplace_back(role, table);
        last_feature_.resize(result_.tables.size(), FeatureId::none());
        if (std::exchange(last_feature_[table.index()], feature) != feature) ++answers_;
      }
      if (row.tables.size() < touched_.size()) refuse(feature);
    }
    for (const RoleId role : touched_) own_[role.index()].clear();
    touched_.clear();
    return row;
  }

  // Returns the entries of a feature that all roles have, and lays those of single roles in `own_`.
  std::vector<Entry> entries_of(FeatureId feature) {
    std::vector<Entry> everyone;
    for (const auto& [statement, term] : named_[feature.index()]) {
      bool all = false;
      for (const model::SubjectTermId subject : statements_[statement].area->subjects) {
        if (model_[subject].base == SubjectTerm::Base::everyone && model_[subject].except.empty()) {
          everyone.push_back({statement, subject, term});
          all = true;
        } else {
          const std::vector<RoleId>& roles = members_of(subject);
          if (!sweep_->spend(CellSweep::work_of_an_entry * roles.size())) return everyone;
          for (const RoleId role : roles) add(role, {statement, subject, term});
        }
      }
      if (statements_[statement].verb == model::Verb::only && !all) {
        everyone.push_back({statement, model::SubjectTermId::none(), term});
      }
    }
    return everyone;
  }

  // Leaves a feature undecided of which rules speak, since a bound of all features together is passed.
  void refuse(FeatureId feature) {
    const auto& named = named_[feature.index()];
    if (named.empty() && !named_in_part_) return;
    const RuleId rule = named.empty() ? RuleId::none() : statements_[named.front().first].rule;
    result_.too_large.push_back({RoleId::none(), feature, rule,
                                 pairs_ > max_pairs       ? message::too_many_pairs(max_pairs)
                                 : answers_ > max_answers ? message::too_many_answers(max_answers)
                                 : things_ > max_things   ? message::too_many_things(max_things)
                                                          : message::too_many_comparisons(CellSweep::max_work)});
  }
  [[nodiscard]] bool is_over_a_bound() const {
    return pairs_ > max_pairs || answers_ > max_answers || things_ > max_things || sweep_->is_exhausted();
  }

  [[nodiscard]] RoleId first_untouched() const {
    std::size_t role = 0;
    while (role < touched_.size() && touched_[role].index() == role) ++role;
    return RoleId{role};
  }

  // Both are in the order of the statements. An `only` that lets the role in does not shut it out as well.
  static std::vector<Entry> merge(const std::vector<Entry>& everyone, const std::vector<Entry>& own) {
    std::vector<Entry> all;
    all.reserve(everyone.size() + own.size());
    for (const Entry& entry : everyone) {
      const bool inside = entry.subject.is_none() && std::any_of(own.begin(), own.end(), [&](const Entry& other) {
                            return other.statement == entry.statement;
                          });
      if (!inside) all.push_back(entry);
    }
    all.insert(all.end(), own.begin(), own.end());
    std::sort(all.begin(), all.end());
    return all;
  }

  TableId table_of(std::vector<Entry> entries, FeatureId feature, RoleId role) {
    if (entries.empty()) return TableId{0};
    const auto [entry, fresh] = known_.try_emplace({model_[feature].acts_on, std::move(entries)});
    if (!fresh) return entry->second;
    diag::Text problem;
    result_.tables.push_back(sweep_->run(entry->first.second, model_[feature].acts_on, problem));
    if (!problem.empty())
      result_.too_large.push_back({role, feature, statements_[entry->first.second.front().statement].rule, problem});
    return entry->second = TableId{result_.tables.size() - 1};
  }

  const Model& model_;
  std::vector<Statement> statements_;
  CellSweep* sweep_ = nullptr;
  std::vector<std::vector<Named>> named_;
  bool named_in_part_ = false;  // a bound was passed before all features were seen that rules name
  std::vector<std::vector<RoleId>> members_;
  std::vector<std::vector<Entry>> own_;  // by role, for the feature in hand
  std::vector<RoleId> touched_;
  std::vector<FeatureId> last_feature_;  // by table: the last one that counted it
  std::size_t pairs_ = 0, answers_ = 0, things_ = 0;
  std::unordered_map<std::pair<model::ActsOn, std::vector<Entry>>, TableId, ListHash> known_;
  Decisions result_;
};

}  // namespace

const std::vector<Clash>& Cell::clashes() const {
  static const std::vector<Clash> none;
  return disputes ? disputes->clashes : none;
}

const std::vector<Piercing>& Cell::piercings() const {
  static const std::vector<Piercing> none;
  return disputes ? disputes->piercings : none;
}

const Segment& Cell::at(std::size_t combination) const {
  return *std::find_if(segments.begin(), segments.end(),
                       [&](const Segment& segment) { return segment.where.test(combination); });
}

const Cell& Decisions::no_cell() {
  static const Cell none{{}, {}, {Segment{Effect::none, {}, {}, base::BitSet{1, true}}}, {}};
  return none;
}

TableId Decisions::table_id(RoleId role, FeatureId feature) const {
  const Row& row = rows[feature.index()];
  const auto found = std::lower_bound(row.tables.begin(), row.tables.end(), role,
                                      [](const auto& entry, RoleId wanted) { return entry.first < wanted; });
  const bool own = found != row.tables.end() && found->first == role;
  return own ? found->second : row.everyone;
}

bool allows_something(const Cell& cell) { return std::any_of(cell.segments.begin(), cell.segments.end(), is_allowed); }

bool allows_something(const Table& table) {
  return std::any_of(table.cells.begin(), table.cells.end(), [](const Cell& cell) { return allows_something(cell); });
}

std::vector<std::pair<TableId, std::vector<RoleId>>> Decisions::roles_by_table(const Model& model,
                                                                               FeatureId feature) const {
  const Row& row = rows[feature.index()];
  std::vector<std::pair<TableId, RoleId>> own;
  for (const auto& [role, table] : row.tables) own.emplace_back(table, role);
  std::sort(own.begin(), own.end());
  std::vector<std::pair<TableId, std::vector<RoleId>>> roles;
  for (const auto& [table, role] : own) {
    if (roles.empty() || roles.back().first != table) roles.emplace_back(table, std::vector<RoleId>{});
    roles.back().second.push_back(role);
  }
  // All others, who are many.
  std::vector<RoleId> others;
  others.reserve(model.roles.size() + 1 - row.tables.size());
  auto listed = row.tables.begin();
  for (std::size_t i = 0; i <= model.roles.size(); ++i) {
    if (listed != row.tables.end() && listed->first == RoleId{i})
      ++listed;
    else
      others.emplace_back(i);
  }
  if (others.empty()) return roles;
  auto place = std::lower_bound(roles.begin(), roles.end(), row.everyone,
                                [](const auto& entry, TableId table) { return entry.first < table; });
  if (place == roles.end() || place->first != row.everyone) place = roles.insert(place, {row.everyone, {}});
  place->second = base::united(place->second, others);
  return roles;
}

const Table& Decisions::table(RoleId role, FeatureId feature) const { return tables[table_id(role, feature).index()]; }

const Cell& Decisions::cell(const Model& model, RoleId role, FeatureId feature, ObjectId object) const {
  return cell_of(model, table(role, feature), object);
}

const Cell& cell_of(const Model& model, const Table& table, ObjectId object) {
  for (const ObjectId candidate : {object, twin_of(model, object)}) {
    for (const Cell& found : table.cells) {
      if (std::binary_search(found.objects.begin(), found.objects.end(), candidate)) return found;
    }
  }
  return Decisions::no_cell();
}

Decisions decide(const Model& model, base::Date as_of) {
  std::vector<RuleId> all;
  for (std::size_t i = 0; i < model.rules.size(); ++i) all.push_back(RuleId{i});
  return decide(model, as_of, all);
}

Decisions decide(const Model& model, base::Date as_of, const std::vector<RuleId>& rules) {
  return Decider{model, as_of, rules}.run();
}

ObjectId twin_of(const Model& model, ObjectId object) {
  const model::Object& it = model[object];
  if (it.kind == model::ActsOn::data) return model.object_of(it.tier);
  if (it.kind == model::ActsOn::tier || it.kind == model::ActsOn::nothing) return object;
  // It stands behind what is declared, of which there may be much.
  const auto& same = model.objects_of(it.kind);
  return *std::find_if(same.rbegin(), same.rend(), [&](ObjectId other) { return model[other].other; });
}

}  // namespace farol::decide
