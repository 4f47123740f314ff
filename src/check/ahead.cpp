#include "check/ahead.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "base/ids.h"
#include "base/sorted.h"
#include "decide/days.h"
#include "decide/scan.h"
#include "diag/messages_check.h"

namespace farol::check {
namespace {

// How many rules may be decided, all days together, and how many comparisons that may take.
constexpr std::size_t most_rules = 1'000'000;
constexpr std::uint64_t most_work = 100'000'000;

void add_names(const diag::Text& text, std::set<std::string>& names) {
  for (const diag::Argument& argument : text.arguments) {
    if (const auto* name = std::get_if<std::string>(&argument.value)) names.insert(*name);
    if (const auto* all = std::get_if<std::vector<std::string>>(&argument.value))
      names.insert(all->begin(), all->end());
  }
}

// What was found on an earlier day: a kind, at a statement, with the places that it points at, about some names. Where
// just it can be seen may differ from day to day.
class KnownFindings {
 public:
  // Returns false if the finding says nothing that an earlier one did not say.
  bool add(const diag::Diagnostic& finding) {
    std::vector<source::Span> places;
    for (const diag::Label& label : finding.labels) places.push_back(label.span);
    base::sort_unique(places);
    const auto [entry, fresh] = known_.try_emplace({finding.code, finding.span, std::move(places)});
    const std::size_t before = entry->second.size();
    add_names(finding.message, entry->second);
    return fresh || entry->second.size() > before;
  }

 private:
  std::map<std::tuple<diag::Code, source::Span, std::vector<source::Span>>, std::set<std::string>> known_;
};

// The allows that decide nowhere and still give a control that no deciding rule gives there: they are not shadowed.
std::set<model::RuleId> control_givers(const model::Model& model, const decide::Decisions& decisions) {
  std::vector<model::RuleId> deciding, idle;
  for (const model::RuleId id : base::ids(model.rules)) {
    const model::Rule& rule = model[id];
    if (!rule.is_live(decisions.as_of)) continue;
    const bool decides = decisions.facts.decides[id.index()];
    if (decides) deciding.push_back(id);
    if (!decides && rule.verb == model::Verb::allow && !rule.controls.empty()) idle.push_back(id);
  }
  std::set<model::RuleId> givers;
  if (idle.empty()) return givers;
  const decide::Decisions without = decide::decide(model, decisions.as_of, deciding);
  for (const model::RuleId rule : idle) {
    const auto& controls = model[rule].controls;
    const auto lacks = [&](const decide::Segment& segment) {
      return decide::is_allowed(segment) &&
             !std::includes(segment.controls.begin(), segment.controls.end(), controls.begin(), controls.end());
    };
    if (!decide::scan(model, without, model[rule].area, lacks, 1).places.empty()) givers.insert(rule);
  }
  return givers;
}

void unite(std::vector<bool>& all, const std::vector<bool>& more) {
  for (std::size_t i = 0; i < more.size(); ++i) {
    if (more[i]) all[i] = true;
  }
}

void unite(decide::RuleFacts& all, const decide::RuleFacts& more) {
  unite(all.decides, more.decides);
  unite(all.needed, more.needed);
  unite(all.terms, more.terms);
}

}  // namespace

void begin_on(base::Date day, diag::Diagnostic& finding) {
  finding.from = day;
  finding.message = message::from_day(day, std::move(finding.message));
}

Ahead look_ahead(const model::Model& model, const decide::Decisions& today, decide::NamePrinter written,
                 KnownConflicts& known, Findings& findings) {
  Ahead ahead;
  ahead.facts = today.facts;
  ahead.givers = control_givers(model, today);
  KnownFindings known_findings;
  for (const diag::Diagnostic& finding : findings.list) known_findings.add(finding);
  const auto days = decide::days_of_change(model, today.as_of);
  std::uint64_t work = today.work;
  for (std::size_t next = 0; next < days.size(); ++next) {
    if ((next + 1) * model.rules.size() > most_rules || work > most_work) {
      ahead.not_looked_at = days.size() - next;
      ahead.first_of_them = days[next];
      findings.list.push_back(diag::make(diag::Code::not_evaluated, model.policy.span,
                                         message::days_not_looked_at(ahead.not_looked_at, days[next])));
      break;
    }
    const decide::Decisions then = decide::decide(model, days[next]);
    work += then.work;
    unite(ahead.facts, then.facts);
    ahead.givers.merge(control_givers(model, then));
    Findings of_day = check(model, then, written, known);
    for (diag::Diagnostic& finding : of_day.list) {
      if (!known_findings.add(finding)) continue;
      begin_on(days[next], finding);
      findings.list.push_back(std::move(finding));
    }
    findings.more.insert(findings.more.end(), of_day.more.begin(), of_day.more.end());
    ahead.days.push_back(days[next]);
  }
  return ahead;
}

}  // namespace farol::check
