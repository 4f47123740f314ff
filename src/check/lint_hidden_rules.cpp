#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/ids.h"
#include "base/sorted.h"
#include "check/labels.h"
#include "check/lint.h"
#include "check/lint_near_rules.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

using decide::ControlId;
using decide::RuleId;
using diag::Code;
using model::Rule;
using model::Verb;

// How many findings of one kind are spelled out; the others are counted.
constexpr std::size_t max_findings = 100;
// How many rules may be decided again, all findings together, to name the smallest sets that hide rules. Beyond it a
// finding says so and names all rules that decide there.
constexpr std::size_t max_trials = 50'000;
// How many comparisons all this may take. Beyond it a finding does not say which rules hide a rule.
constexpr std::uint64_t most_work = 20'000'000;
// Days to come that are decided once more, because a rule begins on them that never decides.
constexpr std::size_t max_beginnings = 20;

template <class Id>
std::vector<Id> as_set(std::vector<Id> ids) {
  base::sort_unique(ids);
  return ids;
}

// The subjects of an `only` are one group.
std::vector<model::Point> group_of(const Model& model, const Rule& rule) {
  std::vector<model::Point> group;
  if (rule.verb != Verb::only) return group;
  for (const auto term : rule.area.subjects) group = base::united(group, points_of(model, model[term]));
  return group;
}

// The meaning of a rule: equal for two rules that are only written differently.
auto meaning(const Model& model, const Rule& rule) {
  auto subjects = rule.verb == Verb::only ? std::vector<model::SubjectTermId>{} : as_set(rule.area.subjects);
  return std::tuple{rule.verb,
                    std::move(subjects),
                    group_of(model, rule),
                    as_set(rule.area.features),
                    as_set(rule.area.objects),
                    rule.area.when,
                    rule.controls,
                    rule.from,
                    rule.until};
}

// Equal for rules of one meaning; other rules rarely have it. Most rules are told apart by this alone.
std::size_t hash_of_meaning(const Rule& rule) {
  std::size_t hash = static_cast<std::size_t>(rule.verb);
  const auto mix = [&](std::size_t value) { hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL; };
  const auto mix_set = [&](const auto& ids) {
    if (ids.size() == 1) return mix(ids.front().value);
    for (const auto id : as_set(ids)) mix(id.value);
  };
  if (rule.verb != Verb::only) mix_set(rule.area.subjects);
  mix_set(rule.area.features);
  mix_set(rule.area.objects);
  mix(rule.area.when.value);
  for (const auto control : rule.controls) mix(control.value);
  return hash ^ (hash >> 32);
}

class HiddenRules {
 public:
  HiddenRules(const Model& model, const Decisions& decisions, const Ahead& ahead, bool wait, Findings& findings)
      : model_(model), decisions_(decisions), ahead_(ahead), wait_(wait), findings_(findings), near_(model) {}

  void run() {
    find_duplicates();
    // A rule that decides nothing today may be all that there is on a day that was not looked at.
    if (ahead_.not_looked_at == 0) find_hidden();
    count_more();
  }

  // Rules that begin on the day of the decisions and decide nowhere, then or later.
  void run_beginning() {
    for (const RuleId id : base::ids(model_.rules)) {
      const Rule& rule = model_[id];
      if (rule.from != decisions_.as_of || ahead_.facts.decides[id.index()] || ahead_.givers.contains(id)) continue;
      if (!is_certain(model_, decide::coverage_of(model_, rule.area)) || is_deny_without_effect(rule)) continue;
      const std::size_t before = findings_.list.size();
      report(id, Code::shadowed_rule);
      if (findings_.list.size() > before) begin_on(decisions_.as_of, findings_.list.back());
    }
    count_more();
  }

 private:
  void find_hidden() {
    const decide::RuleFacts& facts = ahead_.facts;
    for (std::size_t i = 0; i < model_.rules.size(); ++i) {
      const Rule& rule = model_.rules[i];
      const RuleId id{i};
      if (!rule.is_live(decisions_.as_of) || duplicates_.contains(id)) continue;
      const bool decides = facts.decides[i];
      if (decides) check_terms(id);
      // Most rules are needed; only the rest is analysed.
      const bool gives = ahead_.givers.contains(id);
      if (decides && (facts.needed[i] || wait_ || originals_.contains(id))) continue;
      if (!decides && gives && (wait_ || facts.needed[i])) continue;
      if (!is_certain(model_, decide::coverage_of(model_, rule.area))) continue;
      if (!decides && !gives) {
        if (!is_deny_without_effect(rule)) report(id, Code::shadowed_rule);
      } else {
        report(id, Code::redundant_rule);
      }
    }
  }

  void count_more() {
    for (const auto& [code, count] : count_) {
      if (count > max_findings) findings_.more.emplace_back(code, count - max_findings);
    }
  }

  void find_duplicates() {
    std::map<decltype(meaning(std::declval<const Model&>(), std::declval<const Rule&>())), std::vector<RuleId>> groups;
    std::vector<std::pair<std::size_t, RuleId>> by_hash;
    for (const model::RuleId id : base::ids(model_.rules)) {
      if (model_[id].is_live(decisions_.as_of)) by_hash.emplace_back(hash_of_meaning(model_[id]), id);
    }
    std::sort(by_hash.begin(), by_hash.end());
    for (auto first = by_hash.begin(), end = first; first != by_hash.end(); first = end) {
      end = std::find_if(first, by_hash.end(), [&](const auto& each) { return each.first != first->first; });
      if (end - first == 1) continue;
      for (auto each = first; each != end; ++each)
        groups[meaning(model_, model_[each->second])].push_back(each->second);
    }
    for (auto& [key, rules] : groups) {
      if (rules.size() < 2) continue;
      const RuleId first = *std::min_element(rules.begin(), rules.end(), [&](RuleId a, RuleId b) {
        return model_[a].spans.statement < model_[b].spans.statement;
      });
      originals_.insert(first);
      for (const RuleId rule : rules) {
        if (rule != first) report_duplicate(rule, first);
      }
    }
  }

  // Counts a finding. Returns true if it is to be spelled out.
  bool is_shown(Code code) { return ++count_[code] <= max_findings; }

  void report_duplicate(RuleId rule, RuleId first) {
    duplicates_.insert(rule);
    if (!is_shown(Code::duplicate_rule)) return;
    const Rule& it = model_[rule];
    auto diagnostic =
        diag::make(Code::duplicate_rule, it.spans.statement, message::says_what_another_says(it.reference()));
    diagnostic.labels.push_back({it.spans.statement, message::says_the_same()});
    diagnostic.labels.push_back({model_[first].spans.statement, message::as_this()});
    offer_removal(rule, diagnostic);
    findings_.list.push_back(std::move(diagnostic));
  }

  // An error of its own, and not also advice.
  [[nodiscard]] bool is_deny_without_effect(const Rule& rule) const {
    if (rule.verb != Verb::deny) return false;
    return !decide::scan(model_, decisions_, rule.area, decide::is_allowed, 1).places.empty();
  }

  void report(RuleId rule, Code code) {
    if (!is_shown(code)) return;
    const Rule& it = model_[rule];
    const bool shadowed = code == Code::shadowed_rule;
    const bool is_tired = work_ > most_work;
    const std::set<RuleId> others = is_tired ? std::set<RuleId>{} : shadowed ? hiding(rule) : covering(rule);
    const bool open_door = it.verb == Verb::only && others.empty() && !is_tired;
    auto diagnostic = diag::make(code, it.spans.statement,
                                 !shadowed   ? message::changes_nothing(it.reference())
                                 : open_door ? message::shuts_nobody_out(it.reference())
                                             : message::decides_nowhere(it.reference()));
    diagnostic.labels.push_back({it.spans.statement, shadowed ? message::hidden() : message::not_needed()});
    check::label_rules(model_, others,
                       !shadowed            ? message::says_the_same_or_part()
                       : others.size() == 1 ? message::hides_it()
                                            : message::hides_a_part(),
                       diagnostic);
    if (others.size() > 1) {
      auto names = check::references(model_, others);
      diagnostic.details.push_back(shadowed ? message::hidden_together(std::move(names))
                                            : message::covered_together(std::move(names)));
    }
    offer_removal(rule, diagnostic);
    findings_.list.push_back(std::move(diagnostic));
  }

  // Without a rule that changes no answer the policy says the same, unless something refers to the rule, or no other
  // allow governs a feature of its.
  void offer_removal(RuleId rule, diag::Diagnostic& diagnostic) {
    const Rule& it = model_[rule];
    if (!it.label.empty() || near_.is_only_grant(rule)) return;
    diagnostic.fixes.push_back({message::take_it_out(), message::no_permission_changes(), {{it.spans.statement, ""}}});
  }

  // Returns the rules that together keep a rule from deciding, none of which can be left out.
  [[nodiscard]] std::set<RuleId> hiding(RuleId rule) {
    auto rules = deciders_in(decisions_, rule);
    if (rules.size() > 1 || model_[rule].verb == Verb::only)
      leave_out(rules,
                [&](const std::set<RuleId>& some) { return !decide_with(some, rule).facts.decides[rule.index()]; });
    return rules;
  }

  // Returns the rules that together say what a rule says, none of which can be left out.
  [[nodiscard]] std::set<RuleId> covering(RuleId rule) {
    const std::set<RuleId> others = near_.of(rule, decisions_.as_of);
    work_ += model_.rules.size() / 8;
    if (!spend(others.size())) return deciders_in(decisions_, rule);
    auto rules = deciders_in(decide_with(others, rule), rule);
    rules.merge(deciders_in(decide_only({others.begin(), others.end()}), rule));
    if (!model_[rule].controls.empty()) {
      for (const RuleId other : others) {
        if (!model_[other].controls.empty()) rules.insert(other);
      }
    }
    rules.erase(rule);
    leave_out(rules, [&](const std::set<RuleId>& some) { return !decide_with(some, rule).facts.needed[rule.index()]; });
    return rules;
  }

  // Takes out, one after the other, what the rest makes superfluous.
  template <class Holds>
  void leave_out(std::set<RuleId>& rules, Holds holds) {
    // One alone is by far the most common answer; none at all is that of a door which is open to everybody.
    if (rules.size() > 2) {
      if (holds({})) return rules.clear();
      for (const RuleId rule : rules) {
        if (!spend(2)) return;
        if (!holds({rule})) continue;
        rules = {rule};
        return;
      }
    }
    for (auto next = rules.begin(); next != rules.end();) {
      std::set<RuleId> fewer = rules;
      const RuleId rule = *next++;
      fewer.erase(rule);
      if (!spend(fewer.size())) return;
      if (holds(fewer)) rules.erase(rule);
    }
  }

  [[nodiscard]] std::set<RuleId> deciders_in(const Decisions& decisions, RuleId rule) {
    const auto any = [](const decide::Segment&) { return true; };
    const model::Area& area = model_[rule].area;
    decide::Coverage coverage = decide::coverage_of(model_, area);
    // An `only` is about whoever is outside, and about those inside when its condition does not hold.
    const bool door = model_[rule].verb == Verb::only;
    if (door) coverage.roles = decide::certain_roles(model_);
    const model::Condition& when = door ? model_.conditions.front() : model_[area.when];
    const decide::Scan scan = decide::scan(model_, decisions, coverage, when, any);
    work_ += 2 * scan.work;
    auto rules = check::rules_at(model_, decisions, scan.places);
    rules.erase(rule);
    return rules;
  }

  // Squares, since rules in one cell are compared by pairs.
  [[nodiscard]] bool spend(std::size_t rules) {
    if (work_ > most_work) return false;
    if (spent_ < max_trials) spent_ += 1 + rules + rules * rules / 64;
    return spent_ < max_trials;
  }

  [[nodiscard]] Decisions decide_with(const std::set<RuleId>& others, RuleId rule) {
    std::vector<RuleId> rules(others.begin(), others.end());
    rules.insert(std::lower_bound(rules.begin(), rules.end(), rule), rule);
    return decide_only(rules);
  }

  [[nodiscard]] Decisions decide_only(const std::vector<RuleId>& rules) {
    Decisions decisions = decide::decide(model_, decisions_.as_of, rules);
    work_ += decisions.work;
    return decisions;
  }

  // part-shadowed: a term of a list that never decides, of a rule that does.
  void check_terms(RuleId rule) {
    const Rule& it = model_[rule];
    if (it.verb != Verb::allow && it.verb != Verb::deny) return;
    std::vector<std::string> idle;
    ahead_.facts.for_each_idle_term(model_, rule, [&](auto term) { idle.push_back(term_text(model_[term])); });
    if (idle.empty() || !is_certain(model_, decide::coverage_of(model_, it.area))) return;
    if (!is_shown(Code::part_shadowed)) return;
    const bool one = idle.size() == 1;
    auto diagnostic = diag::make(Code::part_shadowed, it.spans.statement,
                                 one ? message::never_decides(it.reference(), std::move(idle))
                                     : message::never_decide(it.reference(), std::move(idle)));
    diagnostic.labels.push_back({it.spans.statement, message::other_rules_decide()});
    findings_.list.push_back(std::move(diagnostic));
  }

  [[nodiscard]] std::string term_text(const model::SubjectTerm& term) const {
    switch (term.base) {
      case model::SubjectTerm::Base::everyone: return "everyone";
      case model::SubjectTerm::Base::role: return model_[term.role].name;
      case model::SubjectTerm::Base::exactly: return "exactly " + model_[term.role].name;
    }
    return "";
  }
  [[nodiscard]] std::string term_text(const model::FeatureTerm& term) const {
    switch (term.base) {
      case model::FeatureTerm::Base::everything: return "everything";
      case model::FeatureTerm::Base::name_space: return model_.namespaces[term.id].name + ".*";
      case model::FeatureTerm::Base::feature: return model_.features[term.id].name;
    }
    return "";
  }
  [[nodiscard]] std::string term_text(const model::ObjectTerm& term) const {
    switch (term.base) {
      case model::ObjectTerm::Base::all: return "all";
      case model::ObjectTerm::Base::tier: return model_.tiers[term.id].name;
      case model::ObjectTerm::Base::object: return model_.objects[term.id].name;
    }
    return "";
  }

  const Model& model_;
  const Decisions& decisions_;
  const Ahead& ahead_;
  bool wait_;
  Findings& findings_;
  NearRules near_;
  std::set<RuleId> duplicates_, originals_;
  std::map<Code, std::size_t> count_;
  std::uint64_t work_ = 0;  // comparisons so far
  std::size_t spent_ = 0;
};

}  // namespace

void check_hidden_rules(const Model& model, const Decisions& decisions, const Ahead& ahead, bool wait,
                        Findings& findings) {
  HiddenRules{model, decisions, ahead, wait, findings}.run();
  if (ahead.not_looked_at > 0) return;
  std::set<base::Date> beginnings;
  for (const RuleId id : base::ids(model.rules)) {
    const Rule& rule = model[id];
    if (rule.from && *rule.from > decisions.as_of && !ahead.facts.decides[id.index()]) beginnings.insert(*rule.from);
  }
  std::size_t days = 0;
  for (const base::Date day : beginnings) {
    if (++days > max_beginnings) break;
    HiddenRules{model, decide::decide(model, day), ahead, wait, findings}.run_beginning();
  }
}

}  // namespace farol::check
